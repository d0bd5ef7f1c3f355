// SPDX-License-Identifier: GPL-2.0-only
#include "rules/engine/context/reachability.h"

struct reachability {
	uint32_t n; /* number of functions */
	/* The callers of function f are from[i] for first[f] <= i < first[f + 1]. */
	uint32_t *first;
	int32_t *from;
};

typedef void (*edge_visit)(struct reachability *reachability, int32_t from,
			   const struct edge *edge);

static void each_edge(struct reachability *reachability, const struct program *program,
		      const struct flow *flow, edge_visit visit)
{
	for (uint32_t f = 0; f < reachability->n; f++) {
		for (uint32_t e = program->first_edge[f]; e < program->first_edge[f + 1]; e++)
			visit(reachability, (int32_t)f, &program->edges[e]);
		for (uint32_t e = flow->first_edge[f]; e < flow->first_edge[f + 1]; e++)
			visit(reachability, (int32_t)f,
			      &g_array_index(flow->edges, struct edge, e));
	}
}

static void count(struct reachability *reachability, G_GNUC_UNUSED int32_t from,
		  const struct edge *edge)
{
	reachability->first[edge->to]++;
}

/*
 * Stores @from as a caller of function f, where f is edge->to. The callers of f have a range in the
 * array reachability->from. Before the first call, reachability->first[f] is the end of this range.
 * Each call decrements first[f] and stores a caller there. After all calls, first[f] is the
 * beginning of the range.
 */
static void store_caller(struct reachability *reachability, int32_t from, const struct edge *edge)
{
	reachability->from[--reachability->first[edge->to]] = from;
}

struct reachability *reachability_new(const struct program *program, const struct flow *flow)
{
	struct reachability *reachability = g_new0(struct reachability, 1);
	uint32_t sum = 0;

	reachability->n = program->facts->n_functions;
	reachability->first = g_new0(uint32_t, reachability->n + 1);
	each_edge(reachability, program, flow, count);
	for (uint32_t f = 0; f <= reachability->n; f++)
		reachability->first[f] = sum += reachability->first[f];
	reachability->from = g_new(int32_t, sum + 1);
	each_edge(reachability, program, flow, store_caller);
	return reachability;
}

void reachability_free(struct reachability *reachability)
{
	if (!reachability)
		return;
	g_free(reachability->first);
	g_free(reachability->from);
	g_free(reachability);
}

void reachability_spread(const struct reachability *reachability, uint8_t *to)
{
	g_autoptr(GArray) todo = g_array_new(FALSE, FALSE, sizeof(int32_t));

	for (int32_t f = 0; (uint32_t)f < reachability->n; f++)
		if (to[f])
			g_array_append_val(todo, f);
	for (guint i = 0; i < todo->len; i++) {
		int32_t f = g_array_index(todo, int32_t, i);

		for (uint32_t e = reachability->first[f]; e < reachability->first[f + 1]; e++) {
			if (!to[reachability->from[e]])
				g_array_append_val(todo, reachability->from[e]);
			to[reachability->from[e]] = 1;
		}
	}
}
