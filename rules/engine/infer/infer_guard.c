// SPDX-License-Identifier: GPL-2.0-only
/*
 * Finds tests that protect a consumer if the provider has not run yet. A consumer is code that
 * needs a resource, such as a variable. The provider is the initcall that sets up the resource.
 *
 * A test is a condition in the consumer's code, such as "if (!ptr)". A test counts if the provider
 * sets the tested variable, even if the consumer needs another variable. For example, a test of a
 * flag protects a pointer if the provider sets the flag and the pointer. The guarding of a test or
 * a line (enum guarding) says what the consumer does if the provider has not run.
 */
#include "rules/engine/infer/infer_internal.h"

#include <string.h>

/* True if @provider sets @resource. */
static bool is_set_by(const struct inference *inference, int32_t resource,
		      const struct initcall *provider)
{
	const GArray *list = g_hash_table_lookup(inference->setters, GINT_TO_POINTER(resource + 1));

	for (guint i = 0; list && i < list->len; i++)
		if (g_array_index(list, const struct initcall *, i) == provider)
			return true;
	return false;
}

static int32_t tested_resource(const struct inference *inference, int32_t function,
			       const struct facts_guard *guard)
{
	return usage_tested(inference->usage, inference->program, inference->resources, function,
			    guard);
}

static enum guarding guarding_of_exit(const struct facts_guard *guard)
{
	switch (guard->exit) {
	case GUARD_DEFER:
		return GUARDING_DEFERS;
	case GUARD_ERROR:
	case GUARD_FATAL:
		/*
		 * If @alternatives is not 0, @guard is only a part of a test, such as "!a" in
		 * "if (!a && !b) return -ENODEV;". Then @guard alone does not decide whether the
		 * code fails.
		 */
		return guard->alternatives ? GUARDING_NONE : GUARDING_FAILS;
	default:
		return GUARDING_COPES;
	}
}

/*
 * Returns how the tests in @function protect @line if @provider has not run. Example: the code is
 * "if (!ptr) return -ENODEV;", and @provider sets ptr. For the line of the test, the result is
 * GUARDING_FAILS, because the function returns an error. For the lines below the test, the result
 * is GUARDING_COPES, because these lines do not run and do no harm.
 */
static enum guarding guarding_at(const struct inference *inference, int32_t function, uint32_t line,
				 const struct initcall *provider)
{
	const struct facts_range *r = &inference->facts->functions[function].guards;
	enum guarding result = GUARDING_NONE;

	for (uint32_t g = r->first; g < r->first + r->n; g++) {
		const struct facts_guard *guard = &inference->facts->guards[g];
		bool is_test = guard->line == line;
		int32_t resource;

		if (!is_test && !(guard->when && guard->from <= line && line <= guard->to))
			continue;
		resource = tested_resource(inference, function, guard);
		if (resource < 0 || !is_set_by(inference, resource, provider))
			continue;
		if (!guard->when)
			return GUARDING_COPES;
		if (is_test && guarding_of_exit(guard) == GUARDING_FAILS)
			return GUARDING_FAILS;
		result = MAX(result, is_test ? guarding_of_exit(guard)
				     : guarding_of_exit(guard) == GUARDING_DEFERS ? GUARDING_DEFERS
										  : GUARDING_COPES);
	}
	return result;
}

/*
 * Returns how the tests in @function protect a read of the variable @resource. @function may read
 * the variable itself, or call a function that returns the variable. @function may copy the value
 * into a local variable, and test the copy on a later line. So a test of the value on any line of
 * @function counts. The first test with a guarding other than GUARDING_NONE decides. If no test
 * decides, returns GUARDING_NONE.
 */
static enum guarding guarding_of_copy(const struct inference *inference, int32_t function,
				      int32_t resource)
{
	const struct facts_range *r = &inference->facts->functions[function].guards;

	for (uint32_t g = r->first; g < r->first + r->n; g++) {
		const struct facts_guard *guard = &inference->facts->guards[g];

		if (tested_resource(inference, function, guard) == resource &&
		    !(guard->when && guarding_of_exit(guard) == GUARDING_NONE))
			return guard->when ? guarding_of_exit(guard) : GUARDING_COPES;
	}
	return GUARDING_NONE;
}

