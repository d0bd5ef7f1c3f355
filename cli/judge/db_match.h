/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Checks whether a database belongs to the tree and the build directory that the user named, and
 * whether the database is complete. In all functions, @command is the name of the command, for
 * messages.
 */
#ifndef INITLINT_CLI_JUDGE_DB_MATCH_H
#define INITLINT_CLI_JUDGE_DB_MATCH_H

#include <stdbool.h>

#include "cli/base/command.h"
#include "db/query/query.h"

/*
 * Compares the database of @query with the tree (-k), the build directory (-o) and the architecture
 * (--arch) that the user named. If the architecture differs, prints an error message and returns
 * false. If the configuration, the kernel version or the commit differs, prints a warning and
 * returns true.
 */
bool db_matches(struct query *query, const struct common_options *common, const char *command);
/* Like db_matches(), but compares only the architecture. */
bool db_is_of_arch(struct query *query, const struct common_options *common, const char *command);

/*
 * The analysis in a database is partial if a source was not read whole or a Makefile was not fully
 * evaluated. Prints one warning for each reason. Returns false if the database cannot be read.
 * @objects_missing: may be NULL. *@objects_missing is set to true if the Makefiles were not fully
 * evaluated, else to false. True means that any object of the kernel may be missing from the
 * database.
 */
bool db_warn_partial(struct query *query, const char *command, bool *objects_missing,
		     GError **error);

/*
 * Returns an array with the reasons that db_warn_partial() prints. The array ends with NULL. The
 * array is empty if the analysis is not partial. Free with g_strfreev(). Sets *@objects_missing as
 * db_warn_partial() does. Returns NULL if the database cannot be read.
 */
char **db_partial_reasons(struct query *query, bool *objects_missing, GError **error);
/*
 * Returns the default name of the configuration of the database. This name is the first digits of a
 * hash of the .config. Free with g_free(). Returns NULL if the database has no hash of the .config.
 */
char *db_configuration(struct query *query);

#endif
