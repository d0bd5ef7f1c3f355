// SPDX-License-Identifier: GPL-2.0-only
#include "rules/engine/verdict/verdict.h"

#include <string.h>

#include "rules/engine/finding/order.h"
#include "rules/engine/files/version.h"

/*
 * The consumer or the provider of a rule. @places are the initcalls and probes of this kernel that
 * match the consumer or provider.
 */
struct side {
	const struct rule_side *rule;
	GArray *places; /* struct rule_place; may be empty */
	char *why_moot; /* the reason why @places is empty; NULL: @places is not empty */
	/* true: @places is empty but should not be, so the rule may be out of date */
	bool outdated;
	bool not_judged; /* true: a source file of this side was not read, or was read in part */
};

static void side_clear(struct side *side)
{
	g_clear_pointer(&side->places, g_array_unref);
	g_clear_pointer(&side->why_moot, g_free);
}

static bool is_in(GStrv list, const char *word)
{
	return g_strv_contains((const char *const *)list, word);
}

/*
 * Finds the first file in @rule->files that is built. Returns the object of this file, and sets
 * *@file to this file. If no file is built, returns NULL and sets *@file to the first file in
 * @rule->files.
 */
static const struct object *find_object(const struct rule_side *rule,
					const struct rule_input *input, const char **file)
{
	for (char **path = rule->files; *path; path++) {
		const struct object *object = input->object_of_source(input->data, *path);

		*file = *path;
		if (object)
			return object;
	}
	*file = rule->files[0];
	return NULL;
}

static char *describe_module(const char *file, const struct object *object)
{
	const struct place *place = object->place;

	if (place && place->makefile)
		return g_strdup_printf("%s is in module %s (%s:%u)", file, object->modname,
				       place->makefile, place->line);
	return g_strdup_printf("%s is in module %s", file, object->modname);
}

static const struct unit_problem *find_problem(const struct rule_side *rule,
					       const struct rule_input *input)
{
	for (unsigned int i = 0; i < input->n_problems; i++)
		if (is_in(rule->files, input->problems[i].source))
			return &input->problems[i];
	return NULL;
}

/* Sets side->why_moot to the reason why no initcall of @side runs during the boot. */
static void explain_absence(struct side *side, const struct rule_input *input)
{
	const char *file;
	const struct object *object = find_object(side->rule, input, &file);
	const struct unit_problem *problem = find_problem(side->rule, input);
	g_autofree char *functions = g_strjoinv(" or ", side->rule->functions);
	g_autofree char *unset = condition_why_not(side->rule->config, input->config, input->data);

	if (object && object->kind == OBJECT_MODULE) {
		side->why_moot = describe_module(file, object);
	} else if (unset) {
		side->why_moot = g_strdup_printf("%s is not built: %s", functions, unset);
	} else if (problem) {
		side->not_judged = true;
		side->why_moot = g_strdup_printf("%s was not read whole: %s", problem->source,
						 problem->diagnostic ? problem->diagnostic
								     : "no facts of it");
	} else if (object) {
		side->outdated = true;
		side->why_moot = g_strdup_printf(
			"no initcall %s in %s: the rule may be out of date", functions, file);
	} else if (side->rule->config) {
		side->outdated = true;
		side->why_moot = g_strdup_printf("%s is not built although its configuration is "
						 "set: the rule may be out of date",
						 file);
	} else {
		side->why_moot = g_strdup_printf("%s is not built", file);
	}
}

/* Sets side->why_moot to the reason why no initcall or probe reaches a function of @side. */
static void explain_unreached(struct side *side, const struct rule_input *input)
{
	const char *file = NULL;
	const struct object *object =
		side->rule->files ? find_object(side->rule, input, &file) : NULL;
	g_autofree char *unset = condition_why_not(side->rule->config, input->config, input->data);

	if (object && object->kind == OBJECT_MODULE)
		side->why_moot = describe_module(file, object);
	else if (unset)
		side->why_moot =
			g_strdup_printf("%s is not built: %s", side->rule->functions[0], unset);
	else if (file && !object)
		side->why_moot = g_strdup_printf("%s is not built", file);
	else
		side->why_moot = g_strdup_printf("no initcall is known to reach %s",
						 side->rule->functions[0]);
}

static void side_find_anywhere(struct side *side, const struct rule_input *input)
{
	const struct rule_side *rule = side->rule;

	side->places = input->reaching(input->reach_data, rule->functions, rule->files);
	for (guint i = side->places->len; rule->within && i-- > 0;) {
		const struct rule_place *place = &g_array_index(side->places, struct rule_place, i);

		if (!is_in(rule->within, place->initcall->function))
			g_array_remove_index(side->places, i);
	}
	if (side->places->len == 0)
		explain_unreached(side, input);
}