/*
 * True if @use is an assignment to a field that a model names, such as device_driver.bus. The
 * assignment itself does not need the resource. Code that runs later and reads the field needs the
 * resource. A test below the assignment may return from the function before that code runs. So a
 * test below the assignment protects @use, too.
 */
static bool is_assignment(const struct inference *inference, const struct use *use)
{
	const struct event *event;

	if (use->event < 0)
		return false;
	event = &g_array_index(inference->flow->events, struct event, use->event);
	return event->entry->functions == NULL;
}

/*
 * Looks at the tests on all lines of @function. A test counts if @provider sets the tested
 * variable. Returns the highest guarding of the tests that count; GUARDING_NONE if no test counts.
 */
static enum guarding guarding_anywhere(const struct inference *inference, int32_t function,
				       const struct initcall *provider)
{
	const struct facts_range *r = &inference->facts->functions[function].guards;
	enum guarding result = GUARDING_NONE;

	for (uint32_t g = r->first; g < r->first + r->n; g++) {
		const struct facts_guard *guard = &inference->facts->guards[g];
		int32_t resource = tested_resource(inference, function, guard);

		if (guard->when && resource >= 0 && is_set_by(inference, resource, provider))
			result = MAX(result, guarding_of_exit(guard));
	}
	return result;
}

static enum guarding guarding_of_use(const struct inference *inference, int32_t function,
				     const struct use *use, const struct initcall *provider)
{
	enum guarding guarding = guarding_at(inference, function, use->line, provider);

	if (is_assignment(inference, use))
		guarding = MAX(guarding, guarding_anywhere(inference, function, provider));
	if (guarding == GUARDING_NONE && use->how == USE_READ)
		guarding = guarding_of_copy(inference, function, use->resource);
	return guarding;
}

/*
 * A search in the code that one context reaches. The search looks for an unprotected need: code
 * that needs @resource, and that no test protects. A test protects the code if it lets the caller
 * work without @resource (GUARDING_COPES), or if it defers the probe (GUARDING_DEFERS).
 */
struct search {
	struct inference *inference;
	const struct initcall *provider;
	int32_t resource;   /* the search looks for code that needs this resource */
	struct reach found; /* valid if @any is true: the unprotected need that was found */
	/* the highest guarding of the protected needs; GUARDING_COPES if there are none */
	enum guarding guarding;
	bool any; /* true: the search has found an unprotected need */
	/*
	 * A limit, as enum edge_kind. The search ignores a function if the path to the function has
	 * an edge that is less certain than this kind.
	 */
	uint8_t worst;
};

/*
 * True if two conditions hold: @call calls a function that returns the variable s->resource, and a
 * test in @function protects the read of this variable (GUARDING_COPES or GUARDING_DEFERS). In this
 * case, also raises s->guarding to the guarding of the test.
 */
static bool is_tested_later(struct search *s, int32_t function, uint32_t call)
{
	const struct facts_value *target = &s->inference->facts->calls[call].target;
	enum guarding guarding;
	int32_t callee;

	if (target->kind != VALUE_FUNCTION)
		return false;
	callee = program_function(s->inference->program, target->symbol, function);
	if (callee < 0 || s->inference->usage->returned[callee] != s->resource)
		return false;
	guarding = guarding_of_copy(s->inference, function, s->resource);
	if (guarding != GUARDING_COPES && guarding != GUARDING_DEFERS)
		return false;
	s->guarding = MAX(s->guarding, guarding);
	return true;
}

static bool follow_unprotected(void *data, int32_t function, uint32_t call)
{
	struct search *s = data;
	const struct facts_range *r = &s->inference->facts->functions[function].guards;

	if (!r->n || call == NO_CALL)
		return true;
	switch (guarding_at(s->inference, function, s->inference->facts->calls[call].line,
			    s->provider)) {
	case GUARDING_COPES:
	case GUARDING_DEFERS:
		/*
		 * A test that protects the line of the call also protects the needs in the callee.
		 */
		return false;
	default:
		return !is_tested_later(s, function, call);
	}
}

