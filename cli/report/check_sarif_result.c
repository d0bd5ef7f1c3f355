// SPDX-License-Identifier: GPL-2.0-only
/* Adds one finding to a SARIF log, as a result. */
#include "cli/report/check_sarif_internal.h"
#include "cli/base/json.h"

const char *sarif_level(enum severity severity)
{
	return severity_name(severity);
}

static char *side_text(const struct finding_side *side)
{
	if (side->level == LEVEL_NONE)
		return g_strdup(side->function);
	return g_strdup_printf("%s: level %s, position %d", side->function,
			       initcall_level_name(side->level), side->position);
}

/*
 * Adds a location. @id: the SARIF id of the location, or 0 if nothing in the log refers to the
 * location. @file, @function and @text may be NULL.
 */
static void add_location(JsonBuilder *builder, int id, const char *file, unsigned int line,
			 const char *function, const char *text)
{
	json_builder_begin_object(builder);
	if (id)
		json_add_int(builder, "id", id);
	if (file)
		sarif_add_physical(builder, file, line);
	if (function) {
		json_begin_array(builder, "logicalLocations");
		json_builder_begin_object(builder);
		json_add_string(builder, "name", function);
		json_add_string(builder, "kind", "function");
		json_builder_end_object(builder);
		json_builder_end_array(builder);
	}
	if (text)
		sarif_add_text(builder, "message", text, NULL);
	json_builder_end_object(builder);
}

static void add_link(JsonBuilder *builder, int *id, const struct finding_link *link)
{
	g_autofree char *text = g_strdup_printf("this line decides where %s is linked", link->item);

	if (link->makefile)
		add_location(builder, ++*id, link->makefile, link->line, NULL, text);
}

static bool is_at_changed_line(const struct check_report *report, unsigned int index)
{
	const struct report_note *note = check_note(report, index);

	return note && note->file;
}

static void add_locations(JsonBuilder *builder, const struct check_report *report,
			  unsigned int index)
{
	const struct finding *finding = report->findings->pdata[index];
	struct check_place place = check_place(report, index);
	g_autofree char *consumer = side_text(&finding->consumer);
	g_autofree char *provider = side_text(&finding->provider);
	bool elsewhere = is_at_changed_line(report, index);
	int id = 0;

	json_begin_array(builder, "locations");
	add_location(builder, 0, place.file, place.line,
		     elsewhere ? NULL : finding->consumer.function,
		     elsewhere ? "changed here" : consumer);
	json_builder_end_array(builder);
	json_begin_array(builder, "relatedLocations");
	if (elsewhere && finding->consumer.file)
		add_location(builder, ++id, finding->consumer.file, finding->consumer.line,
			     finding->consumer.function, consumer);
	if (finding->provider.function)
		add_location(builder, ++id, finding->provider.file, finding->provider.line,
			     finding->provider.function, provider);
	add_link(builder, &id, &finding->consumer_link);
	add_link(builder, &id, &finding->provider_link);
	json_builder_end_array(builder);
}

static const char *kind_of(const struct finding *finding)
{
	switch (finding->verdict) {
	case VERDICT_BROKEN:
	case VERDICT_FRAGILE:
		return "fail";
	case VERDICT_SKIPPED:
		return "review";
	case VERDICT_MOOT:
		return finding->not_judged ? "open" : "notApplicable";
	default:
		return "pass";
	}
}

static const char *baseline_state(enum change_kind change)
{
	switch (change) {
	case CHANGE_NONE:
		break;
	case CHANGE_NEW:
		return "new";
	case CHANGE_WORSE:
	case CHANGE_BETTER:
	case CHANGE_MOVED:
		return "updated";
	case CHANGE_RESOLVED:
		return "absent";
	}
	return "unchanged";
}

/*
 * Adds the array "suppressions". The array is empty if the finding is not accepted. The SARIF
 * standard requires that either every result of a run has the array "suppressions", or no result.
 */
static void add_suppressions(JsonBuilder *builder, const struct report_note *note)
{
	json_begin_array(builder, "suppressions");
	if (note->accepted) {
		json_builder_begin_object(builder);
		json_add_string(builder, "kind", note->in_source ? "inSource" : "external");
		json_add_string(builder, "justification", note->accepted);
		json_builder_end_object(builder);
	}
	json_builder_end_array(builder);
}

static void add_properties(JsonBuilder *builder, const struct finding *finding,
			   const struct report_note *note)
{
	json_begin_object(builder, "properties");
	json_add_string(builder, "verdict", verdict_name(finding->verdict));
	json_add_string(builder, "confidence", confidence_name(finding->confidence));
	if (finding->resource)
		json_add_string(builder, "resource", finding->resource);
	if (note) {
		json_add_string(builder, "change", change_kind_name(note->change));
		if (note->was < N_VERDICTS)
			json_add_string(builder, "was", verdict_name(note->was));
		if (note->patch)
			json_add_int(builder, "patch", note->patch);
		if (note->subject)
			json_add_string(builder, "subject", note->subject);
		if (note->configurations)
			json_add_strings(builder, "configurations", note->configurations);
	}
	json_builder_end_object(builder);
}

static char *message_of(const struct check_report *report, unsigned int index)
{
	const struct finding *finding = report->findings->pdata[index];
	g_autoptr(GString) text = g_string_new(finding->message);
	g_autofree char *change = check_describe_change(report, index);

	/* If the consumer is not an initcall, the first reason only repeats the message. */
	for (unsigned int i = finding->consumer.level == LEVEL_NONE; i < finding->reasons->len; i++)
		g_string_append_printf(text, "; %s", (const char *)finding->reasons->pdata[i]);
	if (change)
		g_string_append_printf(text, "; %s", change);
	return g_strdup(text->str);
}

void sarif_add_result(JsonBuilder *builder, const struct check_report *report, unsigned int index,
		      unsigned int rule_index)
{
	const struct finding *finding = report->findings->pdata[index];
	const struct report_note *note = check_note(report, index);
	const char *kind = kind_of(finding);
	g_autofree char *message = message_of(report, index);

	json_builder_begin_object(builder);
	json_add_string(builder, "ruleId", finding->rule_id);
	json_add_int(builder, "ruleIndex", rule_index);
	json_add_string(builder, "kind", kind);
	/* If the kind of a result is not "fail", SARIF requires the level "none". */
	json_add_string(builder, "level",
			g_str_equal(kind, "fail") ? sarif_level(finding->severity) : "none");
	sarif_add_text(builder, "message", message, NULL);
	add_locations(builder, report, index);
	sarif_add_flows(builder, finding);
	json_begin_object(builder, "partialFingerprints");
	json_add_string(builder, "initlint/v1", finding->fingerprint);
	json_builder_end_object(builder);
	if (note && report->compared)
		json_add_string(builder, "baselineState", baseline_state(note->change));
	if (note)
		add_suppressions(builder, note);
	add_properties(builder, finding, note);
	json_builder_end_object(builder);
}
