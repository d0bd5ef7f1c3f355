// SPDX-License-Identifier: GPL-2.0-only
/*
 * Writes include/generated/autoconf.h from the effective configuration.
 *
 * The effective configuration is the .config that the user wants. The user has made this .config
 * with the kernel's own compiler. make writes autoconf.h from BUILD/.config, which lacks the
 * symbols that clang or this machine does not support. With make's autoconf.h, initlint would miss
 * code that is in the user's kernel, for example the initcall of DEBUG_INFO_BTF_MODULES. So
 * initlint rewrites autoconf.h from the effective configuration.
 *
 * The symbols that name the compiler (CC_IS_GCC, GCC_VERSION) keep clang's values. By these
 * symbols, the kernel's headers choose code for one compiler, and here clang reads the code.
 *
 * include/config/auto.conf stays as make wrote it: make's rules must know what this machine can
 * build.
 */
#include "analyzer/prepare/prepare_internal.h"

#include <string.h>

#include "analyzer/kconfig/kconfig_tools.h"
#include "analyzer/prepare/refused.h"
#include "db/error.h"

struct writer {
	GString *text;
	struct kconfig_tools *tools;
	GHashTable *refused;
	/*
	 * true: write_symbol() gets the symbols of BUILD/.config; false: write_symbol() gets the
	 * symbols of the effective configuration.
	 */
	bool is_result;
};

static void write_symbol(const char *symbol, const char *value, const char *quoted, void *data)
{
	struct writer *writer = data;
	bool from_result = kconfig_names_compiler(writer->tools, symbol + strlen("CONFIG_")) ||
			   g_hash_table_contains(writer->refused, symbol);

	if (from_result != writer->is_result)
		return;
	if (strcmp(value, "y") == 0 && *quoted != '"')
		g_string_append_printf(writer->text, "#define %s 1\n", symbol);
	else if (strcmp(value, "m") == 0 && *quoted != '"')
		g_string_append_printf(writer->text, "#define %s_MODULE 1\n", symbol);
	else
		g_string_append_printf(writer->text, "#define %s %s\n", symbol, quoted);
}

char *prepare_header_text(const struct prepare *prepare, const struct kconfig *effective,
			  const struct kconfig *result, GHashTable *refused)
{
	g_autoptr(kconfig_tools) tools = kconfig_tools_load(prepare->tree, kconfig_arch(result));
	struct writer writer = { g_string_new(NULL), tools, refused, false };

	g_string_append(
		writer.text,
		"/*\n * Written by initlint from .initlint/config. The symbols that name the\n"
		" * compiler, and those that clang cannot read the sources with, are from\n"
		" * .config.\n */\n");
	kconfig_foreach(effective, write_symbol, &writer);
	writer.is_result = true;
	kconfig_foreach(result, write_symbol, &writer);
	return g_string_free(writer.text, FALSE);
}

static void report_refused(GHashTable *refused, const struct kconfig *effective,
			   const struct kconfig *result, struct prepare_report *report)
{
	g_autoptr(GList) symbols =
		g_list_sort(g_hash_table_get_keys(refused), (GCompareFunc)strcmp);

	for (GList *at = symbols; at; at = at->next) {
		const char *symbol = at->data;
		const char *given = kconfig_get(effective, symbol);
		const char *clang = kconfig_get(result, symbol);

		g_ptr_array_add(report->refused,
				g_strdup_printf("%s: %s in the file, read as %s",
						symbol + strlen("CONFIG_"), given ? given : "n",
						clang ? clang : "n"));
	}
}

static bool write_text(const struct prepare *prepare, const char *name, const char *text,
		       GError **error)
{
	g_autofree char *path = g_build_filename(prepare->build, name, NULL);
	GError *cause = NULL;

	if (g_file_set_contents(path, text, -1, &cause))
		return true;
	g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_FAILED, "%s: cannot be written: %s", path,
		    cause->message);
	g_error_free(cause);
	return false;
}

bool prepare_write_header(const struct prepare *prepare, const struct kbuild *kbuild,
			  const struct kconfig *effective, struct prepare_report *report,
			  GError **error)
{
	g_autofree char *config_path = g_build_filename(prepare->build, ".config", NULL);
	g_autoptr(kconfig) result = kconfig_load(config_path, error);
	g_autoptr(GHashTable) refused = NULL;
	g_autofree char *text = NULL, *clang = NULL;

	if (!result)
		return false;
	if (strcmp(kconfig_hash(result), kconfig_hash(effective)) == 0) {
		/* Do not rewrite autoconf.h: the autoconf.h that make wrote is right. */
		refused = g_hash_table_new(g_str_hash, g_str_equal);
		return refused_write(prepare->build, result, refused, error) &&
		       write_text(prepare, PREPARE_ANSWERS, "", error);
	}
	refused = prepare_answers(prepare, kbuild, effective, result, &clang);
	report_refused(refused, effective, result, report);
	text = prepare_header_text(prepare, effective, result, refused);
	return refused_write(prepare->build, result, refused, error) &&
	       write_text(prepare, PREPARE_AUTOCONF, text, error) &&
	       write_text(prepare, PREPARE_ANSWERS, clang, error);
}
