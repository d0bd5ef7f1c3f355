/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Finds the translation units that must be read again. Compares the earlier index with the present
 * walk of the Makefiles and the present files.
 *
 * A file has changed if its content has changed, so another checkout of the same tree gives the
 * same result. If size and modification time are the same, the content is not read. If a header has
 * changed, only units that use its changed names are stale (docs/hacking/how-it-works.md).
 */
#ifndef INITLINT_ANALYZER_REINDEX_STALE_H
#define INITLINT_ANALYZER_REINDEX_STALE_H

#include <stdbool.h>
#include <glib.h>

#include "analyzer/base/hash.h"
#include "db/query/query.h"

enum stale_reason {
	STALE_NOT,   /* the unit is up to date */
	STALE_NEW,   /* the unit is not in the earlier index */
	STALE_FLAGS, /* the compiler flags have changed */
	STALE_FILE,  /* a file of the unit has changed */
	STALE_RETRY, /* the unit could not be read, or an included file was missing */
};

/* A unit of the present walk. */
struct stale_unit {
	const char *target;
	const char *source;
	const char *flags_hash;
	enum stale_reason reason; /* set by stale_check() */
	/* Set by stale_check(): the unit includes a changed header, but is not stale. */
	bool unaffected;
	const char *const *args; /* compiler arguments; NULL: none */
};

/* A file that differs from the record of the earlier index. */
struct stale_file {
	const char *path; /* owned by the query */
	struct file_content content;
	bool changed; /* the content differs; false: only the modification time differs */
};

/*
 * Returns the version of the code that reads sources: "initlint VERSION with LLVM 19, facts 12". An
 * index with another version is stale as a whole.
 */
const char *stale_reader(void);

/* A changed header with a decidable change: it concerns only some of its includers. */
struct stale_header {
	const char *path; /* owned by the query */
	GArray *moves;	  /* struct line_move, for store_change_header() */
};

struct stale_result {
	GArray *files;	 /* struct stale_file */
	GArray *headers; /* struct stale_header */
	bool needs_pch;	 /* the shared precompiled headers' own units must be read again */
	GPtrArray *gone; /* const struct unit_state *: units that are no longer built */
};

/*
 * Compares @query, the earlier index, with @n_units present @units. Sets the reason of each unit
 * and fills @result. Hashes files with @jobs threads. Clear @result with stale_result_clear() while
 * @query still exists. Returns false if a query fails, for example with a damaged database.
 */
bool stale_check(struct query *query, const char *tree, const char *build, unsigned int jobs,
		 struct stale_unit *units, unsigned int n_units, struct stale_result *result,
		 GError **error);
void stale_result_clear(struct stale_result *result);

#endif
