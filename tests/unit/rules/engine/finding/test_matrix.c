// SPDX-License-Identifier: GPL-2.0-only
/* Tests the matrix file: valid files, and the message and place for each mistake. */
#include <string.h>
#include <glib/gstdio.h>

#include "db/error.h"
#include "rules/engine/finding/matrix.h"
#include "tests/support/check_main.h"
#include "tests/support/temp_dir.h"

static char *folder;
static char *path;

static void setup(void)
{
	folder = temp_dir_new();
	path = g_build_filename(folder, "matrix.yaml", NULL);
}

static void teardown(void)
{
	g_clear_pointer(&folder, temp_dir_free);
	g_clear_pointer(&path, g_free);
}

static GPtrArray *load(const char *text, GError **error)
{
	ck_assert(g_file_set_contents(path, text, -1, NULL));
	return matrix_load(path, error);
}

static GPtrArray *load_good(const char *text)
{
	GError *error = NULL;
	GPtrArray *rows = load(text, &error);

	ck_assert_msg(rows != NULL, "%s", error ? error->message : "no error");
	return rows;
}

static const struct matrix_row *row_at(const GPtrArray *rows, guint i)
{
	ck_assert_uint_lt(i, rows->len);
	return rows->pdata[i];
}

START_TEST(all_keys)
{
	g_autoptr(GPtrArray) rows = load_good("configurations:\n"
					      "  - name: big\n"
					      "    arch: arm64\n"
					      "    defconfig: defconfig\n"
					      "    enable: [CONFIG_KVM, NUMA]\n"
					      "    disable: PCI\n"
					      "  - {config: /etc/debian.config}\n");
	const struct matrix_row *row = row_at(rows, 0);

	ck_assert_uint_eq(rows->len, 2);
	ck_assert_str_eq(row->name, "big");
	ck_assert_str_eq(row->arch, "arm64");
	ck_assert_str_eq(row->defconfig, "defconfig");
	ck_assert_ptr_null(row->config);
	ck_assert_uint_eq(g_strv_length(row->enable), 2);
	ck_assert_str_eq(row->enable[1], "NUMA");
	ck_assert_str_eq(row->disable[0], "PCI");
	row = row_at(rows, 1);
	ck_assert_str_eq(row->name, "debian.config");
	ck_assert_ptr_null(row->arch);
	ck_assert_str_eq(row->config, "/etc/debian.config");
	ck_assert_ptr_null(row->enable);
}
END_TEST

/* Default names contain only characters that are safe in the name of a directory. */
START_TEST(default_names)
{
	g_autoptr(GPtrArray) rows = load_good("configurations:\n"
					      "  - {arch: x86, defconfig: x86_64_defconfig}\n"
					      "  - {arch: arm, defconfig: board/some one}\n"
					      "  - {config: .config}\n"
					      "  - {config: '../my kernel.config', arch: arm64}\n");
	g_autofree char *up = g_path_get_dirname(folder);
	g_autofree char *there = g_build_filename(up, "my kernel.config", NULL);
	g_autofree char *here = g_build_filename(folder, ".config", NULL);

	ck_assert_str_eq(row_at(rows, 0)->name, "x86-x86_64_defconfig");
	ck_assert_str_eq(row_at(rows, 1)->name, "arm-board-some-one");
	ck_assert_str_eq(row_at(rows, 2)->name, "_config");
	ck_assert_str_eq(row_at(rows, 3)->name, "arm64-my-kernel.config");
	/* A relative config is relative to the matrix file, not to the current directory. */
	ck_assert_str_eq(row_at(rows, 2)->config, here);
	ck_assert_str_eq(row_at(rows, 3)->config, there);
}
END_TEST

/* The path of config is absolute, even if the path of the matrix file is relative. */
START_TEST(relative_path)
{
	g_autofree char *was = g_get_current_dir();
	g_autofree char *here = NULL;
	g_autofree char *expected = NULL;
	g_autoptr(GPtrArray) rows = load_good("configurations:\n  - config: some.config\n");

	g_clear_pointer(&rows, g_ptr_array_unref);
	ck_assert_int_eq(g_chdir(folder), 0);
	here = g_get_current_dir();
	expected = g_build_filename(here, "some.config", NULL);
	rows = matrix_load("matrix.yaml", NULL);
	ck_assert_int_eq(g_chdir(was), 0);
	ck_assert_ptr_nonnull(rows);
	ck_assert_str_eq(row_at(rows, 0)->config, expected);
}
END_TEST

