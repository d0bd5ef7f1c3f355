/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The commits of a git repository as patches.
 */
#ifndef INITLINT_ANALYZER_PATCH_GIT_RANGE_H
#define INITLINT_ANALYZER_PATCH_GIT_RANGE_H

#include <stdbool.h>
#include <glib.h>

#include "analyzer/patch/patch.h"

/* A commit, as what it changes against its first parent. */
struct git_commit {
	char *id; /* in hex */
	char *subject;
	char *text; /* the diff */
	gsize len;
};

/*
 * The commits in @range ("main..topic", as git log takes it, or "topic", which stands for its
 * last commit) of the repository whose working tree is @tree, in the order in which they
 * apply; of merges the first parent is followed. struct git_commit *; free with
 * g_ptr_array_unref().
 *
 * Where the files of the working tree are not those of the commit that the range begins
 * after, the latter are written to @target, and their paths (char *) are added to
 * @differing. Files that git does not know are left out of account.
 *
 * Fails (INITLINT_ERROR_INPUT) if @tree is not the top of a working tree, on a range that
 * names no commits or is not one line of them, and as @target does.
 */
GPtrArray *git_range_read(const char *tree, const char *range, const struct patch_target *target,
			  GPtrArray *differing, GError **error);

#endif
