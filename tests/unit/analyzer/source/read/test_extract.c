// SPDX-License-Identifier: GPL-2.0-only
/* Reads facts of each kind from small units. */
#include "tests/support/check_main.h"
#include "tests/support/extract_fixture.h"

static struct fixture f;

static void setup(void)
{
	fixture_setup(&f);
}

static void teardown(void)
{
	fixture_teardown(&f);
}

static void run_whole(void)
{
	fixture_run(&f);
	ck_assert_msg(f.ok, "%s", f.error ? f.error->message : "?");
	for (unsigned int i = 0; i < f.n_units; i++) {
		g_autofree char *line = g_strdup_printf("%s result %d 0 -", f.sources[i].target,
							f.options.no_pch ? UNIT_SHIM : UNIT_PCH);
		fixture_expect(&f, line);
	}
}

START_TEST(initcalls)
{
	fixture_unit(&f, "a",
		     "#include <linux/init.h>\n"
		     "static int a_early(void) { return 0; }\n"
		     "static int a_6(void) { return 0; }\n"
		     "early_initcall(a_early);\n"
		     "module_init(a_6)\n"
		     "device_initcall_sync(\n"
		     "\ta_6);\n"
		     "rootfs_initcall(a_early); console_initcall(a_6);\n",
		     NULL);
	run_whole();
	fixture_expect(&f, "a.o initcall early a_early a.c:4 early_initcall 0");
	fixture_expect(&f, "a.o initcall 6 a_6 a.c:5 module_init 1");
	fixture_expect(&f, "a.o initcall 6s a_6 a.c:6 device_initcall_sync 2");
	fixture_expect(&f, "a.o initcall rootfs a_early a.c:8 rootfs_initcall 3");
	fixture_expect(&f, "a.o initcall con a_6 a.c:8 console_initcall 4");
	ck_assert_uint_eq(fixture_count(&f, " initcall "), 5);
}
END_TEST

/* Comments on the line of an initcall and above, in the source and in an included source. */
START_TEST(accepts)
{
	fixture_write(&f, "tree/inc.c",
		      "static int inc(void) { return 0; }\n"
		      "/* initlint: accept needs-bus: it waits */\ncore_initcall(inc);\n");
	fixture_unit(&f, "a",
		     "#include <linux/init.h>\n"
		     "static int a_6(void) { return 0; }\n"
		     "#define my_initcall(fn) device_initcall_sync(fn)\n"
		     "my_initcall(\n"
		     "\ta_6); // initlint: accept never-retried: no device\n"
		     "\n"
		     "/*\n"
		     " * initlint: accept needs-bus\n"
		     " */\n"
		     "rootfs_initcall(a_6);\n"
		     "#include \"inc.c\"\n",
		     NULL);
	run_whole();
	fixture_expect(&f, "a.o accept a.c:4 5 never-retried: no device");
	fixture_expect(&f, "a.o accept a.c:10 8 needs-bus: -");
	fixture_expect(&f, "a.o accept inc.c:3 2 needs-bus: it waits");
	ck_assert_uint_eq(fixture_count(&f, " accept "), 3);
}
END_TEST

/* A function whose name ends like a level, a wrapper macro, an included file, an old tree. */
START_TEST(initcall_names)
{
	fixture_write(&f, "tree/inc.c",
		      "static int inc(void) { return 0; }\ncore_initcall(inc);\n");
	fixture_unit(
		&f, "b",
		"#include <linux/init.h>\n"
		"static int foo6(void) { return 0; }\n"
		"core_initcall(foo6);\n"
		"struct drv { int x; };\n"
		"static int reg(struct drv *d) { return d->x; }\n"
		"static struct drv mine;\n"
		"builtin_driver(mine, reg);\n"
		"#include \"inc.c\"\n"
		"static initcall_t __initcall_foo64 = foo6;\n"
		"static initcall_t __initcall_reg_con __attribute__((section(\".x\"))) = foo6;\n",
		NULL);
	fixture_run(&f);
	fixture_expect(&f, "b.o initcall 1 foo6 b.c:3 core_initcall 0");
	fixture_expect(&f, "b.o initcall 6 mine_init b.c:7 builtin_driver 1");
	fixture_expect(&f, "b.o call mine_init b.c:7 function:reg@b.c");
	fixture_expect(&f, "b.o initcall 1 inc inc.c:2 core_initcall 2");
	fixture_expect(&f, "b.o initcall 4 foo6 b.c:9 - 3");
	/* An initcall that cannot be read is an error of the unit. */
	fixture_expect(&f, "b.o result 1 1 b.c:10: an initcall whose level or function is unclear");
	ck_assert_uint_eq(f.stats.n_partial, 1);
}
END_TEST

START_TEST(module_inits)
{
	fixture_unit(&f, "m",
		     "#include <linux/init.h>\nint init_module(void);\n"
		     "static int m(void) { return 0; }\nmodule_init(m);\n",
		     "-DMODULE");
	fixture_unit(&f, "n", "int init_module(void)\n{\n\treturn 0;\n}\n", "-DMODULE");
	run_whole();
	fixture_expect(&f, "m.o initcall module m m.c:4 module_init 0");
	fixture_expect(&f, "n.o initcall module init_module n.c:1 - 0");
	ck_assert_uint_eq(fixture_count(&f, " initcall "), 2);
}
END_TEST

