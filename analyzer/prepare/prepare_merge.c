// SPDX-License-Identifier: GPL-2.0-only
/* Merges .configs without Kconfig. */
#include "analyzer/prepare/prepare_internal.h"

#include <string.h>

static void add_symbol(const char *symbol, const char *value, const char *quoted, void *data)
{
	(void)value;
	g_hash_table_insert(data, g_strdup(symbol), g_strdup(quoted));
}

GHashTable *prepare_config_table(const struct kconfig *config)
{
	GHashTable *table = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);

	kconfig_foreach(config, add_symbol, table);
	return table;
}

bool prepare_same_value(const char *a, const char *b)
{
	static const char *const nothing[] = { "", "n", "\"\"", NULL };

	if (a && g_strv_contains(nothing, a))
		a = NULL;
	if (b && g_strv_contains(nothing, b))
		b = NULL;
	return g_strcmp0(a, b) == 0;
}

struct merge {
	GString *text;
	GHashTable *given, *base, *result;
};

static bool is_changed(const struct merge *merge, const char *symbol)
{
	return !prepare_same_value(g_hash_table_lookup(merge->base, symbol),
				   g_hash_table_lookup(merge->result, symbol));
}

static void add_given(const char *symbol, const char *value, const char *quoted, void *data)
{
	struct merge *merge = data;
	const char *spelt = quoted;

	(void)value;
	if (is_changed(merge, symbol))
		spelt = g_hash_table_lookup(merge->result, symbol);
	if (spelt)
		g_string_append_printf(merge->text, "%s=%s\n", symbol, spelt);
}

/*
 * True if the value @quoted is "y" or "m". False if @quoted is a string or a number.
 *
 * add_new() looks at symbols that the given .config lacks. A symbol with the value "y" or "m" is
 * added only if is_changed() is true. A symbol whose value is a string or a number is always added:
 * sources may use the symbol without #ifdef, because Kconfig always writes the symbol.
 */
static bool is_on_or_off(const char *quoted)
{
	return strcmp(quoted, "y") == 0 || strcmp(quoted, "m") == 0;
}

static void add_new(const char *symbol, const char *value, const char *quoted, void *data)
{
	struct merge *merge = data;

	(void)value;
	if (!g_hash_table_contains(merge->given, symbol) &&
	    (is_changed(merge, symbol) || !is_on_or_off(quoted)))
		g_string_append_printf(merge->text, "%s=%s\n", symbol, quoted);
}

char *prepare_merge_configs(const char *head, const struct kconfig *given,
			    const struct kconfig *base, const struct kconfig *result)
{
	struct merge merge = {
		.text = g_string_new(head),
		.given = prepare_config_table(given),
		.base = prepare_config_table(base),
		.result = prepare_config_table(result),
	};

	kconfig_foreach(given, add_given, &merge);
	kconfig_foreach(result, add_new, &merge);
	g_hash_table_unref(merge.given);
	g_hash_table_unref(merge.base);
	g_hash_table_unref(merge.result);
	return g_string_free(merge.text, FALSE);
}
