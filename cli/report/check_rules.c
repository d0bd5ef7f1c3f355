// SPDX-License-Identifier: GPL-2.0-only
#include "cli/report/check_rules.h"

#include <string.h>

#include "rules/engine/files/model.h"
#include "rules/engine/infer/mechanism.h"

/* A text in Markdown that says what to do about a finding of a declared rule. */
static const char what_to_do[] =
	"### What to do\n"
	"\n"
	"* *broken*: register the consumer at a later level or the provider at an earlier one, or "
	"make the consumer a driver whose probe returns `-EPROBE_DEFER` until the provider is "
	"there.\n"
	"* *fragile*: the order holds only because one Makefile line stands before another. Give "
	"one of the initcalls another level, or document the order at both Makefile lines.\n"
	"* If the code is right and initlint is wrong, accept the finding and give the reason.\n"
	"\n"
	"`initlint why CONSUMER PROVIDER` shows both call chains and what decides the order.\n";

static void rule_free_one(gpointer data)
{
	struct check_rule *rule = data;

	g_free(rule->id);
	g_free(rule->title);
	g_free(rule->why);
	g_free(rule->markdown);
	g_free(rule);
}

static struct check_rule *declared_rule(const struct rule *rule)
{
	struct check_rule *described = g_new0(struct check_rule, 1);
	g_autoptr(GString) text = g_string_new(NULL);

	g_string_printf(text, "%s\n\nStated in `%s%s%s`:\n\n", rule->why, rule->source.file,
			rule->source.lines ? ":" : "",
			rule->source.lines ? rule->source.lines : "");
	for (const char *line = rule->source.text; line && *line;) {
		size_t length = strcspn(line, "\n");

		g_string_append_printf(text, "> %.*s\n", (int)length, line);
		line += length + (line[length] == '\n');
	}
	for (char **link = rule->links; link && *link; link++)
		g_string_append_printf(text, "\nSee <%s>\n", *link);
	g_string_append_printf(text, "\n%s", what_to_do);
	described->id = g_strdup(rule->id);
	described->title = g_strdup(rule->title);
	described->why = g_strdup(rule->why);
	described->markdown = g_strdup(text->str);
	described->severity = rule->severity;
	described->declared = rule;
	return described;
}

static bool has_resource(const struct model *model, const char *resource)
{
	for (unsigned int i = 0; i < model->entries->len; i++) {
		const struct model_entry *entry = model->entries->pdata[i];

		if (g_strcmp0(entry->resource, resource) == 0)
			return true;
	}
	return false;
}

/*
 * For each of @models that has an entry for @resource, appends the title and the explanation of the
 * model to @text.
 */
static void add_models(GString *text, const GPtrArray *models, const char *resource)
{
	for (unsigned int i = 0; models && i < models->len; i++) {
		const struct model *model = models->pdata[i];

		if (has_resource(model, resource))
			g_string_append_printf(text, "\n\n%s. %s", model->title, model->why);
	}
}

static struct check_rule *inferred_rule(const char *id, const GPtrArray *models)
{
	const struct finding_kind *kind = finding_kind_of(id);
	struct check_rule *rule = g_new0(struct check_rule, 1);
	g_autofree char *why = finding_kind_text(kind, id, kind->why);
	g_autoptr(GString) text = g_string_new(why);

	if (kind->is_family)
		add_models(text, models, finding_kind_resource(kind, id));
	rule->id = g_strdup(id);
	rule->severity = kind->severity;
	rule->title = finding_kind_text(kind, id, kind->title);
	rule->why = g_strdup(text->str);
	rule->markdown = g_strdup_printf("%s\n\n### What to do\n\n%s", rule->why, kind->what_to_do);
	return rule;
}

/*
 * A declared rule and an inferred rule may have the same id. So check_rules_index() compares two
 * properties of the rules: the id, and the kind. The kind of a rule is declared or inferred.
 */
unsigned int check_rules_index(const GPtrArray *rules, const struct finding *finding)
{
	unsigned int i = 0;

	for (; i < rules->len; i++) {
		const struct check_rule *rule = rules->pdata[i];

		if (!rule->declared == !finding->rule && strcmp(rule->id, finding->rule_id) == 0)
			break;
	}
	return i;
}

GPtrArray *check_rules(const struct check_report *report)
{
	GPtrArray *rules = g_ptr_array_new_with_free_func(rule_free_one);

	for (unsigned int i = 0; report->rules && i < report->rules->len; i++)
		g_ptr_array_add(rules, declared_rule(report->rules->pdata[i]));
	for (unsigned int i = 0; i < report->findings->len; i++) {
		const struct finding *finding = report->findings->pdata[i];

		if (check_rules_index(rules, finding) < rules->len)
			continue;
		g_ptr_array_add(rules, finding->rule
					       ? declared_rule(finding->rule)
					       : inferred_rule(finding->rule_id, report->models));
	}
	return rules;
}

static const struct finding_kind *kind_of(const struct finding *finding)
{
	return finding->rule ? NULL : finding_kind_of(finding->rule_id);
}

const char *check_chain_end(const struct finding *finding)
{
	const struct finding_kind *kind = kind_of(finding);

	return kind && kind->chain_end ? kind->chain_end : "use";
}

char *check_last_step(const struct finding *finding)
{
	const struct finding_kind *kind = kind_of(finding);

	if (kind && kind->last_step)
		return g_strdup(kind->last_step);
	return g_strdup_printf("uses %s", finding->resource ? finding->resource : "what it needs");
}
