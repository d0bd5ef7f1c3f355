/* SPDX-License-Identifier: GPL-2.0-only */
/* A kernel tree on disk. Finds files of the tree, and the version and the commit of the tree. */
#ifndef INITLINT_ANALYZER_BASE_TREE_H
#define INITLINT_ANALYZER_BASE_TREE_H

#include <stdbool.h>
#include <glib.h>

/* The folder for the files that initlint writes. "$O" stands for the build directory. */
#define TREE_OWN_FILES "$O/.initlint/"

/*
 * Returns false if @tree is not a kernel source tree. The error is INITLINT_ERROR_INPUT and says
 * what to do.
 */
bool tree_check(const char *tree, GError **error);
/*
 * Converts @path, a path in a fact (db/facts.h), to a path of the file system. If @path begins with
 * "$O/", the result is below @build. If @path is absolute, the result is a copy of @path. Otherwise
 * the result is below @tree. Free with g_free().
 */
char *tree_path(const char *tree, const char *build, const char *path);
/*
 * Returns the version from @tree's top Makefile, for example "6.12.117" or "7.1.0-rc2". Returns
 * NULL if the Makefile cannot be read or has no version. Free with g_free().
 */
char *tree_version(const char *tree);
/*
 * Returns the checked-out commit of @tree in hex. Reads git's files without running git. @tree may
 * be a git worktree. The git references may be loose or packed. Returns NULL if @tree is no git
 * checkout, or if the commit is not found. Free with g_free().
 */
char *tree_commit(const char *tree);

#endif