START_TEST(calls)
{
	fixture_unit(&f, "c",
		     "#include <linux/init.h>\n"
		     "extern int ext(int);\n"
		     "static int later(int);\n"
		     "#define BOTH(x) (ext(x) + \\\n\t\tlater(x))\n"
		     "int user(int (*fp)(int))\n"
		     "{\n"
		     "\ttypeof(ext(1)) t = (typeof(ext(2)))later(3);\n"
		     "\tint n = sizeof(ext(4)) + __builtin_ffs(t);\n"
		     "\tif (__builtin_types_compatible_p(typeof(ext(5)), int))\n"
		     "\t\tn += _Generic(ext(6), int: 1, default: 2);\n"
		     "\tn += ({ int u = BOTH(n); u; });\n"
		     "\treturn n ? twice(n) : fp(n);\n"
		     "}\n"
		     "static int later(int x) { return x; }\n",
		     NULL);
	run_whole();
	fixture_expect(&f, "c.o function user c.c:6-14");
	fixture_expect(&f, "c.o function later c.c:15-15 static");
	fixture_expect(&f, "c.o function twice include/linux/init.h:27-27 static inline");
	fixture_expect(&f, "c.o call twice include/linux/init.h:27 function:helper");
	fixture_expect(&f, "c.o call user c.c:8 function:later@c.c");
	fixture_expect(&f, "c.o call user c.c:12 function:ext");
	fixture_expect(&f, "c.o call user c.c:12 function:later@c.c");
	fixture_expect(&f, "c.o call user c.c:13 function:twice@include/linux/init.h");
	fixture_expect(&f, "c.o call user c.c:13 param:0");
	/* Calls that are not evaluated are not reported. */
	ck_assert_uint_eq(fixture_count(&f, " call user "), 5);
	ck_assert_uint_eq(fixture_count(&f, " call twice "), 2);
}
END_TEST

START_TEST(includes)
{
	fixture_write(&f, "tree/sub/local.h", "#pragma once\n#include <linux/types.h>\n");
	fixture_unit(&f, "sub/i", "#include \"../sub/local.h\"\nint i;\n", NULL);
	run_whole();
	fixture_expect(&f, "sub/i.o include sub/i.c");
	fixture_expect(&f, "sub/i.o include sub/local.h");
	fixture_expect(&f, "sub/i.o include include/linux/types.h");
	fixture_expect(&f, "sub/i.o include include/linux/kconfig.h");
	fixture_expect(&f, "sub/i.o include $O/include/generated/autoconf.h");
	ck_assert_uint_eq(fixture_count(&f, " include "), 5);
}
END_TEST

START_TEST(errors_make_partial)
{
	fixture_unit(&f, "e",
		     "#include <linux/init.h>\nint e(void) { nothing(); return helper(1); }\n"
		     "#include <absent.h>\nint g(void) { return helper(2); }\n",
		     NULL);
	fixture_run(&f);
	ck_assert(f.ok);
	ck_assert_uint_eq(f.stats.n_partial, 1);
	fixture_expect(&f, "e.o call e e.c:2 function:helper");
	fixture_expect(&f, "e.o call g e.c:4 function:helper");
	ck_assert_uint_eq(fixture_count(&f, "e.o result 1 2 e.c:2:"), 1);
}
END_TEST

/* The facts do not depend on the number of workers. Header functions are reported at least once. */
START_TEST(workers_agree)
{
	unsigned int n_lines[2];

	for (unsigned int i = 0; i < 8; i++) {
		g_autofree char *name = g_strdup_printf("w%u", i);

		fixture_unit(&f, name,
			     "#include <linux/init.h>\nint w(void) { return twice(1); }\n", NULL);
	}
	for (unsigned int jobs = 1; jobs <= 2; jobs++) {
		f.options.jobs = jobs;
		run_whole();
		n_lines[jobs - 1] = fixture_count(&f, " call w ");
		ck_assert_uint_ge(fixture_count(&f, " function twice "), 1);
		ck_assert_uint_le(fixture_count(&f, " function twice "), jobs);
	}
	ck_assert_uint_eq(n_lines[0], 8);
	ck_assert_uint_eq(n_lines[1], 8);
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("extract");
	TCase *tc = tcase_create("facts");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_set_timeout(tc, 120);
	tcase_add_test(tc, initcalls);
	tcase_add_test(tc, accepts);
	tcase_add_test(tc, initcall_names);
	tcase_add_test(tc, module_inits);
	tcase_add_test(tc, calls);
	tcase_add_test(tc, includes);
	tcase_add_test(tc, errors_make_partial);
	tcase_add_test(tc, workers_agree);
	suite_add_tcase(s, tc);
	return s;
}

int main(void)
{
	return check_main(suite());
}
