// SPDX-License-Identifier: GPL-2.0-only
#include "rules/engine/context/walk.h"

/* The maximum number of calls that known_parameter() follows back to find a constant. */
#define MAX_PASSES 6
/*
 * The maximum number of times that a walk enters one function again. The walk enters a function
 * again because another path may allow more lines of the function to run.
 */
#define MAX_REVISITS 4

struct step {
	int32_t to;
	int32_t from;
	uint32_t call;
	uint8_t kind;
};

struct walk {
	const struct contexts *contexts;
	uint32_t stamp;	   /* number of the current walk, from 1 */
	uint32_t now;	   /* moment of the context that the current walk starts from */
	uint32_t *visited; /* by function: stamp of the last walk that reached the function */
	/* by function: stamp of the last walk that ruled out some lines of the function */
	uint32_t *partly;
	uint8_t *revisits; /* by function: how often the current walk entered the function again */
	int32_t *from;	   /* by function: the last caller on the path to the function; -1: none */
	uint32_t *call; /* by function: the last call on the path to the function; NO_CALL: none */
	uint8_t *kind;	/* by function: enum edge_kind of the last call on the path */
	/*
	 * A model may limit the length of call chains in which each function has a parameter of a
	 * given type (stops.h). By function: number of the function in its chain, from 1. 0: the
	 * function is in no chain of this kind.
	 */
	uint8_t *depth;
	/*
	 * queues[k]: steps (struct step) that the walk can take. After each of these steps, the
	 * least certain edge on the path has the kind k.
	 */
	GArray *queues[N_EDGE_KINDS];
};

struct walk *walk_new(const struct contexts *contexts)
{
	uint32_t n = contexts->program->facts->n_functions + 1;
	struct walk *walk = g_new0(struct walk, 1);

	walk->contexts = contexts;
	walk->visited = g_new0(uint32_t, n);
	walk->partly = g_new0(uint32_t, n);
	walk->revisits = g_new0(uint8_t, n);
	walk->from = g_new(int32_t, n);
	walk->call = g_new(uint32_t, n);
	walk->kind = g_new(uint8_t, n);
	walk->depth = g_new0(uint8_t, n);
	for (int i = 0; i < N_EDGE_KINDS; i++)
		walk->queues[i] = g_array_new(FALSE, FALSE, sizeof(struct step));
	return walk;
}

void walk_free(struct walk *walk)
{
	if (!walk)
		return;
	for (int i = 0; i < N_EDGE_KINDS; i++)
		g_array_unref(walk->queues[i]);
	g_free(walk->visited);
	g_free(walk->partly);
	g_free(walk->revisits);
	g_free(walk->from);
	g_free(walk->call);
	g_free(walk->kind);
	g_free(walk->depth);
	g_free(walk);
}

/*
 * Sets *@number to the constant that the calls on the walk's path pass to parameter @param of
 * @function. Returns false if the argument is not known to be a constant.
 */
static bool known_parameter(const struct walk *walk, int32_t function, int64_t param,
			    int64_t *number)
{
	const struct facts *facts = walk->contexts->program->facts;

	if (walk->visited[function] != walk->stamp)
		return false;
	for (int depth = 0; depth < MAX_PASSES && walk->call[function] != NO_CALL; depth++) {
		const struct facts_range *r = &facts->calls[walk->call[function]].arguments;
		const struct facts_value *value = NULL;
		uint8_t kind = walk->kind[function];

		/*
		 * The call on the path passes @function as a callback to other code. So the
		 * arguments of the call are not the arguments of @function.
		 */
		if (kind != EDGE_DIRECT && kind != EDGE_SINGLE && kind != EDGE_MANY)
			return false;
		for (uint32_t a = r->first; a < r->first + r->n; a++)
			if (facts->arguments[a].index == param)
				value = &facts->arguments[a].value;
		if (value && value->kind == VALUE_NUMBER) {
			*number = value->number;
			return true;
		}
		if (!value || value->kind != VALUE_PARAM || value->field >= 0)
			return false;
		param = value->number;
		function = walk->from[function];
	}
	return false;
}

