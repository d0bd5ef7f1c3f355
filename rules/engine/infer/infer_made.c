// SPDX-License-Identifier: GPL-2.0-only
/*
 * Recognises a probe whose device the provider makes. A probe runs only when its device exists. So
 * if the provider first sets up the resource and then makes the device, the probe always finds the
 * resource. The order of the two initcalls then does not matter.
 */
#include "rules/engine/infer/infer_internal.h"

/*
 * @device is the resource that stands for a device. Returns the last line at which the code of
 * @function makes @device; 0: no such line. The functions that @function calls do not count.
 */
static uint32_t last_line_making(const struct inference *inference, int32_t function,
				 int32_t device)
{
	const struct usage *usage = inference->usage;
	uint32_t last = 0;

	for (uint32_t u = usage->first_use[function]; u < usage->first_use[function + 1]; u++) {
		const struct use *use = inference_use(inference, u);

		if (use->role == USE_SETS && use->resource == device)
			last = MAX(last, use->line);
	}
	return last;
}

/*
 * Returns an array of marks. marks[f] is not 0 if function f makes @device, or reaches a function
 * that makes @device. Free with g_free().
 */
static uint8_t *mark_makers(const struct inference *inference, int32_t device)
{
	uint8_t *marks = g_new0(uint8_t, inference->facts->n_functions + 1);

	for (uint32_t f = 0; f < inference->facts->n_functions; f++)
		marks[f] = last_line_making(inference, (int32_t)f, device) > 0;
	reachability_spread(inference->contexts->reachability, marks);
	return marks;
}

/*
 * True if, on a line after @line, @function makes @device or calls a function that makes @device,
 * directly or through other functions.
 */
static bool makes_after(const struct inference *inference, int32_t function, uint32_t line,
			int32_t device)
{
	const struct program *p = inference->program;
	g_autofree uint8_t *makers = NULL;

	if (last_line_making(inference, function, device) > line)
		return true;
	makers = mark_makers(inference, device);
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
