// SPDX-License-Identifier: GPL-2.0-only
#include "rules/engine/context/context.h"

#include <string.h>

#include "rules/engine/context/tunables_internal.h"
#include "rules/engine/context/walk.h"

int context_position(const struct context *context)
{
	return context->place ? (int)context->place->position : -1;
}

static int32_t initcall_function(const struct program *program, GHashTable *by_name,
				 const struct initcall *initcall)
{
	GArray *symbols = g_hash_table_lookup(by_name, initcall->function);
	int32_t best = -1;

	for (guint i = 0; symbols && i < symbols->len; i++) {
		int32_t function = program->first_function[g_array_index(symbols, int32_t, i)];

		for (; function >= 0; function = program->next_function[function]) {
			const struct facts_function *f = &program->facts->functions[function];

			/*
			 * If a macro in a header defines the function, f->file is the header and
			 * differs from initcall->file. So compare the object files, too.
			 */
			if (strcmp(f->file, initcall->file) == 0 || f->object == initcall->object)
				best = function;
		}
	}
	return best < 0 ? -1
			: program_function(program, program->facts->functions[best].symbol, best);
}

static void free_array(gpointer array)
{
	g_array_unref(array);
}

static GHashTable *symbols_by_name(const struct facts *facts)
{
	GHashTable *by_name = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, free_array);

	for (uint32_t i = 0; i < facts->n_symbols; i++) {
		GArray *list = g_hash_table_lookup(by_name, facts->symbols[i].name);

		if (!list) {
			list = g_array_new(FALSE, FALSE, sizeof(int32_t));
			g_hash_table_insert(by_name, (gpointer)facts->symbols[i].name, list);
		}
		g_array_append_val(list, i);
	}
	return by_name;
}

static void add_boot(struct contexts *contexts, GHashTable *by_name, const char *name)
{
	GArray *symbols = g_hash_table_lookup(by_name, name);
	struct context context = { .kind = CONTEXT_BOOT, .parent = -1, .event = -1 };

	for (guint i = 0; symbols && i < symbols->len; i++) {
		context.root =
			contexts->program->first_function[g_array_index(symbols, int32_t, i)];
		if (context.root >= 0)
			g_array_append_val(contexts->list, context);
	}
}

static void add_boots(struct contexts *contexts, GHashTable *by_name, const GPtrArray *models)
{
	g_autoptr(GPtrArray) entries = models_entries(models, MODEL_BOOT);

	for (guint e = 0; e < entries->len; e++) {
		const struct model_entry *entry = entries->pdata[e];

		for (char **name = entry->functions; *name; name++)
			add_boot(contexts, by_name, *name);
	}
}

struct finder {
	struct contexts *contexts;
	int32_t context;
	struct walk *walk;
	/* set of functions: the probes of @context that are already in contexts->list */
	GHashTable *seen;
};

static bool find_probes(void *data, int32_t function, uint8_t tier)
{
	struct finder *finder = data;
	const struct flow *flow = finder->contexts->flow;
	const struct context parent =
		g_array_index(finder->contexts->list, struct context, finder->context);

	for (uint32_t e = flow->first_event[function]; e < flow->first_event[function + 1]; e++) {
		const struct event *event = &g_array_index(flow->events, struct event, e);
		struct context probe = {
			.kind = CONTEXT_PROBE,
			.root = event->target,
			.initcall = parent.initcall,
			.place = parent.initcall,
			.parent = finder->context,
			.event = (int32_t)e,
			.tier = MAX(tier, EDGE_PROBE),
		};

		if (tier > EDGE_CALLBACK)
			return false;
		if (event->entry->kind != MODEL_PROBES ||
		    walk_rules_out(finder->walk, function, event->line) ||
		    !g_hash_table_add(finder->seen, GINT_TO_POINTER(event->target)))
			continue;
		g_array_append_val(finder->contexts->list, probe);
	}
	return true;
}

/* Sets marks[f] to 1 for each function f that registers a probe. */
static void mark_probes(const struct contexts *contexts, uint8_t *marks)
{
	const struct flow *flow = contexts->flow;

	for (uint32_t f = 0; f < contexts->program->facts->n_functions; f++)
		for (uint32_t e = flow->first_event[f]; e < flow->first_event[f + 1]; e++)
			if (g_array_index(flow->events, struct event, e).entry->kind ==
			    MODEL_PROBES)
				marks[f] = 1;
}

