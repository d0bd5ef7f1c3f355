/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Private parts of mailbox.h: mailbox_parse.c parses messages with GMime, mailbox.c splits files
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
	bool is_cover;
	bool has_diff;
};

void message_free(struct message *message);

/*
 * Parses @raw, a message that begins with its first header. Removes CR from @raw. Returns NULL if
 * @raw is not a message. Free the result with message_free().
 */
struct message *message_parse(GString *raw);
/*
 * Makes a message from a file that is not a mail. Subject and author come from the lines before
 * the diff, if they are there. Takes ownership of @raw. Free the result with message_free().
 */
struct message *message_plain(GString *raw);

#endif
