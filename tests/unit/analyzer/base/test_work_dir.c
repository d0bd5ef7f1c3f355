// SPDX-License-Identifier: GPL-2.0-only
/* A directory of a living process stays. A directory of a dead process goes with the next run. */
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "analyzer/base/work_dir.h"
#include "db/error.h"
#include "tests/support/check_main.h"
#include "tests/support/temp_dir.h"

static char *parent;

static void setup(void)
{
	parent = temp_dir_new();
}

static void teardown(void)
{
	temp_dir_free(parent);
}

static void put(const char *directory, const char *name)
{
	g_autofree char *path = g_build_filename(directory, name, NULL);

	ck_assert(g_file_set_contents(path, "x", 1, NULL));
}

/* Another process makes a directory with a file in it, and is killed. Returns the path. */
static char *leave_behind(void)
{
	int fds[2], status;
	char path[4096];
	ssize_t n;
	pid_t pid;

	ck_assert_int_eq(pipe(fds), 0);
	pid = fork();
	if (pid == 0) {
		struct work_dir *dir = work_dir_new(parent, NULL);

		put(work_dir_path(dir), "file");
		if (write(fds[1], work_dir_path(dir), strlen(work_dir_path(dir))) > 0)
			raise(SIGKILL);
		_exit(1);
	}
	n = read(fds[0], path, sizeof(path));
	ck_assert_int_gt(n, 0);
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	ck_assert(WIFSIGNALED(status));
	close(fds[0]);
	close(fds[1]);
	return g_strndup(path, (gsize)n);
}

START_TEST(removes_itself)
{
	struct work_dir *dir = work_dir_new(parent, NULL);
	g_autofree char *path = g_strdup(work_dir_path(dir));

	put(path, "file");
	ck_assert(g_str_has_prefix(path, parent));
	work_dir_free(dir);
	ck_assert(!g_file_test(path, G_FILE_TEST_EXISTS));
	work_dir_free(NULL);
}
END_TEST

START_TEST(sweeps_what_the_dead_left)
{
	g_autofree char *dead = leave_behind();
	g_autoptr(work_dir) living = NULL;
	g_autoptr(work_dir) other = NULL;

	ck_assert(g_file_test(dead, G_FILE_TEST_IS_DIR));
	living = work_dir_new(parent, NULL);
	ck_assert(!g_file_test(dead, G_FILE_TEST_EXISTS));
	put(work_dir_path(living), "file");
	other = work_dir_new(parent, NULL);
	ck_assert(g_file_test(work_dir_path(living), G_FILE_TEST_IS_DIR));
}
END_TEST

/* A directory with such a name, but without the lock, is not ours. */
START_TEST(keeps_what_is_not_ours)
{
	g_autofree char *name = g_build_filename(parent, "initlint-work-abcdef", NULL);
	g_autofree char *file = g_build_filename(name, "kept", NULL);
	g_autoptr(work_dir) dir = NULL;

	ck_assert_int_eq(g_mkdir(name, 0700), 0);
	put(name, "kept");
	dir = work_dir_new(parent, NULL);
	ck_assert(g_file_test(file, G_FILE_TEST_EXISTS));
}
END_TEST

/* A process was killed before it could lock its directory. */
START_TEST(sweeps_an_empty_directory)
{
	g_autofree char *name = g_build_filename(parent, "initlint-work-abcdef", NULL);
	g_autoptr(work_dir) dir = NULL;

	ck_assert_int_eq(g_mkdir(name, 0700), 0);
	dir = work_dir_new(parent, NULL);
	ck_assert(!g_file_test(name, G_FILE_TEST_EXISTS));
}
END_TEST

/* The sweep must not leave the directory, neither by its own name nor by a link inside it. */
START_TEST(follows_no_links)
{
	g_autofree char *outside = temp_dir_new();
	g_autofree char *name = g_build_filename(parent, "initlint-work-abcdef", NULL);
	g_autofree char *dead = leave_behind();
	g_autofree char *inside = g_build_filename(dead, "link", NULL);
	g_autofree char *file = g_build_filename(outside, "kept", NULL);
	g_autoptr(work_dir) dir = NULL;

	put(outside, "kept");
	ck_assert_int_eq(symlink(outside, name), 0);
	ck_assert_int_eq(symlink(outside, inside), 0);
	dir = work_dir_new(parent, NULL);
	ck_assert(!g_file_test(dead, G_FILE_TEST_EXISTS));
	ck_assert(g_file_test(file, G_FILE_TEST_EXISTS));
	ck_assert_int_eq(g_unlink(file), 0);
	ck_assert_int_eq(g_rmdir(outside), 0);
}
END_TEST

START_TEST(says_what_to_do)
{
	g_autoptr(GError) error = NULL;

	ck_assert_ptr_null(work_dir_new("/no/such/place", &error));
	ck_assert(g_error_matches(error, INITLINT_ERROR, INITLINT_ERROR_FAILED));
	ck_assert_ptr_nonnull(strstr(error->message, "/no/such/place"));
	ck_assert_ptr_nonnull(strstr(error->message, "set $TMPDIR"));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("work_dir");
	TCase *tcase = tcase_create("work_dir");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, removes_itself);
	tcase_add_test(tcase, sweeps_what_the_dead_left);
	tcase_add_test(tcase, keeps_what_is_not_ours);
	tcase_add_test(tcase, sweeps_an_empty_directory);
	tcase_add_test(tcase, follows_no_links);
	tcase_add_test(tcase, says_what_to_do);
	suite_add_tcase(suite, tcase);
	return check_main(suite);
}