#define ROWS "configurations:\n"
#define GOOD "  - {arch: arm64, defconfig: defconfig}\n"

static const struct {
	const char *text;
	const char *error; /* the message after the path */
} mistakes[] = {
	{ "", ":1:1: " },
	{ "[]", ":1:1: the matrix must be a mapping, not a list" },
	{ "rows: []", ":1:1: unknown key 'rows' in the matrix; expected one of: configurations" },
	{ "configuration: []", ":1:1: unknown key 'configuration' in the matrix (did you mean "
			       "'configurations'?); expected one of: configurations" },
	{ ROWS "  {}", ":2:3: 'configurations' must be a list, not a mapping" },
	{ "configurations: []", ":1:17: 'configurations' is an empty list" },
	{ ROWS GOOD "  - defconfig",
	  ":3:5: an entry of configurations must be a mapping, not a string" },
	{ ROWS GOOD "  - {arch: x86, defconfg: x}",
	  ":3:17: unknown key 'defconfg' in an entry of configurations (did you mean "
	  "'defconfig'?); expected one of: name, arch, defconfig, config, enable, disable" },
	{ ROWS "  - {arch: x86}", ":2:5: a configuration needs either 'defconfig' or 'config'" },
	{ ROWS "  - {arch: x86, defconfig: a, config: b}",
	  ":2:5: a configuration needs either 'defconfig' or 'config'" },
	{ ROWS "  - {defconfig: tinyconfig}",
	  ":2:5: a configuration with 'defconfig' needs 'arch'" },
	{ ROWS GOOD GOOD, ":3:5: configuration 'arm64-defconfig' exists already; give this "
			  "entry another 'name'" },
	{ ROWS GOOD "  - {name: arm64-defconfig, config: x}",
	  ":3:5: configuration 'arm64-defconfig' exists already" },
	{ ROWS "  - {name: ../up, config: x}",
	  ":2:12: 'name' must be letters, digits, '-', '_', '.' and '+', not '../up'" },
	{ ROWS "  - {name: .., config: x}", ":2:12: 'name' must be letters" },
	{ ROWS "  - {name: \"a\\nb\", config: x}", ":2:12: 'name' must be letters" },
	{ ROWS "  - {name: '', config: x}", ":2:12: 'name' is empty" },
	{ ROWS "  - {arch: a/b, config: x}", ":2:12: 'arch' must be letters" },
	{ ROWS "  - {config: [x]}", ":2:14: 'config' must be a string, not a list" },
	{ ROWS "  - {config: x, enable: [A=y]}",
	  ":2:25: 'enable' must be names of configuration symbols, such as PCI or CONFIG_PCI, "
	  "not 'A=y'" },
	{ ROWS "  - {config: x, disable: {}}", ":2:26: 'disable' must be a string or a list of" },
	{ ROWS "  - {config: x, config: y}", ":2:17: key 'config' is given twice" },
	{ ROWS "  - {config: x", ":3:1: " },
};

START_TEST(mistake)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *expected = g_strconcat(path, mistakes[_i].error, NULL);

	ck_assert_ptr_null(load(mistakes[_i].text, &error));
	ck_assert(g_error_matches(error, INITLINT_ERROR, INITLINT_ERROR_INPUT));
	ck_assert_msg(g_str_has_prefix(error->message, expected), "%s\nexpected: %s",
		      error->message, expected);
}
END_TEST

START_TEST(no_file)
{
	g_autoptr(GError) error = NULL;

	ck_assert_ptr_null(matrix_load(path, &error));
	ck_assert(g_error_matches(error, INITLINT_ERROR, INITLINT_ERROR_INPUT));
	ck_assert_msg(g_str_has_prefix(error->message, path), "%s", error->message);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("matrix");
	TCase *tcase = tcase_create("matrix");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, all_keys);
	tcase_add_test(tcase, default_names);
	tcase_add_loop_test(tcase, mistake, 0, G_N_ELEMENTS(mistakes));
	tcase_add_test(tcase, relative_path);
	tcase_add_test(tcase, no_file);
	suite_add_tcase(suite, tcase);
	return check_main(suite);
}
