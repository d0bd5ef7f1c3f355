/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * One run of initlint index, shared by its parts: index_walk.c finds out what there is
 * to be read, index_run.c reads and stores it, index_report.c tells how it went.
 */
#ifndef INITLINT_CLI_INDEX_INDEX_JOB_H
#define INITLINT_CLI_INDEX_INDEX_JOB_H

#include <stdbool.h>
#include <stdint.h>
#include <glib.h>

#include "analyzer/source/read/extract.h"
#include "analyzer/kbuild/kbuild.h"
#include "analyzer/kconfig/kconfig.h"
#include "analyzer/reindex/stale.h"
#include "cli/base/command.h"
#include "cli/base/term.h"
#include "db/query/query.h"

struct index_options {
	struct common_options common;
	char *config; /* --config, or NULL */
	int jobs;     /* 0: one for each processor */
	int timeout_s;
	gboolean full;
	gboolean modules;
	gboolean quiet;
	gboolean temporary;
};

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

struct index_job {
	const struct index_options *options;
	unsigned int jobs;
	const volatile int *cancel;
	struct progress *progress;
	gint64 start_us; /* monotonic */
	gint64 start_ns; /* since 1970; what changes from then on may have been read before or after */

	struct kconfig *config;
	struct kbuild *kbuild;
	GArray *units;	      /* struct index_unit */
	unsigned int n_not_c; /* compilations that are none of C */
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

/* Both set @error on failure. */
bool index_walk(struct index_job *job, GError **error);
bool index_run(struct index_job *job, GError **error);
void index_job_clear(struct index_job *job);
/* index_files.c: of files that the database does not know yet. */
struct store;
bool index_write_contents(struct index_job *job, struct store *store, GError **error);
/* What the next index needs to tell what changed in a header, and which names are macros. */
bool index_write_texts(struct index_job *job, struct store *store, GError **error);

/* Tells on stdout and stderr what the database now holds; the exit status. */
int index_report(const struct index_job *job);

#endif
