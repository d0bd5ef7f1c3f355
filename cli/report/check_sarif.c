// SPDX-License-Identifier: GPL-2.0-only
/* Prints findings as a SARIF 2.1.0 log, for code scanning in review tools. */
#include "cli/report/check_sarif_internal.h"

#include "cli/report/check_format.h"
#include "cli/report/check_rules.h"
#include "cli/base/json.h"

#define SARIF_SCHEMA "https://json.schemastore.org/sarif-2.1.0.json"

/* The SARIF standard does not define the properties of a rule. GitHub reads some of them. */
static void add_rule_properties(JsonBuilder *builder, const struct check_rule *rule)
{
	const char *const tags[] = { "boot", "initcall", NULL };

	json_begin_object(builder, "properties");
	json_add_strings(builder, "tags", tags);
	json_add_string(builder, "precision", rule->declared ? "high" : "medium");
	json_add_string(builder, "problem.severity",
			rule->severity == SEVERITY_NOTE ? "recommendation"
							: severity_name(rule->severity));
	if (rule->declared) {
		json_add_string(builder, "source", rule->declared->source.file);
		json_add_string(builder, "quote", rule->declared->source.text);
	}
	json_builder_end_object(builder);
}

static void add_rule(JsonBuilder *builder, const struct check_rule *rule)
{
	json_builder_begin_object(builder);
	json_add_string(builder, "id", rule->id);
	sarif_add_text(builder, "shortDescription", rule->title, NULL);
	sarif_add_text(builder, "fullDescription", rule->why, NULL);
	sarif_add_text(builder, "help", rule->why, rule->markdown);
	if (rule->declared && rule->declared->links)
		json_add_string(builder, "helpUri", rule->declared->links[0]);
	json_begin_object(builder, "defaultConfiguration");
	json_add_string(builder, "level", sarif_level(rule->severity));
	json_builder_end_object(builder);
	add_rule_properties(builder, rule);
	json_builder_end_object(builder);
}

static void add_driver(JsonBuilder *builder, const GPtrArray *rules)
{
	json_begin_object(builder, "tool");
	json_begin_object(builder, "driver");
	json_add_string(builder, "name", "initlint");
	json_add_string(builder, "version", INITLINT_VERSION);
	json_begin_array(builder, "rules");
	for (unsigned int i = 0; i < rules->len; i++)
		add_rule(builder, rules->pdata[i]);
	json_builder_end_array(builder);
	json_builder_end_object(builder);
	json_builder_end_object(builder);
}

static void add_source_root(JsonBuilder *builder, const struct check_report *report)
{
	g_autofree char *path = g_canonicalize_filename(report->tree ? report->tree : ".", NULL);
	g_autofree char *directory = g_strconcat(path, "/", NULL);
	g_autofree char *uri = g_filename_to_uri(directory, NULL, NULL);

	json_begin_object(builder, "originalUriBaseIds");
	json_begin_object(builder, "SRCROOT");
	if (uri)
		json_add_string(builder, "uri", uri);
	json_builder_end_object(builder);
	json_builder_end_object(builder);
}

/*
 * Adds "automationDetails". The member "id" ends with a slash, because GitHub's code scanning takes
 * the part before the last slash as the category of the analysis.
 */
static void add_automation(JsonBuilder *builder, const struct check_report *report)
{
	const char *arch = report->arch ? report->arch : "any";
	const char *configuration = report->configuration ? report->configuration : "default";
	g_autofree char *id = g_strdup_printf("initlint/%s/%s/", arch, configuration);
	g_autofree char *text = g_strdup_printf(
		"initlint %s: initcall order of Linux%s%s, architecture %s, configuration %s",
		report->command, report->version ? " " : "", report->version ? report->version : "",
		arch, configuration);

	json_begin_object(builder, "automationDetails");
	json_add_string(builder, "id", id);
	sarif_add_text(builder, "description", text, NULL);
	json_builder_end_object(builder);
}

static void add_notification(JsonBuilder *builder, const char *level, const char *text)
{
	json_builder_begin_object(builder);
	json_add_string(builder, "level", level);
	sarif_add_text(builder, "message", text, NULL);
	json_builder_end_object(builder);
}

static void add_not_judged(JsonBuilder *builder, const struct check_report *report)
{
	for (unsigned int i = 0; i < report->findings->len; i++) {
		const struct finding *finding = report->findings->pdata[i];
		g_autofree char *text = NULL;

		if (!finding->not_judged || check_is_resolved(report, i))
			continue;
		text = g_strdup_printf("%s was not judged: %s", finding->rule_id, finding->message);
		add_notification(builder, "error", text);
	}
}

/*
 * Adds "invocations". The notifications in "invocations" say what the analysis has not read or not
 * judged. @n_left_out: the number of results that add_results() has left out.
 */
static void add_invocation(JsonBuilder *builder, const struct check_report *report,
			   unsigned int n_left_out)
{
	g_autofree char *left_out =
		g_strdup_printf("%u results are left out: code scanning accepts only %u",
				n_left_out, SARIF_MAX_RESULTS);

	json_begin_array(builder, "invocations");
	json_builder_begin_object(builder);
	json_builder_set_member_name(builder, "executionSuccessful");
	json_builder_add_boolean_value(builder, !report->incomplete && !report->n_not_judged);
	json_begin_array(builder, "toolExecutionNotifications");
	for (const char *const *reason = report->partial; reason && *reason; reason++) {
		g_autofree char *text = g_strdup_printf("the analysis is partial: %s", *reason);

		add_notification(builder, report->incomplete ? "error" : "warning", text);
	}
	add_not_judged(builder, report);
	if (n_left_out)
		add_notification(builder, "warning", left_out);
	json_builder_end_array(builder);
	json_builder_end_object(builder);
	json_builder_end_array(builder);
}

/*
 * Adds "results" with at most SARIF_MAX_RESULTS results. Returns the number of results that are
 * left out. The worst findings come first in report->findings, so the mildest findings are left
 * out.
 */
static unsigned int add_results(JsonBuilder *builder, const struct check_report *report,
				const GPtrArray *rules)
{
	unsigned int n = 0;

	json_begin_array(builder, "results");
	for (unsigned int i = 0; i < report->findings->len; i++)
		if (check_is_listed(report, i) && n++ < SARIF_MAX_RESULTS)
			sarif_add_result(builder, report, i,
					 check_rules_index(rules, report->findings->pdata[i]));
	json_builder_end_array(builder);
	return n > SARIF_MAX_RESULTS ? n - SARIF_MAX_RESULTS : 0;
}

void check_print_sarif(const struct check_report *report)
{
	g_autoptr(JsonBuilder) builder = json_builder_new();
	g_autoptr(GPtrArray) rules = check_rules(report);

	json_builder_begin_object(builder);
	json_add_string(builder, "$schema", SARIF_SCHEMA);
	json_add_string(builder, "version", "2.1.0");
	json_begin_array(builder, "runs");
	json_builder_begin_object(builder);
	add_driver(builder, rules);
	add_automation(builder, report);
	add_source_root(builder, report);
	add_invocation(builder, report, add_results(builder, report, rules));
	json_builder_end_object(builder);
	json_builder_end_array(builder);
	json_builder_end_object(builder);
	json_print(builder);
}
