/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Rules, models and the whole-program analysis, as check and why need them.
 */
#ifndef INITLINT_CLI_JUDGE_ANALYSIS_H
#define INITLINT_CLI_JUDGE_ANALYSIS_H

#include "rules/engine/infer/infer.h"

struct analysis {
	struct rule_input input;
	GPtrArray *models; /* struct model * */
	struct facts *facts;
	GArray *initcalls; /* struct initcall: input.initcalls, those of frameworks among them */
	struct inference *inference;
};

/*
 * Rules from @paths; NULL: from $INITLINT_RULES, else those of the source tree that
 * initlint was built from, else the installed ones. struct rule *.
 */
GPtrArray *analysis_rules(char *const *paths, GError **error);
/* Models from @paths; NULL: those beside the rules. struct model *. */
GPtrArray *analysis_models(char *const *paths, GError **error);
/*
 * Analyses the whole program. @models: files or directories; NULL: those beside the rules.
 * @query must live longer. Warns of what the analysis could not see, as @command; NULL: does
 * not.
 */
bool analysis_open(struct analysis *analysis, struct query *query, char *const *models,
		   enum confidence least, const char *command, GError **error);
/*
 * Only what declared rules need: the initcalls, those of frameworks among them. Which models
 * are read, and what must live longer, is as above.
 */
bool analysis_open_declared(struct analysis *analysis, struct query *query, char *const *models,
			    GError **error);
void analysis_clear(struct analysis *analysis);

#endif
