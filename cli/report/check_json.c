// SPDX-License-Identifier: GPL-2.0-only
/*
 * Prints findings as one JSON object. Scripts rely on the names of the members of this object.
 * docs/schema/ describes the members.
 */
#include "cli/report/check_format.h"
#include "cli/base/json.h"

static void add_side(JsonBuilder *builder, const char *name, const struct finding_side *side)
{
	bool known = side->level != LEVEL_NONE;

	json_begin_object(builder, name);
	json_add_string(builder, "function", side->function);
	json_add_string(builder, "file", side->file);
	if (known) {
		json_add_int(builder, "line", side->line);
		json_add_string(builder, "level", initcall_level_name(side->level));
		json_add_int(builder, "position", side->position);
	} else {
		json_add_string(builder, "line", NULL);
		json_add_string(builder, "level", NULL);
		json_add_string(builder, "position", NULL);
	}
	json_add_string(builder, "object", side->object);
	if (side->within)
		json_add_string(builder, "within", side->within);
	json_builder_end_object(builder);
}

static void add_chain(JsonBuilder *builder, const char *name, const GPtrArray *chain)
{
	json_begin_array(builder, name);
	for (unsigned int i = 0; chain && i < chain->len; i++) {
		const struct finding_step *step = chain->pdata[i];

		json_builder_begin_object(builder);
		json_add_string(builder, "function", step->function);
		json_add_string(builder, "file", step->file);
		json_add_int(builder, "line", step->line);
		json_builder_end_object(builder);
	}
	json_builder_end_array(builder);
}

static void add_link(JsonBuilder *builder, const struct finding_link *link)
{
	if (!link->makefile)
		return;
	json_builder_begin_object(builder);
	json_add_string(builder, "file", link->makefile);
	json_add_int(builder, "line", link->line);
	json_add_string(builder, "item", link->item);
	json_builder_end_object(builder);
}

static void add_patch(JsonBuilder *builder, const struct report_note *note)
{
	if (note->patch) {
		json_begin_object(builder, "patch");
		json_add_int(builder, "number", note->patch);
		json_add_string(builder, "subject", note->subject);
		if (note->until)
			json_add_int(builder, "until", note->until);
		else
			json_add_string(builder, "until", NULL);
		json_builder_end_object(builder);
	} else {
		json_add_string(builder, "patch", NULL);
	}
}

static void add_note(JsonBuilder *builder, const struct report_note *note)
{
	json_add_string(builder, "change", change_kind_name(note->change));
	json_add_string(builder, "was", note->was < N_VERDICTS ? verdict_name(note->was) : NULL);
	add_patch(builder, note);
	if (note->file) {
		json_begin_object(builder, "changed_line");
		json_add_string(builder, "file", note->file);
		json_add_int(builder, "line", note->line);
		json_builder_end_object(builder);
	} else {
		json_add_string(builder, "changed_line", NULL);
	}
	json_add_string(builder, "accepted", note->accepted);
	if (note->configurations)
		json_add_strings(builder, "configurations", note->configurations);
	else
		json_add_string(builder, "configurations", NULL);
}

static void add_conditions(JsonBuilder *builder, const GPtrArray *conditions)
{
	json_begin_array(builder, "conditions");
	for (unsigned int i = 0; conditions && i < conditions->len; i++) {
		const struct finding_condition *condition = conditions->pdata[i];

		json_builder_begin_object(builder);
		json_add_string(builder, "test", condition->test);
		json_add_string(builder, "file", condition->file);
		json_add_int(builder, "line", condition->line);
		json_builder_end_object(builder);
	}
	json_builder_end_array(builder);
}

static void add_experiments(JsonBuilder *builder, const GPtrArray *experiments)
{
	json_begin_array(builder, "experiments");
	for (unsigned int i = 0; experiments && i < experiments->len; i++) {
		const struct finding_experiment *experiment = experiments->pdata[i];
		g_autofree char *detail = check_clean(experiment->detail);

		json_builder_begin_object(builder);
		json_add_string(builder, "kind", experiment->kind);
		json_add_string(builder, "outcome", experiment->outcome);
		json_add_string(builder, "detail", detail);
		json_add_string(builder, "kernel", experiment->kernel);
		json_builder_end_object(builder);
	}
	json_builder_end_array(builder);
}

