// SPDX-License-Identifier: GPL-2.0-only
/*
 * Finds the open conditions of a path. An open condition is a test that decides whether the boot
 * takes the path, and whose outcome is not known. Each open condition has a weight. The higher the
 * sum of the weights, the lower the confidence in a finding about the path. A guard (struct
 * guard_fact) is a test and the lines that the test guards.
 */
#include "rules/engine/infer/infer_internal.h"

#include <string.h>

#include "db/fact_layout.h"

/*
 * The weights of open conditions. A loop over a container usually runs, because the container is
 * usually not empty. So the test of a loop has a lower weight than any other test.
 */
#define WEIGHT_TEST 2
#define WEIGHT_LOOP 1

static bool allocates(const struct inference *inference, int32_t function)
{
	const char *attributes = inference->facts->functions[function].attributes;

	return attributes && g_str_has_prefix(attributes, "malloc");
}

/*
 * True if @guard is only an error check, so a normal boot runs the guarded lines. There are two
 * cases: if the guard is false, the code returns an error number or stops the kernel; or the guard
 * tests the result of an allocation.
 */
static bool is_error_check(const struct inference *inference, int32_t function,
			   const struct facts_guard *guard)
{
	int32_t callee;

	if (guard->exit == GUARD_ERROR || guard->exit == GUARD_DEFER || guard->exit == GUARD_FATAL)
		return true;
	if (guard->atom.kind != VALUE_RESULT)
		return false;
	callee = program_function(inference->program, guard->atom.symbol, function);
	return callee >= 0 && allocates(inference, callee);
}

/*
 * True if the boot normally runs the guarded lines, for one of these reasons:
 *   - @guard requires the value 0. Memory is 0 until code writes to the memory, so such a test
 *     usually passes.
 *   - The test of @guard is true on the path of the walk.
 *   - @guard is only an error check.
 */
static bool is_passed(const struct inference *inference, int32_t function,
		      const struct facts_guard *guard)
{
	return !guard->when || walk_satisfies(inference->walk, function, guard) ||
	       is_error_check(inference, function, guard);
}

/*
 * True if @a and @b are the same test on the same line. The lines that @a and @b guard may differ.
 */
static bool is_same_test(const struct facts_guard *a, const struct facts_guard *b)
{
	return a->atom.kind == b->atom.kind && a->atom.symbol == b->atom.symbol &&
	       a->atom.field == b->atom.field && a->atom.number == b->atom.number &&
	       a->when == b->when && a->line == b->line;
}

/*
 * Adds @condition to @open, unless open[i] is the same test for an index i >= @first.
 */
static void add_open(const struct facts *facts, struct open_condition condition, guint first,
		     GArray *open)
{
	for (guint i = first; i < open->len; i++) {
		uint32_t known = g_array_index(open, struct open_condition, i).guard;

		if (is_same_test(&facts->guards[known], &facts->guards[condition.guard]))
			return;
	}
	g_array_append_val(open, condition);
}

/*
 * Adds the open conditions of @line in @function to @open. If a condition in the code is an "or",
 * each part of the "or" is a guard. These guards are adjacent, and guard the same lines. The "or"
 * counts as one condition. The "or" is not open if is_passed() returns true for one part.
 */
static void open_at(const struct inference *inference, int32_t function, uint32_t line,
		    GArray *open)
{
	const struct facts *facts = inference->facts;
	const struct facts_range *r = &facts->functions[function].guards;
	guint first = open->len;
	uint32_t next;

	for (uint32_t g = r->first; g < r->first + r->n; g = next) {
		const struct facts_guard *guard = &facts->guards[g];
		bool passed;

		next = walk_alternatives_end(facts, g, r->first + r->n);
		if (line < guard->from || line > guard->to)
			continue;
		passed = false;
		for (uint32_t part = g; part < next && !passed; part++)
			passed = is_passed(inference, function, &facts->guards[part]);
		if (!passed)
			add_open(facts, (struct open_condition){ function, g }, first, open);
	}
}

/*
 * @call is a call in the function @from. Returns the index of the argument that passes the address
 * of the function @target; -1: no argument passes it.
 */
static int64_t argument_of(const struct inference *inference, uint32_t call, int32_t from,
			   int32_t target)
{
	const struct facts_range *r = &inference->facts->calls[call].arguments;

	for (uint32_t a = r->first; a < r->first + r->n; a++) {
		const struct facts_argument *argument = &inference->facts->arguments[a];

		if (argument->value.kind == VALUE_FUNCTION &&
		    program_function(inference->program, argument->value.symbol, from) == target)
			return argument->index;
	}
	return -1;
}

/*
 * @call, in the function @from, passes the callback @target to a function f(). Adds the open
 * conditions of the first line on which f() calls the callback. An example: f() calls the callback
 * in a loop over a list, and the list may be empty.
 */
static void open_at_callback(const struct inference *inference, int32_t from, uint32_t call,
			     int32_t target, GArray *open)
{
	const struct facts *facts = inference->facts;
	const struct facts_value *callee = &facts->calls[call].target;
	int64_t param = argument_of(inference, call, from, target);
	int32_t function;
	const struct facts_range *r;

	if (callee->kind != VALUE_FUNCTION || param < 0)
		return;
	function = program_function(inference->program, callee->symbol, from);
	if (function < 0)
		return;
	r = &facts->functions[function].calls;
	for (uint32_t c = r->first; c < r->first + r->n; c++) {
		const struct facts_value *called = &facts->calls[c].target;

		if (called->kind != VALUE_PARAM || called->number != param || called->field >= 0)
			continue;
		open_at(inference, function, facts->calls[c].line, open);
		return;
	}
}

