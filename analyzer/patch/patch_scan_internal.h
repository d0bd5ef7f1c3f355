/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Finds the diffs in a text, and converts the diffs for libgit2's parser. This parser accepts only
 * the output of git diff, without other text before or after the output.
 *
 * diff_scan() also reports truncated and damaged diffs. libgit2's parser reports these diffs too,
 * but its messages are not good enough: they do not say whether a diff is truncated or damaged, and
 * their line numbers are not line numbers of the whole text.
 */
#ifndef INITLINT_ANALYZER_PATCH_PATCH_SCAN_INTERNAL_H
#define INITLINT_ANALYZER_PATCH_PATCH_SCAN_INTERNAL_H

#include <stdbool.h>
#include <glib.h>

/* The part of a diff that is about one file. */
struct diff_section {
	unsigned int line; /* line of the text at which the section begins, from 1 */
	GString *diff;	   /* git's header, then hunks or empty binary data */
	/* true: the file is binary. @diff has empty binary data in place of the original data. */
	bool binary;
};

void diff_section_free(struct diff_section *section);

/*
 * Returns all sections of @text (struct diff_section *). The array is empty if @text has no diff.
 * Free with g_ptr_array_unref(). Returns NULL with INITLINT_ERROR_INPUT if a hunk or a header is
 * truncated or damaged. The message begins with @origin and the line number in @text.
 */
GPtrArray *diff_scan(const char *text, gsize len, const char *origin, GError **error);
/* Returns the offset of the first diff in @text; @len if @text has no diff. Takes linear time. */
gsize diff_begins(const char *text, gsize len);

#endif
