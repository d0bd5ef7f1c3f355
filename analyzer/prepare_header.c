// SPDX-License-Identifier: GPL-2.0-only
/*
 * include/generated/autoconf.h for a .config that is taken as it stands.
 *
 * make writes that header from BUILD/.config, which lacks what clang or the machine at
 * hand cannot do: a source read against it would lose code, DEBUG_INFO_BTF_MODULES'
 * initcall for instance, that the kernel in question has. So the header is written
 * anew from the effective configuration, except for symbols that say what the C
 * compiler is and can do (no prompt, and a value that Kconfig gets by running it, or
 * works out from such values: CC_IS_GCC, CC_HAS_*, USE_X86_SEG_SUPPORT): it is clang
 * that reads the sources, and headers choose by them what it can read. Assembler,
 * linker, pahole and rustc have no say in what the front end sees.
 *
 * include/config/auto.conf stays as make wrote it: it tells make's own rules what they
 * can build here.
 */
#include "analyzer/prepare_parts.h"

#include <string.h>

#include "analyzer/kconfig_tools.h"
#include "db/error.h"

#define HEADER "include/generated/autoconf.h"

struct writer {
	GString *text;
	struct kconfig_tools *tools;
	bool compilers_only; /* only symbols that ask the C compiler, else all but those */
};

static void write_symbol(const char *symbol, const char *value, const char *quoted, void *data)
{
	struct writer *writer = data;
	bool asks = kconfig_asks_tools(writer->tools, symbol + strlen("CONFIG_"), false);

	if (asks != writer->compilers_only)
		return;
	if (strcmp(value, "y") == 0 && *quoted != '"')
		g_string_append_printf(writer->text, "#define %s 1\n", symbol);
	else if (strcmp(value, "m") == 0 && *quoted != '"')
		g_string_append_printf(writer->text, "#define %s_MODULE 1\n", symbol);
	else
		g_string_append_printf(writer->text, "#define %s %s\n", symbol, quoted);
}

bool prepare_write_header(const struct prepare *prepare, const struct kconfig *effective,
			  GError **error)
{
	g_autofree char *config_path = g_build_filename(prepare->build, ".config", NULL);
	g_autofree char *path = g_build_filename(prepare->build, HEADER, NULL);
	g_autoptr(kconfig) result = kconfig_load(config_path, error);
	g_autoptr(kconfig_tools) tools = NULL;
	struct writer writer = { 0 };
	GError *cause = NULL;
	bool ok;

	if (!result)
		return false;
	if (strcmp(kconfig_hash(result), kconfig_hash(effective)) == 0)
		return true; /* as make wrote it */
	tools = kconfig_tools_load(prepare->tree, kconfig_arch(result));
	writer.tools = tools;
	writer.text = g_string_new("/*\n * Written by initlint from .initlint/config, except for "
				   "what depends on\n * the compiler, which is from .config.\n "
				   "*/\n");
	kconfig_foreach(effective, write_symbol, &writer);
	writer.compilers_only = true;
	kconfig_foreach(result, write_symbol, &writer);
	ok = g_file_set_contents(path, writer.text->str, (gssize)writer.text->len, &cause);
	if (!ok) {
		g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_FAILED,
			    "%s: cannot be written: %s", path, cause->message);
		g_error_free(cause);
	}
	g_string_free(writer.text, TRUE);
	return ok;
}
