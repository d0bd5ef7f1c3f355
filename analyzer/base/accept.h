/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Finds the comments in a C source that accept findings about an initcall. initlint does not report
 * accepted findings. A comment that accepts findings has the form
 *
 *	initlint: accept RULE-ID: reason
 *
 * "initlint:" must begin a line of the comment. The reason ends at the end of the comment, at an
 * empty line, or at the next "initlint:". accept_marks() does not need libclang.
 */
#ifndef INITLINT_ANALYZER_BASE_ACCEPT_H
#define INITLINT_ANALYZER_BASE_ACCEPT_H

#include <stddef.h>
#include <glib.h>

/*
 * A mark: one "initlint:" that begins a line of a comment, with the rule id and the reason after
 * the "initlint:". The mark owns @rule and @reason.
 */
struct accept_mark {
	unsigned int line; /* line number of "initlint:" */
	char *rule;	   /* NULL: the rule id is missing or malformed */
	char *reason;	   /* NULL: missing */
};

/*
 * Finds the marks of the initcall that begins at byte @offset of @text. A mark belongs to the
 * initcall if the comment with the mark is on the initcall's lines or directly above the initcall.
 * @text has @size bytes and needs no terminator. Returns a GPtrArray of struct accept_mark in the
 * order of the text, or NULL if there is no mark. Free the array with g_ptr_array_unref(). The
 * array owns the marks.
 */
GPtrArray *accept_marks(const char *text, size_t size, size_t offset);

#endif
