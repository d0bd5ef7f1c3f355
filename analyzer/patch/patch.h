/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * One patch: what its text says, and what becomes of the files that it names. Nothing here
 * touches the file system: files come from and go to a struct patch_target.
 *
 * Paths are relative to the tree's top ("drivers/base/core.c"), the a/ and b/ of the diff
 * taken off. A patch is refused as a whole if a path of it is absolute, has an empty, "."
 * or ".." component or one that is ".git", holds a control character or is no UTF-8; or if
 * it makes, changes or removes a symbolic link or a submodule.
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
	PATCH_RENAME, /* with or without edits */
	PATCH_COPY,
	PATCH_MODE, /* the mode alone */
};

/* One file of a patch; a diff that names a file twice has two of them. */
struct patch_file {
	const char *old_path; /* NULL: added */
	const char *new_path; /* NULL: deleted */
	enum patch_kind kind;
	unsigned int new_mode; /* 0100644, 0100755; 0: as it was */
	bool binary;	       /* its content is never applied */
};

/* Where files are read and written. @data is the callbacks' own. */
struct patch_target {
	void *data;
	/*
	 * The content of @path, as a reference of the caller's. NULL without @error: there
	 * is no such file. Must not follow symbolic links out of the tree: a patch can
	 * name one, as a rename tells no mode.
	 */
	GBytes *(*read)(void *data, const char *path, GError **error);
	/*
	 * Sets @path's content; NULL: removes it. @mode as struct patch_file's; 0 for a
	 * path that is new: as the file that it was made from.
	 */
	bool (*write)(void *data, const char *path, GBytes *content, unsigned int mode,
		      GError **error);
};

/*
 * Parses @text: what git format-patch, git diff, stgit, quilt or diff -u write, with any
 * message before it and a mail signature after it. @origin stands before each error and
 * warning ("series.mbox: message 3"). @text is not needed afterwards. Fails if it holds no
 * diff, is cut short or damaged, or is refused (above). Free with patch_free().
 */
struct patch *patch_parse(const char *text, gsize len, const char *origin, GError **error);
void patch_free(struct patch *patch);
typedef struct patch patch;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(patch, patch_free)

/* Its files in the diff's order; the patch's. At least one. */
const struct patch_file *patch_files(const struct patch *patch, unsigned int *n);

/*
 * Applies it as git am does: context must match in full, at the place nearest to the one
 * that the hunk tells; a hunk from line 1 on only at the beginning, one without context
 * after it only at the end. A diff without any context (-U0) goes by lines removed and by
 * line numbers, and as with patch(1), the offset of one hunk holds for those after it.
 *
 * @max_fuzz: lines of context that may be left out of account at either end of a hunk
 * where it does not match otherwise, as patch(1) does; 0: none. One line is always left to
 * match.
 *
 * @warnings (char *, freed with g_free() by the array's own function; NULL: not wanted)
 * gets what a maintainer should know though the patch applies: hunks moved, fuzz, binary
 * files left as they are.
 *
 * Fails, with nothing written, if any file of it does not apply, if it is in the tree
 * already, if it changes sources or build files in binary, or as the target's read()
 * does. If write() fails, its error is handed on as it is, and what was written before
 * stays written. After a failure @warnings is as it was.
 */
bool patch_apply(struct patch *patch, const struct patch_target *target, unsigned int max_fuzz,
		 GPtrArray *warnings, GError **error);

/*
 * The lines of @path, counted from 1 in the file as patch_apply() has left it, that the
 * patch added or changed; sorted. A place where lines were only removed has none. NULL
 * with *@n 0 if there are none, if the patch does not touch @path, and before
 * patch_apply() has succeeded. The patch's.
 */
const unsigned int *patch_changed_lines(const struct patch *patch, const char *path,
					unsigned int *n);

#endif
