/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A kernel tree as a place: what a path of db/facts.h means in it, and which commit is
 * checked out.
 */
#ifndef INITLINT_ANALYZER_TREE_H
#define INITLINT_ANALYZER_TREE_H

#include <glib.h>

/* "$O/x" in @build, absolute ones as they are, others in @tree. Free with g_free(). */
char *tree_path(const char *tree, const char *build, const char *path);
/*
 * The commit that @tree's git checkout is at, in hex; NULL if it is no checkout or that
 * cannot be told. Reads git's files: worktrees, loose and packed references. Free with
 * g_free().
 */
char *tree_commit(const char *tree);

#endif
