// SPDX-License-Identifier: GPL-2.0-only
#include "rules/engine/context/walk_internal.h"

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
	uint8_t cost; /* cost of the path after this step */
};

/*
 * Sets is_tested[c] for each call c in @function that is in the lines of a guard whose exact test
 * is known.
 */
static void mark_tested(const struct facts *facts, const struct facts_function *function,
			uint8_t *is_tested)
{
	for (uint32_t g = function->guards.first; g < function->guards.first + function->guards.n;
	     g++) {
		const struct facts_guard *guard = &facts->guards[g];

		if (guard->relation == RELATION_NONE)
			continue;
		for (uint32_t c = function->calls.first;
		     c < function->calls.first + function->calls.n; c++)
			is_tested[c] |= guard->from <= facts->calls[c].line &&
					facts->calls[c].line <= guard->to;
	}
}

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
		for (int c = 0; c < N_COSTS; c++)
			walk->queues[i][c] = g_array_new(FALSE, FALSE, sizeof(struct step));
	walk->cost = g_new0(uint8_t, n);
	walk->is_tested = g_new0(uint8_t, contexts->program->facts->n_calls + 1);
	for (uint32_t f = 0; f + 1 < n; f++)
		mark_tested(contexts->program->facts, &contexts->program->facts->functions[f],
			    walk->is_tested);
	return walk;
}

void walk_free(struct walk *walk)
{
	if (!walk)
		return;
	for (int i = 0; i < N_EDGE_KINDS; i++)
		for (int c = 0; c < N_COSTS; c++)
			g_array_unref(walk->queues[i][c]);
	g_free(walk->cost);
	g_free(walk->is_tested);
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
 * The guards @first to @end - 1 of @function test the operands of one condition "a || b || ...".
 * True if all these tests are false on the walk's path.
 */
static bool all_fail(const struct walk *walk, int32_t function, uint32_t first, uint32_t end)
{
	for (uint32_t g = first; g < end; g++)
		if (walk_outcome(walk, function, &walk->contexts->program->facts->guards[g]) !=
		    OUTCOME_FAILS)
			return false;
	return true;
}

uint32_t walk_alternatives_end(const struct facts *facts, uint32_t first, uint32_t end)
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

		next = walk_alternatives_end(facts, g, r->first + r->n);
		if (line < guard->from || line > guard->to || !all_fail(walk, function, g, next))
			continue;
		walk->partly[function] = walk->stamp;
		return true;
	}
	return false;
}

bool walk_satisfies(const struct walk *walk, int32_t function, const struct facts_guard *guard)
{
	return walk_outcome(walk, function, guard) == OUTCOME_PASSES;
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
	struct step step = { edge->to, from, edge->call, edge->kind, 0 };

	if (ops->leads && !ops->leads[edge->to])
		return;
	if ((walk->visited[edge->to] == walk->stamp && !may_revisit(walk, edge->to)) ||
	    walk->contexts->stops.stopped[edge->to] || is_too_deep(walk, from, edge->to))
		return;
	if (edge->kind >= EDGE_SINGLE &&
	    g_hash_table_contains(walk->contexts->stops.runs, GUINT_TO_POINTER(edge->call + 1)))
		return;
	if (ops->follow && !ops->follow(ops->data, from, edge->call))
		return;
	if (edge->call != NO_CALL && walk->is_tested[edge->call] &&
	    walk_rules_out(walk, from, walk->contexts->program->facts->calls[edge->call].line))
		return;
	if (ops->cost)
		step.cost = (uint8_t)MIN(walk->cost[from] + ops->cost(ops->data, from, edge),
					 N_COSTS - 1);
	g_array_append_val(walk->queues[MAX(tier, edge->kind)][step.cost], step);
}

/* True if @edge is a call through a pointer, and the pointer cannot have the value edge->to yet. */
static bool is_too_early(const struct walk *walk, const struct edge *edge)
{
	return (edge->kind == EDGE_SINGLE || edge->kind == EDGE_MANY) &&
	       !escape_has_happened(walk->contexts->escape, edge->to, walk->now);
}

static void expand(struct walk *walk, const struct walk_ops *ops, int32_t function, uint8_t tier)
{
	const struct program *p = walk->contexts->program;
	const struct flow *flow = walk->contexts->flow;

	for (uint32_t e = p->first_edge[function]; e < p->first_edge[function + 1]; e++)
		if (!is_too_early(walk, &p->edges[e]))
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
 * Makes @step the last edge of the path to step->to, and returns true. Does nothing and returns
 * false in two cases: the walk has reached step->to before and may not enter step->to again, or the
 * new path to step->to contains step->to twice.
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
	walk->cost[step->to] = step->cost;
	walk->depth[step->to] = depth_from(walk, step->from, step->to);
	return true;
}

static void walk_at(struct walk *walk, struct step root, uint8_t least, uint32_t moment,
		    const struct walk_ops *ops)
{
	for (int i = 0; i < N_EDGE_KINDS * N_COSTS; i++)
		g_array_set_size(walk->queues[i / N_COSTS][i % N_COSTS], 0);
	walk->stamp++;
	walk->now = moment;
	walk->decides_globals = ops->decides_globals;
	if (root.to < 0)
		return;
	g_array_append_val(walk->queues[least][0], root);
	for (unsigned int i = least * N_COSTS; i < N_EDGE_KINDS * N_COSTS; i++) {
		GArray *queue = walk->queues[i / N_COSTS][i % N_COSTS];

		for (guint s = 0; s < queue->len; s++) {
			struct step step = g_array_index(queue, struct step, s);

			if (!enter(walk, &step))
				continue;
			if (!ops->visit(ops->data, step.to, i / N_COSTS))
				return;
			expand(walk, ops, step.to, i / N_COSTS);
		}
	}
}

void walk_context(struct walk *walk, int32_t context, const struct walk_ops *ops)
{
	const struct context *c = &g_array_index(walk->contexts->list, struct context, context);

	walk_at(walk, (struct step){ c->root, -1, NO_CALL, EDGE_DIRECT, 0 }, c->tier,
		walk->contexts->moments[context], ops);
}

void walk_from(struct walk *walk, int32_t root, uint32_t moment, const struct walk_ops *ops)
{
	walk_at(walk, (struct step){ root, -1, NO_CALL, EDGE_DIRECT, 0 }, EDGE_DIRECT, moment, ops);
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
