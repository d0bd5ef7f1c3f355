/* SPDX-License-Identifier: GPL-2.0-only */
/* Reads commits of a git repository as patches. */
#ifndef INITLINT_ANALYZER_PATCH_GIT_RANGE_H
#define INITLINT_ANALYZER_PATCH_GIT_RANGE_H

#include <stdbool.h>
#include <glib.h>

#include "analyzer/patch/patch.h"

/*
 * A commit of a range, and its diff. The diff compares the commit with the previous commit of the
 * range. The first diff compares the first commit with the base commit (see git_range_read()).
 */
struct git_commit {
	char *id; /* hash in hex */
	char *subject;
	char *text; /* the diff */
	gsize len;
};

/*
 * Returns the commits in @range, the oldest commit first. @tree: the path of the repository's
 * working tree. @range: "main..topic" as in git log, or "topic" for the last commit of topic alone.
 * The array holds struct git_commit *; free with g_ptr_array_unref(). At a merge, git_range_read()
 * follows only the first parent. Commits that change no file are left out.
 *
 * The base commit is the commit before the range: main in "main..topic", the parent of topic in
 * "topic". Calls target->write() for each file that differs between the base commit and the working
 * tree. The content for target->write() is the file's content in the base commit, or NULL if the
 * base commit lacks the file. Adds the paths (char *) of these files to @differing. Ignores
 * untracked files, and paths that are symbolic links or submodules in the base commit.
 *
 * Returns NULL with INITLINT_ERROR_INPUT if @tree is not the top of a working tree, if @range is
 * malformed or has no commits, if the last commit of @range does not descend from the base commit,
 * or if libgit2 cannot read the repository. If target->write() fails, returns NULL with the
 * unchanged error of target->write(). After an error, some files may already be written to @target
 * and added to @differing.
 */
GPtrArray *git_range_read(const char *tree, const char *range, const struct patch_target *target,
			  GPtrArray *differing, GError **error);

#endif
