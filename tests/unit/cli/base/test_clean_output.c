// SPDX-License-Identifier: GPL-2.0-only
/* What the program prints has no control characters, whatever the pieces in which it is written. */
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <glib.h>

#include "cli/base/clean_output.h"
#include "tests/support/check_main.h"
#include "tests/support/temp_dir.h"

/* Writes @text in pieces of @size bytes. Checks what arrives in the file behind stdout. */
static void assert_written(const char *text, size_t size, const char *expected)
{
	char *directory = temp_dir_new();
	g_autofree char *path = g_build_filename(directory, "out", NULL);
	g_autofree char *written = NULL;
	int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);

	ck_assert_int_eq(dup2(fd, STDOUT_FILENO), STDOUT_FILENO);
	clean_output_begin();
	for (size_t at = 0; at < strlen(text); at += size) {
		fwrite(text + at, 1, MIN(size, strlen(text) - at), stdout);
		fflush(stdout);
	}
	ck_assert(g_file_get_contents(path, &written, NULL, NULL));
	ck_assert_str_eq(written, expected);
	close(fd);
	temp_dir_free(directory);
}

/* Each Unicode control character, and each byte that is no UTF-8, is spelt out. */
START_TEST(pieces)
{
	static const char text[] = "a\tb\n\033[2J\r \xc3\xa9 \xe2\x82\xac \xc2\x9b \x9b \xff.";
	static const char clean[] = "a\tb\n\\x1b[2J\\x0d \xc3\xa9 \xe2\x82\xac \\xc2\\x9b \\x9b "
				    "\\xff.";

	assert_written(text, (size_t)_i, clean);
}
END_TEST

START_TEST(our_own_sequences)
{
	char *directory = temp_dir_new();
	g_autofree char *path = g_build_filename(directory, "out", NULL);
	g_autofree char *written = NULL;
	int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);

	ck_assert_int_eq(dup2(fd, STDOUT_FILENO), STDOUT_FILENO);
	clean_output_begin();
	fputs("before ", stdout);
	clean_output_raw(stdout, "\033[1m");
	fputs("after", stdout);
	fflush(stdout);
	ck_assert(g_file_get_contents(path, &written, NULL, NULL));
	ck_assert_str_eq(written, "before \033[1mafter");
	ck_assert_int_eq(clean_output_fd(stdout), STDOUT_FILENO);
	ck_assert_int_eq(clean_output_fd(stderr), STDERR_FILENO);
	close(fd);
	temp_dir_free(directory);
}
END_TEST

/* What GLib has to say arrives, for example before it ends a program without memory. */
START_TEST(messages_of_glib)
{
	char *directory = temp_dir_new();
	g_autofree char *path = g_build_filename(directory, "err", NULL);
	g_autofree char *written = NULL;
	int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);

	ck_assert_int_eq(dup2(fd, STDERR_FILENO), STDERR_FILENO);
	clean_output_begin();
	g_warning("no %s", "memory");
	g_debug("not printed");
	ck_assert(g_file_get_contents(path, &written, NULL, NULL));
	ck_assert_str_eq(written, "initlint: no memory\n");
	close(fd);
	temp_dir_free(directory);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("clean_output");
	TCase *tcase = tcase_create("clean_output");

	tcase_add_loop_test(tcase, pieces, 1, 6);
	tcase_add_test(tcase, our_own_sequences);
	tcase_add_test(tcase, messages_of_glib);
	suite_add_tcase(suite, tcase);
	return check_main(suite);
}