static bool holds(const struct facts_guard *guard, int64_t number)
{
	switch (guard->relation) {
	case RELATION_EQ:
		return number == guard->number;
	case RELATION_NE:
		return number != guard->number;
	case RELATION_LT:
		return number < guard->number;
	case RELATION_LE:
		return number <= guard->number;
	case RELATION_GT:
		return number > guard->number;
	case RELATION_GE:
		return number >= guard->number;
	case RELATION_BITS:
		return number & guard->number;
	case RELATION_NO_BITS:
		return !(number & guard->number);
	default:
		return true;
	}
}

/* True if a constant that the walk's path passes to @function makes the test of @guard false. */
static bool fails(const struct walk *walk, int32_t function, const struct facts_guard *guard)
{
	int64_t number;

	return guard->relation != RELATION_NONE &&
	       known_parameter(walk, function, guard->atom.number, &number) &&
	       !holds(guard, number);
}

/*
 * The guards [@first, @end) of @function test the operands of one condition "a || b || ...". True
 * if constants on the walk's path make all these tests false.
 */
static bool all_fail(const struct walk *walk, int32_t function, uint32_t first, uint32_t end)
{
	for (uint32_t g = first; g < end; g++)
		if (!fails(walk, function, &walk->contexts->program->facts->guards[g]))
			return false;
	return true;
}

static uint32_t end_of_alternatives(const struct facts *facts, uint32_t first, uint32_t end)
{
	uint32_t alternatives = facts->guards[first].alternatives, g = first + 1;

	while (alternatives && g < end && facts->guards[g].alternatives == alternatives)
		g++;
	return g;
}

bool walk_rules_out(struct walk *walk, int32_t function, uint32_t line)
{
	const struct facts *facts = walk->contexts->program->facts;
	const struct facts_range *r = &facts->functions[function].guards;
	uint32_t next;

	for (uint32_t g = r->first; g < r->first + r->n; g = next) {
		const struct facts_guard *guard = &facts->guards[g];

		next = end_of_alternatives(facts, g, r->first + r->n);
		if (line < guard->from || line > guard->to || !all_fail(walk, function, g, next))
			continue;
		walk->partly[function] = walk->stamp;
		return true;
	}
	return false;
}

bool walk_satisfies(const struct walk *walk, int32_t function, const struct facts_guard *guard)
{
	int64_t number;

	return guard->relation != RELATION_NONE &&
	       known_parameter(walk, function, guard->atom.number, &number) && holds(guard, number);
}

/*
 * True if the walk may enter @function again. Two conditions must hold: the walk has ruled out
 * lines of @function, and the walk has entered @function again fewer than MAX_REVISITS times.
 */
static bool may_revisit(const struct walk *walk, int32_t function)
{
	return walk->partly[function] == walk->stamp && walk->revisits[function] < MAX_REVISITS;
}

/*
 * Returns the value that walk->depth[@function] gets if the walk enters @function. @from is the
 * caller; -1: there is no caller.
 */
static uint8_t depth_from(const struct walk *walk, int32_t from, int32_t function)
{
	const uint8_t *limits = walk->contexts->stops.depth;

	if (!limits[function])
		return 0;
	return from >= 0 && limits[from] ? (uint8_t)MIN(walk->depth[from] + 1, G_MAXUINT8) : 1;
}

static bool is_too_deep(const struct walk *walk, int32_t from, int32_t function)
{
	return depth_from(walk, from, function) > walk->contexts->stops.depth[function];
}

