// SPDX-License-Identifier: GPL-2.0-only
#include "cli/judge/judged.h"

#include <string.h>

#include "cli/judge/analysis.h"
#include "cli/judge/check_notes.h"
#include "cli/judge/db_match.h"
#include "rules/engine/finding/order_change.h"
#include "rules/engine/verdict/verdict.h"

bool judging_load(struct judging *judging, const struct check_options *options, GError **error)
{
	*judging = (struct judging){
		.inferred = { .least = options->least,
			      .any_machine = options->any_machine,
			      .machine = options->devices },
		.declared = options->declared,
	};
	judging->rules = analysis_rules(options->rules, error);
	if (!judging->rules)
		return false;
	judging->models = analysis_models(options->models, error);
	if (!judging->models)
		return false;
	if (options->devices)
		machine_find_suppliers(options->devices, judging->models);
	if (options->baseline)
		judging->baseline = baseline_load(options->baseline, error);
	return !options->baseline || judging->baseline;
}

void judging_clear(struct judging *judging)
{
	g_clear_pointer(&judging->rules, g_ptr_array_unref);
	g_clear_pointer(&judging->models, g_ptr_array_unref);
	g_clear_pointer(&judging->baseline, baseline_free);
	g_clear_pointer(&judging->boards, g_ptr_array_unref);
}

static bool take_order(struct judged *judged, struct query *query, GError **error)
{
	unsigned int n;
	const struct initcall *initcalls = query_initcalls(query, &n, error);

	if (!initcalls)
		return false;
	for (unsigned int i = 0; i < n; i++) {
		struct ordered_initcall *copy = g_new(struct ordered_initcall, 1);

		*copy = (struct ordered_initcall){
			.function = g_strdup(initcalls[i].function),
			.file = g_strdup(initcalls[i].file),
			.level = initcalls[i].level,
			.line = initcalls[i].line,
			.position = initcalls[i].position,
		};
		g_ptr_array_add(judged->order, copy);
	}
	return true;
}

static bool take_coverage(struct judged *judged, struct query *query, GError **error)
{
	unsigned int n;
	const struct unit_problem *problems;

	judged->partial = db_partial_reasons(query, &judged->is_partial, error);
	if (!judged->partial)
		return false;
	judged->configuration = db_configuration(query);
	problems = query_problems(query, &n, error);
	for (unsigned int i = 0; problems && i < n; i++)
		g_ptr_array_add(judged->unread,
				g_strdup_printf("%s: %s", problems[i].source,
						problems[i].diagnostic ? problems[i].diagnostic
								       : "not read"));
	return problems != NULL;
}

static void take_findings(struct judged *judged, const struct judging *judging,
			  struct analysis *analysis)
{
	GPtrArray *findings = rules_judge(judging->rules, &analysis->input);

	if (!judging->declared) {
		inference_verdicts(analysis->inference, judged->state.verdicts);
		g_ptr_array_extend_and_steal(findings,
					     inference_findings(analysis->inference, true));
	}
	for (guint i = 0; i < findings->len; i++)
		verdicts_add(judged->state.verdicts, findings->pdata[i]);
	findings_sort(findings);
	judged->state.findings = findings;
}

static bool take_accepted(struct judged *judged, struct query *query, struct baseline *baseline,
			  GError **error)
{
	g_autoptr(check_notes) notes =
		check_notes_new(judged->state.findings, query, baseline, NULL, error);
	const struct report_note *list = notes ? check_notes_list(notes) : NULL;

	for (guint i = 0; list && i < judged->state.findings->len; i++) {
		const struct finding *finding = judged->state.findings->pdata[i];

		if (list[i].accepted)
			g_hash_table_insert(judged->accepted, g_strdup(finding->fingerprint),
					    g_strdup(list[i].accepted));
	}
	return notes != NULL;
}

struct judged *judged_new(const char *db, const struct judging *judging, GError **error)
{
	g_autoptr(judged) judged = g_new0(struct judged, 1);
	g_autoptr(query) query = query_open(db, error);
	struct analysis analysis = { 0 };
	bool done;

	judged->state.verdicts = verdicts_new();
	judged->accepted = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	judged->order = g_ptr_array_new_with_free_func((GDestroyNotify)ordered_initcall_free);
	judged->unread = g_ptr_array_new_with_free_func(g_free);
	if (!query)
		return NULL;
	done = take_order(judged, query, error) && take_coverage(judged, query, error) &&
	       analysis_open(&analysis, query, judging->models, &judging->inferred, NULL, error);
	if (done) {
		take_findings(judged, judging, &analysis);
		judged->arch = g_strdup(analysis.input.arch);
		judged->version = g_strdup(analysis.input.version);
		done = take_accepted(judged, query, judging->baseline, error);
	}
	analysis_clear(&analysis);
	return done ? g_steal_pointer(&judged) : NULL;
}

void judged_free(struct judged *judged)
{
	if (!judged)
		return;
	if (judged->state.findings)
		g_ptr_array_unref((GPtrArray *)judged->state.findings);
	g_hash_table_unref(judged->state.verdicts);
	g_hash_table_unref(judged->accepted);
	g_ptr_array_unref(judged->order);
	g_ptr_array_unref(judged->unread);
	g_strfreev(judged->partial);
	g_free(judged->configuration);
	g_free(judged->arch);
	g_free(judged->version);
	g_free(judged);
}
