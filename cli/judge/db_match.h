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
 * Compares the database of @query with the tree, the build directory and the architecture that the
 * user named (-k, -o, --arch). If the architecture differs, prints an error as @command and
 * returns false. If the configuration, the kernel version or the commit differs, only prints a
 * warning.
 */
bool db_matches(struct query *query, const struct common_options *common, const char *command);
/* Like db_matches(), but compares only the architecture. */
bool db_is_of_arch(struct query *query, const struct common_options *common, const char *command);

/*
 * If the analysis is partial, prints a warning as @command for each reason. Sets *@objects_missing
 * to true if the Makefiles were not fully evaluated, so that any object may be missing, else to
 * false. @objects_missing may be NULL. Returns false if the database cannot be read.
 */
bool db_warn_partial(struct query *query, const char *command, bool *objects_missing,
		     GError **error);

/*
 * Returns the reasons that db_warn_partial() prints. The array ends with NULL. It is empty if the
 * analysis is whole. Sets *@objects_missing like db_warn_partial(). Returns NULL if the database
 * cannot be read. Free with g_strfreev().
 */
char **db_partial_reasons(struct query *query, bool *objects_missing, GError **error);
/*
 * Returns the default name of the configuration: the first digits of a hash of the .config. Free
 * with g_free(). Returns NULL if the database has no hash.
 */
char *db_configuration(struct query *query);

#endif
