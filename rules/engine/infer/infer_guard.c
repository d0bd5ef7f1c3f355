// SPDX-License-Identifier: GPL-2.0-only
/*
 * Tests between a consumer and what it needs. A test of anything that the provider sets
 * counts: a flag set beside the pointer protects the pointer.
 */
#include "rules/engine/infer/infer_internal.h"

static bool sets(const struct inference *inference, int32_t resource,
		 const struct initcall *provider)
{
	const GArray *list = g_hash_table_lookup(inference->setters, GINT_TO_POINTER(resource + 1));

	for (guint i = 0; list && i < list->len; i++)
		if (g_array_index(list, const struct initcall *, i) == provider)
			return true;
	return false;
}

static int32_t tested(const struct inference *inference, int32_t function,
		      const struct facts_guard *guard)
{
	return usage_tested(inference->usage, inference->program, inference->resources, function,
			    guard);
}

static enum guarding of_exit(const struct facts_guard *guard)
{
	switch (guard->exit) {
	case GUARD_DEFER:
		return GUARDING_DEFERS;
	case GUARD_ERROR:
	case GUARD_FATAL:
		/* One of several tests does not make it fail alone. */
		return guard->alternatives ? GUARDING_NONE : GUARDING_FAILS;
	default:
		return GUARDING_COPES;
	}
}

/*
 * What tests in @function do for its line @line. A line behind a test that leads out with
 * an error is not reached: that test is a need itself.
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
		resource = tested(inference, function, guard);
		if (resource < 0 || !sets(inference, resource, provider))
			continue;
		if (!guard->when)
			return GUARDING_COPES;
		if (is_test && of_exit(guard) == GUARDING_FAILS)
			return GUARDING_FAILS;
		result = MAX(result, is_test				 ? of_exit(guard)
				     : of_exit(guard) == GUARDING_DEFERS ? GUARDING_DEFERS
									 : GUARDING_COPES);
	}
	return result;
}

/*
 * A value that is taken into a local and tested there: what the test does counts, wherever
 * it stands.
 */
static enum guarding guarding_of_read(const struct inference *inference, int32_t function,
				      int32_t symbol)
{
	const struct facts_range *r = &inference->facts->functions[function].guards;

	for (uint32_t g = r->first; g < r->first + r->n; g++) {
		const struct facts_guard *guard = &inference->facts->guards[g];

		if (guard->atom.kind == VALUE_GLOBAL && guard->atom.symbol == symbol &&
		    !(guard->when && of_exit(guard) == GUARDING_NONE))
			return guard->when ? of_exit(guard) : GUARDING_COPES;
	}
	return GUARDING_NONE;
}

/* What is assigned is put to use later: a test behind it comes in time. */
static bool is_assignment(const struct inference *inference, const struct use *use)
{
	const struct event *event;

	if (use->event < 0)
		return false;
	event = &g_array_index(inference->flow->events, struct event, use->event);
	return event->entry->functions == NULL;
}

static enum guarding guarding_behind(const struct inference *inference, int32_t function,
				     const struct initcall *provider)
{
	const struct facts_range *r = &inference->facts->functions[function].guards;
	enum guarding result = GUARDING_NONE;

	for (uint32_t g = r->first; g < r->first + r->n; g++) {
		const struct facts_guard *guard = &inference->facts->guards[g];
		int32_t resource = tested(inference, function, guard);

		if (guard->when && resource >= 0 && sets(inference, resource, provider))
			result = MAX(result, of_exit(guard));
	}
	return result;
}

static enum guarding guarding_of_use(const struct inference *inference, int32_t function,
				     const struct use *use, const struct initcall *provider)
{
	enum guarding guarding = guarding_at(inference, function, use->line, provider);

	if (is_assignment(inference, use))
		guarding = MAX(guarding, guarding_behind(inference, function, provider));
	if (guarding == GUARDING_NONE && use->how == USE_READ)
		guarding = guarding_of_read(
			inference, function,
			resources_get(inference->resources, use->resource)->symbol);
	return guarding;
}

bool infer_is_conditional(const struct inference *inference, int32_t function, uint32_t line)
{
	const struct facts_range *r = &inference->facts->functions[function].guards;

	for (uint32_t g = r->first; g < r->first + r->n; g++) {
		const struct facts_guard *guard = &inference->facts->guards[g];

		if (guard->exit == GUARD_SKIP && guard->from <= line && line <= guard->to &&
		    (guard->atom.kind == VALUE_PARAM || guard->atom.kind == VALUE_LOADED) &&
		    !walk_satisfies(inference->walk, function, guard))
			return true;
	}
	return false;
}

struct search {
	struct inference *inference;
	const struct initcall *provider;
	int32_t resource;
	struct reach found;
	enum guarding guarding; /* of what was found; of the best protected otherwise */
	bool any;
	uint8_t worst; /* tier that is still looked into */
};

static bool follow(void *data, int32_t function, uint32_t call)
{
	const struct search *s = data;
	uint32_t line = s->inference->facts->calls[call].line;
	const struct facts_range *r = &s->inference->facts->functions[function].guards;

	if (!r->n)
		return true;
	switch (guarding_at(s->inference, function, line, s->provider)) {
	case GUARDING_COPES:
	case GUARDING_DEFERS:
		/* The call may be the test: what it asks for is judged by what the caller does. */
		return false;
	default:
		return true;
	}
}

static bool look(void *data, int32_t function, uint8_t tier)
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

/* Something single; an element of a list is known by the list's head. */
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

/* Whether one of the calls of @function leads to @target with nothing fixed handed over. */
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
 * The provider itself does, for each that came too early, what the consumer's function
 * could not do then. Seen in the initcall and in the functions of its file that it calls.
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
 * The last function of the way only tells whether it is set up, and its caller fails if not.
 * (What copes or defers is not looked into.)
 */
static enum guarding guarding_of_predicate(struct inference *inference, const struct reach *need,
					   const struct initcall *provider)
{
	const struct use *use = inference_use(inference, need->use);
	g_autoptr(GArray) way = NULL;
	const struct edge *edge;

	if (use->how != USE_READ || inference->usage->returned[need->function] != use->resource)
		return GUARDING_NONE;
	way = walk_path(inference->walk, need->function);
	if (!way || way->len < 2)
		return GUARDING_NONE;
	edge = &g_array_index(way, struct edge, way->len - 1);
	return guarding_at(inference, g_array_index(way, struct edge, way->len - 2).to,
			   inference->facts->calls[edge->call].line, provider);
}

enum guarding infer_guarding(struct inference *inference, struct reach *need,
			     const struct reach *set)
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
	const struct walk_ops ops = { .visit = look, .follow = follow, .data = &search };

	walk_context(inference->walk, need->context, &ops);
	if (!search.any)
		return search.guarding;
	*need = search.found;
	if (replays(inference, set, need->function))
		return GUARDING_COPES;
	guarding = guarding_of_use(inference, need->function, inference_use(inference, need->use),
				   search.provider);
	return MAX(guarding, guarding_of_predicate(inference, need, search.provider));
}
