/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A kernel tree with changes that are not in it. What is changed is kept in memory; for
 * those who need files, a directory is made that looks like the changed tree: changed files
 * are files there, all else are symbolic links into the tree. The tree is only read.
 *
 * A directory that is not asked for is one link. From below such a link ".." leads into
 * the tree itself, so whoever includes a changed file by such a way must be told of
 * (scratch_open()).
 */
#ifndef INITLINT_ANALYZER_PATCH_SCRATCH_H
#define INITLINT_ANALYZER_PATCH_SCRATCH_H

#include <stdbool.h>
#include <glib.h>

struct scratch;

/*
 * @tree with no changes. @directory is made when it is needed, and removed with the
 * scratch; there must be nothing of that name.
 */
struct scratch *scratch_new(const char *tree, const char *directory);
void scratch_free(struct scratch *scratch);
typedef struct scratch scratch; /* g_autoptr() takes one word */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(scratch, scratch_free)

/*
 * Content of the file at @path, relative to the tree. NULL without an error: there is no
 * such file. Fails (INITLINT_ERROR_INPUT) if it cannot be read, or if it is a symbolic link
 * or below one: patches do not reach through these.
 */
GBytes *scratch_read(struct scratch *scratch, const char *path, GError **error);
/* @content NULL: the file is removed. @path must be relative, without "..". */
bool scratch_write(struct scratch *scratch, const char *path, GBytes *content, GError **error);
/* Forgets all changes. */
void scratch_reset(struct scratch *scratch);
/* The changed files: const char *, of the scratch. Free with g_ptr_array_unref(). */
GPtrArray *scratch_changed(const struct scratch *scratch);

/* The directory that holds @path shall be one of its own. */
bool scratch_open(struct scratch *scratch, const char *path, GError **error);
/* Brings the directory up to date. Its path; NULL on failure (INITLINT_ERROR_FAILED). */
const char *scratch_tree(struct scratch *scratch, GError **error);

#endif
