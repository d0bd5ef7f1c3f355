// SPDX-License-Identifier: GPL-2.0-only
/*
 * Tests the shared precompiled header: facts are the same as without it, it is kept while valid,
 * and units that it does not fit are read without it. Also tests c_scan.h.
 */
#include <sys/stat.h>

#include "analyzer/base/c_scan.h"
#include "tests/support/check_main.h"
#include "tests/support/extract_fixture.h"

static struct fixture f;

static const char slab_h[] = "#ifndef _SLAB\n#define _SLAB\n"
			     "#include <linux/types.h>\n"
			     "#ifndef pr_fmt\n#define pr_fmt(x) x\n#endif\n"
			     "#define pr_info(x) print(pr_fmt(x))\n"
			     "int print(const char *text);\n"
			     "static inline int alloc(int x)\n{\n"
			     "#ifdef DEBUG\n\treturn helper(x) + print(\"\");\n"
			     "#else\n\treturn helper(x);\n#endif\n}\n#endif\n";

#define INCLUDES "#include <linux/init.h>\n#include <linux/slab.h>\n"

static void setup(void)
{
	fixture_setup(&f);
	fixture_write(&f, "tree/include/linux/slab.h", slab_h);
	f.options.no_pch = false;
	f.options.pch_min_units = 2;
}

static void teardown(void)
{
	fixture_teardown(&f);
}

static void run(void)
{
	fixture_run(&f);
	ck_assert_msg(f.ok, "%s", f.error ? f.error->message : "?");
	ck_assert_ptr_null(f.stats.pch_problem);
}

/* Returns the set of recorded facts, most of them without their unit. Ignores "result" lines. */
static GHashTable *distinct(void)
{
	GHashTable *set = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

	for (unsigned int i = 0; i < f.lines->len; i++) {
		const char *line = g_ptr_array_index(f.lines, i), *rest = strchr(line, ' ') + 1;

		if (g_str_has_prefix(rest, "result ") || g_str_has_prefix(line, "$O/"))
			continue;
		g_hash_table_add(set, g_strdup(g_str_has_prefix(rest, "include ") ? line : rest));
	}
	/* Add the facts of the shared header's own unit. */
	for (unsigned int i = 0; i < f.lines->len; i++) {
		const char *line = g_ptr_array_index(f.lines, i), *rest = strchr(line, ' ') + 1;

		if (g_str_has_prefix(line, "$O/") && !g_str_has_prefix(rest, "include ") &&
		    !g_str_has_prefix(rest, "result "))
			g_hash_table_add(set, g_strdup(rest));
	}
	return set;
}

static void expect_same_without(void)
{
	g_autoptr(GHashTable) with = distinct(), without = NULL;
	GHashTableIter iter;
	gpointer line;

	f.options.no_pch = true;
	run();
	f.options.no_pch = false;
	without = distinct();
	g_hash_table_iter_init(&iter, with);
	while (g_hash_table_iter_next(&iter, &line, NULL))
		ck_assert_msg(g_hash_table_contains(without, line), "only with: %s", (char *)line);
	g_hash_table_iter_init(&iter, without);
	while (g_hash_table_iter_next(&iter, &line, NULL))
		ck_assert_msg(g_hash_table_contains(with, line), "only without: %s", (char *)line);
}

static void add_units(void)
{
	fixture_unit(&f, "a",
		     INCLUDES "static int a(void) { return twice(alloc(1)); }\nmodule_init(a);\n",
		     NULL);
	fixture_unit(&f, "b",
		     "#define pr_fmt(x) \"b\" x\n" INCLUDES
		     "int b(void) { return pr_info(\"x\"); }\n",
		     NULL);
	fixture_unit(&f, "c", "#include <linux/slab.h>\nint c(void) { return alloc(2); }\n", NULL);
}

