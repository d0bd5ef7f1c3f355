/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A text line by line, without copies; and the header of a diff that git has not made.
 */
#ifndef INITLINT_ANALYZER_PATCH_PATCH_LINES_INTERNAL_H
#define INITLINT_ANALYZER_PATCH_PATCH_LINES_INTERNAL_H

#include <stdbool.h>
#include <glib.h>

struct text_lines {
	const char *at;
	const char *end;
	unsigned int number; /* of the line read last; 0: none yet */
};

struct text_line {
	const char *text; /* not ended with NUL */
	gsize len;	  /* without the newline */
	unsigned int number;
};

/* False at the end. A last line without a newline is one too. */
bool text_next(struct text_lines *lines, struct text_line *line);
bool text_line_begins(const struct text_line *line, const char *prefix);

/*
 * Appends to @diff what git would have written for the lines "--- NAME" and "+++ NAME" in
 * @names. @no_old, @no_new: the only hunk has no lines there, so that a time stamp of 1970
 * says that there is no such file. Returns what is wrong, NULL if nothing; free with
 * g_free().
 */
char *bare_header(const struct text_line names[2], bool no_old, bool no_new, GString *diff);

#endif
