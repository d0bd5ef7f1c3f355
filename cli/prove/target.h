/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Selects the findings that the user wants to check with a boot, for the commands "prove",
 * "confirm" and "trace-filter".
 */
#ifndef INITLINT_CLI_PROVE_TARGET_H
#define INITLINT_CLI_PROVE_TARGET_H

#include <stdbool.h>
#include <glib.h>

#include "cli/base/command.h"
#include "cli/judge/analysis.h"
#include "db/query/query.h"
#include "rules/engine/finding/finding.h"
#include "rules/engine/proof/trace.h"

struct targets {
	struct query *query;
	GPtrArray *rules;
	struct analysis analysis;
	/*
	 * struct finding *: all findings of declared rules and all inferred findings, also those of
	 * low confidence and those that need a device
	 */
	GPtrArray *findings;
};

/*
 * Opens the database that @common names, and computes the findings. @command: the name of the
 * command, for warnings. Returns false on error. Call targets_close() after success and after an
 * error.
 */
bool targets_open(struct targets *targets, const struct common_options *common, const char *command,
		  GError **error);
void targets_close(struct targets *targets);

/*
 * Returns the findings (struct finding *, owned by @targets) that the positional arguments @names
 * select; @names ends with NULL:
 * - nothing: the findings that "initlint check" shows,
 * - fingerprints, or the first eight or more digits of them,
 * - the name of a consumer and the name of a provider: all findings with this consumer and this
 *   provider. If there are none, targets_select() makes a finding without a call chain, with
 *   VERDICT_MOOT. Then both names must be names of initcalls.
 * Returns NULL with INITLINT_ERROR_USAGE if an argument selects nothing. Free with
 * g_ptr_array_unref().
 */
GPtrArray *targets_select(struct targets *targets, char *const *names, GError **error);

/*
 * Returns the initcall that is @side. If @side is a function that a framework runs, returns the
 * initcall that calls this function. Returns NULL if @side is not an initcall.
 */
const struct initcall *targets_initcall(const struct targets *targets,
					const struct finding_side *side);

/*
 * Returns the functions of finding->chain, for trace_follow(). Sets *@n to the number of functions.
 * trace_step.visible is true for a function if @is_traced(@data, function) is true and the compiler
 * is unlikely to have inlined the function. The compiler may inline a function of a header, or a
 * function that is defined in the same file as the caller. The strings belong to @finding. Free the
 * array with g_free().
 */
struct trace_step *targets_chain(const struct finding *finding,
				 bool (*is_traced)(const void *data, const char *function),
				 const void *data, unsigned int *n);

/*
 * Stores @n experiments in the database at @db. A query that has this database open still reads the
 * old content.
 */
bool targets_store(const char *db, const struct experiment *experiments, unsigned int n,
		   GError **error);

#endif