START_TEST(same_facts)
{
	add_units();
	run();
	fixture_expect(&f, "a.o result 0 0 -");
	fixture_expect(&f, "b.o result 0 0 -");
	fixture_expect(&f, "c.o result 0 0 -");
	fixture_expect(&f, "a.o initcall 6 a a.c:4 module_init 0");
	fixture_expect(&f, "$O/.initlint/pch.h call alloc include/linux/slab.h:14 function:helper");
	ck_assert(!fixture_has(&f, "c.o include include/linux/init.h"));
	ck_assert_uint_eq(f.stats.pch_headers, 2);
	ck_assert_uint_eq(strlen(f.stats.pch_key), 64);
	expect_same_without();
}
END_TEST

/* In-place build: make passes paths relative to the tree. */
START_TEST(in_place)
{
	add_units();
	fixture_write(&f, "tree/include/generated/autoconf.h", "#define IN_PLACE 1\n");
	for (unsigned int i = 0; i < f.n_units; i++) {
		char **args = (char **)f.sources[i].args;

		for (; *args; args++) {
			g_autofree char *old = *args;
			g_auto(GStrv) parts = g_strsplit(old, f.tree, 2);

			*args = g_strjoinv(".", parts);
		}
	}
	f.options.build = f.tree;
	run();
	fixture_expect(&f, "a.o result 0 0 -");
	fixture_expect(&f, "a.o include include/linux/kconfig.h");
	fixture_expect(&f, "$O/.initlint/pch.h call alloc include/linux/slab.h:14 function:helper");
	ck_assert_uint_eq(fixture_count(&f, "include .initlint/"), 0);
	expect_same_without();
}
END_TEST

/* Units that change the meaning of the shared headers in different ways. */
START_TEST(drift)
{
	add_units();
	fixture_write(&f, "tree/debug.h", "#define DEBUG 1\n");
	fixture_unit(&f, "define", "#define DEBUG\n" INCLUDES "int d(void) { return alloc(1); }\n",
		     NULL);
	fixture_unit(&f, "header",
		     "#include \"debug.h\"\n" INCLUDES "int h(void) { return alloc(1); }\n", NULL);
	fixture_unit(&f, "flag", INCLUDES "int g(void) { return alloc(1); }\n", "-DDEBUG");
	fixture_unit(&f, "undef", "#undef helper\n" INCLUDES "int u(void) { return alloc(1); }\n",
		     NULL);
	fixture_unit(&f, "code",
		     "#define helper other\n" INCLUDES "int k(void) { return alloc(1); }\n", NULL);
	fixture_unit(&f, "late", INCLUDES "#define DEBUG\n#include <linux/types.h>\nint l;\n",
		     NULL);
	run();
	fixture_expect(&f, "define.o result 1 0 -");
	fixture_expect(&f, "header.o result 1 0 -");
	fixture_expect(&f, "flag.o result 1 0 -");
	fixture_expect(&f, "undef.o result 1 0 -");
	fixture_expect(&f, "code.o result 1 0 -");
	fixture_expect(&f, "late.o result 0 0 -");
	ck_assert_uint_eq(f.stats.n_shim, 5);
	ck_assert_uint_ge(fixture_count(&f, "call alloc include/linux/slab.h:12 function:print"),
			  1);
	ck_assert_uint_ge(fixture_count(&f, "call alloc include/linux/slab.h:14 function:other"),
			  1);
	expect_same_without();
}
END_TEST

START_TEST(kept_while_it_stands)
{
	char key[65];

	add_units();
	run();
	memcpy(key, f.stats.pch_key, sizeof(key));
	f.options.known_pch = key;
	run();
	ck_assert_str_eq(f.stats.pch_key, key);
	ck_assert_uint_eq(fixture_count(&f, "$O/.initlint/pch.h "), 0);
	fixture_write(&f, "tree/include/linux/types.h",
		      "#ifndef _T\n#define _T\nint helper(int x);\nstatic inline int new(void) { "
		      "return 1; }\n"
		      "#endif\n");
	run();
	ck_assert_str_ne(f.stats.pch_key, key);
	fixture_expect(&f,
		       "$O/.initlint/pch.h function new include/linux/types.h:4-4 static inline");
	fixture_expect(&f, "a.o result 0 0 -");
}
END_TEST

