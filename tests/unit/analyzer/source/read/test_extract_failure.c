// SPDX-License-Identifier: GPL-2.0-only
/* If libclang crashes or hangs on a unit, only that unit fails. */
#include <errno.h>
#include <sys/stat.h>

#include "db/error.h"
#include "tests/support/check_main.h"
#include "tests/support/extract_fixture.h"

static struct fixture f;

static void setup(void)
{
	fixture_setup(&f);
	f.options.timeout_s = 2;
}

static void teardown(void)
{
	fixture_teardown(&f);
}

static const char good[] = "#include <linux/init.h>\nint good(void) { return helper(1); }\n";

/* Reads a good unit before and after the bad one, to see that both are read. */
static void run_between_good_ones(const char *text, const char *part_of_result)
{
	fixture_unit(&f, "g1", good, NULL);
	fixture_unit(&f, "bad", text, NULL);
	fixture_unit(&f, "g2", good, NULL);
	f.options.jobs = 1;
	fixture_run(&f);
	ck_assert_msg(f.ok, "%s", f.error ? f.error->message : "?");
	fixture_expect(&f, "g1.o result 1 0 -");
	fixture_expect(&f, "g2.o result 1 0 -");
	fixture_expect(&f, "g2.o call good g2.c:2 function:helper");
	if (fixture_count(&f, part_of_result) != 1)
		fixture_expect(&f, part_of_result);
}

START_TEST(crash)
{
	run_between_good_ones("int x;\n#pragma clang __debug crash\n",
			      "bad.o result 3 0 bad.c: libclang crashed on it (signal");
	ck_assert_uint_eq(f.stats.n_crashes, 2); /* one with each shim */
	ck_assert_uint_eq(f.stats.n_failed, 1);
	ck_assert_uint_eq(f.stats.n_whole, 2);
	ck_assert_uint_eq(fixture_count(&f, "bad.o include"), 0);
}
END_TEST

START_TEST(fatal_error)
{
	run_between_good_ones("#pragma clang __debug llvm_fatal_error\n",
			      "bad.o result 3 0 bad.c: libclang ");
	ck_assert_uint_eq(f.stats.n_failed, 1);
}
END_TEST

START_TEST(hang)
{
	g_autofree char *fifo = g_build_filename(f.tree, "bad.c", NULL);

	ck_assert_int_eq(g_mkdir_with_parents(f.tree, 0755), 0);
	ck_assert_int_eq(mkfifo(fifo, 0600), 0);
	run_between_good_ones(NULL,
			      "bad.o result 3 0 bad.c: libclang did not finish it within 2 s");
	ck_assert_uint_eq(f.stats.n_timeouts, 1);
	ck_assert_uint_eq(f.stats.n_failed, 1);
}
END_TEST

/* The unit may fail in any way. It must not count as whole, and the other units are read. */
START_TEST(deep_nesting)
{
	g_autoptr(GString) text = g_string_new("int deep(int a)\n{\n\treturn ");

	for (unsigned int i = 0; i < 100000; i++)
		g_string_append_c(text, '(');
	g_string_append_c(text, 'a');
	for (unsigned int i = 0; i < 100000; i++)
		g_string_append_c(text, ')');
	g_string_append(text, ";\n}\n");
	run_between_good_ones(text->str, "bad.o result");
	ck_assert_uint_eq(f.stats.n_whole, 2);
}
END_TEST

/* A sum of n terms is nested n levels deep. It is read, or it is an error of the unit. */
START_TEST(long_sum)
{
	g_autoptr(GString) text = g_string_new("int get(void);\nint deep(void)\n{\n\treturn get()");

	for (unsigned int i = 0; i < 100000; i++)
		g_string_append(text, " + 1");
	g_string_append(text, ";\n}\n");
	f.options.timeout_s = 20;
	run_between_good_ones(text->str, "bad.o result");
	ck_assert_uint_eq(f.stats.n_whole, 2);
}
END_TEST

START_TEST(missing_source)
{
	run_between_good_ones(NULL, "/tree/bad.c: cannot be read: No such file");
	ck_assert_uint_eq(f.stats.n_failed, 1);
	ck_assert_uint_eq(f.stats.n_crashes, 0);
}
END_TEST

START_TEST(no_source)
{
	fixture_unit(&f, "x", "int x;\n", NULL);
	g_free((char *)f.sources[0].source);
	f.sources[0].source = NULL;
	fixture_run(&f);
	ck_assert(f.ok);
	fixture_expect(&f, "x.o result 3 0 x.o: no source file found for it");
}
END_TEST

static volatile int cancel;

static void cancel_now(void *data, unsigned int done, unsigned int total, const char *what)
{
	(void)data;
	(void)total;
	(void)what;
	if (done >= 1)
		cancel = 1;
}

START_TEST(cancelled)
{
	for (unsigned int i = 0; i < 6; i++) {
		g_autofree char *name = g_strdup_printf("c%u", i);

		fixture_unit(&f, name, good, NULL);
	}
	cancel = 0;
	f.options.jobs = 1;
	f.options.cancel = &cancel;
	f.options.progress = cancel_now;
	fixture_run(&f);
	ck_assert(!f.ok);
	ck_assert(g_error_matches(f.error, INITLINT_ERROR, INITLINT_ERROR_FAILED));
	ck_assert_str_eq(f.error->message, "interrupted");
	ck_assert_uint_lt(fixture_count(&f, " result "), 6);
}
END_TEST

START_TEST(no_build_directory)
{
	g_autofree char *file = g_build_filename(f.root, "file", NULL);

	fixture_write(&f, "file", "");
	fixture_unit(&f, "x", "int x;\n", NULL);
	f.options.build = file;
	fixture_run(&f);
	ck_assert(!f.ok);
	ck_assert(g_error_matches(f.error, INITLINT_ERROR, INITLINT_ERROR_FAILED));
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("extract_failure");
	TCase *tc = tcase_create("failure");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_set_timeout(tc, 120);
	tcase_add_test(tc, crash);
	tcase_add_test(tc, fatal_error);
	tcase_add_test(tc, hang);
	tcase_add_test(tc, deep_nesting);
	tcase_add_test(tc, long_sum);
	tcase_add_test(tc, missing_source);
	tcase_add_test(tc, no_source);
	tcase_add_test(tc, cancelled);
	tcase_add_test(tc, no_build_directory);
	suite_add_tcase(s, tc);
	return s;
}

int main(void)
{
	return check_main(suite());
}
