// SPDX-License-Identifier: GPL-2.0-only
#include "rules/engine/context/leading.h"

struct leading {
	uint32_t n;	 /* functions */
	uint32_t *first; /* by function, n + 1: range of from */
	int32_t *from;	 /* functions that have an edge to it */
};

typedef void (*edge_visit)(struct leading *leading, int32_t from, const struct edge *edge);

static void each_edge(struct leading *leading, const struct program *program,
		      const struct flow *flow, edge_visit visit)
{
	for (uint32_t f = 0; f < leading->n; f++) {
		for (uint32_t e = program->first_edge[f]; e < program->first_edge[f + 1]; e++)
			visit(leading, (int32_t)f, &program->edges[e]);
		for (uint32_t e = flow->first_edge[f]; e < flow->first_edge[f + 1]; e++)
			visit(leading, (int32_t)f, &g_array_index(flow->edges, struct edge, e));
	}
}

static void count(struct leading *leading, G_GNUC_UNUSED int32_t from, const struct edge *edge)
{
	leading->first[edge->to]++;
}

/* From the end of each range to its beginning, which first[] is then. */
static void place(struct leading *leading, int32_t from, const struct edge *edge)
{
	leading->from[--leading->first[edge->to]] = from;
}

struct leading *leading_new(const struct program *program, const struct flow *flow)
{
	struct leading *leading = g_new0(struct leading, 1);
	uint32_t sum = 0;

	leading->n = program->facts->n_functions;
	leading->first = g_new0(uint32_t, leading->n + 1);
	each_edge(leading, program, flow, count);
	for (uint32_t f = 0; f <= leading->n; f++)
		leading->first[f] = sum += leading->first[f];
	leading->from = g_new(int32_t, sum + 1);
	each_edge(leading, program, flow, place);
	return leading;
}

void leading_free(struct leading *leading)
{
	if (!leading)
		return;
	g_free(leading->first);
	g_free(leading->from);
	g_free(leading);
}

void leading_spread(const struct leading *leading, uint8_t *to)
{
	g_autoptr(GArray) todo = g_array_new(FALSE, FALSE, sizeof(int32_t));

	for (int32_t f = 0; (uint32_t)f < leading->n; f++)
		if (to[f])
			g_array_append_val(todo, f);
	for (guint i = 0; i < todo->len; i++) {
		int32_t f = g_array_index(todo, int32_t, i);

		for (uint32_t e = leading->first[f]; e < leading->first[f + 1]; e++) {
			if (!to[leading->from[e]])
				g_array_append_val(todo, leading->from[e]);
			to[leading->from[e]] = 1;
		}
	}
}
