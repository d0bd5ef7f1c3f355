/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Finds the diffs in a text and makes each one that libgit2's parser can be given. What
 * that parser cannot do is done here: it takes only what git diff writes and nothing
 * around it, counts lines of its own input, and tells a diff that was cut short from one
 * that is wrong in no way that would help whoever sent it.
 */
#ifndef INITLINT_ANALYZER_PATCH_PATCH_SCAN_INTERNAL_H
#define INITLINT_ANALYZER_PATCH_PATCH_SCAN_INTERNAL_H

#include <stdbool.h>
#include <glib.h>

/* The part of a diff that is about one file. */
struct diff_section {
	unsigned int line; /* in the text, from 1 */
	GString *diff;	   /* its header as git writes it, and its hunks; nothing of binary data */
	bool binary;
};

void diff_section_free(struct diff_section *section);

/*
 * All sections of @text (struct diff_section *), none if it holds no diff. Fails with
 * INITLINT_ERROR_INPUT, "@origin, line N: ...", if a hunk or header is cut short or damaged.
 */
GPtrArray *diff_scan(const char *text, gsize len, const char *origin, GError **error);
/* Where the first diff begins in @text; @len if it holds none. Linear. */
gsize diff_begins(const char *text, gsize len);

/* A hunk's header, "@@ -old_start,n_old +new_start,n_new @@". */
struct diff_range {
	unsigned int old_start;
	unsigned int n_old;
	unsigned int new_start;
	unsigned int n_new;
};

/* False if @line, which need not end with a newline or NUL, is none. */
bool diff_range_parse(const char *line, gsize len, struct diff_range *range);

#endif
