/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * One run of the command "initlint series". series_read.c reads the patches and checks that the
 * patches apply. series_open.c prepares the scratch tree. series_kconfig.c computes the .config of
 * each state. series_run.c indexes and judges the state after each patch. series_text.c and
 * series_report.c print the result.
 *
 * State: the kernel before the first patch, or the kernel after one of the patches. Base: the state
 * before the first patch. Scratch tree: a temporary directory that looks like the kernel tree in
 * the current state. The unchanged files and directories of the scratch tree are symbolic links
 * into the user's tree. Undecidable symbol: a Kconfig symbol. initlint cannot compute the new value
 * of this symbol in the .config.
 */
#ifndef INITLINT_CLI_SERIES_SERIES_H
#define INITLINT_CLI_SERIES_SERIES_H

#include <stdbool.h>
#include <glib.h>

#include "analyzer/base/work_dir.h"
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
	char *db;	       /* path of the database */
	struct judged *judged; /* NULL: not judged, or the patch has changed nothing */
	GError *error;	       /* why judging failed; NULL: no error */
	struct series *series;
	gint is_done; /* 1: judging has ended, perhaps with an error; atomic */
	/* number of users of @db: the judging thread and the next state; atomic */
	gint n_users;
};

struct series_patch {
	unsigned int number; /* number of this patch in the series, from 1 */
	char *subject;
	char *origin; /* file or commit of the patch, for messages */
	struct patch *patch;
	GPtrArray *warnings; /* char * */
	bool matters;	     /* true: the patch changes files that may affect the build */
	/* true: the patch changed facts, so @state has a new database and is judged */
	bool is_read;
	unsigned int n_read;		/* number of sources that were read again */
	struct kconfig_change *kconfig; /* NULL: the patch touches no Kconfig file */
	/*
	 * The sum of two numbers. The first number is kconfig->n_undecidable. The second number is
	 * the increase in the number of unreadable Kconfig files: the number after the patch minus
	 * the number before the patch, but at least 0.
	 */
	unsigned int n_undecidable;
	struct series_state state;   /* the state after the patch */
	const struct judged *before; /* the state before the patch */
	/* the state after the patch; equal to @before if nothing has changed */
	const struct judged *after;
	GArray *changes; /* struct finding_change: from @before to @after */
	GArray *moves;	 /* struct order_change: from @before to @after */
	/*
	 * const char *: the strings of after->unread that are not in before->unread. Each string is
	 * "FILE: REASON". In the state after the patch, FILE was not read whole. Strings that
	 * differ only in numbers count as equal.
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
	/* the process that indexes; series_run() starts it before it starts threads */
	struct index_process *indexer;
	bool owns_indexer;

	struct work_dir *directory; /* the temporary files */
	/*
	 * A directory in /dev/shm, a file system in memory. This directory contains @tree,
	 * which consists mostly of symbolic links. NULL: there is no directory in /dev/shm, and
	 * @directory contains @tree.
	 */
	struct work_dir *links;
	char *tree; /* path of the scratch tree */
	/* temporary .config of the current state; NULL: use the .config of the build directory */
	char *config;
	/* Kconfig files of the current state; NULL: not read yet */
	struct kconfig_tree *kconfig;
	struct scratch *scratch;
	/* the build directory with another autoconf.h; NULL: the user's build directory is right */
	struct scratch *build;
	/*
	 * char *: files that differ between the user's tree and the base. Only --git can make the
	 * base differ from the user's tree: the base is then the commit before the patches.
	 */
	GPtrArray *base_changes;
	struct patch_target target;
	GPtrArray *patches;  /* struct series_patch * */
	struct query *query; /* the database of the user's tree; owned */
	struct series_state base;
	struct series_state *newest; /* the last state that was indexed */
	/* for the first @n_compared patches, patch->before and patch->after have been compared */
	guint n_compared;
	const struct judged *last; /* the last state that was compared */
	/* struct finding_change: changes from the base to the last state; NULL: no patch matters */
	GArray *net;
};

/* What the user asks for. The strings and @check must live as long as the struct. */
struct series_request {
	const struct check_options *check;
	const char *git; /* commits "A..B" of the tree's repository; NULL: @files */
	char *const *files;
	unsigned int jobs;
	unsigned int timeout_s;
	unsigned int max_fuzz;
	bool every_patch; /* also fail on findings that a later patch resolves */
	/*
	 * The process that indexes; NULL: series_run() starts one, so the program must have only one
	 * thread then. Belongs to the caller.
	 */
	struct index_process *indexer;
};

/*
 * Reads, applies and judges the patches of @request on the database @common->db. Returns NULL on
 * error. @request and @common must live as long as the result. Free with series_free().
 */
struct series *series_judge(const struct series_request *request,
			    const struct common_options *common, GError **error);
