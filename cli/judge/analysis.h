/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Loads rules and models, and runs the analysis of the whole program.
 */
#ifndef INITLINT_CLI_JUDGE_ANALYSIS_H
#define INITLINT_CLI_JUDGE_ANALYSIS_H

#include "rules/engine/infer/infer.h"

struct analysis {
	struct rule_input input;
	GPtrArray *models; /* struct model *; a reference */
	struct facts *facts;
	GArray *initcalls; /* struct initcall; input.initcalls plus the frameworks' initcalls */
	struct inference *inference;
};

/*
 * Loads the rules of @paths, which are files or directories. If @paths is NULL, loads the
 * default rules: the directory $INITLINT_RULES if that variable is set, else the rules of the
 * source tree that initlint was built from, else the installed rules. Returns an array of
 * struct rule *, to be freed with g_ptr_array_unref(); NULL on error.
 */
GPtrArray *analysis_rules(char *const *paths, GError **error);
/*
 * Loads the models of @paths, which are files or directories. If @paths is NULL, loads the
 * directory "models" of the default rules. Returns an array of struct model *, to be freed
 * with g_ptr_array_unref(); NULL on error.
 */
GPtrArray *analysis_models(char *const *paths, GError **error);
/*
 * Analyses the whole program of @query, which must outlive @analysis, with @models
 * (struct model *), of which @analysis keeps a reference. Finds dependencies of at least the confidence @least. If @command is
 * not NULL, warns under that name about the limits of the analysis. Returns false on error.
 * The caller calls analysis_clear() in either case.
 */
bool analysis_open(struct analysis *analysis, struct query *query, GPtrArray *models,
		   enum confidence least, const char *command, GError **error);
/*
 * Like analysis_open(), but loads only the initcalls, including those of frameworks.
 * analysis->inference stays NULL. This is enough for declared rules without "anywhere".
 */
bool analysis_open_declared(struct analysis *analysis, struct query *query, GPtrArray *models,
			    GError **error);
/* Frees the members of @analysis, but not @analysis. */
void analysis_clear(struct analysis *analysis);

#endif