static void open_at_edge(const struct inference *inference, int32_t from, const struct edge *edge,
			 GArray *open)
{
	if (edge->call == NO_CALL)
		return;
	open_at(inference, from, inference->facts->calls[edge->call].line, open);
	if (edge->kind == EDGE_CALLBACK)
		open_at_callback(inference, from, edge->call, edge->to, open);
}

unsigned int infer_weigh(const struct inference *inference, const GArray *open)
{
	unsigned int weight = 0;

	for (guint i = 0; open && i < open->len; i++) {
		uint32_t guard = g_array_index(open, struct open_condition, i).guard;

		weight += inference->facts->guards[guard].exit == GUARD_LOOP ? WEIGHT_LOOP
									     : WEIGHT_TEST;
	}
	return weight;
}

unsigned int infer_edge_weight(const struct inference *inference, int32_t function,
			       const struct edge *edge)
{
	g_array_set_size(inference->scratch, 0);
	open_at_edge(inference, function, edge, inference->scratch);
	return infer_weigh(inference, inference->scratch);
}

GArray *infer_open_conditions(const struct inference *inference, const GArray *path,
			      int32_t function, uint32_t line)
{
	GArray *open = g_array_new(FALSE, FALSE, sizeof(struct open_condition));

	for (guint i = 1; i < path->len; i++) {
		const struct edge *edge = &g_array_index(path, struct edge, i);
		int32_t from = g_array_index(path, struct edge, i - 1).to;

		open_at_edge(inference, from, edge, open);
	}
	open_at(inference, function, line, open);
	return open;
}

/* The data of a walk that ends when it reaches @function. */
struct target {
	const struct inference *inference;
	int32_t function;
};

static bool visit_until(void *data, int32_t function, G_GNUC_UNUSED uint8_t tier)
{
	return function != ((const struct target *)data)->function;
}

static unsigned int cost_of_edge(void *data, int32_t function, const struct edge *edge)
{
	return infer_edge_weight(((const struct target *)data)->inference, function, edge);
}

unsigned int infer_weight_of_set(const struct inference *inference, const struct reach *set)
{
	struct target target = { inference, set->function };
	g_autofree uint8_t *leads = g_new0(uint8_t, inference->facts->n_functions + 1);
	const struct walk_ops ops = { .visit = visit_until,
				      .cost = cost_of_edge,
				      .data = &target,
				      .leads = leads,
				      .decides_globals = true };
	g_autoptr(GArray) path = NULL;
	g_autoptr(GArray) open = NULL;

	leads[set->function] = 1;
	reachability_spread(inference->contexts->reachability, leads);
	walk_context(inference->walk, set->context, &ops);
	path = walk_path(inference->walk, set->function);
	if (!path)
		return 0;
	open = infer_open_conditions(inference, path, set->function,
				     inference_use(inference, set->use)->line);
	return infer_weigh(inference, open);
}

static const char *field_name(const struct inference *inference, const struct facts_value *value)
{
	return value->field >= 0 ? inference->facts->fields[value->field] : NULL;
}

/*
 * Describes the value @value that a test in @function checks: "device.fwnode", "acpi_disabled",
 * "the result of f()". Free with g_free().
 */
static char *describe_value(const struct inference *inference, int32_t function,
			    const struct facts_value *value)
{
	const char *field = field_name(inference, value);
	const char *name = value->symbol >= 0 ? inference->facts->symbols[value->symbol].name : "";

	switch (value->kind) {
	case VALUE_GLOBAL:
		/* @field is "type.member". Prints "variable.member" instead. */
		field = field ? strchr(field, '.') : NULL;
		return g_strconcat(name, field, NULL);
	case VALUE_RESULT:
		return g_strdup_printf("the result of %s()", name);
	case VALUE_PARAM:
		return g_strdup_printf("argument %" G_GINT64_FORMAT " of %s()", value->number + 1,
				       program_name(inference->program, function));
	default:
		return g_strdup(field ? field : "the value");
	}
}

static char *describe_test(const struct inference *inference,
			   const struct open_condition *condition)
{
	const struct facts *facts = inference->facts;
	const struct facts_guard *guard = &facts->guards[condition->guard];
	g_autofree char *value = describe_value(inference, condition->function, &guard->atom);

	if (guard->exit == GUARD_LOOP)
		return g_strdup_printf("the loop over %s runs", value);
	if (guard->object >= 0)
		return g_strdup_printf("%s is &%s", value, facts->symbols[guard->object].name);
	if (guard->relation != RELATION_NONE &&
	    (guard->number != 0 || guard->relation != RELATION_NE))
		return g_strdup_printf("%s %s %" G_GINT64_FORMAT, value,
				       relation_names[guard->relation], guard->number);
	return g_strdup_printf("%s is not 0", value);
}

void infer_add_conditions(const struct inference *inference, const GArray *open,
			  struct finding *finding)
{
	for (guint i = 0; open && i < open->len; i++) {
		const struct open_condition *condition =
			&g_array_index(open, struct open_condition, i);
		g_autofree char *test = describe_test(inference, condition);

		finding_add_condition(finding, test,
				      inference->facts->functions[condition->function].file,
				      inference->facts->guards[condition->guard].line);
	}
}

static bool is_not_target(void *data, int32_t function, G_GNUC_UNUSED uint8_t tier)
{
	return *(int32_t *)data != function;
}

GArray *infer_conditions_to(struct inference *inference, int32_t context, int32_t function,
			    uint32_t line, unsigned int *weight)
{
	const struct walk_ops ops = { .visit = is_not_target, .data = &function };
	g_autoptr(GArray) path = NULL;
	GArray *open;

	walk_context(inference->walk, context, &ops);
	path = walk_path(inference->walk, function);
	if (!path)
		return NULL;
	open = infer_open_conditions(inference, path, function, line);
	*weight = infer_weigh(inference, open);
	return open;
}
