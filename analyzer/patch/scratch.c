// SPDX-License-Identifier: GPL-2.0-only
#include "analyzer/patch/scratch.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "analyzer/base/work_dir.h"
#include "db/error.h"
#include "db/read_file.h"

struct scratch {
	char *tree;	      /* absolute path */
	char *directory;      /* absolute path of the scratch directory */
	GHashTable *contents; /* path -> GBytes; NULL: the file is removed */
	GHashTable *pending;  /* set of paths that are out of date in the scratch directory */
	/*
	 * Set of paths, relative to the scratch directory: the directories that exist there as
	 * directories, not as symbolic links into @tree. The path "" is the scratch directory.
	 */
	GHashTable *opened;
	/*
	 * The modification time of the n-th written file is @written_s plus n microseconds.
	 * @written_s: seconds since 1970. @n_written: number of files written so far.
	 */
	int64_t written_s;
	int64_t n_written;
};

static void content_free(gpointer content)
{
	if (content)
		g_bytes_unref(content);
}

struct scratch *scratch_new(const char *tree, const char *directory)
{
	struct scratch *scratch = g_new0(struct scratch, 1);

	scratch->tree = g_canonicalize_filename(tree, NULL);
	scratch->directory = g_canonicalize_filename(directory, NULL);
	scratch->contents = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, content_free);
	scratch->pending = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	scratch->opened = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	/*
	 * Written files get a modification time in the past. With the current time, this could
	 * happen: a file is written, a program reads the file, and the file is written again, all
	 * in one tick of the clock. Then the program does not see that the file has changed.
	 */
	scratch->written_s = g_get_real_time() / G_USEC_PER_SEC - 10;
	return scratch;
}

void scratch_free(struct scratch *scratch)
{
	if (!scratch)
		return;
	if (g_hash_table_size(scratch->opened))
		work_dir_remove(scratch->directory);
	g_hash_table_unref(scratch->contents);
	g_hash_table_unref(scratch->pending);
	g_hash_table_unref(scratch->opened);
	g_free(scratch->tree);
	g_free(scratch->directory);
	g_free(scratch);
}

static bool fail(GError **error, enum initlint_error code, const char *path, const char *reason)
{
	g_set_error(error, INITLINT_ERROR, code, "%s: %s", path, reason);
	return false;
}

static bool fail_errno(GError **error, const char *path)
{
	return fail(error, INITLINT_ERROR_FAILED, path, g_strerror(errno));
}

/*
 * True if @path is a regular file of the tree. Returns false without an error if @path does not
 * exist. Returns false with an error if @path or a directory above @path is a symbolic link, if
 * @path is not a regular file, or if lstat() fails.
 */
static bool is_in_tree(struct scratch *scratch, const char *path, GError **error)
{
	g_autofree char *full = g_build_filename(scratch->tree, path, NULL);
	char *end = full + strlen(scratch->tree);
	struct stat st;

	while ((end = strchr(end + 1, '/')) || (end = full + strlen(full))) {
		char after = *end;

		*end = '\0';
		if (lstat(full, &st) != 0)
			return errno == ENOENT || errno == ENOTDIR ? false
								   : fail_errno(error, full);
		if (S_ISLNK(st.st_mode))
			return fail(error, INITLINT_ERROR_INPUT, full,
				    "is a symbolic link, and patches do not reach through links");
		if (!after)
			return S_ISREG(st.st_mode) ||
			       fail(error, INITLINT_ERROR_INPUT, full, "is no file");
		*end = after;
	}
	return false;
}

GBytes *scratch_read(struct scratch *scratch, const char *path, GError **error)
{
	g_autofree char *full = g_build_filename(scratch->tree, path, NULL);
	GError *failure = NULL;
	gpointer content;
	char *text;
	gsize len;

	if (g_hash_table_lookup_extended(scratch->contents, path, NULL, &content))
		return content ? g_bytes_ref(content) : NULL;
	if (!is_in_tree(scratch, path, error))
		return NULL;
	if (read_file(full, &text, &len, &failure))
		return g_bytes_new_take(text, len);
	g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_INPUT, "%s: %s", full, failure->message);
	g_error_free(failure);
	return NULL;
}

static bool is_inside(const char *path)
{
	g_auto(GStrv) parts = g_strsplit(path, "/", -1);

	for (char **part = parts; *part; part++)
		if (!**part || strcmp(*part, ".") == 0 || strcmp(*part, "..") == 0)
			return false;
	return *parts != NULL;
}

bool scratch_write(struct scratch *scratch, const char *path, GBytes *content, GError **error)
{
	g_assert(is_inside(path));
	/*
	 * Refuse a path that is a symbolic link or is below a symbolic link. The paths in
	 * scratch->contents have passed this check before.
	 */
	if (!g_hash_table_contains(scratch->contents, path)) {
		GError *failure = NULL;

		is_in_tree(scratch, path, &failure);
		if (failure) {
			g_propagate_error(error, failure);
			return false;
		}
	}
	g_hash_table_insert(scratch->contents, g_strdup(path),
			    content ? g_bytes_ref(content) : NULL);
	g_hash_table_add(scratch->pending, g_strdup(path));
	return true;
}

