/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * One run of initlint series, shared by its parts: series_read.c gets the patches and
 * sees whether they apply, series_open.c lays out their tree, series_run.c makes and judges
 * the state after each of them with the .config that series_kconfig.c works out,
 * series_text.c and series_report.c tell what came out.
 */
#ifndef INITLINT_CLI_SERIES_SERIES_H
#define INITLINT_CLI_SERIES_SERIES_H

#include <stdbool.h>
#include <glib.h>

#include "analyzer/index/index_process.h"
#include "analyzer/kconfig/kconfig_change.h"
#include "analyzer/patch/patch.h"
#include "analyzer/patch/scratch.h"
#include "cli/report/check_report.h"
#include "cli/base/command.h"
#include "cli/judge/judged.h"
#include "cli/base/term.h"
#include "db/query/query.h"

/* A state of the kernel: before the series, or after one of its patches. */
struct series_state {
	char *db;
	struct judged *judged; /* NULL until it is, or if it is the state before */
	GError *error;
	struct series *series;
	gint is_done; /* judged; atomic */
	gint n_users; /* who still needs the database: its judge, the next state; atomic */
};

struct series_patch {
	unsigned int number; /* in the series, from 1 */
	char *subject;
	char *origin;
	struct patch *patch;
	GPtrArray *warnings; /* char * */
	bool matters;	     /* touches what may have to do with what is built */
	bool is_read;	     /* something was found changed that had to be read or judged */
	unsigned int n_read; /* units read anew */
	struct kconfig_change *kconfig; /* NULL: it touches no Kconfig file */
	unsigned int n_undecidable;	/* what it does to the .config and cannot be told */
	struct series_state state;
	const struct judged *before;
	const struct judged *after; /* the same if nothing has changed */
	GArray *changes;	    /* struct finding_change */
	GArray *moves;		    /* struct order_change */
	GPtrArray *unread;	    /* const char *: of judged, what the patch made unreadable */
};

struct series {
	const struct common_options *common;
	struct judging judging;
	unsigned int jobs;
	unsigned int timeout_s;
	unsigned int max_fuzz;
	const volatile int *cancel;
	struct progress *progress;
	struct index_process *indexer; /* started by series_run(), before there are threads */

	char *directory; /* of all that is temporary */
	char *links;	 /* and of the changed tree, in memory; NULL: the same */
	char *tree;	 /* that tree, which is made of links */
	char *config;	 /* .config of the state that is made, a file in there; NULL: the build's */
	struct kconfig_tree *kconfig; /* the Kconfig files as they are; NULL: not read */
	struct scratch *scratch;
	GPtrArray *base_changes; /* char *: where the tree differs from what the patches are for */
	struct patch_target target;
	GPtrArray *patches;  /* struct series_patch * */
	struct query *query; /* the database of the tree */
	struct series_state base;
	struct series_state *newest; /* whose database is the newest */
	guint n_compared;	     /* of patches */
	const struct judged *last;   /* of those */
	GArray *net;		     /* struct finding_change: from before the series to its end */
};

struct series *series_new(const struct common_options *common, GError **error);
/* Removes all that is temporary. */
void series_free(struct series *series);

/*
 * Adds the patches of mailboxes, or those of @range in the tree's own git repository. Fails
 * (INITLINT_ERROR_INPUT) if one cannot be read or does not apply.
 */
bool series_read_files(struct series *series, char *const *files, GError **error);
bool series_read_git(struct series *series, const char *range, GError **error);
/* Tries all patches one after the other; forgets what they did. */
bool series_apply_all(struct series *series, GError **error);
bool series_apply(struct series *series, struct series_patch *patch, GError **error);

/*
 * Around series_apply(), for a patch that touches Kconfig files: works out what they make of
 * the .config and writes it to series->config. What cannot be told goes to the patch's warnings.
 */
bool series_kconfig_before(struct series *series, const struct series_patch *patch, GError **error);
bool series_kconfig_after(struct series *series, struct series_patch *patch, GError **error);

/* Opens the directories of the scratch tree that must be; before series_run() makes it. */
bool series_open_includers(struct series *series, GError **error);

/* Makes and judges all states and compares them. */
bool series_run(struct series *series, GError **error);

/* Some patch made a file unreadable, or the Makefiles, or an answer that cannot be told. */
bool series_is_partial(const struct series *series);
/* The patch that takes back what @change of patch @from brought; NULL: it stays. */
const struct series_patch *series_end_of(const struct series *series,
					 const struct finding_change *change, unsigned int from);

/*
 * What the series changes from its beginning to its end, and what comes and goes in between,
 * as one report; with @all also what is as before. Fills *@report but for what the command
 * line says. The result owns what the report points to; free with series_notes_free().
 */
struct series_notes *series_notes_new(const struct series *series, bool all,
				      struct check_report *report);
void series_notes_free(struct series_notes *notes);

/* Patch by patch. @all: also what was there before. */
void series_print_text(const struct series *series, bool all);

#endif
