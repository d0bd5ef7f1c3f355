/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Finds the units that must be read again. It compares what an earlier index saw with today's
 * walk and today's files. The content of a file decides. Size and time of change only save the
 * reading of files that were not touched, so another checkout of the same tree gives the same
 * answer. In a changed header the names that it declares differently decide
 * (docs/how-it-works.md).
 */
#ifndef INITLINT_ANALYZER_REINDEX_STALE_H
#define INITLINT_ANALYZER_REINDEX_STALE_H

#include <stdbool.h>
#include <glib.h>

#include "analyzer/base/hash.h"
#include "db/query/query.h"

enum stale_reason {
	STALE_NOT,
	STALE_NEW,   /* the earlier index has no such unit */
	STALE_FLAGS, /* its flags changed */
	STALE_FILE,  /* the content of one of its files changed */
	STALE_RETRY, /* it could not be read, or a file that it includes was missing */
};

/* A compilation of today's walk. */
struct stale_unit {
	const char *target;
	const char *source;
	const char *flags_hash;
	enum stale_reason reason; /* set by stale_check() */
	/* Set by stale_check() too: it includes a changed header, which does not concern it. */
	bool unaffected;
	const char *const *args; /* of the compiler; NULL: none */
};

/* A file that differs from the record of the earlier index. */
struct stale_file {
	const char *path; /* the query's */
	struct file_content content;
	bool changed; /* the content differs; false: only the time does */
};

/*
 * The reader of sources: "initlint 0.1.0 with LLVM 19". An index by another reader is stale as a
 * whole.
 */
const char *stale_reader(void);

/* A changed header that does not concern all units that include it. */
struct stale_header {
	const char *path; /* the query's */
	GArray *moves;	  /* struct line_move, for store_change_header() */
};

struct stale_result {
	GArray *files;	 /* struct stale_file */
	GArray *headers; /* struct stale_header */
	bool needs_pch;	 /* facts of the shared header's own functions may differ */
	GPtrArray *gone; /* const struct unit_state *: units that are no longer built */
};

/*
 * @query: the earlier index. Threads to hash with: @jobs. Fails as queries do (a damaged
 * database). Clear @result with stale_result_clear(); it points into @query.
 */
bool stale_check(struct query *query, const char *tree, const char *build, unsigned int jobs,
		 struct stale_unit *units, unsigned int n_units, struct stale_result *result,
		 GError **error);
void stale_result_clear(struct stale_result *result);

#endif
