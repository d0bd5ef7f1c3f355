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
 * Compares @query with the options that the user gave (-k, -o, --arch). A different
 * architecture is an error: the function prints it as @command and returns false. A different
 * configuration, kernel version or commit is only a warning.
 */
bool db_matches(struct query *query, const struct common_options *common, const char *command);
/* Like db_matches(), but compares only the architecture. */
bool db_is_of_arch(struct query *query, const struct common_options *common, const char *command);

/*
 * Warns as @command, once for each reason, if the analysis is partial. Sets *@objects_missing,
 * which may be NULL, if the Makefiles were not fully evaluated, so that any object may be
 * missing. Returns false if the database cannot be read.
 */
bool db_warn_partial(struct query *query, const char *command, bool *objects_missing,
		     GError **error);

/*
 * Returns the reasons that db_warn_partial() prints, a NULL-terminated array. The array is
 * empty if the analysis is whole. Returns NULL if the database cannot be read. Free with
 * g_strfreev().
 */
char **db_partial_reasons(struct query *query, bool *objects_missing, GError **error);
/*
 * Returns the default name of the configuration, a hash of the .config, to be freed with
 * g_free(). Returns NULL if the database has no hash.
 */
char *db_configuration(struct query *query);

#endif