static unsigned int n_open(void *data, int32_t function, const struct edge *edge)
{
	const struct search *s = data;

	return infer_edge_weight(s->inference, function, edge);
}

static bool visit_needs(void *data, int32_t function, uint8_t tier)
{
	struct search *s = data;
	const struct usage *usage = s->inference->usage;

	if (tier > s->worst)
		return false;
	for (uint32_t u = usage->first_use[function]; u < usage->first_use[function + 1]; u++) {
		const struct use *use = inference_use(s->inference, u);
		enum guarding guarding;

		if (use->resource != s->resource || use->role != USE_NEEDS ||
		    walk_rules_out(s->inference->walk, function, use->line))
			continue;
		guarding = guarding_of_use(s->inference, function, use, s->provider);
		if (guarding == GUARDING_COPES || guarding == GUARDING_DEFERS) {
			s->guarding = MAX(s->guarding, guarding);
			continue;
		}
		if (s->any && use->how <= inference_use(s->inference, s->found.use)->how)
			continue;
		s->any = true;
		s->found.function = function;
		s->found.use = u;
		s->found.tier = tier;
	}
	return !s->any || inference_use(s->inference, s->found.use)->how == USE_READ;
}

/*
 * @value is an argument of a call. True if the argument is the same each time the call runs. In a
 * loop over a list, the argument is another element each time, but the facts give the address of
 * the list head as @value. So the address of a list head does not count as fixed.
 */
static bool is_fixed(const struct inference *inference, const struct facts_value *value)
{
	int32_t global;

	if (value->kind == VALUE_FUNCTION || value->kind == VALUE_STRING)
		return true;
	if (value->kind != VALUE_OBJECT)
		return false;
	global = inference->program->global_of_symbol[value->symbol];
	return global < 0 || g_strcmp0(inference->facts->globals[global].record, "list_head") != 0;
}

/*
 * True if @function calls @target, and no argument of this call is fixed (see is_fixed()). A call
 * without fixed arguments may run once for each element of a list.
 */
static bool calls_for_each(const struct inference *inference, int32_t function, int32_t target)
{
	const struct program *p = inference->program;

	for (uint32_t e = p->first_edge[function]; e < p->first_edge[function + 1]; e++) {
		const struct facts_range *r = &inference->facts->calls[p->edges[e].call].arguments;
		bool fixed = false;

		if (p->edges[e].to != target)
			continue;
		for (uint32_t a = r->first; a < r->first + r->n; a++) {
			fixed |= is_fixed(inference, &inference->facts->arguments[a].value);
		}
		if (!fixed)
			return true;
	}
	return false;
}

/*
 * The provider is the context of @set. True if the provider probably calls @function again for each
 * consumer that called @function before the provider ran. Looks for this call in three places: in
 * the root function of the provider, in callbacks that the root function passes to other functions,
 * and in functions that the root function calls and that are in the same file as the root function.
 * Also true if @function itself is one of these callbacks.
 */
static bool replays(const struct inference *inference, const struct reach *set, int32_t function)
{
	const struct program *p = inference->program;
	const struct flow *flow = inference->flow;
	int32_t root = inference_context(inference, set->context)->root;

	if (calls_for_each(inference, root, function))
		return true;
	for (uint32_t e = flow->first_edge[root]; e < flow->first_edge[root + 1]; e++) {
		int32_t to = g_array_index(flow->edges, struct edge, e).to;

		if (to == function || calls_for_each(inference, to, function))
			return true;
	}
	for (uint32_t e = p->first_edge[root]; e < p->first_edge[root + 1]; e++) {
		int32_t to = p->edges[e].to;

		if (inference->facts->functions[to].file ==
			    inference->facts->functions[root].file &&
		    calls_for_each(inference, to, function))
			return true;
	}
	return false;
}

/*
 * The function need->function may return the variable that @need reads. Then the caller of
 * need->function may test the returned value. Returns the guarding of this test. Returns
 * GUARDING_NONE if there is no test, or if need->function does not return the variable.
 *
 * The walk does not follow a call on a line with GUARDING_COPES or GUARDING_DEFERS, because
 * follow_unprotected() returns false for such a call. The walk has followed the call to
 * need->function. So the line of this call has GUARDING_NONE or GUARDING_FAILS, and this is the
 * result.
 */
