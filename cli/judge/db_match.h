/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Checks whether a database belongs to the tree and the build directory that the user named,
 * and whether the database is complete.
 */
#ifndef INITLINT_CLI_JUDGE_DB_MATCH_H
#define INITLINT_CLI_JUDGE_DB_MATCH_H

#include <stdbool.h>

#include "cli/base/command.h"
#include "db/query/query.h"

/*
 * Compares the database of @query with the tree (-k), the build directory (-o) and the architecture
 * (--arch) that the user named. If the architecture differs, prints an error message of @command
 * and returns false. If the configuration, the kernel version or the commit differs, only prints a
 * warning.
 */
bool db_matches(struct query *query, const struct common_options *common, const char *command);
/* Like db_matches(), but compares only the architecture. */
bool db_is_of_arch(struct query *query, const struct common_options *common, const char *command);

/*
 * If the analysis in the database is partial, prints one warning of @command for each reason. Sets
 * *@objects_missing to true if the Makefiles were not fully evaluated, else to false. If
 * *@objects_missing is true, any object may be missing. @objects_missing may be NULL. Returns false
 * if the database cannot be read.
 */
bool db_warn_partial(struct query *query, const char *command, bool *objects_missing,
		     GError **error);

/*
 * Returns an array with the reasons that db_warn_partial() prints. The array ends with NULL. The
 * array is empty if the analysis is whole. Free with g_strfreev(). Sets *@objects_missing like
 * db_warn_partial(). Returns NULL if the database cannot be read.
 */
char **db_partial_reasons(struct query *query, bool *objects_missing, GError **error);
/*
 * Returns the default name of the configuration of the database. This name is the first digits of a
 * hash of the .config. Free with g_free(). Returns NULL if the database has no hash of the .config.
 */
char *db_configuration(struct query *query);

#endif
