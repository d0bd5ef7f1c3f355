/* SPDX-License-Identifier: GPL-2.0-only */
/* Reads a text line by line without copies, and converts headers of diffs not made by git. */
#ifndef INITLINT_ANALYZER_PATCH_PATCH_LINES_INTERNAL_H
#define INITLINT_ANALYZER_PATCH_PATCH_LINES_INTERNAL_H

#include <stdbool.h>
#include <glib.h>

struct text_lines {
	const char *at;
	const char *end;
	unsigned int number; /* number of the last line read, from 1; 0: none read yet */
};

struct text_line {
	const char *text;    /* not terminated */
	gsize len;	     /* without the newline */
	unsigned int number; /* line number, from 1 */
};

/* Reads the next line into @line. Returns false at the end. The last line may lack a newline. */
bool text_next(struct text_lines *lines, struct text_line *line);
/* True if @line begins with @prefix. */
bool text_line_begins(const struct text_line *line, const char *prefix);

/*
 * Converts a header of diff -u: appends to @diff what git would write for the lines "--- NAME" and
 * "+++ NAME" in @names. @no_old, @no_new: the first hunk has no old or new lines. With such a hunk
 * a time stamp of 1970 means that the old or new file does not exist. Returns NULL, or the reason
 * why the header is wrong. Free with g_free().
 */
char *bare_header(const struct text_line names[2], bool no_old, bool no_new, GString *diff);

#endif
