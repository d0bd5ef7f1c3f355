/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The parts of matrix.h: matrix_row.c prepares and indexes one row. matrix_pool.c does so for several
 * rows at a time. matrix_merge.c merges the findings of all rows into one report.
 */
#ifndef INITLINT_CLI_MATRIX_MATRIX_INTERNAL_H
#define INITLINT_CLI_MATRIX_MATRIX_INTERNAL_H

#include "analyzer/index/index_process.h"
#include "cli/judge/judged.h"
#include "cli/matrix/matrix.h"
#include "rules/engine/finding/matrix.h"

struct row {
	GPtrArray *list; /* owns @row; the row has a reference to it */
	const struct matrix_row *row;
	char *build;
	char *db;
	struct judged *judged; /* NULL: the row failed, or is not judged yet */
	char *failure;	       /* a line that says why the row failed; NULL: it did not fail */
};

/* Whether a row has been read. */
enum row_state {
	ROW_DONE,
	ROW_FAILED,  /* the last attempt has failed */
	ROW_MISSING, /* there was no attempt with these settings, or it did not end */
};

/*
 * Returns the row number @index of @list (struct matrix_row *), which is built below @build. Free with
 * row_free().
 */
struct row *row_new(GPtrArray *list, guint index, const char *build);
void row_free(gpointer data);
/* Returns the state of the last row_read(). If it is ROW_FAILED, sets @row->failure. */
enum row_state row_state(struct row *row);

/* What row_read() works with. */
struct row_reader {
	const char *tree;
	unsigned int jobs; /* processes of make, and workers that read sources */
	struct index_process *indexer;
	const volatile int *cancel; /* not 0: the user interrupts the run */
	/* Called with what is done now; @done and @total as in progress_update(). */
	void (*progress)(void *data, unsigned int done, unsigned int total, const char *what);
	void *progress_data;
};

/*
 * Prepares and indexes @row, and records the outcome for row_state(). A source that cannot be read is
 * no failure. On failure, sets @row->failure and returns false.
 */
bool row_read(struct row *row, const struct row_reader *reader);
/* Judges the database of @row. Returns false as row_read() does. */
bool row_judge(struct row *row, const struct judging *judging);

/*
 * Reads all @rows (struct row *), and judges them if @judging is not NULL. Reads several rows at a time
 * if the machine has the processors and the memory. @jobs: processes of all rows together; 0: one for
 * each processor. Returns false with INITLINT_ERROR_FAILED if the user interrupts it.
 */
bool rows_read(const GPtrArray *rows, const struct judging *judging,
	       const struct common_options *common, unsigned int jobs, GError **error);

/*
 * Warns about each of @rows (struct row *) that failed, and prints one report for all rows, after
 * row_judge(). @command: the name of the command, for warnings. Returns an enum exit_status.
 */
int rows_report(const GPtrArray *rows, const char *command, const struct judging *judging,
		const struct check_options *options, const struct common_options *common);

#endif
