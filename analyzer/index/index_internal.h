/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The state of one index run. index_walk.c finds the translation units. index_stale.c finds the
 * units that must be read. index_store.c reads and stores these units. index_files.c stores hashes
 * and texts of the files of the units.
 */
#ifndef INITLINT_ANALYZER_INDEX_INDEX_INTERNAL_H
#define INITLINT_ANALYZER_INDEX_INDEX_INTERNAL_H

#include <stdint.h>

#include "analyzer/index/index.h"
#include "analyzer/kconfig/kconfig.h"
#include "analyzer/reindex/stale.h"
#include "db/query/query.h"
#include "db/store/store.h"

/* A translation unit that must be in the database. */
struct index_unit {
	const struct kbuild_object *object;
	const struct kbuild_source *source;
	char *path;	     /* normal path of the source (see db/facts.h) */
	const char *problem; /* why the unit cannot be read; NULL: it can be read */
	unsigned int rank;   /* number of the unit among the units of its object, from 0 */
	bool is_rust;	     /* Rust source: only its initcalls are read */
};

/* True if @unit has a C source, which libclang can read. */
static inline bool index_unit_is_c(const struct index_unit *unit)
{
	return !unit->problem && !unit->is_rust;
}

struct index {
	struct index_options options;
	struct index_callbacks callbacks;
	struct index_summary summary;
	/*
	 * Start time of the index run, in nanoseconds since 1970. If a file changes after this
	 * time, some units may have read the old content of the file, and other units the new
	 * content.
	 */
	gint64 start_ns;

	struct kconfig *config;
	struct kbuild *kbuild;
	GArray *units;	      /* struct index_unit */
	unsigned int n_not_c; /* see struct index_summary */
	char *walk_hash;      /* see hash_walk() in index_walk.c */
	char *commit;	      /* "": the tree is not a git checkout */
	char *compiler;	      /* see struct index_summary */
	GPtrArray *refused;   /* see struct index_summary */

	struct query *old; /* the database of the last index run; NULL: all units are read */
	/*
	 * Result of index_identify() for the database file, computed before @old was opened. If
	 * index_identify() later returns another result, another index run has replaced the
	 * database.
	 */
	int64_t old_id[3];
	struct stale_unit *states; /* states[i]: the state of element i of @units */
	struct stale_result stale;
	unsigned int n_stale;
	unsigned int n_unaffected; /* see struct index_summary */
	/*
	 * True if this run has looked for shared precompiled headers. Only then, @stats.pch_key and
	 * @stats.pch_choice describe the shared headers that this run uses.
	 */
	bool looked_at_pch;
	bool up_to_date;
	struct extract_stats stats;
};

static inline const struct index_unit *index_unit_at(const struct index *index, guint i)
{
	return &g_array_index(index->units, struct index_unit, i);
}

/* Calls @index->callbacks.warn, unless this callback is NULL. */
void index_warn(const struct index *index, const char *format, ...) G_GNUC_PRINTF(2, 3);
/*
 * Calls @index->callbacks.progress for a task of unknown length, unless this callback is NULL.
 * @what: the name of the task.
 */
void index_progress(const struct index *index, const char *what);
/* Returns true and sets @error if the run was cancelled: *@index->options.cancel is not zero. */
bool index_is_cancelled(const struct index *index, GError **error);

/*
 * Loads the .config and walks the Makefiles. Fills @index->config, @index->refused and all members
 * between these two.
 */
bool index_walk(struct index *index, GError **error);

/*
 * Sets @id to the device, inode and modification time of the file at @path, or to zeros if there is
 * no file. If two calls with one @path return different ids, the file at @path was replaced or
 * changed between the calls.
 */
void index_identify(const char *path, int64_t id[3]);
/*
 * Opens the database of the last index run as @index->old. If the database cannot be used, warns
 * and leaves @index->old NULL. Does nothing if @index->options.full is true.
 */
void index_open_old(struct index *index);
/* Fills @index->states, @index->stale, @index->n_stale and @index->n_unaffected. */
void index_find_stale(struct index *index);
/* True if the database is up to date: there is nothing to read or to store. */
bool index_is_current(const struct index *index);

/* Reads the stale units, and replaces the database. */
bool index_store(struct index *index, GError **error);

/* Stores the hashes of all files whose hashes are not in the database yet. */
bool index_store_contents(struct index *index, struct store *store, GError **error);
/*
 * Stores the texts of headers, and the macros that macro_names() finds in these texts. The next
 * index run compares the stored text of a header with the new text of the header, to find out what
 * has changed.
 */
bool index_store_texts(struct index *index, struct store *store, GError **error);

#endif
