// SPDX-License-Identifier: GPL-2.0-only
/*
 * Compares the effective configuration with BUILD/.config. The effective configuration is the
 * .config that the user wants. olddefconfig has made BUILD/.config from the effective
 * configuration, with clang.
 */
#include "analyzer/prepare/prepare_internal.h"

#include <string.h>

#include "analyzer/kconfig/kconfig_tools.h"

struct changes {
	struct kconfig_tools *tools;
	GHashTable *other_config;
	GPtrArray *changed;
	bool new_only; /* report only symbols that are not in @other_config */
};

static const char *spell(const char *value)
{
	return value ? value : "n";
}

static void compare(const char *symbol, const char *value, const char *quoted, void *data)
{
	struct changes *changes = data;
	const char *name = symbol + strlen("CONFIG_");
	const char *other_value = g_hash_table_lookup(changes->other_config, symbol);

	(void)value;
	if (prepare_same_value(quoted, other_value) || (changes->new_only && other_value))
		return;
	/* Ignore symbols that describe tools, such as the compiler and the linker. */
	if (kconfig_asks_tools(changes->tools, name, true))
		return;
	g_ptr_array_add(changes->changed,
			changes->new_only
				? g_strdup_printf("%s: n, olddefconfig makes it %s", name, quoted)
				: g_strdup_printf("%s: %s, olddefconfig makes it %s", name, quoted,
						  spell(other_value)));
}

/*
 * Adds a make argument to changes->changed. The argument sets @symbol to @quoted, or unsets @symbol
 * if @quoted is NULL. Adds nothing if @quoted is a string or a number.
 */
static void override(const char *symbol, const char *quoted, struct changes *changes)
{
	static const char *const on[] = { "y", "m", NULL };

	if (!quoted)
		g_ptr_array_add(changes->changed, g_strconcat(symbol, "=", NULL));
	else if (g_strv_contains(on, quoted))
		g_ptr_array_add(changes->changed, g_strconcat(symbol, "=", quoted, NULL));
}

static void collect_overrides(const char *symbol, const char *value, const char *quoted, void *data)
{
	struct changes *changes = data;
	const char *other_value = g_hash_table_lookup(changes->other_config, symbol);
	static const char *const on[] = { "y", "m", NULL };

	(void)value;
	if (prepare_same_value(quoted, other_value) || (changes->new_only && other_value) ||
	    kconfig_asks_tools(changes->tools, symbol + strlen("CONFIG_"), true))
		return;
	if (!changes->new_only)
		override(symbol, quoted, changes);
	else if (g_strv_contains(on, quoted))
		override(symbol, NULL, changes);
}

GPtrArray *prepare_overrides(const struct prepare *prepare, const struct kconfig *effective,
			     GError **error)
{
	g_autofree char *path = g_build_filename(prepare->build, ".config", NULL);
	g_autoptr(kconfig) result = kconfig_load(path, error);
	g_autoptr(kconfig_tools) tools = NULL;
	g_autoptr(GHashTable) old = NULL;
	g_autoptr(GHashTable) new = NULL;
	GPtrArray *overrides;

	if (!result)
		return NULL;
	tools = kconfig_tools_load(prepare->tree, kconfig_arch(result));
	old = prepare_config_table(effective);
	new = prepare_config_table(result);
	overrides = g_ptr_array_new_with_free_func(g_free);
	kconfig_foreach(effective, collect_overrides,
			&(struct changes){ tools, new, overrides, false });
	kconfig_foreach(result, collect_overrides,
			&(struct changes){ tools, old, overrides, true });
	return overrides;
}

static struct kbuild *walk(const struct prepare *prepare, const struct kconfig *config,
			   GError **error)
{
	struct kbuild_options options = {
		.tree = prepare->tree,
		.build = prepare->build,
		.arch = prepare->arch,
		.config = config,
	};

	return kbuild_walk(&options, error);
}

static GHashTable *built_in(const struct kbuild *kbuild)
{
	GHashTable *set = g_hash_table_new(g_str_hash, g_str_equal);
	unsigned int n;
	const struct kbuild_object *objects = kbuild_objects(kbuild, &n);

	for (unsigned int i = 0; i < n; i++)
		if (objects[i].fact.kind != OBJECT_MODULE)
			g_hash_table_add(set, (void *)objects[i].fact.path);
	return set;
}

static void add_missing(GPtrArray *list, GHashTable *paths_a, GHashTable *paths_b,
			const char *suffix)
{
	GList *paths = g_list_sort(g_hash_table_get_keys(paths_a), (GCompareFunc)strcmp);

	for (GList *path = paths; path; path = path->next)
		if (!g_hash_table_contains(paths_b, path->data))
			g_ptr_array_add(list, g_strconcat(path->data, suffix, NULL));
	g_list_free(paths);
}

static bool compare_objects(const struct prepare *prepare, const struct kconfig *effective,
			    const struct kconfig *result, GPtrArray *list, GError **error)
{
	g_autoptr(kbuild) a = walk(prepare, effective, error);
	g_autoptr(kbuild) b = a ? walk(prepare, result, error) : NULL;
	g_autoptr(GHashTable) in_a = NULL;
	g_autoptr(GHashTable) in_b = NULL;

	if (!b)
		return false;
	in_a = built_in(a);
	in_b = built_in(b);
	add_missing(list, in_a, in_b, ": built in by the file, but not after olddefconfig");
	add_missing(list, in_b, in_a,
		    ": not built in by the file, but built in after olddefconfig");
	return true;
}

bool prepare_report_changes(const struct prepare *prepare, const struct kconfig *effective,
			    const struct kconfig *result, struct prepare_report *report,
			    GError **error)
{
	g_autoptr(kconfig_tools) tools = kconfig_tools_load(prepare->tree, kconfig_arch(result));
	g_autoptr(GHashTable) old = prepare_config_table(effective);
	g_autoptr(GHashTable) new = prepare_config_table(result);
	struct changes lost = { tools, new, report->changed, false };
	struct changes gained = { tools, old, report->changed, true };

	kconfig_foreach(effective, compare, &lost);
	kconfig_foreach(result, compare, &gained);
	return compare_objects(prepare, effective, result, report->objects, error);
}
