/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * One index, shared by its parts: index_walk.c finds the translation units, index_stale.c those
 * that must be read, index_store.c reads and stores them, index_files.c stores the files that
 * they are made of.
 */
#ifndef INITLINT_ANALYZER_INDEX_INDEX_INTERNAL_H
#define INITLINT_ANALYZER_INDEX_INDEX_INTERNAL_H

#include <stdint.h>

#include "analyzer/index/index.h"
#include "analyzer/kconfig/kconfig.h"
#include "analyzer/reindex/stale.h"
#include "db/query/query.h"
#include "db/store/store.h"

/* A compilation that is, or ought to be, in the database. */
struct index_unit {
	const struct kbuild_object *object;
	const struct kbuild_source *source;
	char *path;	     /* of its source, as in db/facts.h */
	const char *problem; /* why it cannot be read at all; NULL if it can */
	unsigned int rank;   /* among the units of its object */
	bool is_rust;	     /* only its initcalls are read */
};

/* Whether the front end reads it. */
static inline bool index_unit_is_c(const struct index_unit *unit)
{
	return !unit->problem && !unit->is_rust;
}

struct index {
	struct index_options options;
	struct index_callbacks callbacks;
	struct index_summary summary;
	gint64 start_ns; /* since 1970; files that change from then on may be read before or after */

	struct kconfig *config;
	struct kbuild *kbuild;
	GArray *units;	      /* struct index_unit */
	unsigned int n_not_c; /* compilations in other languages */
	char *walk_hash;      /* of all that the walk gives to the database */
	char *commit;	      /* "" if the tree is no git checkout */
	char *compiler;	      /* that configured the build directory; NULL: clang */
	GPtrArray *refused;   /* const char *, "CONFIG_X": answers that clang cannot read */

	struct query *old;	   /* NULL: a full build */
	int64_t old_id[3];	   /* device, inode and time of the file it came from */
	struct stale_unit *states; /* one for each of units */
	struct stale_result stale;
	unsigned int n_stale;
	unsigned int n_unaffected; /* kept although they include a header that changed */
	bool looked_at_pch;	   /* stats tell which shared header is in use */
	bool up_to_date;
	struct extract_stats stats;
};

static inline const struct index_unit *index_unit_at(const struct index *index, guint i)
{
	return &g_array_index(index->units, struct index_unit, i);
}

/* Hands a sentence to callbacks.warn. */
void index_warn(const struct index *index, const char *format, ...) G_GNUC_PRINTF(2, 3);
/* Tells callbacks.progress what is done now; how long it takes is not known. */
void index_progress(const struct index *index, const char *what);
/* Sets @error if options.cancel is set. */
bool index_is_cancelled(const struct index *index, GError **error);

/* Fills config, kbuild, units and what describes them. */
bool index_walk(struct index *index, GError **error);

/* Identifies the file at @path: device, inode and time; zeros if there is none. */
void index_identify(const char *path, int64_t id[3]);
/* Opens the database of the last index as @index->old; a full index has none. */
void index_open_old(struct index *index);
/* Fills states and stale. */
void index_find_stale(struct index *index);
/* Nothing that the database holds would come out differently. */
bool index_is_current(const struct index *index);

/* Reads what is stale, and replaces the database. */
bool index_store(struct index *index, GError **error);

/* Stores hashes of the files that the database does not know yet. */
bool index_store_contents(struct index *index, struct store *store, GError **error);
/* Stores what the next index needs to tell what changed in a header, and the names of macros. */
bool index_store_texts(struct index *index, struct store *store, GError **error);

#endif
