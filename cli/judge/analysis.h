/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Loads rules and models, and runs the analysis of the whole program.
 *
 * Framework: kernel code that runs a list of functions from one initcall, such as the security
 * framework (LSM). The functions of the list count as initcalls too.
 *
 * Declared rule: a rule from a rule file. Inferred dependency: a dependency between initcalls that
 * initlint finds in the code without a rule file.
 */
#ifndef INITLINT_CLI_JUDGE_ANALYSIS_H
#define INITLINT_CLI_JUDGE_ANALYSIS_H

#include "rules/engine/infer/infer.h"

struct analysis {
	struct rule_input input;
	GPtrArray *models; /* struct model *; struct analysis holds a reference to the array */
	struct facts *facts;
	/*
	 * struct initcall: all initcalls, and the functions that frameworks run. @input.initcalls
	 * points into this array. If @facts were not loaded, this array is NULL.
	 */
	GArray *initcalls;
	/* the inferred dependencies; NULL after analysis_open_declared() */
	struct inference *inference;
};

/*
 * Loads rules. @paths: an array of files and directories that ends with NULL, or NULL to load the
 * default rules. If the environment variable INITLINT_RULES is set, the default rules are in the
 * directory $INITLINT_RULES. Otherwise, the default rules are in the source tree from which
 * initlint was built. If this source tree does not exist any more, the default rules are the
 * installed rules. Returns an array of struct rule *. Free with g_ptr_array_unref(). Returns NULL
 * on error.
 */
GPtrArray *analysis_rules(char *const *paths, GError **error);
/*
 * Loads models. @paths: an array of files and directories that ends with NULL, or NULL to load the
 * default models. The default models are in the subdirectory "models" of the directory with the
 * default rules. Returns an array of struct model *. Free with g_ptr_array_unref(). Returns NULL on
 * error.
 */
GPtrArray *analysis_models(char *const *paths, GError **error);
/*
 * Analyses the whole program in the database of @query, and fills @analysis with the result. @query
 * must outlive @analysis.
 * @models: an array of struct model *. @analysis holds a reference to @models.
 * @options: which dependencies are inferred.
 * @command: the name of the command, for warnings about the limits of the analysis. NULL: do not
 * warn.
 * Returns false on error. Call analysis_clear() after success and after an error.
 */
bool analysis_open(struct analysis *analysis, struct query *query, GPtrArray *models,
		   const struct inference_options *options, const char *command, GError **error);
/*
 * Like analysis_open(), but infers no dependencies. Loads only the initcalls and the functions that
 * frameworks run. This is enough to judge a declared rule without the key "anywhere". If a rule has
 * "anywhere", the consumer or the provider can be a function that is not an initcall. To judge a
 * rule with "anywhere", call analysis_open(), because the rule needs the call graph.
 */
bool analysis_open_declared(struct analysis *analysis, struct query *query, GPtrArray *models,
			    GError **error);
/*
 * Reads the experiments from the database of @query. Adds each experiment to the findings in
 * @findings (struct finding *) that have the same fingerprint. Returns false on error.
 */
bool analysis_add_experiments(GPtrArray *findings, struct query *query, GError **error);
/* Frees the members of @analysis, but not @analysis. */
void analysis_clear(struct analysis *analysis);

#endif
