/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Comments in a source that accept what initlint finds of an initcall:
 *
 *	initlint: accept RULE-ID: reason
 *
 * It begins a line of a comment; the reason goes on to the end of the comment, an empty
 * line in it or the next "initlint:". Works on the text alone, without libclang.
 */
#ifndef INITLINT_ANALYZER_BASE_ACCEPT_H
#define INITLINT_ANALYZER_BASE_ACCEPT_H

#include <stddef.h>
#include <glib.h>

/* Strings are owned. */
struct accept_mark {
	unsigned int line; /* of "initlint:" */
	char *rule;	   /* NULL: none is named, or it is not written like an id */
	char *reason;	   /* NULL: none is given */
};

/*
 * The marks of the initcall that begins at @offset of @text: in comments on its lines, and in
 * the comments directly above it. GPtrArray of struct accept_mark in the order of the text,
 * or NULL if there is none. Free with g_ptr_array_unref().
 */
GPtrArray *accept_marks(const char *text, size_t size, size_t offset);

#endif
