/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which units must be read again: what an earlier index saw is compared with the walk
 * of now and with the files as they are now. Content decides; size and time of change
 * only spare the reading of files that have not been touched, so that another checkout
 * of the same tree is as good. Where a header changed, what it declares otherwise decides
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
	STALE_FLAGS, /* compiled otherwise */
	STALE_FILE,  /* a file it is made of has another content */
	STALE_RETRY, /* could not be read, or a file it includes was missing */
};

/* A compilation of now. */
struct stale_unit {
	const char *target;
	const char *source;
	const char *flags_hash;
	enum stale_reason reason; /* set by stale_check() */
	/* Set by it too: includes a changed header whose change does not concern it. */
	bool spared;
	const char *const *args; /* of the compiler; NULL: none */
};

/* A file that is not as the earlier index has it on record. */
struct stale_file {
	const char *path; /* the query's */
	struct file_content content;
	bool changed; /* another content; else just touched */
};

/*
 * Names what reads sources here, "initlint 0.1.0 with LLVM 19": what another has read is
 * stale as a whole.
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