static void add_finding(JsonBuilder *builder, const struct finding *finding,
			const struct report_note *note)
{
	json_builder_begin_object(builder);
	json_add_string(builder, "rule", finding->rule_id);
	json_add_string(builder, "verdict", verdict_name(finding->verdict));
	json_add_string(builder, "confidence", confidence_name(finding->confidence));
	json_add_string(builder, "severity", severity_name(finding->severity));
	json_add_string(builder, "fingerprint", finding->fingerprint);
	json_add_string(builder, "message", finding->message);
	add_side(builder, "consumer", &finding->consumer);
	add_side(builder, "provider", &finding->provider);
	json_add_string(builder, "resource", finding->resource);
	add_chain(builder, "chain", finding->chain);
	add_chain(builder, "provider_chain", finding->provider_chain);
	json_add_string(builder, "machine", finding->machine);
	json_begin_array(builder, "boards");
	for (guint i = 0; finding->boards && i < finding->boards->len; i++)
		json_builder_add_string_value(builder, finding->boards->pdata[i]);
	json_builder_end_array(builder);
	json_builder_set_member_name(builder, "conditional");
	json_builder_add_boolean_value(builder, finding->is_conditional);
	add_conditions(builder, finding->conditions);
	add_experiments(builder, finding->experiments);
	json_begin_array(builder, "reasons");
	for (unsigned int i = 0; i < finding->reasons->len; i++)
		json_builder_add_string_value(builder, finding->reasons->pdata[i]);
	json_builder_end_array(builder);
	json_begin_array(builder, "link_lines");
	add_link(builder, &finding->consumer_link);
	add_link(builder, &finding->provider_link);
	json_builder_end_array(builder);
	if (note)
		add_note(builder, note);
	json_builder_end_object(builder);
}

/*
 * For each kind of change (new, worse, ...), adds the number of findings with this change. Also
 * adds the number of accepted findings.
 */
static void add_changes(JsonBuilder *builder, const struct check_report *report)
{
	unsigned int n[CHANGE_RESOLVED + 1] = { 0 };
	unsigned int n_accepted = 0;

	for (unsigned int i = 0; i < report->findings->len; i++) {
		n[report->notes[i].change]++;
		n_accepted += report->notes[i].accepted != NULL;
	}
	json_begin_object(builder, "changes");
	for (int i = CHANGE_NEW; i <= CHANGE_RESOLVED; i++)
		json_add_int(builder, change_kind_name(i), n[i]);
	json_builder_end_object(builder);
	json_add_int(builder, "accepted", n_accepted);
}

static void add_summary(JsonBuilder *builder, const struct check_report *report)
{
	json_begin_object(builder, "summary");
	json_add_int(builder, "rules", report->rules->len);
	for (int i = 0; i < N_VERDICTS; i++)
		json_add_int(builder, verdict_name(i), report->n_verdicts[i]);
	json_add_int(builder, "conditional", report->n_conditional);
	json_add_int(builder, "not_judged", report->n_not_judged);
	if (report->notes)
		add_changes(builder, report);
	json_builder_end_object(builder);
}

/*
 * True if the finding would be a problem if the machine had the device in finding->machine. Scripts
 * may want these findings, so the JSON report contains them. The JSON member "conditional" is true
 * for these findings.
 */
static bool is_conditional_problem(const struct check_report *report, unsigned int index)
{
	const struct finding *finding = report->findings->pdata[index];

	return finding->is_conditional && finding->verdict <= VERDICT_SKIPPED;
}

void check_print_json(const struct check_report *report)
{
	g_autoptr(JsonBuilder) builder = json_builder_new();
	const char *const none[] = { NULL };
	const char *const *partial = report->partial;

	json_builder_begin_object(builder);
	json_add_string(builder, "initlint", INITLINT_VERSION);
	json_add_string(builder, "kernel", report->version);
	json_add_string(builder, "arch", report->arch);
	json_add_string(builder, "command", report->command);
	json_add_string(builder, "configuration", report->configuration);
	json_builder_set_member_name(builder, "partial");
	json_builder_add_boolean_value(builder, partial && *partial);
	json_add_strings(builder, "problems", partial ? partial : none);
	json_begin_array(builder, "findings");
	for (unsigned int i = 0; i < report->findings->len; i++)
		if (check_is_listed(report, i) || is_conditional_problem(report, i))
			add_finding(builder, report->findings->pdata[i], check_note(report, i));
	json_builder_end_array(builder);
	add_summary(builder, report);
	json_builder_end_object(builder);
	json_print(builder);
}