/* Same build directory, copied tree: the shared header is kept while the content is equal. */
START_TEST(another_checkout)
{
	g_autofree char *copy = g_build_filename(f.root, "copy", NULL);
	g_autofree char *command = g_strdup_printf("cp -r '%s' '%s'", f.tree, copy);
	char key[65];

	add_units();
	run();
	memcpy(key, f.stats.pch_key, sizeof(key));
	ck_assert_int_eq(system(command), 0);
	for (unsigned int i = 0; i < f.n_units; i++)
		for (char **arg = (char **)f.sources[i].args; *arg; arg++) {
			g_auto(GStrv) parts = g_strsplit(*arg, f.tree, -1);

			g_free(*arg);
			*arg = g_strjoinv(copy, parts);
		}
	f.options.tree = copy;
	run();
	ck_assert_str_eq(f.stats.pch_key, key);
	fixture_expect(&f, "a.o include include/linux/slab.h");
	fixture_expect(&f, "a.o result 0 0 -");
	expect_same_without();
	fixture_write(&f, "copy/include/linux/types.h",
		      "#ifndef _T\n#define _T\nint helper(int x);\nint changed(void);\n#endif\n");
	run();
	ck_assert_str_ne(f.stats.pch_key, key);
	expect_same_without();
}
END_TEST

START_TEST(bad_header_is_left_out)
{
	fixture_write(&f, "tree/include/linux/odd.h",
		      "#ifndef _ODD\n#define _ODD\nint odd(struct_of_user x);\n#endif\n");
	fixture_unit(&f, "o", "typedef int struct_of_user;\n" INCLUDES "#include <linux/odd.h>\n",
		     NULL);
	fixture_unit(&f, "p", "typedef int struct_of_user;\n" INCLUDES "#include <linux/odd.h>\n",
		     NULL);
	run();
	ck_assert_uint_eq(f.stats.pch_headers, 2);
	fixture_expect(&f, "o.o result 0 0 -");
	fixture_expect(&f, "p.o include include/linux/odd.h");
	expect_same_without();
}
END_TEST

static void scan_directive(void *data, const char *keyword, const char *rest)
{
	g_string_append_printf(data, "#%s|%s\n", keyword, rest);
}

static void scan_code(void *data, const char *line)
{
	g_string_append_printf(data, "%s\n", line);
}

START_TEST(scanning)
{
	static const struct scan_ops ops = { scan_directive, scan_code };
	static const char text[] = "/* #include <no.h>\n*/ # include <a/b.h> // c\n"
				   "#include\"q.h\"\n"
				   "#define X \\\n  y /* z */\n"
				   "char *s = \"#if /* \\\" */\"; // #else \\\n#if more\n"
				   "#if defined(A) || \\\r\n B\n"
				   "#endif";
	g_autoptr(GString) out = g_string_new(NULL);
	g_autofree char *name = NULL;
	bool quoted;

	scan_text(text, strlen(text), &ops, out);
	ck_assert_str_eq(out->str, "#include|<a/b.h>\n#include|\"q.h\"\n#define|X   y\n"
				   "char *s = \"\";\n#if|defined(A) ||  B\n#endif|\n");
	name = scan_include_name("<a/b.h> x", &quoted);
	ck_assert_str_eq(name, "a/b.h");
	ck_assert(!quoted);
	ck_assert_ptr_null(scan_include_name("MACRO", &quoted));
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("pch");
	TCase *tc = tcase_create("pch");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_set_timeout(tc, 120);
	tcase_add_test(tc, same_facts);
	tcase_add_test(tc, in_place);
	tcase_add_test(tc, drift);
	tcase_add_test(tc, kept_while_it_stands);
	tcase_add_test(tc, another_checkout);
	tcase_add_test(tc, bad_header_is_left_out);
	tcase_add_test(tc, scanning);
	suite_add_tcase(s, tc);
	return s;
}

int main(void)
{
	return check_main(suite());
}
