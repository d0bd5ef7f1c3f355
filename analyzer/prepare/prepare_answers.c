// SPDX-License-Identifier: GPL-2.0-only
/*
 * Finds the capability symbols (CC_HAS_*) whose values differ between the kernel's own compiler and
 * clang. initlint prefers the values of the kernel's compiler. But if clang cannot parse the
 * sources with the preferred value of a symbol, the symbol is "refused". For a refused symbol,
 * initlint uses clang's value.
 */
#include "analyzer/prepare/prepare_internal.h"

#include <string.h>

#include "analyzer/prepare/clang_reads_internal.h"
#include "analyzer/kconfig/kconfig_tools.h"
#include "analyzer/prepare/refused.h"

struct difference {
	const struct prepare *prepare;
	/* @effective: the .config that the user wants. @result: BUILD/.config. */
	const struct kconfig *effective, *result;
	struct kconfig_tools *tools;
	/* char *: capability symbols whose values in @effective and @result differ */
	GPtrArray *symbols;
};

static void compare_one(struct difference *difference, const char *symbol,
			const struct kconfig *config, const char *value)
{
	const char *name = symbol + strlen("CONFIG_");

	if (g_strcmp0(kconfig_get(config, symbol), value) == 0 ||
	    !kconfig_asks_tools(difference->tools, name, false) ||
	    kconfig_names_compiler(difference->tools, name) ||
	    g_ptr_array_find_with_equal_func(difference->symbols, symbol, g_str_equal, NULL))
		return;
	g_ptr_array_add(difference->symbols, g_strdup(symbol));
}

static void compare_given(const char *symbol, const char *value, const char *quoted, void *data)
{
	struct difference *difference = data;

	(void)quoted;
	compare_one(difference, symbol, difference->result, value);
}

static void compare_clang(const char *symbol, const char *value, const char *quoted, void *data)
{
	struct difference *difference = data;

	(void)quoted;
	compare_one(difference, symbol, difference->effective, value);
}

/*
 * Returns the text of a header that sets each symbol in difference->symbols to clang's value. The
 * header is for sources that clang cannot parse otherwise. Free with g_free().
 */
static char *clang_text(const struct difference *difference)
{
	GString *text =
		g_string_new("/* Written by initlint prepare: the capabilities of clang. */\n");

	for (guint i = 0; i < difference->symbols->len; i++)
		refused_append(text, difference->symbols->pdata[i], difference->result);
	return g_string_free(text, FALSE);
}

static char *header_text(void *data, GHashTable *refused)
{
	const struct difference *difference = data;

	return prepare_header_text(difference->prepare, difference->effective, difference->result,
				   refused);
}

static void keep_refused(struct difference *difference, const struct kbuild *kbuild,
			 GHashTable *refused)
{
	const struct clang_reads reads = {
		.tree = difference->prepare->tree,
		.build = difference->prepare->build,
		.kbuild = kbuild,
		.symbols = difference->symbols,
		.header = PREPARE_AUTOCONF,
		.text = header_text,
		.data = difference,
	};
	g_autoptr(GHashTable) found = clang_refuses(&reads);

	for (guint i = 0; i < difference->symbols->len; i++)
		if (g_hash_table_contains(found, difference->symbols->pdata[i]))
			g_hash_table_add(refused, g_strdup(difference->symbols->pdata[i]));
}

GHashTable *prepare_answers(const struct prepare *prepare, const struct kbuild *kbuild,
			    const struct kconfig *effective, const struct kconfig *result,
			    char **clang)
{
	struct difference difference = {
		.prepare = prepare,
		.effective = effective,
		.result = result,
		.tools = kconfig_tools_load(prepare->tree, kconfig_arch(result)),
		.symbols = g_ptr_array_new_with_free_func(g_free),
	};
	GHashTable *refused = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

	kconfig_foreach(effective, compare_given, &difference);
	kconfig_foreach(result, compare_clang, &difference);
	keep_refused(&difference, kbuild, refused);
	*clang = clang_text(&difference);
	g_ptr_array_unref(difference.symbols);
	kconfig_tools_free(difference.tools);
	return refused;
}
