/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Undoes the changes that mail programs make to text, and parses subjects. Needs no mail library.
 */
#ifndef INITLINT_ANALYZER_PATCH_MAIL_TEXT_INTERNAL_H
#define INITLINT_ANALYZER_PATCH_MAIL_TEXT_INTERNAL_H

#include <stdbool.h>
#include <glib.h>

/* Removes the CR before each LF. */
void mail_strip_cr(GString *text);
/* True if @text has at least one LF, and a CR is before each LF. */
bool mail_is_crlf(const GString *text);
/*
 * Undoes mboxrd quoting: removes one '>' from each line that begins with ">From ", ">>From ", ...
 */
void mail_unquote_from(GString *text);
/*
 * Undoes format=flowed (RFC 3676). Mail programs with format=flowed change @text in two ways:
 * - Stuffing: some mail programs put a blank before each line that begins with a blank, '>' or
 *   "From ". mail_unflow() removes these blanks. But if a line of @text shows that @text is not
 *   stuffed, mail_unflow() keeps all blanks.
 * - Wrapping: some mail programs break a long line after a blank. If a line of a hunk ends with a
 *   blank, and the next line does not look like a line of a diff, mail_unflow() joins the two
 *   lines. If @delsp is true, mail_unflow() also removes the blank between the two lines.
 */
void mail_unflow(GString *text, bool delsp);

struct mail_subject {
	char *title;	      /* without prefixes; free with g_free() */
	unsigned int version; /* 2 in "[PATCH v2 ...]"; 0: unknown */
	unsigned int number;  /* n in "[PATCH n/m]"; 0 if @has_number is false */
	unsigned int total;   /* m in "[PATCH n/m]"; 0 if @has_number is false */
	bool is_reply;	      /* the subject has a prefix such as "Re:" */
	bool has_number;      /* the subject has "n/m" */
};

/*
 * Parses a subject such as "Re: [RFC PATCH v2 03/12] title" into @subject. @text is one line of
 * UTF-8.
 */
void mail_subject_parse(const char *text, struct mail_subject *subject);

#endif