static void push(struct walk *walk, const struct walk_ops *ops, int32_t from,
		 const struct edge *edge, uint8_t tier)
{
	struct step step = { edge->to, from, edge->call, edge->kind };

	if (ops->leads && !ops->leads[edge->to])
		return;
	if ((walk->visited[edge->to] == walk->stamp && !may_revisit(walk, edge->to)) ||
	    walk->contexts->stops.stopped[edge->to] || is_too_deep(walk, from, edge->to))
		return;
	if (edge->kind >= EDGE_SINGLE &&
	    g_hash_table_contains(walk->contexts->stops.runs, GUINT_TO_POINTER(edge->call + 1)))
		return;
	if ((edge->kind == EDGE_SINGLE || edge->kind == EDGE_MANY) &&
	    !escape_has_happened(walk->contexts->escape, edge->to, walk->now))
		return;
	if (ops->follow && !ops->follow(ops->data, from, edge->call))
		return;
	if (edge->call != NO_CALL &&
	    walk_rules_out(walk, from, walk->contexts->program->facts->calls[edge->call].line))
		return;
	g_array_append_val(walk->queues[MAX(tier, edge->kind)], step);
}

static void expand(struct walk *walk, const struct walk_ops *ops, int32_t function, uint8_t tier)
{
	const struct program *p = walk->contexts->program;
	const struct flow *flow = walk->contexts->flow;

	for (uint32_t e = p->first_edge[function]; e < p->first_edge[function + 1]; e++)
		push(walk, ops, function, &p->edges[e], tier);
	for (uint32_t e = flow->first_edge[function]; e < flow->first_edge[function + 1]; e++)
		push(walk, ops, function, &g_array_index(flow->edges, struct edge, e), tier);
}

/* True if the path to step->from already contains step->to. */
static bool is_circle(const struct walk *walk, const struct step *step)
{
	for (int32_t at = step->from; at >= 0; at = walk->from[at])
		if (at == step->to)
			return true;
	return false;
}

/*
 * Makes @step the last edge of the path to step->to, and returns true. If the walk has reached
 * step->to before and may not enter step->to again, does nothing and returns false.
 */
static bool enter(struct walk *walk, const struct step *step)
{
	if (walk->visited[step->to] != walk->stamp) {
		walk->revisits[step->to] = 0;
	} else {
		if (!may_revisit(walk, step->to) || is_circle(walk, step))
			return false;
		walk->revisits[step->to]++;
		walk->partly[step->to] = 0;
	}
	walk->visited[step->to] = walk->stamp;
	walk->from[step->to] = step->from;
	walk->call[step->to] = step->call;
	walk->kind[step->to] = step->kind;
	walk->depth[step->to] = depth_from(walk, step->from, step->to);
	return true;
}

void walk_context(struct walk *walk, int32_t context, const struct walk_ops *ops)
{
	const struct context *c = &g_array_index(walk->contexts->list, struct context, context);
	struct step root = { c->root, -1, NO_CALL, EDGE_DIRECT };

	for (int i = 0; i < N_EDGE_KINDS; i++)
		g_array_set_size(walk->queues[i], 0);
	walk->stamp++;
	walk->now = walk->contexts->moments[context];
	if (c->root < 0)
		return;
	g_array_append_val(walk->queues[c->tier], root);
	for (unsigned int tier = c->tier; tier < N_EDGE_KINDS; tier++) {
		for (guint i = 0; i < walk->queues[tier]->len; i++) {
			struct step step = g_array_index(walk->queues[tier], struct step, i);

			if (!enter(walk, &step))
				continue;
			if (!ops->visit(ops->data, step.to, tier))
				return;
			expand(walk, ops, step.to, tier);
		}
	}
}

GArray *walk_path(const struct walk *walk, int32_t function)
{
	GArray *path;

	if (walk->visited[function] != walk->stamp)
		return NULL;
	path = g_array_new(FALSE, FALSE, sizeof(struct edge));
	for (int32_t at = function; at >= 0; at = walk->from[at]) {
		struct edge edge = { at, walk->call[at], walk->kind[at] };

		g_array_prepend_val(path, edge);
	}
	return path;
}
