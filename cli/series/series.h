/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * One run of initlint series. series_read.c reads the patches and checks that they apply.
 * series_open.c prepares the scratch tree. series_kconfig.c computes the .config of each
 * state. series_run.c indexes and judges the state after each patch. series_text.c and
 * series_report.c print the result.
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
	struct judged *judged; /* NULL: not judged yet, or equal to the state before */
	GError *error;	       /* why judging failed; NULL: it did not fail */
	struct series *series;
	gint is_done; /* judging has ended; atomic */
	gint n_users; /* users of db: the thread that judges it, and the next state; atomic */
};

struct series_patch {
	unsigned int number; /* in the series, from 1 */
	char *subject;
	char *origin; /* where the patch was read, for messages */
	struct patch *patch;
	GPtrArray *warnings;		/* char * */
	bool matters;			/* changes files that may affect the build */
	bool is_read;			/* the index of this state differs from the state before */
	unsigned int n_read;		/* number of units read again */
	struct kconfig_change *kconfig; /* NULL: the patch touches no Kconfig file */
	unsigned int n_undecidable;	/* number of undecidable changes of the .config */
	struct series_state state;
	const struct judged *before;
	const struct judged *after; /* equal to before if nothing has changed */
	GArray *changes;	    /* struct finding_change */
	GArray *moves;		    /* struct order_change */
	GPtrArray *unread; /* const char *, of after->unread: what the patch made unreadable */
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

	char *directory; /* directory of all temporary files */
	char *links;	 /* directory of tree, in memory; NULL: tree is in directory */
	char *tree;	 /* the scratch tree, which consists mostly of links */
	char *config;	 /* temporary .config of the current state; NULL: that of the build */
	struct kconfig_tree *kconfig; /* Kconfig files of the current state; NULL: not read */
	struct scratch *scratch;
	GPtrArray *base_changes; /* char *: files that differ between the tree and --git's base */
	struct patch_target target;
	GPtrArray *patches;  /* struct series_patch * */
	struct query *query; /* the database of the tree */
	struct series_state base;
	struct series_state *newest; /* the state that was indexed last */
	guint n_compared;	     /* number of patches whose states are compared */
	const struct judged *last;   /* state after the last compared patch */
	GArray *net;		     /* struct finding_change: base against the last state */
};

/* Makes the temporary directories. Returns NULL on error. Free with series_free(). */
struct series *series_new(const struct common_options *common, GError **error);
/* Also removes all temporary files. @series may be NULL. */
void series_free(struct series *series);

/*
 * Append the patches of mailboxes, or of the commits @range of the tree's git repository.
 * Fail with INITLINT_ERROR_INPUT if the input cannot be read or parsed.
 */
bool series_read_files(struct series *series, char *const *files, GError **error);
bool series_read_git(struct series *series, const char *range, GError **error);
/*
 * Checks that all patches apply, one after the other. Then resets the scratch tree to the
 * state before the first patch.
 */
bool series_apply_all(struct series *series, GError **error);
/* Applies @patch to the scratch tree. Replaces patch->warnings. */
bool series_apply(struct series *series, struct series_patch *patch, GError **error);

/*
 * Call these functions before and after series_apply(). If @patch touches Kconfig files, they
 * compute the .config of the state after @patch and write it to series->config. Undecidable
 * values become warnings of @patch.
 */
bool series_kconfig_before(struct series *series, const struct series_patch *patch, GError **error);
bool series_kconfig_after(struct series *series, struct series_patch *patch, GError **error);

/*
 * Opens those directories of the scratch tree that must not be links. series_run() calls this
 * function before it makes the scratch tree.
 */
bool series_open_includers(struct series *series, GError **error);

/* Indexes and judges all states, and compares each with the state before. */
bool series_run(struct series *series, GError **error);

/*
 * True if a patch makes a file or the Makefiles unreadable, or makes a value of the .config
 * undecidable.
 */
bool series_is_partial(const struct series *series);
/*
 * Returns the first patch after patch number @from that undoes @change of that patch. Returns
 * NULL if no patch does.
 */
const struct series_patch *series_end_of(const struct series *series,
					 const struct finding_change *change, unsigned int from);

/*
 * Makes one report of the whole series: the changes from the first to the last state, and the
 * changes that a later patch undoes. With @all, adds the unchanged problems. Fills *@report,
 * except the members that come from the command line. The result owns what @report points to.
 * Free with series_notes_free().
 */
struct series_notes *series_notes_new(const struct series *series, bool all,
				      struct check_report *report);
void series_notes_free(struct series_notes *notes);

/* Prints the changes of each patch. With @all, prints first the problems before the series. */
void series_print_text(const struct series *series, bool all);

#endif