/*
 * Returns a report as @request wants it, still without findings. @tree: the kernel tree, as the user
 * wrote its path. @rules: struct rule *, or NULL.
 */
struct check_report series_empty_report(const struct series_request *request, const char *tree,
					const GPtrArray *rules);
/* Prints the report of @series, as @request says. Returns an enum exit_status. */
int series_report(const struct series *series, const struct series_request *request);
/*
 * Judges the patches of @request in each configuration of the matrix file at @path, and prints one
 * report. Prepares and indexes the configurations that are not done. Returns an enum exit_status.
 */
int series_matrix(const char *path, const struct series_request *request,
		  const struct common_options *common);

/* Makes the temporary directories. Returns NULL on error. Free with series_free(). */
struct series *series_new(const struct common_options *common, GError **error);
/* Frees @series and removes all temporary files. @series may be NULL. */
void series_free(struct series *series);

/*
 * series_read_files() and series_read_git() read patches and append these patches to
 * series->patches. Both functions return false with INITLINT_ERROR_INPUT if the patches cannot be
 * read or parsed.
 * series_read_files() reads mailboxes. @files: an array of the paths of the mailboxes; ends with
 * NULL.
 * series_read_git() reads commits from the git repository of the kernel tree. @range: the commits
 * in the syntax of git, for example "A..B".
 */
bool series_read_files(struct series *series, char *const *files, GError **error);
bool series_read_git(struct series *series, const char *range, GError **error);
/*
 * Applies all patches one after the other, to check that each patch applies. Then resets the
 * scratch tree to the base. Returns false if a patch does not apply.
 */
bool series_apply_all(struct series *series, GError **error);
/*
 * Applies @patch to the scratch tree. Removes the old warnings from patch->warnings, and adds the
 * warnings of this call. Returns false if @patch does not apply.
 */
bool series_apply(struct series *series, struct series_patch *patch, GError **error);

/*
 * Call series_kconfig_before() before series_apply(), and series_kconfig_after() after
 * series_apply(). Both functions do nothing if @patch touches no Kconfig file. Both functions
 * return false on error.
 *
 * series_kconfig_before() loads the Kconfig files of the state before @patch.
 *
 * series_kconfig_after() computes the .config of the state after @patch. If a value changes, writes
 * a new .config and sets series->config to the path of the new .config. If a symbol is undecidable,
 * keeps the old value of the symbol and adds a warning to patch->warnings.
 */
bool series_kconfig_before(struct series *series, const struct series_patch *patch, GError **error);
bool series_kconfig_after(struct series *series, struct series_patch *patch, GError **error);

/*
 * Changes autoconf.h of the build directory as @change says. The user's build directory stays as it
 * is. Returns false on error.
 */
bool series_build_change(struct series *series, const struct kconfig_change *change,
			 GError **error);
/*
 * Returns the build directory for @tree, the tree of the current state. If the user builds inside the
 * tree, this is @tree. Returns NULL on error. Free with g_free().
 */
char *series_build_directory(struct series *series, const char *tree, GError **error);

/*
 * Most directories of the scratch tree are symbolic links into the user's tree. Some directories
 * must be real directories; series_open.c explains the reason. series_open_includers() replaces
 * the links of these directories by real directories. Call series_open_includers() before the first
 * call of scratch_tree(). Returns false on error.
 */
bool series_open_includers(struct series *series, GError **error);

/*
 * Indexes and judges all states. Compares the states before and after each patch, and sets
 * series->net. Does nothing if no patch has @matters set. Returns false on error.
 */
bool series_run(struct series *series, GError **error);

/*
 * True if the result of the series is incomplete. The result is incomplete if one of these
 * conditions is true after one of the patches:
 * - Objects may be missing from the database, because the Makefiles were not fully evaluated.
 * - A file is not read whole, and the state before the patch did not have this problem.
 * - A symbol is undecidable.
 * - More Kconfig files are unreadable than before the patch.
 */
bool series_is_partial(const struct series *series);
/*
 * @change: patch number @from added the finding change->after, or made it worse. Returns the first
 * patch after patch number @from that resolves or improves this finding. Returns NULL if there is
 * no such patch.
 */
const struct series_patch *series_end_of(const struct series *series,
					 const struct finding_change *change, unsigned int from);

/*
 * Makes one report of the whole series. The report has the changes from the base to the last state,
 * and the changes that a later patch undoes. If @all is true, the report also has the unchanged
 * problems. Fills the members of *@report that do not come from the command line; these members
 * point to data of @series and of the result. Free the result with series_notes_free().
 */
struct series_notes *series_notes_new(const struct series *series, bool all,
				      struct check_report *report);
/* @notes may be NULL. */
void series_notes_free(struct series_notes *notes);

/*
 * Prints the changes of each patch. If @all is true, first prints the problems of the base. A
 * problem is a finding with the verdict broken or fragile.
 */
void series_print_text(const struct series *series, bool all);

#endif
