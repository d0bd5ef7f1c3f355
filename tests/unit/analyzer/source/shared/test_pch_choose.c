// SPDX-License-Identifier: GPL-2.0-only
/* Which headers are shared in a class of many units; whether a kept header still stands. */
#include <glib/gstdio.h>

#include "analyzer/source/shared/pch_choose.h"
#include "tests/support/check_main.h"
#include "tests/support/extract_fixture.h"

#define N_UNITS 800 /* a share, then, is five units */

static struct fixture f;
static struct kbuild_source sources[N_UNITS];
static struct extract_unit units[N_UNITS];
static unsigned int n_units;
static struct pch_class class;

static void setup(void)
{
	struct flag include = { "-I", NULL, false };
	g_autofree char *path = NULL;

	fixture_setup(&f);
	n_units = 0;
	path = g_build_filename(f.tree, "include", NULL);
	include.operand = g_intern_string(path);
	class.flags = g_array_new(FALSE, FALSE, sizeof(struct flag));
	class.units = g_ptr_array_new();
	g_array_append_val(class.flags, include);
}

static void teardown(void)
{
	for (unsigned int i = 0; i < n_units; i++)
		g_free((char *)sources[i].source);
	g_array_unref(class.flags);
	g_ptr_array_unref(class.units);
	fixture_teardown(&f);
}

/* @n units "CORNER/N/x.c" that want linux/@header; NULL: none. */
static void add(const char *corner, unsigned int n, const char *header)
{
	g_autofree char *text = g_strdup_printf("#include <linux/%s>\n", header);

	for (unsigned int i = 0; i < n; i++, n_units++) {
		char *source = g_strdup_printf("%s/%s%u/x.c", corner, header ? header : "", i);
		g_autofree char *path = g_strconcat("tree/", source, NULL);

		fixture_write(&f, path, header ? text : "int x;\n");
		sources[n_units].source = source;
		units[n_units].source = &sources[n_units];
		g_ptr_array_add(class.units, &units[n_units]);
	}
}

static void add_header(const char *name)
{
	g_autofree char *path = g_strdup_printf("tree/include/linux/%s", name);

	fixture_write(&f, path, "#ifndef H\n#define H\n#endif\n");
}

static void expect(const char *expected)
{
	g_autoptr(paths) paths = paths_new(f.tree, f.build);
	g_autoptr(GPtrArray) headers = pch_choose_headers(&class, paths);
	g_autofree char *joined = NULL;

	g_ptr_array_add(headers, NULL);
	joined = g_strjoinv(" ", (char **)headers->pdata);
	ck_assert_str_eq(joined, expected);
}

START_TEST(corners)
{
	static const char *const names[] = { "rare.h", "corner.h", "wide.h", "many.h", "few.h" };

	for (unsigned int i = 0; i < G_N_ELEMENTS(names); i++)
		add_header(names[i]);
	add("drivers/a", 4, "rare.h");
	/* From many directories, but hardly from outside of one corner. */
	add("drivers/a", 20, "corner.h");
	add("drivers/b", 2, "corner.h");
	add("drivers/a", 20, "wide.h");
	add("kernel", 3, "wide.h");
	/* One corner, but so many that they pay for all. */
	add("drivers/c", 40, "many.h");
	/* Spread, but in few directories. */
	add("fs", 3, "few.h");
	add("mm", 3, "few.h");
	add("lib", N_UNITS - n_units, NULL);
	expect("linux/many.h linux/wide.h");
}
END_TEST

/* Where there is only one corner, it is no reason against a header. */
START_TEST(one_corner)
{
	add_header("own.h");
	add("drivers/a/b", 3, "own.h");
	expect("linux/own.h");
}
END_TEST

START_TEST(still_stands)
{
	g_autofree char *header = g_build_filename(f.tree, "include/linux/init.h", NULL);
	g_autofree char *base = g_build_filename(f.root, "pch-0", NULL);
	g_autofree char *built = g_strconcat(base, ".pch", NULL);
	g_autoptr(paths) paths = paths_new(f.tree, f.build);
	g_autoptr(pch) made = pch_new(base), kept = NULL;

	made->key = g_strdup("key");
	made->tree = g_strdup(f.tree);
	ck_assert(pch_stat_file(pch_add_file(made, "include/linux/init.h", header), header));
	ck_assert(g_file_set_contents(built, "", 0, NULL));
	ck_assert(pch_save(made, NULL));
	kept = pch_load(base, paths);
	ck_assert_ptr_nonnull(kept);
	ck_assert(pch_still_stands(kept));
	fixture_write(&f, "tree/include/linux/init.h", "int changed;\n");
	ck_assert(!pch_still_stands(kept));
	ck_assert_int_eq(g_unlink(header), 0);
	ck_assert(!pch_still_stands(kept));
}
END_TEST

/* The .pch file has paths of its build directory in it. So a copy of the directory builds its own. */
START_TEST(copied_elsewhere)
{
	g_autofree char *base = g_build_filename(f.root, "pch-0", NULL);
	g_autofree char *meta = g_strconcat(base, ".meta", NULL);
	g_autofree char *copy = g_build_filename(f.root, "copied-0", NULL);
	g_autofree char *built = g_strconcat(copy, ".pch", NULL);
	g_autofree char *copied = g_strconcat(copy, ".meta", NULL);
	g_autofree char *text = NULL;
	g_autoptr(paths) paths = paths_new(f.tree, f.build);
	g_autoptr(pch) made = pch_new(base), kept = NULL;

	made->key = g_strdup("key");
	made->tree = g_strdup(f.tree);
	ck_assert(pch_save(made, NULL));
	ck_assert(g_file_get_contents(meta, &text, NULL, NULL));
	ck_assert(g_file_set_contents(copied, text, -1, NULL));
	ck_assert(g_file_set_contents(built, "", 0, NULL));
	ck_assert_ptr_null(pch_load(copy, paths));
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("pch_choose");
	TCase *tc = tcase_create("pch_choose");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_set_timeout(tc, 60);
	tcase_add_test(tc, corners);
	tcase_add_test(tc, one_corner);
	tcase_add_test(tc, still_stands);
	tcase_add_test(tc, copied_elsewhere);
	suite_add_tcase(s, tc);
	return s;
}

int main(void)
{
	return check_main(suite());
}
