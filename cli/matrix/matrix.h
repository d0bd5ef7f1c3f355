/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Judges several configurations of one tree and merges their findings. Each row of the matrix is
 * one configuration, with its own build directory and database. A later run uses the same build
 * directories and databases again.
 */
#ifndef INITLINT_CLI_MATRIX_MATRIX_H
#define INITLINT_CLI_MATRIX_MATRIX_H

#include "cli/report/check_option.h"
#include "cli/base/command.h"

/*
 * Prepares, indexes and judges every row of the matrix file at @path, each in a directory
 * below common->build. Prints one report that names the configurations of each finding. If a
 * row fails, warns about the row and judges the other rows. Returns an enum exit_status.
 */
int matrix_check(const char *path, const struct check_options *options,
		 const struct common_options *common);

#endif
