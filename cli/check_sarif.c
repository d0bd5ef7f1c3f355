// SPDX-License-Identifier: GPL-2.0-only
/* Findings as SARIF 2.1.0, for code scanning in review tools. */
#include "cli/check_report.h"
#include "cli/json.h"

#define SARIF_SCHEMA "https://json.schemastore.org/sarif-2.1.0.json"

/* SARIF's multiformatMessageString and message are both { "text": ... }. */
static void add_text(JsonBuilder *builder, const char *name, const char *text)
{
	json_begin_object(builder, name);
	json_add_string(builder, "text", text);
	json_builder_end_object(builder);
}

static const char *level_of(enum severity severity)
{
	return severity_name(severity); /* SARIF has the same three words */
}

static void add_rule(JsonBuilder *builder, const struct rule *rule)
{
	json_builder_begin_object(builder);
	json_add_string(builder, "id", rule->id);
	add_text(builder, "shortDescription", rule->title);
	add_text(builder, "fullDescription", rule->why);
	add_text(builder, "help", rule->why);
	if (rule->links)
		json_add_string(builder, "helpUri", rule->links[0]);
	json_begin_object(builder, "defaultConfiguration");
	json_add_string(builder, "level", level_of(rule->severity));
	json_builder_end_object(builder);
	json_begin_object(builder, "properties");
	json_add_string(builder, "source", rule->source.file);
	json_add_string(builder, "quote", rule->source.text);
	json_builder_end_object(builder);
	json_builder_end_object(builder);
}

static void add_physical(JsonBuilder *builder, const struct finding_side *side)
{
	g_autofree char *uri = g_uri_escape_string(side->file, "/", FALSE);

	json_begin_object(builder, "physicalLocation");
	json_begin_object(builder, "artifactLocation");
	json_add_string(builder, "uri", uri);
	json_add_string(builder, "uriBaseId", "SRCROOT");
	json_builder_end_object(builder);
	if (side->line) {
		json_begin_object(builder, "region");
		json_add_int(builder, "startLine", side->line);
		json_builder_end_object(builder);
	}
	json_builder_end_object(builder);
}

static void add_location(JsonBuilder *builder, const struct finding_side *side, int id)
{
	json_builder_begin_object(builder);
	if (id)
		json_add_int(builder, "id", id);
	if (side->file)
		add_physical(builder, side);
	json_begin_array(builder, "logicalLocations");
	json_builder_begin_object(builder);
	json_add_string(builder, "name", side->function);
	json_add_string(builder, "kind", "function");
	json_builder_end_object(builder);
	json_builder_end_array(builder);
	if (side->level != LEVEL_NONE) {
		g_autofree char *text =
			g_strdup_printf("%s: level %s, position %d", side->function,
					initcall_level_name(side->level), side->position);
		add_text(builder, "message", text);
	}
	json_builder_end_object(builder);
}

static const char *kind_of(const struct finding *finding)
{
	switch (finding->verdict) {
	case VERDICT_BROKEN:
	case VERDICT_FRAGILE:
	case VERDICT_UNORDERED:
		return "fail";
	case VERDICT_MOOT:
		return finding->not_judged ? "open" : "notApplicable";
	default:
		return "pass";
	}
}

static int rule_index(const GPtrArray *rules, const struct rule *rule)
{
	unsigned int index;

	return g_ptr_array_find((GPtrArray *)rules, rule, &index) ? (int)index : -1;
}

static void add_result(JsonBuilder *builder, const struct check_report *report,
		       const struct finding *finding)
{
	g_autoptr(GString) text = g_string_new(finding->message);
	const char *kind = kind_of(finding);
	int index = rule_index(report->rules, finding->rule);

	for (unsigned int i = finding->consumer.level == LEVEL_NONE; i < finding->reasons->len; i++)
		g_string_append_printf(text, "; %s", (const char *)finding->reasons->pdata[i]);
	json_builder_begin_object(builder);
	json_add_string(builder, "ruleId", finding->rule_id);
	if (index >= 0)
		json_add_int(builder, "ruleIndex", index);
	json_add_string(builder, "kind", kind);
	/* SARIF wants "none" on everything that is no failure. */
	json_add_string(builder, "level",
			g_str_equal(kind, "fail") ? level_of(finding->severity) : "none");
	add_text(builder, "message", text->str);
	json_begin_array(builder, "locations");
	add_location(builder, &finding->consumer, 0);
	json_builder_end_array(builder);
	json_begin_array(builder, "relatedLocations");
	if (finding->provider.function)
		add_location(builder, &finding->provider, 1);
	json_builder_end_array(builder);
	json_begin_object(builder, "partialFingerprints");
	json_add_string(builder, "initlint/v1", finding->fingerprint);
	json_builder_end_object(builder);
	json_begin_object(builder, "properties");
	json_add_string(builder, "verdict", verdict_name(finding->verdict));
	json_add_string(builder, "confidence", confidence_name(finding->confidence));
	json_builder_end_object(builder);
	json_builder_end_object(builder);
}

static void add_driver(JsonBuilder *builder, const struct check_report *report)
{
	json_begin_object(builder, "tool");
	json_begin_object(builder, "driver");
	json_add_string(builder, "name", "initlint");
	json_add_string(builder, "version", INITLINT_VERSION);
	json_begin_array(builder, "rules");
	for (unsigned int i = 0; i < report->rules->len; i++)
		add_rule(builder, report->rules->pdata[i]);
	json_builder_end_array(builder);
	json_builder_end_object(builder);
	json_builder_end_object(builder);
}

static void add_source_root(JsonBuilder *builder, const struct check_report *report)
{
	g_autofree char *path = g_canonicalize_filename(report->tree, NULL);
	g_autofree char *directory = g_strconcat(path, "/", NULL);
	g_autofree char *uri = g_filename_to_uri(directory, NULL, NULL);

	json_begin_object(builder, "originalUriBaseIds");
	json_begin_object(builder, "SRCROOT");
	if (uri)
		json_add_string(builder, "uri", uri);
	json_builder_end_object(builder);
	json_builder_end_object(builder);
}

void check_print_sarif(const struct check_report *report)
{
	g_autoptr(JsonBuilder) builder = json_builder_new();

	json_builder_begin_object(builder);
	json_add_string(builder, "$schema", SARIF_SCHEMA);
	json_add_string(builder, "version", "2.1.0");
	json_begin_array(builder, "runs");
	json_builder_begin_object(builder);
	add_driver(builder, report);
	add_source_root(builder, report);
	json_begin_array(builder, "results");
	for (unsigned int i = 0; i < report->findings->len; i++)
		if (report->all || check_is_problem(report->findings->pdata[i]))
			add_result(builder, report, report->findings->pdata[i]);
	json_builder_end_array(builder);
	json_builder_end_object(builder);
	json_builder_end_array(builder);
	json_builder_end_object(builder);
	json_print(builder);
}
