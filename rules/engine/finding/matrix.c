// SPDX-License-Identifier: GPL-2.0-only
#include "rules/engine/finding/matrix.h"

#include <stddef.h>
#include <string.h>

#include "rules/engine/files/yaml_file.h"

static void row_free(gpointer data)
{
	struct matrix_row *row = data;

	g_free(row->name);
	g_free(row->arch);
	g_free(row->defconfig);
	g_free(row->config);
	g_strfreev(row->enable);
	g_strfreev(row->disable);
	g_free(row);
}

/*
 * Reads the name of a row. Allows only characters that are safe in the name of a directory, because
 * the results of a row are written to a directory with the row's name.
 */
static bool take_name(struct yaml_file *file, yaml_node_t *value, const char *name, void *target,
		      GError **error)
{
	char **text = target;

	if (!yaml_take_string(file, value, name, target, error))
		return false;
	if (!g_regex_match_simple("^[A-Za-z0-9_+-][A-Za-z0-9_.+-]*$", *text, G_REGEX_DOLLAR_ENDONLY,
				  0))
		return yaml_fail(file, value, error,
				 "'%s' must be letters, digits, '-', '_', '.' and '+', not '%s'",
				 name, *text);
	return true;
}

static bool take_symbols(struct yaml_file *file, yaml_node_t *value, const char *name, void *target,
			 GError **error)
{
	GStrv *symbols = target;

	if (!yaml_take_strings(file, value, name, target, error))
		return false;
	for (char **symbol = *symbols; *symbol; symbol++) {
		if (!g_regex_match_simple("^[A-Za-z0-9_]+$", *symbol, G_REGEX_DOLLAR_ENDONLY, 0))
			return yaml_fail(file, value, error,
					 "'%s' must be names of configuration symbols, such as PCI "
					 "or CONFIG_PCI, not '%s'",
					 name, *symbol);
		if (g_str_has_prefix(*symbol, "CONFIG_"))
			memmove(*symbol, *symbol + strlen("CONFIG_"),
				strlen(*symbol) - strlen("CONFIG_") + 1);
	}
	return true;
}

#define ROW(field) offsetof(struct matrix_row, field)

static const struct yaml_key row_keys[] = {
	{ "name", false, ROW(name), take_name },
	{ "arch", false, ROW(arch), take_name },
	{ "defconfig", false, ROW(defconfig), yaml_take_string },
	{ "config", false, ROW(config), yaml_take_string },
	{ "enable", false, ROW(enable), take_symbols },
	{ "disable", false, ROW(disable), take_symbols },
	{ 0 },
};

/*
 * Returns the name of a row that has no key "name" in the matrix file. The name is "ARCH-FILE",
 * such as "arm64-defconfig". FILE is the name of the defconfig, or the name of the config file
 * without its directory. If row->arch is NULL, the name is only FILE. Free with g_free().
 */
static char *default_name(const struct matrix_row *row)
{
	g_autofree char *base =
		row->config ? g_path_get_basename(row->config) : g_strdup(row->defconfig);
	char *name = row->arch ? g_strdup_printf("%s-%s", row->arch, base) : g_strdup(base);

	g_strcanon(name, G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "-_.+", '-');
	if (*name == '.')
		*name = '_';
	return name;
}

static bool complete(struct matrix_row *row, struct yaml_file *file, yaml_node_t *node,
		     GError **error)
{
	g_autofree char *path = g_canonicalize_filename(yaml_file_path(file), NULL);
	g_autofree char *directory = g_path_get_dirname(path);
	char *config;

	if (!row->defconfig == !row->config)
		return yaml_fail(file, node, error,
				 "a configuration needs either 'defconfig' or 'config'");
	if (row->defconfig && !row->arch)
		return yaml_fail(file, node, error,
				 "a configuration with 'defconfig' needs 'arch'");
	if (row->config) {
		config = g_canonicalize_filename(row->config, directory);
		g_free(row->config);
		row->config = config;
	}
	if (!row->name)
		row->name = default_name(row);
	return true;
}

static bool is_named(const GPtrArray *rows, const char *name)
{
	for (guint i = 0; i < rows->len; i++)
		if (strcmp(((const struct matrix_row *)rows->pdata[i])->name, name) == 0)
			return true;
	return false;
}

static bool take_row(struct yaml_file *file, yaml_node_t *value, G_GNUC_UNUSED const char *name,
		     void *target, GError **error)
{
	struct matrix_row *row = g_new0(struct matrix_row, 1);
	GPtrArray *rows = *(GPtrArray **)target;
	bool taken = yaml_take_mapping(file, value, "an entry of configurations", row_keys, row,
				       error) &&
		     complete(row, file, value, error);

	if (taken && is_named(rows, row->name))
		taken = yaml_fail(
			file, value, error,
			"configuration '%s' exists already; give this entry another 'name'",
			row->name);
	if (taken)
		g_ptr_array_add(rows, row);
	else
		row_free(row);
	return taken;
}

struct document {
	GPtrArray *rows;
};

static bool take_rows(struct yaml_file *file, yaml_node_t *value, const char *name, void *target,
		      GError **error)
{
	return yaml_take_list(file, value, name, take_row, target, error);
}

GPtrArray *matrix_load(const char *path, GError **error)
{
	static const struct yaml_key keys[] = {
		{ "configurations", true, offsetof(struct document, rows), take_rows },
		{ 0 },
	};
	struct document document = { g_ptr_array_new_with_free_func(row_free) };
	g_autoptr(yaml_file) file = yaml_file_load(path, error);

	if (!file ||
	    !yaml_take_mapping(file, yaml_file_root(file), "the matrix", keys, &document, error))
		g_clear_pointer(&document.rows, g_ptr_array_unref);
	return document.rows;
}
