// SPDX-License-Identifier: GPL-2.0-only
#include "analyzer/prepare/refused.h"

#include <errno.h>
#include <string.h>

#include "analyzer/prepare/clang_reads_internal.h"
#include "analyzer/kconfig/kconfig_tools.h"
#include "db/error.h"
#include "db/read_file.h"

#define REFUSED ".initlint/refused.h"

void refused_append(GString *text, const char *symbol, const struct kconfig *values)
{
	const char *value = values ? kconfig_get(values, symbol) : NULL;

	g_string_append_printf(text, "#undef %s\n", symbol);
	/*
	 * A symbol whose value is a string gets no #define. The string is a compiler option, which
	 * no source code tests.
	 */
	if (value && (strcmp(value, "y") == 0 || g_ascii_isdigit(*value)))
		g_string_append_printf(text, "#define %s %s\n", symbol,
				       strcmp(value, "y") == 0 ? "1" : value);
}

static void append_all(GString *text, GHashTable *refused, const struct kconfig *values)
{
	g_autoptr(GList) symbols =
		g_list_sort(g_hash_table_get_keys(refused), (GCompareFunc)strcmp);

	for (GList *at = symbols; at; at = at->next)
		refused_append(text, at->data, values);
}

static char *first_line(const struct kconfig *config)
{
	return g_strdup_printf("/* Written by initlint for the configuration %s. */\n",
			       kconfig_hash(config));
}

static bool write_file(const char *build, const char *text, GError **error)
{
	g_autofree char *path = g_build_filename(build, REFUSED, NULL);
	g_autofree char *directory = g_path_get_dirname(path);
	g_autofree char *old = NULL;
	g_autoptr(GError) cause = NULL;

	/*
	 * If refused.h already has this text, do not write refused.h. The shared precompiled
	 * headers depend on refused.h. A newer refused.h would make these headers outdated.
	 */
	if (read_file(path, &old, NULL, NULL) && strcmp(old, text) == 0)
		return true;
	if (g_mkdir_with_parents(directory, 0777) == 0 &&
	    g_file_set_contents(path, text, -1, &cause))
		return true;
	g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_FAILED, "%s: cannot be written: %s", path,
		    cause ? cause->message : g_strerror(errno));
	return false;
}

bool refused_write(const char *build, const struct kconfig *config, GHashTable *refused,
		   GError **error)
{
	g_autofree char *head = first_line(config);
	GString *text = g_string_new(head);
	bool written;

	append_all(text, refused, config);
	written = write_file(build, text->str, error);
	g_string_free(text, TRUE);
	return written;
}

static GPtrArray *symbols_in(const char *text)
{
	GPtrArray *symbols = g_ptr_array_new_with_free_func(g_free);
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

	for (char **line = lines; *line; line++)
		if (g_str_has_prefix(*line, "#undef "))
			g_ptr_array_add(symbols, g_strdup(*line + strlen("#undef ")));
	return symbols;
}

struct collector {
	struct kconfig_tools *tools;
	GPtrArray *symbols; /* char *: capability symbols that are y in the .config */
};

static void collect_symbol(const char *symbol, const char *value, const char *quoted, void *data)
{
	struct collector *collector = data;
	const char *name = symbol + strlen("CONFIG_");

	(void)quoted;
	if (strcmp(value, "y") == 0 && kconfig_asks_tools(collector->tools, name, false) &&
	    !kconfig_names_compiler(collector->tools, name))
		g_ptr_array_add(collector->symbols, g_strdup(symbol));
}

static char *header_text(void *data, GHashTable *refused)
{
	GString *text = g_string_new(NULL);

	(void)data;
	append_all(text, refused, NULL);
	return g_string_free(text, FALSE);
}

/*
 * Finds the refused symbols of @config. A capability symbol is refused if its value in @config is y
 * and clang cannot parse the sources with y. Returns the text of a refused.h that undefines the
 * refused symbols. Free with g_free().
 */
static char *make_text(const char *tree, const char *build, const struct kbuild *kbuild,
		       const struct kconfig *config)
{
	g_autofree char *absolute_tree = g_canonicalize_filename(tree, NULL);
	g_autofree char *absolute_build = g_canonicalize_filename(build, NULL);
	g_autoptr(kconfig_tools) tools = kconfig_tools_load(tree, kconfig_arch(config));
	g_autoptr(GPtrArray) symbols = g_ptr_array_new_with_free_func(g_free);
	struct collector collector = { tools, symbols };
	const struct clang_reads reads = {
		.tree = absolute_tree,
		.build = absolute_build,
		.kbuild = kbuild,
		.symbols = symbols,
		.header = REFUSED,
		.text = header_text,
	};
	g_autoptr(GHashTable) refused = NULL;
	g_autofree char *head = first_line(config);
	GString *text = g_string_new(head);

	kconfig_foreach(config, collect_symbol, &collector);
	refused = clang_refuses(&reads);
	append_all(text, refused, NULL);
	return g_string_free(text, FALSE);
}

GPtrArray *refused_update(const char *tree, const char *build, const struct kbuild *kbuild,
			  char **compiler, GError **error)
{
	g_autofree char *config_path = g_build_filename(build, ".config", NULL);
	g_autofree char *path = g_build_filename(build, REFUSED, NULL);
	g_autoptr(kconfig) config = kconfig_load(config_path, NULL);
	g_autofree char *text = NULL, *line = NULL;
	bool by_clang;

	*compiler = NULL;
	if (!config)
		return g_ptr_array_new_with_free_func(g_free);
	by_clang = kconfig_get(config, "CONFIG_CC_IS_CLANG") != NULL;
	if (!by_clang)
		*compiler = g_strdup(kconfig_get(config, "CONFIG_CC_VERSION_TEXT"));
	line = first_line(config);
	if (read_file(path, &text, NULL, NULL) && g_str_has_prefix(text, line))
		return symbols_in(text);
	g_free(text);
	/*
	 * First write a refused.h without symbols: make_text() must not read an outdated refused.h.
	 */
	text = g_steal_pointer(&line);
	if (!write_file(build, text, error))
		return NULL;
	if (!by_clang) {
		g_free(text);
		text = make_text(tree, build, kbuild, config);
	}
	return write_file(build, text, error) ? symbols_in(text) : NULL;
}
