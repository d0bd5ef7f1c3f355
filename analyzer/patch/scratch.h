/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A kernel tree plus changes. The changes are kept in memory; the tree itself is only read. Some
 * programs need files. For these programs, scratch_tree() makes a scratch directory that looks like
 * the changed tree. In the scratch directory, changed files are real files, and the directories
 * above a changed file are real directories. Everything else is a symbolic link into the tree.
 *
 * A directory without changed files is a single link. If a file in this directory includes
 * "../x.h", the ".." leads into the tree itself, where x.h is unchanged. So if x.h is a changed
 * file, call scratch_open() for the including file. The directory of the including file then
 * becomes a real directory, and "../x.h" is the changed file in the scratch directory.
 */
#ifndef INITLINT_ANALYZER_PATCH_SCRATCH_H
#define INITLINT_ANALYZER_PATCH_SCRATCH_H

#include <stdbool.h>
#include <glib.h>

struct scratch;

/*
 * Returns a struct scratch for the kernel tree @tree, without changes. @directory: the path of the
 * scratch directory, which must not exist yet. The first call of scratch_tree() or scratch_open()
 * makes the scratch directory. Free the result with scratch_free().
 */
struct scratch *scratch_new(const char *tree, const char *directory);
/* Frees @scratch and removes the scratch directory. @scratch may be NULL. */
void scratch_free(struct scratch *scratch);
typedef struct scratch scratch; /* g_autoptr() needs a type name of one word */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(scratch, scratch_free)

/*
 * Returns the content of the file @path in the changed tree. @path is relative to the tree. Free
 * with g_bytes_unref(). Returns NULL without an error if the file does not exist in the changed
 * tree. Returns NULL with INITLINT_ERROR_INPUT if the file cannot be read, if @path is no regular
 * file, or if a directory of @path is a symbolic link: patches must not reach through links.
 * Returns NULL with INITLINT_ERROR_FAILED if lstat() fails.
 */
GBytes *scratch_read(struct scratch *scratch, const char *path, GError **error);
/*
 * Sets the content of the file @path in the changed tree, or removes the file if @content is NULL.
 * @path must be relative, without "." and "..". Keeps a reference to @content. Returns false with
 * INITLINT_ERROR_INPUT if @path is in the tree, but is no regular file, or if a directory of @path
 * is a symbolic link. Returns false with INITLINT_ERROR_FAILED if lstat() fails.
 */
bool scratch_write(struct scratch *scratch, const char *path, GBytes *content, GError **error);
/* Reverts all changes. The scratch directory is unchanged until the next call of scratch_tree(). */
void scratch_reset(struct scratch *scratch);
/*
 * Returns the paths of the changed files (const char *). @scratch owns the strings. Free the array
 * with g_ptr_array_unref().
 */
GPtrArray *scratch_changed(const struct scratch *scratch);

/*
 * Makes the directory that contains the file @path a real directory in the scratch directory.
 * Returns false with INITLINT_ERROR_FAILED on failure.
 */
bool scratch_open(struct scratch *scratch, const char *path, GError **error);
/*
 * Makes the scratch directory look like the changed tree. Returns the path of the scratch
 * directory; @scratch owns the path. Returns NULL with INITLINT_ERROR_FAILED on failure.
 */
const char *scratch_tree(struct scratch *scratch, GError **error);

#endif
