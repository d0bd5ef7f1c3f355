/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which units the changes of headers concern: of the units that include a changed header,
 * those that have a word which it declares otherwise. Private to stale.c.
 */
#ifndef INITLINT_ANALYZER_REINDEX_STALE_HEADERS_H
#define INITLINT_ANALYZER_REINDEX_STALE_HEADERS_H

#include "analyzer/reindex/stale.h"

struct stale_headers;

/* What is looked into, by the numbers of query_files() and query_units(). */
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
 * Takes the headers whose change can be told out of @changed; what includes one of the
 * others is stale. NULL on error. Free with stale_headers_free().
 */
struct stale_headers *stale_headers_new(const struct stale_input *input,
					const struct stale_file *differing, unsigned int n,
					bool *changed, GError **error);
/*
 * Sets hit[u] for the units that include a told header and are concerned, spared[u] for those that
 * are not. Units that are hit already are left alone.
 */
bool stale_headers_judge(struct stale_headers *headers, bool *hit, bool *spared, GError **error);
/* Adds what became of the headers to @result. */
void stale_headers_finish(struct stale_headers *headers, const bool *changed,
			  struct stale_result *result);
void stale_headers_free(struct stale_headers *headers);
typedef struct stale_headers stale_headers; /* g_autoptr() takes one word */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(stale_headers, stale_headers_free)

#endif
