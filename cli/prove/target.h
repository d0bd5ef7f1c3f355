/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Selects the findings of a database that an experiment is about. The commands "prove", "confirm"
 * and "trace-filter" use it.
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
 * Opens the database that @common names, and judges it. @command: the name of the command, for
 * warnings. Returns false on error. Call targets_close() after success and after an error.
 */
bool targets_open(struct targets *targets, const struct common_options *common, const char *command,
		  GError **error);
void targets_close(struct targets *targets);

/*
 * Returns the findings (struct finding *, owned by @targets) that the positional arguments @names
 * select; @names ends with NULL:
 * - nothing: the findings that "initlint check" shows,
 * - fingerprints, or the first eight or more digits of them,
 * - two names of initcalls, a consumer and a provider: all findings of the two. If there are none,
 *   makes a finding without a call chain, with VERDICT_MOOT.
 * Returns NULL with INITLINT_ERROR_USAGE if an argument selects nothing. Free with
 * g_ptr_array_unref().
 */
GPtrArray *targets_select(struct targets *targets, char *const *names, GError **error);

/*
 * Returns the initcall in whose place @side runs: for a function of a framework, the initcall that
 * calls it. Returns NULL if there is none.
 */
const struct initcall *targets_initcall(const struct targets *targets,
					const struct finding_side *side);

/*
 * Returns the functions of finding->chain, for trace_follow(), and sets *@n to their number. A
 * function is visible if @is_traced says so, and if another file than that of its caller defines it:
 * the compiler inlines functions within a file. The strings belong to @finding. Free with g_free().
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
