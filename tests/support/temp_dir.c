// SPDX-License-Identifier: GPL-2.0-only
#include <check.h>
#include <stdbool.h>
#include <glib.h>
#include <glib/gstdio.h>

#include "tests/support/temp_dir.h"

char *temp_dir_new(void)
{
	char *directory = g_dir_make_tmp(NULL, NULL);

	ck_assert_ptr_nonnull(directory);
	return directory;
}

/* Removes a file, or a directory with everything in it. The target of a symbolic link stays. */
static void remove_all(const char *path)
{
	bool is_link = g_file_test(path, G_FILE_TEST_IS_SYMLINK);
	GDir *dir = is_link ? NULL : g_dir_open(path, 0, NULL);
	const char *name;

	while (dir && (name = g_dir_read_name(dir))) {
		g_autofree char *below = g_build_filename(path, name, NULL);

		remove_all(below);
	}
	if (dir)
		g_dir_close(dir);
	g_remove(path);
}

void temp_dir_free(char *directory)
{
	remove_all(directory);
	g_free(directory);
}