static void side_find(struct side *side, const struct rule_side *rule,
		      const struct rule_input *input)
{
	side->rule = rule;
	if (rule->anywhere) {
		side_find_anywhere(side, input);
		return;
	}
	side->places = g_array_new(FALSE, FALSE, sizeof(struct rule_place));
	for (unsigned int i = 0; i < input->n_initcalls; i++) {
		const struct initcall *initcall = &input->initcalls[i];
		const struct rule_place place = { .initcall = initcall, .place = initcall };

		if (is_in(rule->functions, initcall->function) &&
		    is_in(rule->files, initcall->file))
			g_array_append_val(side->places, place);
	}
	if (side->places->len == 0)
		explain_absence(side, input);
}

/*
 * Returns the reason why @rule does not apply to this kernel. The reason is the architecture, the
 * version or the configuration. Returns NULL if @rule applies. Free with g_free().
 */
static char *why_not_applicable(const struct rule *rule, const struct rule_input *input)
{
	if (rule->architectures && input->arch && !is_in(rule->architectures, input->arch)) {
		g_autofree char *list = g_strjoinv(", ", rule->architectures);

		return g_strdup_printf("for %s only; this kernel is for %s", list, input->arch);
	}
	if (rule->since && input->version && version_compare(input->version, rule->since) < 0)
		return g_strdup_printf("for kernels since %s; this is %s", rule->since,
				       input->version);
	if (rule->until && input->version && version_compare(input->version, rule->until) > 0)
		return g_strdup_printf("for kernels until %s; this is %s", rule->until,
				       input->version);
	return condition_why_not(rule->config, input->config, input->data);
}

/*
 * A side with @anywhere is all initcalls and probes that reach one of the side's functions. Only
 * the call graph shows these initcalls and probes. If a side of @rule has @anywhere, and @input has
 * no call graph, returns a message. Otherwise returns NULL. Free with g_free().
 */
static char *why_not_analysed(const struct rule *rule, const struct rule_input *input)
{
	const struct rule_side *side = rule->consumer.anywhere ? &rule->consumer : &rule->provider;

	if (!side->anywhere || input->reaching)
		return NULL;
	return g_strdup_printf("the places that reach %s are unknown without the analysis of the "
			       "whole program",
			       side->functions[0]);
}

static struct finding *new_finding(const struct rule *rule)
{
	struct finding *finding = finding_new(rule->id, rule);

	finding->confidence = CONFIDENCE_HIGH; /* a person has declared the dependency */
	finding->resource = g_strdup(rule->resource);
	return finding;
}

static void name_absent_side(struct finding_side *side, const struct rule_side *rule)
{
	side->function = g_strdup(rule->functions[0]);
	side->file = rule->files ? g_strdup(rule->files[0]) : NULL;
}

static void add_moot(const struct rule *rule, const struct side *consumer,
		     const struct side *provider, const char *reason, GPtrArray *findings)
{
	const struct side *const sides[] = { consumer, provider };
	struct finding *finding = new_finding(rule);

	finding->verdict = VERDICT_MOOT;
	finding->severity = SEVERITY_NOTE;
	name_absent_side(&finding->consumer, &rule->consumer);
	name_absent_side(&finding->provider, &rule->provider);
	if (reason)
		g_ptr_array_add(finding->reasons, g_strdup(reason));
	for (size_t i = 0; i < G_N_ELEMENTS(sides); i++) {
		if (!sides[i] || !sides[i]->why_moot)
			continue;
		g_ptr_array_add(finding->reasons, g_strdup(sides[i]->why_moot));
		if (sides[i]->outdated && !finding->outdated)
			finding->outdated = g_strdup(sides[i]->why_moot);
		finding->not_judged |= sides[i]->not_judged;
	}
	finding->message = g_strdup(finding->reasons->pdata[0]);
	finding_seal(finding);
	g_ptr_array_add(findings, finding);
}

static enum verdict verdict_of(const struct rule_place *consumer, const struct rule_place *provider,
			       const struct order *order)
{
	/*
	 * If the consumer is a probe that waits for the provider, the kernel calls the probe again
	 * after the provider has run.
	 */
	if (consumer->deferred_by && consumer->deferred_by == provider->place)
		return VERDICT_DEFERRED;
	if (order->a_first)
		return VERDICT_BROKEN;
	switch (order->reason) {
	case ORDER_BY_LEVEL:
	case ORDER_BY_CONSOLE:
		return VERDICT_ORDERED;
	case ORDER_SAME:
		return VERDICT_MOOT;
	default:
		return VERDICT_FRAGILE;
	}
}

/* A fragile order is at most a warning, because the order is right in this kernel. */
static enum severity severity_of(enum verdict verdict, const struct rule *rule)
{
	if (verdict == VERDICT_BROKEN)
		return rule->severity;
	if (verdict == VERDICT_FRAGILE)
		return MIN(rule->severity, SEVERITY_WARNING);
	return SEVERITY_NOTE;
}

