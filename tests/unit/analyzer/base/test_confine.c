// SPDX-License-Identifier: GPL-2.0-only
/* A confined process reads and writes only what it may, and starts no program. */
#include <errno.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <glib.h>
#include <glib/gstdio.h>

#include "analyzer/base/confine.h"
#include "tests/support/check_main.h"
#include "tests/support/temp_dir.h"

static char *readable, *writable, *other;

static void put(const char *directory)
{
	g_autofree char *path = g_build_filename(directory, "file", NULL);

	ck_assert(g_file_set_contents(path, "x", 1, NULL));
}

static void setup(void)
{
	readable = temp_dir_new();
	writable = temp_dir_new();
	other = temp_dir_new();
	put(readable);
	put(writable);
	put(other);
}

static void teardown(void)
{
	temp_dir_free(readable);
	temp_dir_free(writable);
	temp_dir_free(other);
}

/* Returns 0 if the file @name of @directory can be opened with @flags, else errno. */
static int try_open(const char *directory, const char *name, int flags)
{
	g_autofree char *path = g_build_filename(directory, name, NULL);
	int fd = open(path, flags | O_CLOEXEC, 0600);

	if (fd < 0)
		return errno;
	close(fd);
	return 0;
}

static int try_exec(void)
{
	execl("/bin/true", "true", NULL);
	return errno;
}

static int try_socket(void)
{
	return socket(AF_INET, SOCK_STREAM, 0) < 0 ? errno : 0;
}

/* Runs in a child process. Returns the number of the first check that fails, or 0. */
static int check_confined(void)
{
	const char *const reads[] = { readable, "/no/such/directory", NULL };
	const char *const writes[] = { writable, NULL };
	int n = 0;

	confine(reads, writes);
#define CHECK(condition)          \
	do {                      \
		n++;              \
		if (!(condition)) \
			return n; \
	} while (0)
	CHECK(try_open(readable, "file", O_RDONLY) == 0);
	CHECK(try_open(readable, "file", O_WRONLY) == EACCES);
	CHECK(try_open(readable, "new", O_WRONLY | O_CREAT) == EACCES);
	CHECK(try_open(writable, "file", O_RDWR | O_TRUNC) == 0);
	CHECK(try_open(writable, "new", O_WRONLY | O_CREAT) == 0);
	CHECK(try_open(other, "file", O_RDONLY) == EACCES);
	CHECK(try_open("/etc", "passwd", O_RDONLY) == EACCES);
	CHECK(try_exec() == EPERM);
	CHECK(try_socket() == EPERM);
#undef CHECK
	return 0;
}

START_TEST(confined)
{
	int status;
	pid_t pid;

	if (confine_lacks())
		return;
	pid = fork();
	if (pid == 0)
		_exit(check_confined());
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	ck_assert(WIFEXITED(status));
	ck_assert_int_eq(WEXITSTATUS(status), 0);
	/* Only the child is confined. */
	ck_assert_int_eq(try_open(other, "file", O_RDONLY), 0);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("confine");
	TCase *tcase = tcase_create("confine");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, confined);
	suite_add_tcase(suite, tcase);
	return check_main(suite);
}
