/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Shared by the sources of mailbox.h: mailbox_parse.c takes messages apart with GMime,
 * mailbox.c splits files and puts the series in order.
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

/* Of a message from its first header on; takes CR out of @raw. NULL: no message at all. */
struct message *message_parse(GString *raw);
/* Of a file that is no mail; its first lines may tell subject and author. Takes @raw over. */
struct message *message_plain(GString *raw);

#endif
