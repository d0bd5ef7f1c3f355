/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Finds the units that a changed header concerns: of the units that include it, those that have
 * a word which it declares differently. Private to stale.c.
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
	const struct stale_unit **now; /* by unit; NULL: no longer built */
};

/*
 * Takes the headers with a decidable change out of @changed. A unit that includes one of the
 * other changed headers is stale. NULL on error. Free with stale_headers_free().
 */
struct stale_headers *stale_headers_new(const struct stale_input *input,
					const struct stale_file *differing, unsigned int n,
					bool *changed, GError **error);
/*
 * Of the units that include a header with a decidable change, sets hit[u] if the change concerns
 * unit u, and unaffected[u] if it does not. Skips units that are hit already.
 */
bool stale_headers_judge(struct stale_headers *headers, bool *hit, bool *unaffected,
			 GError **error);
/* Adds the headers to @result. */
void stale_headers_finish(struct stale_headers *headers, const bool *changed,
			  struct stale_result *result);
void stale_headers_free(struct stale_headers *headers);
typedef struct stale_headers stale_headers; /* g_autoptr() takes one word */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(stale_headers, stale_headers_free)

#endif
