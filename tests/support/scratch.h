/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A directory for the files of one test.
 */
#ifndef INITLINT_TESTS_SCRATCH_H
#define INITLINT_TESTS_SCRATCH_H

#include <check.h>
#include <stdbool.h>
#include <glib.h>
#include <glib/gstdio.h>

/* A new one, empty. End it with scratch_free(). */
static inline char *scratch_new(void)
{
	char *directory = g_dir_make_tmp(NULL, NULL);

	ck_assert_ptr_nonnull(directory);
	return directory;
}

/* A file, or a directory with all that is in it; what a link points to stays. */
static inline void scratch_remove(const char *path)
{
	bool is_link = g_file_test(path, G_FILE_TEST_IS_SYMLINK);
	GDir *dir = is_link ? NULL : g_dir_open(path, 0, NULL);
	const char *name;

	while (dir && (name = g_dir_read_name(dir))) {
		g_autofree char *below = g_build_filename(path, name, NULL);

		scratch_remove(below);
	}
	if (dir)
		g_dir_close(dir);
	g_remove(path);
}

static inline void scratch_free(char *directory)
{
	scratch_remove(directory);
	g_free(directory);
}

#endif
