/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Parses a patch and applies it. This code never touches the file system: a struct patch_target
 * reads and writes the files.
 *
 * Paths are relative to the tree's top ("drivers/base/core.c"), without the a/ and b/ of the diff.
 * A patch is refused as a whole if
 * - a path is absolute, is not UTF-8, or has a control character,
 * - a component of a path is empty, ".", ".." or ".git", or
 * - it adds, changes or removes a symbolic link or a submodule.
 *
 * All errors are INITLINT_ERROR_INPUT, and begin with the patch's origin.
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
	PATCH_MODE, /* changes only the mode */
};

/* One file of a patch. Two diffs of the same file make two struct patch_file. */
struct patch_file {
	const char *old_path; /* NULL: the file is added */
	const char *new_path; /* NULL: the file is deleted */
	enum patch_kind kind;
	unsigned int new_mode; /* 0100644 or 0100755; 0: unchanged */
	bool binary;	       /* binary content is never applied */
};

/* Reads and writes files. */
struct patch_target {
	void *data; /* argument of the callbacks */
	/*
	 * Returns the content of @path; the caller owns the reference. Returns NULL without
	 * setting @error if the file does not exist, and sets @error if the file cannot be read.
	 * Must not follow symbolic links out of the tree. patch_parse() cannot refuse all patches
	 * of links, because a patch can rename a link without naming its mode.
	 */
	GBytes *(*read)(void *data, const char *path, GError **error);
	/*
	 * Sets the content of @path, or removes the file if @content is NULL. @mode is new_mode
	 * of struct patch_file. If @mode is 0, an existing file keeps its mode. If @mode is 0 and
	 * @path is new, the diff renames or copies a file to @path: the new file gets the mode of
	 * that file. Returns false with @error on failure.
	 */
	bool (*write)(void *data, const char *path, GBytes *content, unsigned int mode,
		      GError **error);
};

/*
 * Parses @text, the output of git format-patch, git diff, stgit, quilt or diff -u. There may be a
 * message before the diff, and a mail signature after the diff. @origin ("series.mbox: message 3")
 * is the prefix of errors and warnings. @text may be freed afterwards. Free the result with
 * patch_free(). Returns NULL if @text has no diff, if the diff is truncated or damaged, or if the
 * patch is refused for a reason in the list above.
 */
struct patch *patch_parse(const char *text, gsize len, const char *origin, GError **error);
void patch_free(struct patch *patch);
typedef struct patch patch;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(patch, patch_free)

/*
 * Returns the files of @patch in the order of the diffs, at least one. Sets *@n to their number.
 * @patch owns the result.
 */
const struct patch_file *patch_files(const struct patch *patch, unsigned int *n);

/*
 * Applies @patch to @target as git am does. All context must match. A hunk goes to the matching
 * position nearest to the line number in its header. A hunk that begins at line 1 matches only at
 * the beginning of the file. A hunk without context after its changes matches only at the end of
 * the file.
 *
 * A hunk of a diff without any context (-U0) is positioned by its removed lines and by its line
 * number. As with patch(1), if a hunk is moved by N lines, the line numbers of all later hunks of
 * the file are moved by N lines too.
 *
 * @max_fuzz: if a hunk does not match, up to @max_fuzz lines of context may be ignored at each end
 * of the hunk, as in patch(1). 0: never ignore context. At least one line of the hunk must match.
 *
 * Adds a message (char *) to @warnings for each hunk that was moved or needed fuzz, and for each
 * binary file that is left unchanged. @warnings may be NULL. Its free function must be g_free().
 *
 * Returns false with an error and writes nothing
 * - if a diff does not apply,
 * - if the tree already contains the patch,
 * - if the patch changes source or build files in binary form, or
 * - if read() of @target fails.
 * If write() fails, returns false with the unchanged error of write(). Files that were written
 * before stay written. After any failure @warnings is unchanged.
 */
bool patch_apply(struct patch *patch, const struct patch_target *target, unsigned int max_fuzz,
		 GPtrArray *warnings, GError **error);

/*
 * Returns the sorted numbers of the lines of @path that @patch added or changed, and sets *@n to
 * their count. The numbers count from 1 in the patched file. Removed lines are not reported.
 * Returns NULL and sets *@n to 0 if @patch adds and changes no line of @path, or if patch_apply()
 * has not succeeded. @patch owns the result.
 */
const unsigned int *patch_changed_lines(const struct patch *patch, const char *path,
					unsigned int *n);

#endif
