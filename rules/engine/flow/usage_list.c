// SPDX-License-Identifier: GPL-2.0-only
/*
 * During the boot, some kinds of objects have only one member (usage_only.c). Finds the calls that
 * initialise a list of such an object, and the calls that put something into such a list. If the
 * list is not initialised, such a call follows a null pointer. Other uses of the address do not
 * count: most of them are loops in code that cleans up.
 */
#include "rules/engine/flow/usage_internal.h"

struct finder {
	const struct program *program;
	const int32_t *only;
	GArray *uses; /* struct usage_list */
};

static void add_callers(const struct finder *finder, int32_t callee, int index, bool sets)
{
	const struct program *p = finder->program;

	for (uint32_t i = p->first_caller[callee]; i < p->first_caller[callee + 1]; i++) {
		const struct facts_value *v = facts_argument(p->facts, p->callers[i], index);
		struct usage_list use = {
			.function = p->function_of_call[p->callers[i]],
			.sets = sets,
			.line = p->facts->calls[p->callers[i]].line,
		};

		if (!v || (v->kind != VALUE_PARAM && v->kind != VALUE_MEMBER) || v->field < 0 ||
		    finder->only[v->field] < 0)
			continue;
		use.symbol = finder->only[v->field];
		use.field = v->field;
		g_array_append_val(finder->uses, use);
	}
}

static void add_entry(const struct finder *finder, const struct model_entry *entry)
{
	bool sets = entry->kind == MODEL_INITIALISES;

	if (sets && entry->field)
		return;
	for (char **name = entry->functions; name && *name; name++) {
		const GArray *named = program_named(finder->program, *name);

		for (guint i = 0; named && i < named->len; i++)
			add_callers(finder, g_array_index(named, int32_t, i),
				    sets ? entry->argument : entry->container, sets);
	}
}

static gint compare(gconstpointer a, gconstpointer b)
{
	const struct usage_list *x = a, *y = b;

	return (x->function > y->function) - (x->function < y->function);
}

GArray *usage_lists(const struct program *program, const GPtrArray *models, const int32_t *only)
{
	static const enum model_kind kinds[] = { MODEL_INITIALISES, MODEL_INSERTS };
	const struct finder finder = { program, only,
				       g_array_new(FALSE, FALSE, sizeof(struct usage_list)) };

	for (unsigned int k = 0; k < G_N_ELEMENTS(kinds); k++) {
		g_autoptr(GPtrArray) entries = models_entries(models, kinds[k]);

		for (guint e = 0; e < entries->len; e++)
			add_entry(&finder, entries->pdata[e]);
	}
	g_array_sort(finder.uses, compare);
	return finder.uses;
}
