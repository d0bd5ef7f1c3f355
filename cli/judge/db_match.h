/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Whether a database is one of the tree and the build directory that the user named.
 */
#ifndef INITLINT_CLI_JUDGE_DB_MATCH_H
#define INITLINT_CLI_JUDGE_DB_MATCH_H

#include <stdbool.h>

#include "cli/base/command.h"
#include "db/query/query.h"

/*
 * Compares what was named explicitly (-k, -o, --arch). Another architecture is an error,
 * which has been printed when this returns false; another configuration, kernel version
 * or commit is a warning.
 */
bool db_matches(struct query *query, const struct common_options *common, const char *command);
/* Only the architecture, for who brings all else up to date. */
bool db_is_of_arch(struct query *query, const struct common_options *common, const char *command);

/*
 * "The analysis is partial: ..." on stderr if it is. Files that were not read whole matter
 * only to who looks at them; if the walk was partial any object can be missing: @objects
 * (may be NULL). False if the database cannot be read.
 */
bool db_warn_partial(struct query *query, const char *command, bool *objects, GError **error);

/*
 * What db_warn_partial() warns of, a sentence each, NULL-terminated; empty if the analysis is
 * whole. NULL if the database cannot be read. Free with g_strfreev().
 */
char **db_partial_reasons(struct query *query, bool *objects, GError **error);
/* What to call the configuration where nobody has named it: a hash of the .config. g_free(). */
char *db_configuration(struct query *query);

#endif
