/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Private parts of mailbox.h. mailbox_parse.c parses messages with GMime. mailbox.c splits files
 * into messages and sorts the series.
 */
#ifndef INITLINT_ANALYZER_PATCH_MAILBOX_INTERNAL_H
#define INITLINT_ANALYZER_PATCH_MAILBOX_INTERNAL_H

#include <stdbool.h>

#include "analyzer/patch/mail_text_internal.h"
#include "analyzer/patch/mailbox.h"

struct message {
	struct mail_patch patch;
	bool is_reply;
	bool is_cover; /* a cover letter: "[PATCH 0/m]" */
	bool has_diff;
};

void message_free(struct message *message);

/*
 * Parses @raw, a message that begins with its first header. Removes the CR before each LF in @raw.
 * The caller still owns @raw. Returns NULL if @raw is not a message. Free the result with
 * message_free().
 */
struct message *message_parse(GString *raw);
/*
 * Makes a message from @raw, the content of a file that is not a mail. Looks for the subject and
 * the author in the lines before the diff. Takes ownership of @raw. Free the result with
 * message_free().
 */
struct message *message_plain(GString *raw);

#endif
