/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Parses a patch and applies it. This code never touches the file system: a struct patch_target
 * reads and writes the files.
 *
 * Paths are relative to the tree's top ("drivers/base/core.c"), without the a/ and b/ of the diff.
 * A patch is refused as a whole if
 * - a path is absolute, is not UTF-8, or has a control character,
 * - a component of a path is empty, ".", ".." or ".git", or
 * - the patch adds, changes or removes a symbolic link or a submodule.
 *
 * Errors have the code INITLINT_ERROR_INPUT. Their messages begin with the origin of the patch (see
 * patch_parse()). Only the errors from the callbacks of struct patch_target keep their own codes.
 */
#ifndef INITLINT_ANALYZER_PATCH_PATCH_H
#define INITLINT_ANALYZER_PATCH_PATCH_H

#include <stdbool.h>
#include <glib.h>

struct patch;

enum patch_kind {
	PATCH_MODIFY,
	PATCH_ADD,
	PATCH_DELETE,
	PATCH_RENAME, /* may also edit the file */
	PATCH_COPY,
	PATCH_MODE, /* changes only the mode of the file */
};

/*
 * The diff of one file in a patch. If a patch has two diffs of one file, there are two struct
 * patch_file.
 */
struct patch_file {
	const char *old_path; /* NULL: the file is added */
	const char *new_path; /* NULL: the file is deleted */
	enum patch_kind kind;
	unsigned int new_mode; /* 0100644 or 0100755; 0: unchanged */
	bool binary;	       /* true: binary content, which is never applied */
};

/* Reads and writes files. */
struct patch_target {
	void *data; /* argument of the callbacks */
	/*
	 * Returns the content of the file @path; the caller owns the reference. Returns NULL
	 * without an error if the file does not exist. Returns NULL with @error if the file cannot
	 * be read. Must not follow symbolic links out of the tree: patch_parse() cannot refuse all
	 * patches that change links, because a diff can rename a link without saying that the file
	 * is a link.
	 */
	GBytes *(*read)(void *data, const char *path, GError **error);
	/*
	 * Sets the content of the file @path, or removes the file if @content is NULL. Returns
	 * false with @error on failure. @mode: the new mode of the file, 0100644 or 0100755. If
	 * @mode is 0 and the file exists, the file keeps its mode. If @mode is 0 and the file does
	 * not exist, the file is the result of a rename or a copy. Then the file gets the mode of
	 * the file that was renamed or copied.
	 */
	bool (*write)(void *data, const char *path, GBytes *content, unsigned int mode,
		      GError **error);
};

/*
 * Parses @text, the output of git format-patch, git diff, stgit, quilt or diff -u. There may be a
 * message before the diff, and a mail signature after the diff. @origin ("series.mbox: message 3")
 * is the prefix of errors and warnings. @text may be freed afterwards. Free the result with
 * patch_free(). Returns NULL if @text has no diff, if the diff is truncated or damaged, or if the
 * patch is refused (see the list at the top of this file).
 */
struct patch *patch_parse(const char *text, gsize len, const char *origin, GError **error);
void patch_free(struct patch *patch);
typedef struct patch patch;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(patch, patch_free)

/*
 * Returns an array with one struct patch_file for each diff of a file in @patch, in the order of
 * the diffs. Sets *@n to the length of the array, which is at least 1. @patch owns the array.
 */
const struct patch_file *patch_files(const struct patch *patch, unsigned int *n);

/*
 * Applies @patch to @target as git am does. All context must match, unless @max_fuzz allows less.
 * If a hunk matches at several positions, the position nearest to the line number in the hunk's
 * header is used.
 *
 * Two rules hold for diffs with context. A hunk that begins at line 1 matches only at the beginning
 * of the file. A hunk without context after its changes matches only at the end of the file.
 *
 * In a diff without any context (-U0), only the removed lines and the line number of a hunk give
 * the position of the hunk. If a hunk of this diff matches N lines below its line number, all later
 * hunks of the file are expected N lines lower too, as in patch(1).
 *
 * @max_fuzz: if a hunk does not match, patch_apply() ignores up to @max_fuzz lines of context at
 * each end of the hunk, as patch(1) does. At least one line of the hunk must match. If @max_fuzz is
 * 0, patch_apply() never ignores context.
 *
 * Adds a message (char *) to @warnings for each hunk that was moved or needed fuzz, and for each
 * binary file that is left unchanged. @warnings may be NULL. The free function of @warnings must be
 * g_free().
 *
 * Returns false with an error and writes nothing
 * - if a diff does not apply,
 * - if the tree already contains the patch,
 * - if the patch changes source or build files in binary form, or
 * - if target->read() fails.
 * If target->write() fails, returns false with the unchanged error of target->write(). Files that
 * were written before the failure stay written. After any failure, @warnings is unchanged.
 */
bool patch_apply(struct patch *patch, const struct patch_target *target, unsigned int max_fuzz,
		 GPtrArray *warnings, GError **error);

/*
 * Returns the sorted numbers of all lines in @path that @patch has added or changed. Sets *@n to
 * the number of these lines. Lines count from 1 in the patched file. Removed lines are not
 * reported. @patch owns the result. Returns NULL and sets *@n to 0 if @patch neither adds nor
 * changes a line of @path, or if patch_apply() has not succeeded.
 */
const unsigned int *patch_changed_lines(const struct patch *patch, const char *path,
					unsigned int *n);

#endif
