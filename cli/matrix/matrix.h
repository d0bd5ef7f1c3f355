/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Judges several configurations of one kernel tree, and merges the findings of the configurations.
 * The configurations are the rows of a matrix file. Each row has its own build directory and its
 * own database. Later runs use the build directory and the database again.
 */
#ifndef INITLINT_CLI_MATRIX_MATRIX_H
#define INITLINT_CLI_MATRIX_MATRIX_H

#include "cli/report/check_option.h"
#include "cli/base/command.h"

/*
 * Prepares, indexes and judges every row of the matrix file at @path, several rows at a time if the
 * machine has the memory. Each row gets its own directory below common->build. Prints one report that
 * names the configurations of each finding. If a row fails, warns about the row and judges the other
 * rows. Returns an enum exit_status.
 */
int matrix_check(const char *path, const struct check_options *options,
		 const struct common_options *common);

/*
 * The same in steps, for several machines that share common->build:
 * matrix_plan() prints a line "NUMBER\tNAME\tSTATE" for each row, or only for rows that are not done if
 * @missing is true. matrix_run() prepares and indexes the row with the name or the number @name, with
 * @jobs processes (0: one for each processor).
 * matrix_merge() judges all rows that have been read, and prints the report. All return an enum
 * exit_status.
 */
int matrix_plan(const char *path, bool missing, const struct common_options *common);
int matrix_run(const char *path, const char *name, unsigned int jobs,
	       const struct common_options *common);
int matrix_merge(const char *path, const struct check_options *options,
		 const struct common_options *common);

/* A row with a build directory and a database, for the command "series". */
struct matrix_build {
	char *name;
	char *build;
	char *db;
	char *failure; /* a line that says why the row cannot be used; NULL: it can */
};

/*
 * Prepares and indexes the rows of the matrix file at @path that are not done, with @jobs processes (0:
 * one for each processor). Starts threads. Returns all rows, as
 * struct matrix_build *, in the order of the file. Returns NULL on error. Free with
 * g_ptr_array_unref().
 */
GPtrArray *matrix_builds(const char *path, const struct common_options *common, unsigned int jobs,
			 GError **error);

#endif
