/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Reads patches from files. A file is a mailbox of b4 am or lore.kernel.org (mboxrd), a single
 * message, the output of git format-patch, or a plain patch (stgit, quilt, diff -u). A plain patch
 * may have text before the diff.
 *
 * Changes by mail programs are undone: transfer encodings, ">From ", CR at line ends,
 * format=flowed. The charset of the body is not converted: the decoded bytes stay as the sender
 * wrote them. Headers are converted to UTF-8.
 */
#ifndef INITLINT_ANALYZER_PATCH_MAILBOX_H
#define INITLINT_ANALYZER_PATCH_MAILBOX_H

#include <glib.h>

struct mail_patch {
	char *subject;	      /* without "[PATCH ...]"; the file's name if there is no subject */
	char *author;	      /* "Name <address>"; NULL: unknown */
	char *message_id;     /* without <>; NULL: unknown */
	unsigned int version; /* 2 in "[PATCH v2 ...]"; 0: unknown */
	unsigned int number;  /* n in "[PATCH n/m]"; 0: unknown */
	unsigned int total;   /* m in "[PATCH n/m]"; 0: unknown */
	char *text;	      /* commit message and diff; may contain NULs, and ends with NUL */
	gsize len;	      /* length of @text without the NUL at the end */
	char *origin;	      /* "FILE: message 3" for message 3 of a mailbox; else "FILE" */
};

/* Frees @patch and its strings. */
void mail_patch_free(struct mail_patch *patch);

/*
 * Reads the files @paths and returns all patches in these files. @n_paths: the number of files. The
 * array holds at least one struct mail_patch *; free with g_ptr_array_unref().
 *
 * All patches belong to one series if each subject has "n/m" and m is the same in all subjects.
 * Then the patches are sorted by n. Otherwise the patches are in the order of @paths, and the
 * patches of one file are in the order of the messages in the file.
 *
 * These messages are left out:
 * - messages without a diff,
 * - cover letters (0/m),
 * - replies ("Re:"), unless all patches are replies,
 * - duplicates: an earlier message has the same message id, or the same text and "n/m", or the same
 *   text and subject but another version.
 *
 * The text of a multipart message is the joined text of several parts: all text parts except HTML,
 * and all attachments that are patches by their type or name (*.patch, *.diff).
 *
 * Adds warnings (char *) to @warnings: numbers missing from the series, replies with a diff that
 * are left out, mails that cannot be parsed, files without a patch. @warnings may be NULL. The free
 * function of @warnings must be g_free().
 *
 * Returns NULL with INITLINT_ERROR_INPUT
 * - if a file is unreadable or empty,
 * - if the files hold no patch at all, or
 * - if the files hold two versions of a patch: two patches with different texts that have the same
 *   "n/m", or that have the same subject and different versions.
 */
GPtrArray *mailbox_read(const char *const *paths, gsize n_paths, GPtrArray *warnings,
			GError **error);

#endif
