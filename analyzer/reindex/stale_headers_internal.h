/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Finds the units that the change of a header concerns. A change concerns a unit if the unit
 * includes the header and has a word that the header now declares differently. A change is
 * decidable if the changed names tell which units the change concerns. Private to stale.c and
 * stale_headers.c.
 */
#ifndef INITLINT_ANALYZER_REINDEX_STALE_HEADERS_INTERNAL_H
#define INITLINT_ANALYZER_REINDEX_STALE_HEADERS_INTERNAL_H

#include "analyzer/reindex/stale.h"

struct stale_headers;

/*
 * The database of the last index run, and the units that are built now. Below, the number of a file
 * is the index of the file in @files. The number of a unit is the index of the unit in @units.
 */
struct stale_input {
	struct query *query;
	const char *tree;
	const char *build;
	unsigned int jobs;
	const struct file_state *files; /* from query_files() */
	unsigned int n_files;
	const struct unit_state *units; /* from query_units() */
	unsigned int n_units;
	/* now[u]: unit u as it is built now; NULL: unit u is no longer built */
	const struct stale_unit **now;
};

/*
 * @differing has @n files. Compares the old text with the new text of each changed header in
 * @differing. Clears changed[f] if the change of header f is decidable. If changed[f] is still true
 * after the call, all units that include file f are stale. Returns NULL on error. Free with
 * stale_headers_free().
 */
struct stale_headers *stale_headers_new(const struct stale_input *input,
					const struct stale_file *differing, unsigned int n,
					bool *changed, GError **error);
/*
 * Looks at each unit u that includes a header with a decidable change. Sets stale_units[u] if a
 * decidable change concerns unit u, else unaffected[u]. Skips unit u if stale_units[u] is already
 * true. Returns false if a query fails.
 */
bool stale_headers_judge(struct stale_headers *headers, bool *stale_units, bool *unaffected,
			 GError **error);
/*
 * Adds the headers with decidable changes to @result->headers. Sets @result->needs_pch to true if
 * facts of the shared precompiled headers may have changed. @changed: the array that
 * stale_headers_new() has updated.
 */
void stale_headers_finish(struct stale_headers *headers, const bool *changed,
			  struct stale_result *result);
void stale_headers_free(struct stale_headers *headers);
typedef struct stale_headers stale_headers; /* g_autoptr() needs a type name without "struct" */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(stale_headers, stale_headers_free)

#endif
