/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * One run of initlint series. series_read.c reads the patches and checks that they apply.
 * series_open.c prepares the scratch tree. series_kconfig.c computes the .config of each state.
 * series_run.c indexes and judges the state after each patch. series_text.c and series_report.c
 * print the result.
 *
 * State: the kernel before the series (the base), or after one of its patches. Scratch tree: a
 * temporary directory that looks like the kernel tree in the current state. Its unchanged files
 * and directories are symbolic links into the user's tree. Undecidable: initlint cannot compute
 * the new value of a symbol in the .config.
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

/* The result for one state. */
struct series_state {
	char *db;	       /* the database */
	struct judged *judged; /* NULL: not judged, or the patch has changed nothing */
	GError *error;	       /* the error of judging; NULL: no error */
	struct series *series;
	gint is_done; /* 1: judging has ended, perhaps with an error; atomic */
	/* number of users of db: the judging thread, and the next state; atomic */
	gint n_users;
};

struct series_patch {
	unsigned int number; /* number in the series, from 1 */
	char *subject;
	char *origin; /* file or commit of the patch, for messages */
	struct patch *patch;
	GPtrArray *warnings; /* char * */
	bool matters;	     /* the patch changes files that may affect the build */
	/* the database of the state differs from the database of the state before */
	bool is_read;
	unsigned int n_read;		/* number of units read again */
	struct kconfig_change *kconfig; /* NULL: the patch touches no Kconfig file */
	/*
	 * number of undecidable values in the .config, plus number of Kconfig files that became
	 * unreadable
	 */
	unsigned int n_undecidable;
	struct series_state state; /* the state after the patch */
	const struct judged *before;
	const struct judged *after; /* the same pointer as before if nothing has changed */
	GArray *changes;	    /* struct finding_change */
	GArray *moves;		    /* struct order_change */
	/*
	 * const char *: the strings of after->unread that before->unread does not have, apart from
	 * numbers
	 */
	GPtrArray *unread;
};

struct series {
	const struct common_options *common;
	struct judging judging;
	unsigned int jobs;
	unsigned int timeout_s;
	unsigned int max_fuzz;
	const volatile int *cancel;
	struct progress *progress;
	/* started by series_run() while there is only one thread */
	struct index_process *indexer;

	char *directory; /* directory of all temporary files */
	/* directory in memory that contains tree; NULL: directory contains tree */
	char *links;
	char *tree; /* path of the scratch tree */
	/* temporary .config of the current state; NULL: use the .config of the build directory */
	char *config;
	/* Kconfig files of the current state; NULL: not read yet */
	struct kconfig_tree *kconfig;
	struct scratch *scratch;
	/* char *: files that differ between the user's tree and the base commit of --git */
	GPtrArray *base_changes;
	struct patch_target target;
	GPtrArray *patches;  /* struct series_patch * */
	struct query *query; /* the database of the user's tree; owned */
	struct series_state base;
	struct series_state *newest; /* the last state that was indexed */
	/* the states after the first n_compared patches have been compared */
	guint n_compared;
	const struct judged *last; /* the last compared state */
	/* struct finding_change: from the base to the last state; NULL: no patch matters */
	GArray *net;
};

/* Makes the temporary directories. Returns NULL on error. Free with series_free(). */
struct series *series_new(const struct common_options *common, GError **error);
/* Frees @series and removes all temporary files. @series may be NULL. */
void series_free(struct series *series);

/*
 * Append patches to series->patches. series_read_files() reads the mailboxes @files, which ends
 * with NULL. series_read_git() reads the commits @range of the tree's git repository, such as
 * "A..B". Both functions return false with INITLINT_ERROR_INPUT if the input cannot be read or
 * parsed.
 */
bool series_read_files(struct series *series, char *const *files, GError **error);
bool series_read_git(struct series *series, const char *range, GError **error);
/*
 * Checks that all patches apply, one after the other. Then resets the scratch tree to the base.
 * Returns false if a patch does not apply.
 */
bool series_apply_all(struct series *series, GError **error);
/*
 * Applies @patch to the scratch tree. Replaces the contents of patch->warnings. Returns false if
 * @patch does not apply.
 */
bool series_apply(struct series *series, struct series_patch *patch, GError **error);

/*
 * Call series_kconfig_before() before series_apply(), and series_kconfig_after() after
 * series_apply(). If @patch touches Kconfig files, these functions compute the .config of the
 * state after @patch. If a value changes, they write a new .config and set series->config to its
 * path. An undecidable symbol keeps its old value and becomes a warning of @patch. Both functions
 * return false on error.
 */
bool series_kconfig_before(struct series *series, const struct series_patch *patch, GError **error);
bool series_kconfig_after(struct series *series, struct series_patch *patch, GError **error);

/*
 * Makes real directories of those directories of the scratch tree that must not be symbolic links.
 * series_run() calls this function before it makes the scratch tree. Returns false on error.
 */
bool series_open_includers(struct series *series, GError **error);

/*
 * Indexes and judges all states, compares each state with the state before, and sets series->net.
 * If no patch matters, does nothing. Returns false on error.
 */
bool series_run(struct series *series, GError **error);

/*
 * True if the result is incomplete: after a patch, objects may be missing, a file that was read
 * whole before is not read whole any more, or a value of the .config is undecidable.
 */
bool series_is_partial(const struct series *series);
/*
 * @change: a new or worse finding that patch number @from has caused. Returns the first later
 * patch that resolves or improves the finding. Returns NULL if no later patch does.
 */
const struct series_patch *series_end_of(const struct series *series,
					 const struct finding_change *change, unsigned int from);

/*
 * Makes one report of the whole series. It has the changes from the base to the last state, and
 * the changes that a later patch undoes. If @all is set, it also has the unchanged problems. Fills
 * *@report, except the members that come from the command line. The data in *@report belongs to
 * @series and to the result. Free with series_notes_free().
 */
struct series_notes *series_notes_new(const struct series *series, bool all,
				      struct check_report *report);
void series_notes_free(struct series_notes *notes);

/* Prints the changes of each patch. If @all is set, first prints the problems of the base. */
void series_print_text(const struct series *series, bool all);

#endif
