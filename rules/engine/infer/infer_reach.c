// SPDX-License-Identifier: GPL-2.0-only
/*
 * Finds the contexts that reach a given function, and the call chains to the function. A context is
 * code that the boot runs: an initcall, a driver's probe, or code before all initcalls.
 */
#include "rules/engine/infer/infer_internal.h"

#include <string.h>

struct search {
	/* by function: 1 for a target; NULL: no targets, the search only counts visits */
	const uint8_t *wanted;
	int32_t found; /* the first target that the walk reaches; -1: none yet */
	/* if @found is not -1: the least certain kind of edge on the path to @found */
	uint8_t tier;
	unsigned int n; /* number of visits of functions */
};

static bool visit_function(void *data, int32_t function, uint8_t tier)
{
	struct search *search = data;

	search->n++;
	if (search->wanted && search->wanted[function]) {
		search->found = function;
		search->tier = tier;
	}
	return search->found < 0;
}

/*
 * Returns an array with one entry for each function. The entry is 1 if the name of the function is
 * in @functions and the file of the function is in @files (NULL: any file), else 0. Returns NULL if
 * all entries are 0. Free with g_free().
 */
static uint8_t *mark_named(const struct inference *inference, GStrv functions, GStrv files)
{
	g_autofree uint8_t *wanted = g_new0(uint8_t, inference->facts->n_functions + 1);
	bool any = false;

	for (char **name = functions; *name; name++) {
		const GArray *named = program_named(inference->program, *name);

		for (guint i = 0; named && i < named->len; i++) {
			int32_t function = g_array_index(named, int32_t, i);
			const char *file = inference->facts->functions[function].file;

			if (files && !g_strv_contains((const char *const *)files, file))
				continue;
			any = true;
			wanted[function] = 1;
		}
	}
	return any ? g_steal_pointer(&wanted) : NULL;
}

/*
 * Returns a copy of @wanted. In the copy, the entry of each function that reaches a wanted function
 * is 1, too. Returns NULL if @wanted is NULL. Free with g_free().
 */
static uint8_t *spread_to_callers(const struct inference *inference, const uint8_t *wanted)
{
	uint8_t *leads = wanted ? g_memdup2(wanted, inference->facts->n_functions + 1) : NULL;

	if (leads)
		reachability_spread(inference->contexts->reachability, leads);
	return leads;
}

/*
 * Sorts places by position. If two positions are equal, the place with the lower context number
 * comes first. An initcall has a lower context number than its probes, so the initcall comes before
 * its probes.
 */
static gint by_place(gconstpointer a, gconstpointer b)
{
	const struct rule_place *x = a, *y = b;

	if (x->place->position != y->place->position)
		return x->place->position < y->place->position ? -1 : 1;
	return x->context < y->context ? -1 : x->context > y->context;
}

static bool is_known(const GArray *places, const struct rule_place *place)
{
	for (guint i = 0; i < places->len; i++) {
		const struct rule_place *known = &g_array_index(places, struct rule_place, i);

		if (known->initcall == place->initcall && known->is_probe == place->is_probe)
			return true;
	}
	return false;
}

static GArray *reaching(void *data, GStrv functions, GStrv files)
{
	struct inference *inference = data;
	g_autofree uint8_t *wanted = mark_named(inference, functions, files);
	g_autofree uint8_t *leads = spread_to_callers(inference, wanted);
	GArray *places = g_array_new(FALSE, FALSE, sizeof(struct rule_place));

	for (guint i = 0; wanted && i < inference->contexts->list->len; i++) {
		struct search search = { .wanted = wanted, .found = -1 };
		const struct walk_ops ops = { .visit = visit_function,
					      .data = &search,
					      .leads = leads };
		const struct rule_place place = inference_place(inference, (int32_t)i);

		if (!place.place)
			continue;
		walk_context(inference->walk, (int32_t)i, &ops);
		if (search.found >= 0 && search.tier < EDGE_MANY && !is_known(places, &place))
			g_array_append_val(places, place);
	}
	g_array_sort(places, by_place);
	return places;
}

/*
 * Walks @place->context. Returns the first function with the name @name that the walk reaches; -1:
 * none. The function must be in one of @files (NULL: any file).
 */
static int32_t reached(struct inference *inference, const struct rule_place *place, char *name,
		       GStrv files)
{
	g_autofree uint8_t *wanted = mark_named(inference, (char *[]){ name, NULL }, files);
	g_autofree uint8_t *leads = spread_to_callers(inference, wanted);
	struct search search = { .wanted = wanted, .found = -1 };
	const struct walk_ops ops = { .visit = visit_function, .data = &search, .leads = leads };

	if (wanted)
		walk_context(inference->walk, place->context, &ops);
	return search.found;
}

/*
 * Tries @functions in turn, because a rule names the most common function first. Returns the call
 * chain from @place to the first of @functions that @place reaches. The chain is empty if @place
 * reaches no function of @functions.
 */
static GPtrArray *way(void *data, const struct rule_place *place, GStrv functions, GStrv files)
{
	struct inference *inference = data;

	for (char **name = functions; *name; name++) {
		int32_t found = reached(inference, place, *name, files);

		if (found >= 0)
			return infer_chain(inference, place->context, found,
					   inference->facts->functions[found].line);
	}
	return g_ptr_array_new();
}

GArray *inference_roots(const struct inference *inference)
{
	GArray *roots = g_array_new(FALSE, FALSE, sizeof(struct inference_root));

	for (guint i = 0; i < inference->contexts->list->len; i++) {
		const struct context *c = inference_context(inference, (int32_t)i);
		struct inference_root root;

		if (c->root < 0 || !c->place || (c->kind != CONTEXT_PROBE && !c->initcall->within))
			continue;
		root = (struct inference_root){
			.function = program_name(inference->program, c->root),
			.file = inference->facts->functions[c->root].file,
			.line = inference->facts->functions[c->root].line,
			.place = inference_place(inference, (int32_t)i),
		};
		g_array_append_val(roots, root);
	}
	return roots;
}

void inference_serve(struct inference *inference, struct rule_input *input)
{
	input->reaching = reaching;
	input->way = way;
	input->reach_data = inference;
}

unsigned int inference_extent(struct inference *inference, const struct initcall *initcall)
{
	struct search search = { .found = -1 };
	const struct walk_ops ops = { .visit = visit_function, .data = &search };

	for (guint i = 0; i < inference->contexts->list->len; i++)
		if (inference_context(inference, (int32_t)i)->initcall == initcall)
			walk_context(inference->walk, (int32_t)i, &ops);
	return search.n;
}
