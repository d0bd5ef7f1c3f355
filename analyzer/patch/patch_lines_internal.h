/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Reads a text line by line without copying the text. Reads the header of a hunk. Converts a header
 * of diff -u to a header as git writes it.
 */
#ifndef INITLINT_ANALYZER_PATCH_PATCH_LINES_INTERNAL_H
#define INITLINT_ANALYZER_PATCH_PATCH_LINES_INTERNAL_H

#include <stdbool.h>
#include <glib.h>

struct text_lines {
	const char *at;	     /* beginning of the next line */
	const char *end;     /* end of the text */
	unsigned int number; /* number of the last line read, from 1; 0: no line read yet */
};

struct text_line {
	const char *text;    /* not terminated by NUL */
	gsize len;	     /* without the newline */
	unsigned int number; /* line number, from 1 */
};

/*
 * Reads the next line into @line. Returns false at the end of the text; @line is unchanged then.
 * The last line may lack a newline.
 */
bool text_next(struct text_lines *lines, struct text_line *line);
/* True if @line begins with @prefix. */
bool text_line_begins(const struct text_line *line, const char *prefix);

/*
 * Converts a header of diff -u to a header of git. @names: the two lines "--- NAME" and "+++ NAME".
 * Appends git's header lines to @diff.
 *
 * @no_old: true if the first hunk has no old lines. @no_new: true if the first hunk has no new
 * lines. The old file does not exist if its name is /dev/null, or if @no_old is true and the time
 * stamp in "--- NAME" is time 0 (1970-01-01 or 1969-12-31). The new file does not exist if its name
 * is /dev/null, or if @no_new is true and the time stamp in "+++ NAME" is time 0.
 *
 * Returns NULL on success. Otherwise returns the reason why the header is wrong, and leaves @diff
 * unchanged. Free the reason with g_free().
 */
char *bare_header(const struct text_line names[2], bool no_old, bool no_new, GString *diff);

/* The header of a hunk: "@@ -old_start,n_old +new_start,n_new @@". */
struct diff_range {
	unsigned int old_start;
	unsigned int n_old;
	unsigned int new_start;
	unsigned int n_new;
};

/*
 * Parses @line, the header of a hunk, into @range. Returns false if @line is not the header of a
 * hunk; @range may be changed then.
 */
bool diff_range_parse(const char *line, gsize len, struct diff_range *range);

#endif
