// SPDX-License-Identifier: GPL-2.0-only
/* What the program prints has no control characters, whatever the pieces in which it is written. */
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <glib.h>

#include "cli/base/clean_output.h"
#include "tests/support/check_main.h"
#include "tests/support/temp_dir.h"

/* A file that a stream of the program is connected to. */
struct capture {
	char *directory;
	char *path;
	int fd;
};

/* Connects @stream, STDOUT_FILENO or STDERR_FILENO, to a new file, and calls clean_output_begin(). */
static struct capture capture_begin(int stream)
{
	struct capture capture = { .directory = temp_dir_new() };

	capture.path = g_build_filename(capture.directory, "out", NULL);
	capture.fd = open(capture.path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	ck_assert_int_eq(dup2(capture.fd, stream), stream);
	clean_output_begin();
	return capture;
}

/* Checks what has arrived in the file, and removes it. */
static void capture_end(struct capture *capture, const char *expected)
{
	g_autofree char *written = NULL;

	ck_assert(g_file_get_contents(capture->path, &written, NULL, NULL));
	ck_assert_str_eq(written, expected);
	close(capture->fd);
	g_free(capture->path);
	temp_dir_free(capture->directory);
}

/* Writes @text in pieces of @size bytes. Checks what arrives in the file behind stdout. */
static void assert_written(const char *text, size_t size, const char *expected)
{
	struct capture capture = capture_begin(STDOUT_FILENO);

	for (size_t at = 0; at < strlen(text); at += size) {
		fwrite(text + at, 1, MIN(size, strlen(text) - at), stdout);
		fflush(stdout);
	}
	capture_end(&capture, expected);
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
	struct capture capture = capture_begin(STDOUT_FILENO);

	fputs("before ", stdout);
	clean_output_raw(stdout, "\033[1m");
	fputs("after", stdout);
	fflush(stdout);
	ck_assert_int_eq(clean_output_fd(stdout), STDOUT_FILENO);
	ck_assert_int_eq(clean_output_fd(stderr), STDERR_FILENO);
	capture_end(&capture, "before \033[1mafter");
}
END_TEST

/* What GLib has to say arrives, for example before it ends a program without memory. */
START_TEST(messages_of_glib)
{
	struct capture capture = capture_begin(STDERR_FILENO);

	g_warning("no %s", "memory");
	g_debug("not printed");
	capture_end(&capture, "initlint: no memory\n");
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
