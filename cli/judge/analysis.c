// SPDX-License-Identifier: GPL-2.0-only
#include "cli/judge/analysis.h"

#include "cli/base/command.h"
#include "db/error.h"
#include "rules/engine/context/frameworks.h"

/*
 * Returns the directory of the default rules: $INITLINT_RULES if this variable is set, else the
 * rules in initlint's source tree, else the installed rules. The source tree comes before the
 * installed rules: if the source tree exists, initlint was built on this machine, and the rules in
 * the source tree may be newer than the installed rules. Returns NULL with INITLINT_ERROR_USAGE if
 * there is no directory of rules. The string is not to be freed.
 */
static const char *default_directory(GError **error)
{
	static const char *const places[] = { INITLINT_RULES_DIRS, NULL };
	const char *named = g_getenv("INITLINT_RULES");
	g_autofree char *list = NULL;

	if (named && *named)
		return named;
	for (const char *const *place = places; *place; place++)
		if (g_file_test(*place, G_FILE_TEST_IS_DIR))
			return *place;
	list = g_strjoinv(" or ", (char **)places);
	g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_USAGE,
		    "no rules in %s; name some with --rules or $INITLINT_RULES", list);
	return NULL;
}

GPtrArray *analysis_rules(char *const *paths, GError **error)
{
	const char *directory;

	if (paths)
		return rules_load((const char *const *)paths, error);
	directory = default_directory(error);
	return directory ? rules_load((const char *const[]){ directory, NULL }, error) : NULL;
}

GPtrArray *analysis_models(char *const *paths, GError **error)
{
	g_autofree char *beside = NULL;
	const char *directory;

	if (paths)
		return models_load((const char *const *)paths, error);
	directory = default_directory(error);
	if (!directory)
		return NULL;
	beside = g_build_filename(directory, "models", NULL);
	return models_load((const char *const[]){ beside, NULL }, error);
}

static void warn_limits(const struct inference *inference, const char *command)
{
	const struct inference_coverage *c = inference_coverage(inference);

	if (command && c->unknown->len)
		command_warn(command,
			     "models: %u names are not in this kernel; `initlint models --check` "
			     "lists them",
			     c->unknown->len);

	if (command && (c->n_capped || c->n_unresolved))
		command_warn(command,
			     "%u calls through pointers: %u have too many candidates to be "
			     "followed, %u have no candidate",
			     c->n_indirect, c->n_capped, c->n_unresolved);
}

static bool open_input(struct analysis *analysis, struct query *query, GPtrArray *models,
		       GError **error)
{
	*analysis = (struct analysis){ .models = g_ptr_array_ref(models) };
	return rule_input_from_query(query, &analysis->input, error);
}

static bool open_facts(struct analysis *analysis, struct query *query, GError **error)
{
	analysis->facts = facts_load(query, error);
	if (!analysis->facts)
		return false;
	analysis->initcalls =
		frameworks_expand(analysis->facts, analysis->models, &analysis->input);
	analysis->input.initcalls = (const struct initcall *)analysis->initcalls->data;
	analysis->input.n_initcalls = analysis->initcalls->len;
	return true;
}

bool analysis_open(struct analysis *analysis, struct query *query, GPtrArray *models,
		   const struct inference_options *options, const char *command, GError **error)
{
	if (!open_input(analysis, query, models, error) || !open_facts(analysis, query, error))
		return false;
	analysis->inference =
		inference_new(analysis->facts, &analysis->input, analysis->models, options);
	inference_serve(analysis->inference, &analysis->input);
	warn_limits(analysis->inference, command);
	return true;
}

bool analysis_open_declared(struct analysis *analysis, struct query *query, GPtrArray *models,
			    GError **error)
{
	/*
	 * Loading all facts takes long. The facts are needed only if a framework of the kernel
	 * (such as LSM) runs functions that count as initcalls.
	 */
	return open_input(analysis, query, models, error) &&
	       (!frameworks_run(analysis->models, &analysis->input) ||
		open_facts(analysis, query, error));
}

bool analysis_add_experiments(GPtrArray *findings, struct query *query, GError **error)
{
	unsigned int n;
	const struct experiment *experiments = query_experiments(query, &n, error);

	if (experiments)
		findings_add_experiments(findings, experiments, n);
	return experiments != NULL;
}

void analysis_clear(struct analysis *analysis)
{
	g_clear_pointer(&analysis->inference, inference_free);
	g_clear_pointer(&analysis->initcalls, g_array_unref);
	g_clear_pointer(&analysis->facts, facts_free);
	g_clear_pointer(&analysis->models, g_ptr_array_unref);
}
