// SPDX-License-Identifier: GPL-2.0-only
#include "analyzer/base/work_dir.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "db/error.h"

#define PREFIX "initlint-work-"
/*
 * A directory belongs to initlint only if it has this file. A user may have another directory with
 * such a name.
 */
#define LOCK "initlint.lock"
/* nftw() keeps at most MAX_OPEN directories open at a time. */
#define MAX_OPEN 16

struct work_dir {
	char *path;
	int lock; /* a descriptor of the file LOCK, with flock() */
};

static int remove_entry(const char *path, G_GNUC_UNUSED const struct stat *st,
			G_GNUC_UNUSED int type, G_GNUC_UNUSED struct FTW *ftw)
{
	/* Ignore errors: what cannot be removed stays, and the rest is removed. */
	(void)remove(path);
	return 0;
}

void work_dir_remove(const char *path)
{
	nftw(path, remove_entry, MAX_OPEN, FTW_DEPTH | FTW_PHYS);
}

/*
 * Returns a descriptor of the file LOCK in @directory, with a lock. Returns -1 if another process has
 * the lock, or if the directory is not ours; errno is ENOENT if there is no such file. @flags: flags of
 * open().
 */
static int lock_directory(const char *directory, int flags)
{
	g_autofree char *path = g_build_filename(directory, LOCK, NULL);
	struct stat st;
	int fd;

	errno = EPERM;
	if (lstat(directory, &st) != 0 || !S_ISDIR(st.st_mode) || st.st_uid != geteuid())
		return -1;
	fd = open(path, O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC | flags, 0600);
	if (fd < 0)
		return -1;
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_uid == geteuid() &&
	    flock(fd, LOCK_EX | LOCK_NB) == 0)
		return fd;
	close(fd);
	return -1;
}

/* Removes the directories in @parent whose processes have died. */
static void sweep(const char *parent)
{
	GDir *dir = g_dir_open(parent, 0, NULL);
	const char *name;

	while (dir && (name = g_dir_read_name(dir))) {
		g_autofree char *path = g_build_filename(parent, name, NULL);
		int lock;

		if (!g_str_has_prefix(name, PREFIX))
			continue;
		lock = lock_directory(path, 0);
		if (lock < 0) {
			/*
			 * A process that dies early leaves an empty directory. rmdir() removes no
			 * other one.
			 */
			if (errno == ENOENT)
				(void)rmdir(path);
			continue;
		}
		work_dir_remove(path);
		close(lock);
	}
	if (dir)
		g_dir_close(dir);
}

/*
 * Another process may see the new directory before this process locks it, and remove it as the
 * directory of a dead process. So make() tries several times. On failure, errno is that of the last
 * attempt.
 */
static bool make(struct work_dir *dir, const char *parent)
{
	g_autofree char *random = g_strnfill(6, 'X'); /* for mkdtemp() */
	g_autofree char *name = g_strconcat(PREFIX, random, NULL);
	int problem = 0;

	for (int attempt = 0; attempt < 8; attempt++) {
		g_free(dir->path);
		dir->path = g_build_filename(parent, name, NULL);
		if (!mkdtemp(dir->path))
			return false;
		dir->lock = lock_directory(dir->path, O_CREAT | O_EXCL);
		if (dir->lock >= 0 && g_file_test(dir->path, G_FILE_TEST_IS_DIR))
			return true;
		problem = dir->lock < 0 ? errno : EAGAIN;
		if (dir->lock >= 0)
			close(dir->lock);
		work_dir_remove(dir->path);
	}
	errno = problem;
	return false;
}

struct work_dir *work_dir_new(const char *parent, GError **error)
{
	struct work_dir *dir = g_new0(struct work_dir, 1);

	parent = parent ? parent : g_get_tmp_dir();
	sweep(parent);
	if (make(dir, parent))
		return dir;
	g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_FAILED,
		    "%s: no directory for temporary files can be made: %s; set $TMPDIR to use "
		    "another directory",
		    parent, g_strerror(errno));
	g_free(dir->path);
	g_free(dir);
	return NULL;
}

void work_dir_free(struct work_dir *dir)
{
	if (!dir)
		return;
	work_dir_remove(dir->path);
	close(dir->lock);
	g_free(dir->path);
	g_free(dir);
}

const char *work_dir_path(const struct work_dir *dir)
{
	return dir->path;
}
