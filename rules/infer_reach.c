// SPDX-License-Identifier: GPL-2.0-only
/* Questions about what single initcalls reach. */
#include "rules/infer_private.h"

#include <string.h>

struct search {
	const GArray *functions; /* int32_t: looked for; NULL: just count */
	bool found;
	unsigned int n;
};

static bool look(void *data, int32_t function, uint8_t tier)
{
	struct search *search = data;

	(void)tier;
	search->n++;
	for (guint i = 0; search->functions && i < search->functions->len; i++)
		search->found |= g_array_index(search->functions, int32_t, i) == function;
	return !search->found;
}

GPtrArray *inference_initcalls(struct inference *inference, const char *name)
{
	g_autoptr(GArray) functions = program_functions_named(inference->program, name);
	GPtrArray *initcalls = g_ptr_array_new();

	for (unsigned int i = 0; i < inference->input->n_initcalls; i++)
		if (strcmp(inference->input->initcalls[i].function, name) == 0)
			g_ptr_array_add(initcalls, (gpointer)&inference->input->initcalls[i]);
	if (initcalls->len || !functions->len)
		return initcalls;
	for (guint i = 0; i < inference->contexts->list->len; i++) {
		const struct context *context = inference_context(inference, (int32_t)i);
		struct search search = { .functions = functions };
		const struct walk_ops ops = { .visit = look, .data = &search };

		if (!context->initcall)
			continue;
		walk_context(inference->walk, (int32_t)i, &ops);
		if (search.found && !g_ptr_array_find(initcalls, context->initcall, NULL))
			g_ptr_array_add(initcalls, (gpointer)context->initcall);
	}
	return initcalls;
}

unsigned int inference_extent(struct inference *inference, const struct initcall *initcall)
{
	struct search search = { 0 };
	const struct walk_ops ops = { .visit = look, .data = &search };

	for (guint i = 0; i < inference->contexts->list->len; i++)
		if (inference_context(inference, (int32_t)i)->initcall == initcall)
			walk_context(inference->walk, (int32_t)i, &ops);
	return search.n;
}
