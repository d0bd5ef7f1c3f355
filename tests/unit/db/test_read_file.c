// SPDX-License-Identifier: GPL-2.0-only
/* read_file() reads regular files only, and neither function reads more than its limit. */
#include <string.h>
#include <sys/stat.h>

#include "db/error.h"
#include "db/read_file.h"
#include "tests/support/check_main.h"
#include "tests/support/temp_dir.h"

static char *directory;
static char *path;

static void setup(void)
{
	directory = temp_dir_new();
	path = g_build_filename(directory, "file", NULL);
}

static void teardown(void)
{
	g_free(path);
	temp_dir_free(directory);
}

static void assert_refused(bool ok, GError *error, const char *reason)
{
	ck_assert(!ok);
	ck_assert(g_error_matches(error, INITLINT_ERROR, INITLINT_ERROR_INPUT));
	ck_assert_msg(strstr(error->message, reason) != NULL, "%s", error->message);
	g_error_free(error);
}

START_TEST(regular_files)
{
	g_autofree char *text = NULL, *empty = NULL;
	gsize len;

	ck_assert(g_file_set_contents(path, "a\0b", 3, NULL));
	ck_assert(read_file(path, &text, &len, NULL));
	ck_assert_uint_eq(len, 3);
	ck_assert_int_eq(memcmp(text, "a\0b", 4), 0);
	ck_assert(g_file_set_contents(path, "", 0, NULL));
	ck_assert(read_file(path, &empty, NULL, NULL));
	ck_assert_str_eq(empty, "");
}
END_TEST

START_TEST(other_files)
{
	char *text = NULL;
	GError *error = NULL;
	bool ok = read_file(directory, &text, NULL, &error);

	assert_refused(ok, g_steal_pointer(&error), "a directory");
	ok = read_file("/dev/zero", &text, NULL, &error);
	assert_refused(ok, g_steal_pointer(&error), "a pipe or a device");
	ok = read_file(path, &text, NULL, &error);
	assert_refused(ok, g_steal_pointer(&error), "No such file");
	ck_assert_int_eq(mkfifo(path, 0600), 0);
	ok = read_file(path, &text, NULL, &error);
	assert_refused(ok, g_steal_pointer(&error), "a pipe or a device");
	ck_assert_ptr_null(text);
}
END_TEST

START_TEST(limits)
{
	g_autofree char *text = NULL;
	GError *error = NULL;
	gsize len;
	bool ok = read_argument("/dev/zero", 1 << 20, &text, NULL, &error);

	assert_refused(ok, error, "more than 1 MB");
	ck_assert_ptr_null(text);
	ck_assert(g_file_set_contents(path, "abc", 3, NULL));
	ck_assert(read_argument(path, 3, &text, &len, NULL));
	ck_assert_uint_eq(len, 3);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("read_file");
	TCase *tcase = tcase_create("read_file");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, regular_files);
	tcase_add_test(tcase, other_files);
	tcase_add_test(tcase, limits);
	suite_add_tcase(suite, tcase);
	return check_main(suite);
}
