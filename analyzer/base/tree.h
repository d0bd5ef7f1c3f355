/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A kernel tree on disk: where the files of db/facts.h are, and which version and commit the
 * tree has.
 */
#ifndef INITLINT_ANALYZER_BASE_TREE_H
#define INITLINT_ANALYZER_BASE_TREE_H

#include <stdbool.h>
#include <glib.h>

/* The folder of initlint's own files in the build directory, as in paths of db/facts.h. */
#define TREE_OWN_FILES "$O/.initlint/"

/*
 * Returns false if @tree is not a kernel source tree. The error is INITLINT_ERROR_INPUT and says
 * what to do.
 */
bool tree_check(const char *tree, GError **error);
/*
 * Returns the file system path of @path, which is spelt as in db/facts.h. Free with g_free().
 * The result is below @build for "$O/...", @path itself if absolute, else below @tree.
 */
char *tree_path(const char *tree, const char *build, const char *path);
/*
 * Returns the version from @tree's top Makefile: "6.12.117", "7.1.0-rc2". Returns NULL if the
 * Makefile has no version. Free with g_free().
 */
char *tree_version(const char *tree);
/*
 * Returns the checked-out commit of @tree in hex, from git's own files (worktrees, loose and
 * packed references). Returns NULL if @tree is no git checkout or if the commit is not found.
 * Free with g_free().
 */
char *tree_commit(const char *tree);

#endif
