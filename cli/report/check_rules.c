// SPDX-License-Identifier: GPL-2.0-only
#include "cli/report/check_rules.h"

#include <string.h>

#include "rules/engine/files/model.h"

#define NEEDS "needs-"

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

/* Appends title and explanation of each model that has @resource. */
static void add_models(GString *text, const GPtrArray *models, const char *resource)
{
	for (unsigned int i = 0; models && i < models->len; i++) {
		const struct model *model = models->pdata[i];

		if (has_resource(model, resource))
			g_string_append_printf(text, "\n\n%s. %s", model->title, model->why);
	}
}

static void describe_needs(struct check_rule *rule, const GPtrArray *models, const char *resource)
{
	g_autoptr(GString) text = g_string_new(NULL);

	if (strcmp(resource, "variable") == 0) {
		rule->title =
			g_strdup("A variable is set up before another initcall's code uses it");
		g_string_append(text,
				"One initcall gives a variable, or a member of it, its first value "
				"at run time (a pointer, a flag, a lock, a list). Code that "
				"another initcall reaches uses the variable. Until the first value "
				"is set, the variable is zero: a lookup finds nothing, a pointer "
				"is NULL, a list head is not initialised.");
	} else {
		rule->title = g_strdup_printf(
			"A '%s' is registered before another initcall's code needs it", resource);
		g_string_append_printf(
			text,
			"One initcall registers a resource that a model calls '%s'. "
			"Code that another initcall reaches looks up the resource or "
			"depends on it. Before the registration, the resource does "
			"not exist.",
			resource);
		add_models(text, models, resource);
	}
	rule->why = g_strdup(text->str);
	rule->markdown = g_strdup_printf("%s\n\n%s", text->str, what_to_do);
}

static void describe_never_retried(struct check_rule *rule)
{
	rule->title = g_strdup("A probe that asks to be called again is called again");
	rule->why = g_strdup("The probe can return -EPROBE_DEFER, which asks the kernel to call "
			     "the probe again later. The function that registers the driver "
			     "treats every error number as final. So the device stays without a "
			     "driver, although nothing is wrong with the device.");
	rule->markdown = g_strdup_printf(
		"%s\n\n### What to do\n\n"
		"* Register the driver with the function of its bus that retries deferred "
		"probes, and remove `__init` from the probe.\n"
		"* Or make sure that the provider of the probe runs first, and return another "
		"error number.\n",
		rule->why);
}

static struct check_rule *inferred_rule(const char *id, const GPtrArray *models)
{
	struct check_rule *rule = g_new0(struct check_rule, 1);

	rule->id = g_strdup(id);
	rule->severity = SEVERITY_WARNING;
	if (g_str_has_prefix(id, NEEDS)) {
		describe_needs(rule, models, id + strlen(NEEDS));
	} else if (strcmp(id, "never-retried") == 0) {
		describe_never_retried(rule);
	} else {
		rule->title = g_strdup_printf("Found by '%s'", id);
		rule->why = g_strdup("An initcall needs something that another initcall sets up.");
		rule->markdown = g_strdup_printf("%s\n\n%s", rule->why, what_to_do);
	}
	return rule;
}

/* The id is not enough: a declared rule may have the same id as an inferred rule. */
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
