/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Finds stale units. A translation unit is stale if it must be read again. stale_check() compares
 * the database of the last index run with the present Makefiles and the present files.
 *
 * A file has changed only if the content of the file has changed. A new modification time alone
 * makes no unit stale, for example after a second checkout of the same commit. If a file has the
 * size and the modification time that the database has for the file, stale_check() does not read
 * the file.
 *
 * Decidable: the change of a header is decidable if the changed names tell which units the change
 * concerns. After a decidable change, only these units are stale. After an undecidable change, all
 * units that include the header are stale. docs/hacking/how-it-works.md explains this.
 */
#ifndef INITLINT_ANALYZER_REINDEX_STALE_H
#define INITLINT_ANALYZER_REINDEX_STALE_H

#include <stdbool.h>
#include <glib.h>

#include "analyzer/base/hash.h"
#include "db/query/query.h"

enum stale_reason {
	STALE_NOT,   /* the unit is up to date */
	STALE_NEW,   /* the database does not have the unit */
	STALE_FLAGS, /* the compiler flags have changed */
	STALE_FILE,  /* a file of the unit has changed, and the change concerns the unit */
	STALE_RETRY, /* the last index run failed to read the unit or did not find a header */
};

/* A unit that is built according to the present Makefiles. */
struct stale_unit {
	const char *target;
	const char *source;
	const char *flags_hash;
	enum stale_reason reason; /* set by stale_check() */
	/*
	 * Set by stale_check(): the unit includes at least one changed header, but none of the
	 * changes concerns the unit.
	 */
	bool unaffected;
	const char *const *args; /* compiler arguments; NULL: none */
};

/* A file whose content or modification time differs from the record in the database. */
struct stale_file {
	const char *path; /* owned by @query of stale_check() */
	struct file_content content;
	bool changed; /* true: the content differs; false: only the modification time differs */
};

/*
 * Returns the version of the code that reads sources, such as "initlint VERSION with LLVM 19, facts
 * 12.3". If another version wrote the database, all units are stale.
 */
const char *stale_reader(void);

/*
 * Compares @files, the @n files of a database (query_files()), with the files below @tree and @build.
 * Reads a file only if its size or time of change is not the recorded one, in at most @jobs threads.
 * Sets changed[i] to true if the content of files[i] is not the recorded one, or if the recorded one
 * is not known. Appends a struct stale_file to @differing for each file with another content or time.
 */
void stale_check_files(const struct file_state *files, unsigned int n, const char *tree,
		       const char *build, unsigned int jobs, bool *changed, GArray *differing);

/* A header with a decidable change. */
struct stale_header {
	const char *path; /* owned by @query of stale_check() */
	GArray *moves;	  /* struct line_move, for store_change_header() */
};

struct stale_result {
	GArray *files;	 /* struct stale_file */
	GArray *headers; /* struct stale_header */
	bool needs_pch;	 /* the facts of the shared precompiled headers must be read again */
	GPtrArray *gone; /* const struct unit_state *: units that are no longer built */
};

/*
 * Compares @query, the database of the last index run, with the present files and the @n_units
 * present units @units. Sets @units[i].reason and @units[i].unaffected for each unit i, and fills
 * @result. Hashes files with @jobs threads. Returns false if a query fails, for example because the
 * database is damaged.
 *
 * Clear @result with stale_result_clear(), also on failure. @result points into @query, so clear
 * @result before freeing @query.
 */
bool stale_check(struct query *query, const char *tree, const char *build, unsigned int jobs,
		 struct stale_unit *units, unsigned int n_units, struct stale_result *result,
		 GError **error);
void stale_result_clear(struct stale_result *result);

#endif
