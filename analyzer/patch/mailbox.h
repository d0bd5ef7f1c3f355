/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Patches out of a file: a mailbox as b4 am or lore.kernel.org writes it (mboxrd), one
 * message, git format-patch's output, or a plain patch (stgit, quilt, diff -u) with or
 * without text before the diff. What a mailer does to a patch on its way is undone: transfer
 * encodings, ">From ", CR at line ends, format=flowed. Bytes of the body stay as the sender
 * wrote them; headers come as UTF-8.
 */
#ifndef INITLINT_ANALYZER_PATCH_MAILBOX_H
#define INITLINT_ANALYZER_PATCH_MAILBOX_H

#include <glib.h>

struct mail_patch {
	char *subject;	      /* without "[PATCH ...]"; the file's name if nothing tells it */
	char *author;	      /* "Name <address>"; NULL: not told */
	char *message_id;     /* without <>; NULL: none */
	unsigned int version; /* of "[PATCH v2 ...]"; 0: not told */
	unsigned int number;  /* of "[PATCH n/m]"; both 0: not told */
	unsigned int total;
	char *text; /* commit message and diff, with LF; ended with NUL, may hold others */
	gsize len;
	char *origin; /* "FILE: message 3", counted from 1 over all messages; "FILE" */
};

void mail_patch_free(struct mail_patch *patch);

/*
 * The patches of all files @paths (struct mail_patch *, freed with the array) in the order in
 * which they apply: by their numbers if all are of one series ("n/m" with the same m), else
 * as the files have them. At least one. Left out are messages without a diff, cover letters
 * (0/m), replies ("Re:") unless there is nothing else, and messages that come a second time
 * (same id; same number and text).
 *
 * Multipart: all text parts but HTML, and attachments that are patches by type or name
 * (*.patch, *.diff), one after the other, as one patch.
 *
 * Adds to @warnings (char *, freed with g_free() by the array's own function; NULL: not
 * wanted): numbers that are missing from the series, replies left out that hold a diff,
 * files that hold none.
 *
 * Fails with INITLINT_ERROR_INPUT if a file cannot be read or is empty, if no patch is in
 * any, or if there are two different patches for one place in the series, as two versions
 * have.
 */
GPtrArray *mailbox_read(const char *const *paths, gsize n_paths, GPtrArray *warnings,
			GError **error);

#endif
