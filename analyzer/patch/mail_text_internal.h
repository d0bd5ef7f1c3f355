/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What mailers do to text, undone; and what a subject tells. No mail library needed.
 */
#ifndef INITLINT_ANALYZER_PATCH_MAIL_TEXT_INTERNAL_H
#define INITLINT_ANALYZER_PATCH_MAIL_TEXT_INTERNAL_H

#include <stdbool.h>
#include <glib.h>

/* Takes a CR before each LF off. */
void mail_strip_cr(GString *text);
/* Whether each line ends with CR LF, and there is one. */
bool mail_is_crlf(const GString *text);
/* mboxrd: takes one '>' off lines of ">From ", ">>From ", ... */
void mail_unquote_from(GString *text);
/*
 * format=flowed (RFC 3676), as far as it is certain: takes the stuffed blank off if the
 * sender did stuff, and joins a line of a hunk that ends with a blank with the next one if
 * that cannot be a line of the hunk by itself. @delsp: that blank goes.
 */
void mail_unflow(GString *text, bool delsp);

struct mail_subject {
	char *title; /* free with g_free() */
	unsigned int version;
	unsigned int number;
	unsigned int total;
	bool is_reply;
	bool has_number;
};

/* Of "Re: [RFC PATCH v2 03/12] title"; @text: one line of UTF-8. */
void mail_subject_parse(const char *text, struct mail_subject *subject);

#endif