static enum guarding guarding_of_predicate(struct inference *inference, const struct reach *need,
					   const struct initcall *provider)
{
	const struct use *use = inference_use(inference, need->use);
	g_autoptr(GArray) path = NULL;
	const struct edge *edge;

	if (use->how != USE_READ || inference->usage->returned[need->function] != use->resource)
		return GUARDING_NONE;
	path = walk_path(inference->walk, need->function);
	if (!path || path->len < 2)
		return GUARDING_NONE;
	edge = &g_array_index(path, struct edge, path->len - 1);
	return guarding_at(inference, g_array_index(path, struct edge, path->len - 2).to,
			   inference->facts->calls[edge->call].line, provider);
}

/* True if @target is a function that returns a pointer. */
static bool returns_pointer(const struct inference *inference, const struct facts_value *target,
			    int32_t caller)
{
	int32_t function = target->kind == VALUE_FUNCTION
				   ? program_function(inference->program, target->symbol, caller)
				   : -1;
	const char *type = function < 0 ? NULL : inference->facts->functions[function].type;
	const char *end = type ? strchr(type, '(') : NULL;

	while (end && end > type && end[-1] == ' ')
		end--;
	return end && end > type && end[-1] == '*';
}

/*
 * The use of @need may be a call to a function that a model names. This function may return a null
 * pointer or an error pointer if the resource is missing. The caller, need->function, may test the
 * returned pointer. Returns the guarding of the first such test; GUARDING_NONE if there is none. A
 * call that returns a number does not count: the number may be an error number, a count or a truth
 * value.
 */
static enum guarding guarding_of_result(const struct inference *inference, const struct reach *need)
{
	const struct facts *facts = inference->facts;
	const struct use *use = inference_use(inference, need->use);
	const struct facts_range *r = &facts->functions[need->function].guards;
	const struct facts_value *target;

	if (use->how != USE_MODEL || use->call == NO_CALL)
		return GUARDING_NONE;
	target = &facts->calls[use->call].target;
	if (!returns_pointer(inference, target, need->function))
		return GUARDING_NONE;
	for (uint32_t g = r->first; g < r->first + r->n; g++) {
		const struct facts_guard *guard = &facts->guards[g];

		if (guard->when && guard->line >= use->line && guard->atom.kind == VALUE_RESULT &&
		    guard->atom.symbol == target->symbol)
			return guarding_of_exit(guard);
	}
	return GUARDING_NONE;
}

void infer_mark_needs(const struct inference *inference, int32_t resource, uint8_t *marks)
{
	const struct usage *usage = inference->usage;

	for (uint32_t f = 0; f < inference->facts->n_functions; f++)
		for (uint32_t u = usage->first_use[f]; u < usage->first_use[f + 1]; u++) {
			const struct use *use = inference_use(inference, u);

			marks[f] |= use->role == USE_NEEDS && use->resource == resource;
		}
}

enum guarding infer_guarding(struct inference *inference, struct reach *need,
			     const struct reach *set, const uint8_t *leads)
{
	enum guarding guarding;
	struct search search = {
		.inference = inference,
		.provider = inference_context(inference, set->context)->initcall,
		.resource = inference_use(inference, need->use)->resource,
		.found = *need,
		.guarding = GUARDING_COPES,
		.worst = inference->least > CONFIDENCE_LOW ? EDGE_PROBE : EDGE_MANY,
	};
	const struct walk_ops ops = { .visit = visit_needs,
				      .follow = follow_unprotected,
				      .cost = n_open,
				      .data = &search,
				      .leads = leads,
				      .decides_globals = true };

	walk_context(inference->walk, need->context, &ops);
	if (!search.any)
		return search.guarding;
	*need = search.found;
	if (replays(inference, set, need->function))
		return GUARDING_COPES;
	guarding = guarding_of_use(inference, need->function, inference_use(inference, need->use),
				   search.provider);
	guarding = MAX(guarding, guarding_of_result(inference, need));
	return MAX(guarding, guarding_of_predicate(inference, need, search.provider));
}
