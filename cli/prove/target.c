// SPDX-License-Identifier: GPL-2.0-only
#include "cli/prove/target.h"

#include <string.h>

#include "cli/judge/db_match.h"
#include "db/error.h"
#include "db/store/store.h"
#include "rules/engine/verdict/verdict.h"

#define MIN_DIGITS 8 /* the least number of digits of an abbreviated fingerprint */

static bool open_query(struct targets *targets, const struct common_options *common,
		       const char *command, GError **error)
{
	targets->query = query_open(common->db, error);
	if (!targets->query)
		return false;
	if (db_matches(targets->query, common, command))
		return true;
	g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_USAGE,
		    "%s: is not the database of this tree and build directory", common->db);
	return false;
}

bool targets_open(struct targets *targets, const struct common_options *common, const char *command,
		  GError **error)
{
	static const struct inference_options options = { .least = CONFIDENCE_LOW };
	g_autoptr(GPtrArray) models = NULL;

	*targets = (struct targets){ 0 };
	if (!open_query(targets, common, command, error))
		return false;
	targets->rules = analysis_rules(NULL, error);
	models = targets->rules ? analysis_models(NULL, error) : NULL;
	if (!models ||
	    !analysis_open(&targets->analysis, targets->query, models, &options, NULL, error))
		return false;
	targets->findings = rules_judge(targets->rules, &targets->analysis.input);
	g_ptr_array_extend_and_steal(targets->findings,
				     inference_findings(targets->analysis.inference, true));
	findings_sort(targets->findings);
	return analysis_add_experiments(targets->findings, targets->query, error);
}

void targets_close(struct targets *targets)
{
	g_clear_pointer(&targets->findings, g_ptr_array_unref);
	analysis_clear(&targets->analysis);
	g_clear_pointer(&targets->rules, g_ptr_array_unref);
	g_clear_pointer(&targets->query, query_free);
}

/* True if "initlint check" shows @finding by default. */
static bool is_shown(const struct finding *finding)
{
	return finding->verdict <= VERDICT_SKIPPED && !finding->is_conditional &&
	       finding->confidence >= CONFIDENCE_MEDIUM;
}

static bool has_pair(const struct finding *finding, const char *consumer, const char *provider)
{
	return g_strcmp0(finding->consumer.function, consumer) == 0 &&
	       g_strcmp0(finding->provider.function, provider) == 0;
}

static bool is_fingerprint(const char *name)
{
	gsize n = strspn(name, "0123456789abcdef");

	return n >= MIN_DIGITS && !name[n];
}

static bool is_selected(const struct finding *finding, char *const *names)
{
	if (!names[0])
		return is_shown(finding);
	if (!is_fingerprint(names[0]))
		return has_pair(finding, names[0], names[1]);
	for (; *names; names++)
		if (g_str_has_prefix(finding->fingerprint, *names))
			return true;
	return false;
}

/*
 * @names: fingerprints, or their first digits. Fails if one of @names does not fit any finding in
 * @selected.
 */
static bool check_fingerprints(const GPtrArray *selected, char *const *names, GError **error)
{
	for (; *names; names++) {
		bool found = false;

		for (guint i = 0; i < selected->len && !found; i++) {
			const struct finding *finding = selected->pdata[i];

			found = g_str_has_prefix(finding->fingerprint, *names);
		}
		if (found)
			continue;
		g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_USAGE,
			    "%s: no finding with this fingerprint; \"initlint check --all "
			    "--format=json\" lists the findings",
			    *names);
		return false;
	}
	return true;
}

/* Returns the first initcall with the name @function. Fails if there is none. */
static const struct initcall *find_initcall(const struct targets *targets, const char *function,
					    GError **error)
{
	const struct rule_input *input = &targets->analysis.input;

	for (unsigned int i = 0; i < input->n_initcalls; i++)
		if (strcmp(input->initcalls[i].function, function) == 0)
			return &input->initcalls[i];
	g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_USAGE,
		    "%s: no initcall has this name; \"initlint order\" lists the initcalls",
		    function);
	return NULL;
}

/*
 * Makes a finding with the consumer @names[0] and the provider @names[1]. Adds the finding to
 * @targets->findings, which owns the finding, and to @selected. Call add_pair() if no finding has
 * this consumer and this provider. Fails if one of @names is not an initcall.
 */
static bool add_pair(struct targets *targets, GPtrArray *selected, char *const *names,
		     GError **error)
{
	const struct initcall *consumer = find_initcall(targets, names[0], error);
	const struct initcall *provider = consumer ? find_initcall(targets, names[1], error) : NULL;
	struct finding *finding;

	if (!provider)
		return false;
	finding = finding_new("prove", NULL);
	finding->verdict = VERDICT_MOOT;
	finding_set_side(&finding->consumer, consumer);
	finding_set_side(&finding->provider, provider);
	finding->message =
		g_strdup_printf("%s and %s: no finding is about these two", names[0], names[1]);
	finding_seal(finding);
	g_ptr_array_add(targets->findings, finding);
	g_ptr_array_add(selected, finding);
	return true;
}

GPtrArray *targets_select(struct targets *targets, char *const *names, GError **error)
{
	g_autoptr(GPtrArray) selected = g_ptr_array_new();
	bool pair = names[0] && !is_fingerprint(names[0]), ok;

	if (pair && (!names[1] || names[2])) {
		g_set_error_literal(
			error, INITLINT_ERROR, INITLINT_ERROR_USAGE,
			"command line: expected fingerprints, or the name of a consumer "
			"and the name of a provider");
		return NULL;
	}
	for (guint i = 0; i < targets->findings->len; i++)
		if (is_selected(targets->findings->pdata[i], names))
			g_ptr_array_add(selected, targets->findings->pdata[i]);
	if (pair)
		ok = selected->len || add_pair(targets, selected, names, error);
	else
		ok = check_fingerprints(selected, names, error);
	return ok ? g_steal_pointer(&selected) : NULL;
}

const struct initcall *targets_initcall(const struct targets *targets,
					const struct finding_side *side)
{
	const struct rule_input *input = &targets->analysis.input;

	for (unsigned int i = 0; side->level != LEVEL_NONE && i < input->n_initcalls; i++) {
		const struct initcall *initcall = &input->initcalls[i];

		if (strcmp(initcall->function, side->function) == 0 &&
		    g_strcmp0(initcall->file, side->file) == 0 && initcall->nth == side->nth)
			return initcall->within ? initcall->within : initcall;
	}
	return NULL;
}

struct trace_step *targets_chain(const struct finding *finding,
				 bool (*is_traced)(const void *data, const char *function),
				 const void *data, unsigned int *n)
{
	struct trace_step *steps = g_new0(struct trace_step, finding->chain->len + 1);
	const char *file = finding->consumer.file;

	*n = finding->chain->len;
	for (guint i = 0; i < *n; i++) {
		const struct finding_step *step = finding->chain->pdata[i];

		steps[i].function = step->function;
		steps[i].visible = is_traced(data, step->function) &&
				   g_strcmp0(step->file, file) != 0 &&
				   !g_str_has_suffix(step->file ? step->file : "", ".h");
		file = step->file;
	}
	return steps;
}

bool targets_store(const char *db, const struct experiment *experiments, unsigned int n,
		   GError **error)
{
	g_autoptr(store) store = n ? store_update(db, error) : NULL;

	for (unsigned int i = 0; store && i < n; i++)
		if (!store_set_experiment(store, &experiments[i], error))
			return false;
	return !n || (store && store_commit(store, error));
}