static void add_probes(struct contexts *contexts)
{
	g_autoptr(walk) walk = walk_new(contexts);
	g_autofree uint8_t *leads = g_new0(uint8_t, contexts->program->facts->n_functions + 1);
	guint n = contexts->list->len;

	mark_probes(contexts, leads);
	reachability_spread(contexts->reachability, leads);

	for (guint i = 0; i < n; i++) {
		g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);
		struct finder finder = { contexts, (int32_t)i, walk, seen };
		const struct walk_ops ops = { .visit = find_probes,
					      .data = &finder,
					      .leads = leads };

		if (g_array_index(contexts->list, struct context, i).kind == CONTEXT_INITCALL)
			walk_context(walk, (int32_t)i, &ops);
	}
}

static gint by_position(gconstpointer a, gconstpointer b, gpointer data)
{
	const struct contexts *contexts = data;
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
	int px = context_position(&g_array_index(contexts->list, struct context, x));
	int py = context_position(&g_array_index(contexts->list, struct context, y));

	if (px != py)
		return px < py ? -1 : 1;
	/*
	 * The positions are equal. A probe has a higher index than the context that registers the
	 * probe. So the lower index comes first.
	 */
	return x < y ? -1 : x > y;
}

GArray *contexts_in_order(const struct contexts *contexts)
{
	GArray *order = g_array_new(FALSE, FALSE, sizeof(uint32_t));

	for (uint32_t i = 0; i < contexts->list->len; i++)
		g_array_append_val(order, i);
	g_array_sort_with_data(order, by_position, (gpointer)contexts);
	return order;
}

/*
 * Two probes that run during the same initcall run in any order: the devices decide. So both have
 * one moment.
 */
static bool is_same_moment(const struct contexts *contexts, uint32_t a, uint32_t b)
{
	const struct context *x = &g_array_index(contexts->list, struct context, a);
	const struct context *y = &g_array_index(contexts->list, struct context, b);

	return x->kind == CONTEXT_PROBE && y->kind == CONTEXT_PROBE &&
	       context_position(x) == context_position(y);
}

void contexts_set_moments(struct contexts *contexts)
{
	g_autoptr(GArray) order = contexts_in_order(contexts);

	g_free(contexts->moments);
	contexts->moments = g_new0(uint32_t, contexts->list->len + 1);
	for (guint i = 0; i < order->len; i++) {
		uint32_t context = g_array_index(order, uint32_t, i);
		uint32_t before = i ? g_array_index(order, uint32_t, i - 1) : 0;

		contexts->moments[context] = i && is_same_moment(contexts, before, context)
						     ? contexts->moments[before]
						     : i + 1;
	}
}

struct contexts *contexts_new(const struct program *program, const struct flow *flow,
			      const GPtrArray *models, const struct initcall *initcalls,
			      unsigned int n_initcalls)
{
	struct contexts *contexts = g_new0(struct contexts, 1);
	g_autoptr(GHashTable) by_name = symbols_by_name(program->facts);

	contexts->program = program;
	contexts->flow = flow;
	contexts->list = g_array_new(FALSE, FALSE, sizeof(struct context));
	stops_init(&contexts->stops, program, models);
	contexts->tunables = tunables_find(program, models);
	add_boots(contexts, by_name, models);
	for (unsigned int i = 0; i < n_initcalls; i++) {
		struct context context = {
			.kind = CONTEXT_INITCALL,
			.root = initcall_function(program, by_name, &initcalls[i]),
			.initcall = &initcalls[i],
			.place = &initcalls[i],
			.parent = -1,
			.event = -1,
		};

		/* A console initcall runs before all other initcalls, so it counts as boot code. */
		if (initcalls[i].level == LEVEL_CON)
			context.kind = CONTEXT_BOOT, context.place = NULL;
		g_array_append_val(contexts->list, context);
	}
	contexts->moments = g_new0(uint32_t, n_initcalls + contexts->list->len + 1);
	contexts->escape = escape_new(program);
	contexts->reachability = reachability_new(program, flow);
	add_probes(contexts);
	contexts_set_moments(contexts);
	return contexts;
}

void contexts_free(struct contexts *contexts)
{
	if (!contexts)
		return;
	g_array_unref(contexts->list);
	escape_free(contexts->escape);
	boot_state_free(contexts->state);
	reachability_free(contexts->reachability);
	g_free(contexts->moments);
	g_free(contexts->tunables);
	stops_clear(&contexts->stops);
	g_free(contexts);
}
