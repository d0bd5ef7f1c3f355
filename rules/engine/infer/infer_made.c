// SPDX-License-Identifier: GPL-2.0-only
/*
 * Recognises a probe whose device the provider itself makes. If the provider first sets up the
 * resource and then makes the device, the probe always finds the resource: it cannot run before its
 * device exists. So the order of the two initcalls does not matter.
 */
#include "rules/engine/infer/infer_internal.h"

/* Marks the functions that make the device @device, and all functions that reach them. */
static uint8_t *mark_makers(const struct inference *inference, int32_t device)
{
	const struct usage *usage = inference->usage;
	uint8_t *marks = g_new0(uint8_t, inference->facts->n_functions + 1);

	for (uint32_t f = 0; f < inference->facts->n_functions; f++)
		for (uint32_t u = usage->first_use[f]; u < usage->first_use[f + 1]; u++) {
			const struct use *use = inference_use(inference, u);

			marks[f] |= use->role == USE_SETS && use->resource == device;
		}
	reachability_spread(inference->contexts->reachability, marks);
	return marks;
}

/* True if a line of @function after @line makes @device. */
static bool makes_after(const struct inference *inference, int32_t function, uint32_t line,
			int32_t device)
{
	const struct program *p = inference->program;
	g_autofree uint8_t *makers = mark_makers(inference, device);

	for (uint32_t e = p->first_edge[function]; e < p->first_edge[function + 1]; e++)
		if (makers[p->edges[e].to] && inference->facts->calls[p->edges[e].call].line > line)
			return true;
	return false;
}

bool infer_is_made_after(const struct inference *inference, const struct reach *need,
			 const struct reach *set)
{
	const struct context *c = inference_context(inference, need->context);
	const struct context *p = inference_context(inference, set->context);

	return c->kind == CONTEXT_PROBE && c->maker && c->maker == p->initcall &&
	       makes_after(inference, set->function, inference_use(inference, set->use)->line,
			   c->made);
}
