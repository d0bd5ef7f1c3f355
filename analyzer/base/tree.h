/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A kernel tree as a place: what a path of db/facts.h means in it, and which version and
 * commit it is.
 */
#ifndef INITLINT_ANALYZER_BASE_TREE_H
#define INITLINT_ANALYZER_BASE_TREE_H

#include <stdbool.h>
#include <glib.h>

/* What initlint itself keeps in a build directory; paths as in db/facts.h begin so. */
#define TREE_OWN_FILES "$O/.initlint/"

/* Fails with INITLINT_ERROR_INPUT, and what to do, if @tree is no kernel source. */
bool tree_check(const char *tree, GError **error);
/* "$O/x" in @build, absolute ones as they are, others in @tree. Free with g_free(). */
char *tree_path(const char *tree, const char *build, const char *path);
/*
 * The version that @tree's Makefile begins with: "6.12.117", "7.1.0-rc2". NULL if it does
 * not. Free with g_free().
 */
char *tree_version(const char *tree);
/*
 * The commit that @tree's git checkout is at, in hex; NULL if it is no checkout or that
 * cannot be told. Reads git's files: worktrees, loose and packed references. Free with
 * g_free().
 */
char *tree_commit(const char *tree);

#endif
