/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Finds the units that a changed header concerns. Such a unit includes the header and has a word
 * that the header declares differently. Private to stale.c.
 */
#ifndef INITLINT_ANALYZER_REINDEX_STALE_HEADERS_INTERNAL_H
#define INITLINT_ANALYZER_REINDEX_STALE_HEADERS_INTERNAL_H

#include "analyzer/reindex/stale.h"

struct stale_headers;

/* Files and units are numbered as in query_files() and query_units(). */
struct stale_input {
	struct query *query;
	const char *tree;
	const char *build;
	unsigned int jobs;
	const struct file_state *files;
	unsigned int n_files;
	const struct unit_state *units;
	unsigned int n_units;
	const struct stale_unit **now; /* present unit for each old unit; NULL: no longer built */
};

/*
 * Compares the old and new texts of the @n files @differing. Clears changed[f] if the change of
 * header f is decidable. A unit is stale if it includes a file f that is still in @changed. Returns
 * NULL on error. Free with stale_headers_free().
 */
struct stale_headers *stale_headers_new(const struct stale_input *input,
					const struct stale_file *differing, unsigned int n,
					bool *changed, GError **error);
/*
 * For each unit u that includes a header with a decidable change: sets stale_units[u] if the change
 * concerns the unit, else unaffected[u]. Skips units that are already in @stale_units. Returns
 * false if a query fails.
 */
bool stale_headers_judge(struct stale_headers *headers, bool *stale_units, bool *unaffected,
			 GError **error);
/* Adds the headers with decidable changes to result->headers, and sets result->needs_pch. */
void stale_headers_finish(struct stale_headers *headers, const bool *changed,
			  struct stale_result *result);
void stale_headers_free(struct stale_headers *headers);
typedef struct stale_headers stale_headers; /* g_autoptr() takes one word */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(stale_headers, stale_headers_free)

#endif