void scratch_reset(struct scratch *scratch)
{
	GHashTableIter iter;
	gpointer path;

	g_hash_table_iter_init(&iter, scratch->contents);
	while (g_hash_table_iter_next(&iter, &path, NULL))
		g_hash_table_add(scratch->pending, g_strdup(path));
	g_hash_table_remove_all(scratch->contents);
}

GPtrArray *scratch_changed(const struct scratch *scratch)
{
	GPtrArray *paths = g_ptr_array_new();
	GHashTableIter iter;
	gpointer path;

	g_hash_table_iter_init(&iter, scratch->contents);
	while (g_hash_table_iter_next(&iter, &path, NULL))
		g_ptr_array_add(paths, path);
	return paths;
}

/*
 * Makes symbolic links in the directory @to: one link to each entry of the directory @from. @from
 * is in the tree, @to is in the scratch directory. Both are absolute paths.
 */
static bool link_entries(struct scratch *scratch, const char *from, const char *to, GError **error)
{
	g_autoptr(GDir) dir = g_dir_open(from, 0, NULL);
	const char *name;

	/* If @from does not exist, @to gets only files that the changes add. */
	if (!dir)
		return true;
	while ((name = g_dir_read_name(dir))) {
		g_autofree char *target = g_build_filename(from, name, NULL);
		g_autofree char *link = g_build_filename(to, name, NULL);

		/* Make no link to the scratch directory, which may be inside the tree. */
		if (strcmp(target, scratch->directory) != 0 && symlink(target, link) != 0)
			return fail_errno(error, link);
	}
	return true;
}

/*
 * Makes the directory @path in the scratch directory. If @path is a symbolic link there, replaces
 * the link by the directory. The new directory has links to the entries of the directory @path of
 * the tree. If @path is "", makes the scratch directory itself. Does nothing if open_directory()
 * has already made the directory.
 */
static bool open_directory(struct scratch *scratch, const char *path, GError **error)
{
	g_autofree char *from = g_build_filename(scratch->tree, path, NULL);
	g_autofree char *to = g_build_filename(scratch->directory, path, NULL);
	g_autofree char *parent = g_path_get_dirname(path);

	if (g_hash_table_contains(scratch->opened, path))
		return true;
	if (*path && !open_directory(scratch, strcmp(parent, ".") == 0 ? "" : parent, error))
		return false;
	if (*path && unlink(to) != 0 && errno != ENOENT)
		return fail_errno(error, to);
	if (mkdir(to, 0700) != 0)
		return fail_errno(error, to);
	g_hash_table_add(scratch->opened, g_strdup(path));
	return link_entries(scratch, from, to, error);
}

bool scratch_open(struct scratch *scratch, const char *path, GError **error)
{
	g_autofree char *parent = g_path_get_dirname(path);

	return open_directory(scratch, strcmp(parent, ".") == 0 ? "" : parent, error);
}

/*
 * Sets the modification time of the file @path. Call set_time() each time the file is written. No
 * two calls set the same time. So a program that compares the modification time with an earlier one
 * notices that the file was written again, even if the size of the file is the same.
 */
static bool set_time(struct scratch *scratch, const char *path, GError **error)
{
	int64_t us = ++scratch->n_written;
	struct timespec time = { scratch->written_s + us / G_USEC_PER_SEC,
				 us % G_USEC_PER_SEC * 1000 };
	const struct timespec times[2] = { time, time };

	return utimensat(AT_FDCWD, path, times, 0) == 0 || fail_errno(error, path);
}

static bool restore_link(struct scratch *scratch, const char *path, const char *to, GError **error)
{
	g_autofree char *from = g_build_filename(scratch->tree, path, NULL);

	return access(from, F_OK) != 0 || symlink(from, to) == 0 || fail_errno(error, to);
}

static bool update_entry(struct scratch *scratch, const char *path, GError **error)
{
	g_autofree char *to = g_build_filename(scratch->directory, path, NULL);
	gpointer value = NULL;
	bool changed = g_hash_table_lookup_extended(scratch->contents, path, NULL, &value);
	GBytes *content = value;
	GError *failure = NULL;
	gconstpointer text;
	gsize len;

	if (!scratch_open(scratch, path, error))
		return false;
	/*
	 * The changes may remove the file @path and add files to a directory with the same path.
	 * Then @to is a directory, and unlink() fails with EISDIR. This is no error.
	 */
	if (unlink(to) != 0 && errno != ENOENT)
		return (changed && !content && errno == EISDIR) || fail_errno(error, to);
	if (!changed)
		return restore_link(scratch, path, to, error);
	if (!content)
		return true;
	text = g_bytes_get_data(content, &len);
	if (g_file_set_contents(to, len ? text : "", (gssize)len, &failure))
		return set_time(scratch, to, error);
	fail(error, INITLINT_ERROR_FAILED, to, failure->message);
	g_error_free(failure);
	return false;
}

const char *scratch_tree(struct scratch *scratch, GError **error)
{
	GHashTableIter iter;
	gpointer path;

	if (!open_directory(scratch, "", error))
		return NULL;
	g_hash_table_iter_init(&iter, scratch->pending);
	while (g_hash_table_iter_next(&iter, &path, NULL)) {
		if (!update_entry(scratch, path, error))
			return NULL;
		g_hash_table_iter_remove(&iter);
	}
	return scratch->directory;
}
