/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Several configurations of one tree, judged and merged. Each row of the matrix has a build
 * directory and a database of its own below one directory, and these are used again.
 */
#ifndef INITLINT_CLI_MATRIX_MATRIX_H
#define INITLINT_CLI_MATRIX_MATRIX_H

#include "cli/report/check_option.h"
#include "cli/base/command.h"

/*
 * Prepares and indexes every row of the matrix at @path, as "initlint prepare" and "initlint
 * index" do, in @common->build, and reports what holds in which. A row that fails is
 * told of and does not keep the others from being judged. An enum exit status.
 */
int matrix_check(const char *path, const struct check_options *options,
		 const struct common_options *common);

#endif