/* Returns "foo_init (6)" or "foo_init (6)'s probe in bar_initcall (7)". Free with g_free(). */
static char *describe_place(const struct rule_place *place)
{
	const char *level = initcall_level_name(place->initcall->level);

	if (!place->is_probe)
		return g_strdup_printf("%s (%s)", place->initcall->function, level);
	if (place->place == place->initcall)
		return g_strdup_printf("%s (%s)'s probe", place->initcall->function, level);
	return g_strdup_printf("%s (%s)'s probe in %s (%s)", place->initcall->function, level,
			       place->place->function, initcall_level_name(place->place->level));
}

static char *describe_verdict(const struct rule_place *consumer, const struct rule_place *provider,
			      enum verdict verdict, const struct order *order)
{
	static const char *const how[] = {
		[ORDER_BY_LINK] = ", by link order only",
		[ORDER_WITHIN_UNIT] = ", by place in one object only",
		[ORDER_WITHIN_RUN] = ", as one initcall runs both",
		[ORDER_BY_LEVEL] = "",
		[ORDER_BY_CONSOLE] = "",
		[ORDER_SAME] = "",
	};
	g_autofree char *first = describe_place(consumer);
	g_autofree char *second = describe_place(provider);

	if (verdict == VERDICT_DEFERRED)
		return g_strdup_printf("%s waits for %s by probe deferral", first, second);
	if (verdict == VERDICT_MOOT)
		return g_strdup_printf("the rule names %s on both sides",
				       consumer->initcall->function);
	return g_strdup_printf("%s runs %s %s%s", first, order->a_first ? "before" : "after",
			       second, order->a_first ? "" : how[order->reason]);
}

static void set_chain(GPtrArray **chain, const struct rule_side *side,
		      const struct rule_place *place, const struct rule_input *input)
{
	g_clear_pointer(chain, g_ptr_array_unref);
	*chain = input->way(input->reach_data, place, side->functions, side->files);
}

static void add_pair(const struct rule *rule, const struct rule_place *consumer,
		     const struct rule_place *provider, const struct rule_input *input,
		     GPtrArray *findings)
{
	struct order order = order_compare(consumer->place, provider->place);
	struct finding *finding = new_finding(rule);

	finding->verdict = verdict_of(consumer, provider, &order);
	finding->severity = severity_of(finding->verdict, rule);
	finding_set_side(&finding->consumer, consumer->initcall);
	finding_set_side(&finding->provider, provider->initcall);
	finding->message = describe_verdict(consumer, provider, finding->verdict, &order);
	if (rule->consumer.anywhere)
		set_chain(&finding->chain, &rule->consumer, consumer, input);
	if (rule->provider.anywhere)
		set_chain(&finding->provider_chain, &rule->provider, provider, input);
	if (finding->verdict == VERDICT_MOOT)
		finding->outdated = g_strdup(finding->message);
	finding_add_order(finding, consumer, provider);
	finding_seal(finding);
	g_ptr_array_add(findings, finding);
}

static void add_pairs(const struct rule *rule, const struct side *consumer,
		      const struct side *provider, const struct rule_input *input,
		      GPtrArray *findings)
{
	/*
	 * If @rule->provider.anywhere is true, each element of provider->places reaches the code
	 * that sets up the resource. The resource exists as soon as the first element has run, so
	 * only the first element counts.
	 */
	guint n = rule->provider.anywhere ? MIN(provider->places->len, 1) : provider->places->len;

	for (guint i = 0; i < consumer->places->len; i++)
		for (guint j = 0; j < n; j++)
			add_pair(rule, &g_array_index(consumer->places, struct rule_place, i),
				 &g_array_index(provider->places, struct rule_place, j), input,
				 findings);
}

void rule_judge(const struct rule *rule, const struct rule_input *input, GPtrArray *findings)
{
	g_autofree char *not_applicable = why_not_applicable(rule, input);
	struct side consumer = { 0 };
	struct side provider = { 0 };

	if (!not_applicable)
		not_applicable = why_not_analysed(rule, input);
	if (not_applicable) {
		add_moot(rule, NULL, NULL, not_applicable, findings);
		return;
	}
	side_find(&consumer, &rule->consumer, input);
	side_find(&provider, &rule->provider, input);
	if (consumer.why_moot || provider.why_moot)
		add_moot(rule, &consumer, &provider, NULL, findings);
	add_pairs(rule, &consumer, &provider, input, findings);
	side_clear(&consumer);
	side_clear(&provider);
}

GPtrArray *rules_judge(const GPtrArray *rules, const struct rule_input *input)
{
	GPtrArray *findings = g_ptr_array_new_with_free_func((GDestroyNotify)finding_free);

	for (unsigned int i = 0; i < rules->len; i++)
		rule_judge(rules->pdata[i], input, findings);
	findings_tell_apart(findings);
	findings_sort(findings);
	return findings;
}
