/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A kernel tree plus changes. The changes are kept in memory; the tree itself is only read. For
 * programs that need files, a scratch directory is made that looks like the changed tree: it has
 * changed files as files, and all else as symbolic links into the tree.
 *
 * A directory of the tree without changes is a single link. Below such a link, ".." leads into the
 * tree itself. If a file there includes a changed file by "..", call scratch_open() for the
 * including file: its directory becomes a real directory.
 */
#ifndef INITLINT_ANALYZER_PATCH_SCRATCH_H
#define INITLINT_ANALYZER_PATCH_SCRATCH_H

#include <stdbool.h>
#include <glib.h>

struct scratch;

/*
 * Returns @tree without changes. @directory is the scratch directory, which must not exist.
 * scratch_tree() or scratch_open() makes it, scratch_free() removes it.
 */
struct scratch *scratch_new(const char *tree, const char *directory);
/* Frees @scratch and removes its directory. @scratch may be NULL. */
void scratch_free(struct scratch *scratch);
typedef struct scratch scratch; /* g_autoptr() takes one word */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(scratch, scratch_free)

/*
 * Returns the content of @path, which is relative to the tree. Free with g_bytes_unref(). Returns
 * NULL without an error if the file does not exist. Returns NULL with INITLINT_ERROR_INPUT if the
 * file cannot be read, is a symbolic link, or is below a symbolic link: patches must not reach
 * through links.
 */
GBytes *scratch_read(struct scratch *scratch, const char *path, GError **error);
/*
 * Sets the content of @path, or removes the file if @content is NULL. @path must be relative and
 * have no "..". Returns false under the same conditions as scratch_read().
 */
bool scratch_write(struct scratch *scratch, const char *path, GBytes *content, GError **error);
/* Reverts all changes. */
void scratch_reset(struct scratch *scratch);
/*
 * Returns the paths of the changed files (const char *). @scratch owns the strings. Free the array
 * with g_ptr_array_unref().
 */
GPtrArray *scratch_changed(const struct scratch *scratch);

/* Makes the directory of the file @path a real directory. Fails with INITLINT_ERROR_FAILED. */
bool scratch_open(struct scratch *scratch, const char *path, GError **error);
/*
 * Updates the scratch directory and returns its path, which @scratch owns. Returns NULL with
 * INITLINT_ERROR_FAILED on failure.
 */
const char *scratch_tree(struct scratch *scratch, GError **error);

#endif
