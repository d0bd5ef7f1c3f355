// SPDX-License-Identifier: GPL-2.0-only
/* Findings as one JSON object; scripts rely on the names in it (docs/rules.md). */
#include "cli/check_report.h"

#include <stdio.h>
#include <json-glib/json-glib.h>

static void add_string(JsonBuilder *builder, const char *name, const char *value)
{
	json_builder_set_member_name(builder, name);
	if (value)
		json_builder_add_string_value(builder, value);
	else
		json_builder_add_null_value(builder);
}

static void add_int(JsonBuilder *builder, const char *name, gint64 value)
{
	json_builder_set_member_name(builder, name);
	json_builder_add_int_value(builder, value);
}

static void add_side(JsonBuilder *builder, const char *name, const struct finding_side *side)
{
	bool known = side->level != LEVEL_NONE;

	json_builder_set_member_name(builder, name);
	json_builder_begin_object(builder);
	add_string(builder, "function", side->function);
	add_string(builder, "file", side->file);
	if (known) {
		add_int(builder, "line", side->line);
		add_string(builder, "level", initcall_level_name(side->level));
		add_int(builder, "position", side->position);
	} else {
		add_string(builder, "line", NULL);
		add_string(builder, "level", NULL);
		add_string(builder, "position", NULL);
	}
	add_string(builder, "object", side->object);
	json_builder_end_object(builder);
}

static void add_chain(JsonBuilder *builder, const GPtrArray *chain)
{
	json_builder_set_member_name(builder, "chain");
	json_builder_begin_array(builder);
	for (unsigned int i = 0; i < chain->len; i++) {
		const struct finding_step *step = chain->pdata[i];

		json_builder_begin_object(builder);
		add_string(builder, "function", step->function);
		add_string(builder, "file", step->file);
		add_int(builder, "line", step->line);
		json_builder_end_object(builder);
	}
	json_builder_end_array(builder);
}

static void add_finding(JsonBuilder *builder, const struct finding *finding)
{
	json_builder_begin_object(builder);
	add_string(builder, "rule", finding->rule_id);
	add_string(builder, "verdict", verdict_name(finding->verdict));
	add_string(builder, "confidence", confidence_name(finding->confidence));
	add_string(builder, "severity", severity_name(finding->severity));
	add_string(builder, "fingerprint", finding->fingerprint);
	add_string(builder, "message", finding->message);
	add_side(builder, "consumer", &finding->consumer);
	add_side(builder, "provider", &finding->provider);
	add_string(builder, "resource", finding->resource);
	add_chain(builder, finding->chain);
	json_builder_set_member_name(builder, "reasons");
	json_builder_begin_array(builder);
	for (unsigned int i = 0; i < finding->reasons->len; i++)
		json_builder_add_string_value(builder, finding->reasons->pdata[i]);
	json_builder_end_array(builder);
	json_builder_end_object(builder);
}

static void add_summary(JsonBuilder *builder, const struct check_report *report)
{
	json_builder_set_member_name(builder, "summary");
	json_builder_begin_object(builder);
	add_int(builder, "rules", report->rules->len);
	for (int i = 0; i < N_VERDICTS; i++)
		add_int(builder, verdict_name(i), report->n_verdicts[i]);
	add_int(builder, "not_judged", report->n_not_judged);
	json_builder_end_object(builder);
}

void check_print_json(const struct check_report *report)
{
	g_autoptr(JsonBuilder) builder = json_builder_new();
	g_autoptr(JsonGenerator) generator = json_generator_new();
	g_autoptr(JsonNode) root = NULL;
	g_autofree char *text = NULL;

	json_builder_begin_object(builder);
	add_string(builder, "initlint", INITLINT_VERSION);
	add_string(builder, "kernel", report->version);
	add_string(builder, "arch", report->arch);
	json_builder_set_member_name(builder, "findings");
	json_builder_begin_array(builder);
	for (unsigned int i = 0; i < report->findings->len; i++)
		if (report->all || check_is_problem(report->findings->pdata[i]))
			add_finding(builder, report->findings->pdata[i]);
	json_builder_end_array(builder);
	add_summary(builder, report);
	json_builder_end_object(builder);

	root = json_builder_get_root(builder);
	json_generator_set_root(generator, root);
	json_generator_set_pretty(generator, TRUE);
	text = json_generator_to_data(generator, NULL);
	puts(text);
}
