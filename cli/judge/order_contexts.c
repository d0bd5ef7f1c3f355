// SPDX-License-Identifier: GPL-2.0-only
#include "cli/judge/order_contexts.h"

#include "cli/judge/analysis.h"

struct order_contexts {
	struct analysis analysis;
	GArray *list; /* struct order_context */
};

static void add_root(struct order_contexts *contexts, const struct inference_root *root)
{
	const struct rule_place *place = &root->place;
	struct order_context context = {
		.position = place->place->position,
		.turn = place->is_probe ? 0 : place->initcall->turn,
		.function = root->function,
		.file = root->file,
		.line = root->line,
		.of = place->is_probe ? place->initcall->function
				      : place->initcall->within->function,
		.waits = place->deferred_by ? place->deferred_by->function : NULL,
	};

	g_array_append_val(contexts->list, context);
}

static gint by_place(gconstpointer a, gconstpointer b)
{
	const struct order_context *x = a, *y = b;

	if (x->position != y->position)
		return x->position < y->position ? -1 : 1;
	/* During one initcall, the functions that a framework runs come before the probes. */
	if (!x->turn != !y->turn)
		return x->turn ? -1 : 1;
	return x->turn < y->turn ? -1 : x->turn > y->turn;
}

struct order_contexts *order_contexts_new(struct query *query, GError **error)
{
	const struct inference_options options = { .least = CONFIDENCE_HIGH };
	g_autoptr(order_contexts) contexts = g_new0(struct order_contexts, 1);
	g_autoptr(GPtrArray) models = analysis_models(NULL, error);
	g_autoptr(GArray) roots = NULL;

	contexts->list = g_array_new(FALSE, FALSE, sizeof(struct order_context));
	if (!models || !analysis_open(&contexts->analysis, query, models, &options, NULL, error))
		return NULL;
	roots = inference_roots(contexts->analysis.inference);
	for (guint i = 0; i < roots->len; i++)
		add_root(contexts, &g_array_index(roots, struct inference_root, i));
	g_array_sort(contexts->list, by_place);
	return g_steal_pointer(&contexts);
}

void order_contexts_free(struct order_contexts *contexts)
{
	if (!contexts)
		return;
	g_array_unref(contexts->list);
	analysis_clear(&contexts->analysis);
	g_free(contexts);
}

const struct order_context *order_contexts_list(const struct order_contexts *contexts,
						unsigned int *n)
{
	*n = contexts->list->len;
	return (const struct order_context *)contexts->list->data;
}
