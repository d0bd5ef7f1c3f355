// SPDX-License-Identifier: GPL-2.0-only
/* Includes that lead up from a directory. */
#include <glib/gstdio.h>

#include "analyzer/patch/include_climb.h"
#include "tests/support/check_main.h"
#include "tests/support/temp_dir.h"

static char *directory;

static void setup(void)
{
	directory = temp_dir_new();
}

static void teardown(void)
{
	temp_dir_free(directory);
}

static const struct {
	const char *text;
	unsigned int climbs;
	const char *quoted; /* name that is added to the set; NULL: none */
} files[] = {
	{ "int a;\n", 0, NULL },
	{ "#include <changed.h>\n", 0, NULL },
	{ "#include \"changed.h\"\n", 0, "changed.h" },
	{ "#include \"other.h\"\n#include \"sub/changed.h\"", 0, "changed.h" },
	{ "#include \"../there.h\"\n", CLIMB_HERE, NULL },
	{ "  #  include\t\"../sub/../there.h\"\n", CLIMB_HERE, NULL },
	{ "#include_next \"../there.h\"\n", CLIMB_HERE, NULL },
	/* The file does not exist from here, so the search path decides. */
	{ "#include \"../missing.h\"\n", CLIMB_ANYWHERE, NULL },
	{ "#include \"../missing/changed.h\"\n", CLIMB_ANYWHERE, "changed.h" },
	{ "#include <../there.h>\n", CLIMB_ANYWHERE, NULL },
	{ "#include <../x/changed.h>\n", CLIMB_ANYWHERE, "changed.h" },
	{ "#include TRACE(x)\n", CLIMB_COMPUTED, NULL },
	{ "#include", CLIMB_COMPUTED, NULL },
	{ "#include \"cut", CLIMB_COMPUTED, NULL },
	{ "#include \"../there.h\"\n#include NAME\n", CLIMB_HERE | CLIMB_COMPUTED, NULL },
	/* "include" without an include directive. */
	{ "include \"../there.h\"\nint include;\n#define include\n", 0, NULL },
	{ "", 0, NULL },
};

START_TEST(what_a_file_has)
{
	g_autofree char *path = g_build_filename(directory, "sub", "a.c", NULL);
	g_autofree char *sub = g_path_get_dirname(path);
	g_autofree char *there = g_build_filename(directory, "there.h", NULL);
	g_autoptr(GHashTable) names = g_hash_table_new(g_str_hash, g_str_equal);
	g_autoptr(GHashTable) quoted = g_hash_table_new(g_str_hash, g_str_equal);
	const char *const paths[] = { path };
	unsigned int climbs = 99;

	g_hash_table_add(names, (gpointer) "changed.h");
	ck_assert_int_eq(g_mkdir(sub, 0777), 0);
	ck_assert(g_file_set_contents(there, "", -1, NULL));
	ck_assert(g_file_set_contents(path, files[_i].text, -1, NULL));
	include_climbs(paths, 1, 1, names, &climbs, quoted);
	ck_assert_uint_eq(climbs, files[_i].climbs);
	ck_assert_uint_eq(g_hash_table_size(quoted), files[_i].quoted ? 1 : 0);
	if (files[_i].quoted)
		ck_assert(g_hash_table_contains(quoted, files[_i].quoted));
}
END_TEST

START_TEST(file_that_is_not_there)
{
	g_autofree char *path = g_build_filename(directory, "none.c", NULL);
	g_autoptr(GHashTable) names = g_hash_table_new(g_str_hash, g_str_equal);
	g_autoptr(GHashTable) quoted = g_hash_table_new(g_str_hash, g_str_equal);
	const char *const paths[] = { path };
	unsigned int climbs = 99;

	include_climbs(paths, 1, 1, names, &climbs, quoted);
	ck_assert_uint_eq(climbs, 0);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("include_climb");
	TCase *tests = tcase_create("include_climb");

	tcase_add_checked_fixture(tests, setup, teardown);
	tcase_add_loop_test(tests, what_a_file_has, 0, (int)G_N_ELEMENTS(files));
	tcase_add_test(tests, file_that_is_not_there);
	suite_add_tcase(suite, tests);
	return check_main(suite);
}
