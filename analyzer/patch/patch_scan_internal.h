/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Finds the diffs in a text, and converts them for libgit2's parser. That parser accepts only the
 * output of git diff, without text around it. Its line numbers refer to its own input. Its errors
 * do not tell a truncated diff from a damaged diff. So these cases are checked here.
 */
#ifndef INITLINT_ANALYZER_PATCH_PATCH_SCAN_INTERNAL_H
#define INITLINT_ANALYZER_PATCH_PATCH_SCAN_INTERNAL_H

#include <stdbool.h>
#include <glib.h>

/* The part of a diff that is about one file. */
struct diff_section {
	unsigned int line; /* where the section begins in the text, from 1 */
	GString *diff;	   /* header as git writes it, and hunks; without binary data */
	bool binary;
};

void diff_section_free(struct diff_section *section);

/*
 * Returns all sections of @text (struct diff_section *). The array is empty if @text has no diff.
 * Returns NULL with INITLINT_ERROR_INPUT, "@origin, line N: ...", if a hunk or header is truncated
 * or damaged. Free with g_ptr_array_unref().
 */
GPtrArray *diff_scan(const char *text, gsize len, const char *origin, GError **error);
/* Returns the offset of the first diff in @text; @len if @text has no diff. Takes linear time. */
gsize diff_begins(const char *text, gsize len);

/* The header of a hunk: "@@ -old_start,n_old +new_start,n_new @@". */
struct diff_range {
	unsigned int old_start;
	unsigned int n_old;
	unsigned int new_start;
	unsigned int n_new;
};

/* Parses the header of a hunk. Returns false if @line is not such a header. */
bool diff_range_parse(const char *line, gsize len, struct diff_range *range);

#endif
