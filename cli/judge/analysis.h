/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Loads rules and models, and runs the analysis of the whole program.
 *
 * Framework: kernel code that runs functions of a list from one initcall, such as the security
 * framework (LSM). These functions count as initcalls too.
 */
#ifndef INITLINT_CLI_JUDGE_ANALYSIS_H
#define INITLINT_CLI_JUDGE_ANALYSIS_H

#include "rules/engine/infer/infer.h"

struct analysis {
	struct rule_input input;
	GPtrArray *models; /* struct model *; analysis holds a reference */
	struct facts *facts;
	/*
	 * struct initcall, with the initcalls of frameworks; input.initcalls points into this
	 * array. NULL: the facts were not loaded.
	 */
	GArray *initcalls;
	/* NULL after analysis_open_declared() */
	struct inference *inference;
};

/*
 * Loads the rules of @paths, which are files or directories. If @paths is NULL, loads the default
 * rules. The directory of the default rules is $INITLINT_RULES if that variable is set. Otherwise,
 * it is in the source tree from which initlint was built, if that tree still exists. Otherwise, it
 * is the directory of the installed rules. Returns an array of struct rule *, to be freed with
 * g_ptr_array_unref(). Returns NULL on error.
 */
GPtrArray *analysis_rules(char *const *paths, GError **error);
/*
 * Loads the models of @paths, which are files or directories. If @paths is NULL, loads the
 * directory "models" in the directory of the default rules. Returns an array of struct model *, to
 * be freed with g_ptr_array_unref(). Returns NULL on error.
 */
GPtrArray *analysis_models(char *const *paths, GError **error);
/*
 * Fills @analysis: analyses the whole program in the database of @query. @query must outlive
 * @analysis.
 * @models: struct model *. @analysis takes a reference.
 * @least: dependencies with a lower confidence are ignored.
 * @command: the command whose name begins the warnings about the limits of the analysis; NULL: do
 * not warn.
 * Returns false on error. Call analysis_clear() after success and after an error.
 */
bool analysis_open(struct analysis *analysis, struct query *query, GPtrArray *models,
		   enum confidence least, const char *command, GError **error);
/*
 * Like analysis_open(), but loads only the initcalls, with the initcalls of frameworks, and infers
 * nothing. This is enough for declared rules that do not use "anywhere".
 */
bool analysis_open_declared(struct analysis *analysis, struct query *query, GPtrArray *models,
			    GError **error);
/* Frees the members of @analysis, but not @analysis. */
void analysis_clear(struct analysis *analysis);

#endif
