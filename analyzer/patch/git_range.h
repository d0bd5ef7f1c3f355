/* SPDX-License-Identifier: GPL-2.0-only */
/* Reads commits of a git repository as patches. */
#ifndef INITLINT_ANALYZER_PATCH_GIT_RANGE_H
#define INITLINT_ANALYZER_PATCH_GIT_RANGE_H

#include <stdbool.h>
#include <glib.h>

#include "analyzer/patch/patch.h"

/* A commit and its diff against its first parent. */
struct git_commit {
	char *id; /* hash in hex */
	char *subject;
	char *text; /* the diff */
	gsize len;
};

/*
 * Returns the commits in @range of the repository whose working tree is @tree, in the order in
 * which they apply. The array holds struct git_commit *; free with g_ptr_array_unref(). @range is
 * "main..topic" as in git log, or "topic" for the last commit of topic alone. At a merge, only the
 * first parent is followed. Commits without changes are left out.
 *
 * The range begins after a base commit: "main" above. Files that differ between the base commit and
 * the working tree are written to @target with the content of the base commit, and their paths
 * (char *) are added to @differing. Untracked files are ignored.
 *
 * Returns NULL with INITLINT_ERROR_INPUT if @tree is not the top of a working tree, if @range has
 * no commits, or if the end of @range does not descend from its beginning. Errors of @target are
 * returned unchanged.
 */
GPtrArray *git_range_read(const char *tree, const char *range, const struct patch_target *target,
			  GPtrArray *differing, GError **error);

#endif
