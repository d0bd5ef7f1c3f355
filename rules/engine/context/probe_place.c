// SPDX-License-Identifier: GPL-2.0-only
#include "rules/engine/context/probe_place.h"

#include <string.h>

/*
 * The maximum number of rounds. Each round computes the places of all probes. The place of a probe
 * may depend on the places of other probes, and these places may have changed in the previous
 * round. Chains of dependent probes are short, so few rounds are enough.
 */
#define MAX_ROUNDS 6

struct placer {
	struct contexts *contexts;
	const struct program *program;
	const struct facts *facts;
	const struct usage *usage;
	struct resources *resources;
	const struct defers *defers;
	const struct probe_suppliers *suppliers; /* NULL: not known */
	const struct initcall *retry; /* the first initcall that retries deferred probes, or NULL */
	/*
	 * Cache for contexts_reaching() and contexts_setting(). The key is the name of a function,
	 * or "=" and the number of a resource. The value is a GArray of int32_t: indices into
	 * contexts->list.
	 */
	GHashTable *reaching;
	uint32_t *stamps; /* by function: number of the last search that found the function */
	uint32_t stamp;	  /* number of the current search */
	/*
	 * Function back[i] has a callback edge to function f if first_back[f] <= i <
	 * first_back[f + 1]. A callback edge means: a call in back[i] passes f to code that calls
	 * f.
	 */
	uint32_t *first_back;
	int32_t *back;
};

static struct context *context_at(const struct placer *p, guint index)
{
	return &g_array_index(p->contexts->list, struct context, index);
}

/* Fills p->first_back and p->back from the callback edges in p->contexts->flow. */
static void reverse_callback_edges(struct placer *p)
{
	const struct flow *flow = p->contexts->flow;
	uint32_t n = p->facts->n_functions;
	g_autofree uint32_t *fill = NULL;

	p->first_back = g_new0(uint32_t, n + 1);
	for (guint e = 0; e < flow->edges->len; e++)
		p->first_back[g_array_index(flow->edges, struct edge, e).to + 1]++;
	for (uint32_t i = 0; i < n; i++)
		p->first_back[i + 1] += p->first_back[i];
	fill = g_memdup2(p->first_back, (n + 1) * sizeof(*fill));
	p->back = g_new(int32_t, flow->edges->len + 1);
	for (uint32_t i = 0; i < n; i++)
		for (uint32_t e = flow->first_edge[i]; e < flow->first_edge[i + 1]; e++)
			p->back[fill[g_array_index(flow->edges, struct edge, e).to]++] = (int32_t)i;
}

static void stamp_function(struct placer *p, GArray *queue, int32_t function)
{
	if (p->stamps[function] == p->stamp || p->contexts->stops.stopped[function])
		return;
	p->stamps[function] = p->stamp;
	g_array_append_val(queue, function);
}

/* Stamps all functions that reach a function in @queue through direct calls or callback edges. */
static void stamp_callers(struct placer *p, GArray *queue)
{
	for (guint i = 0; i < queue->len; i++) {
		int32_t function = g_array_index(queue, int32_t, i);

		for (uint32_t c = p->program->first_caller[function];
		     c < p->program->first_caller[function + 1]; c++)
			stamp_function(p, queue,
				       p->program->function_of_call[p->program->callers[c]]);
		for (uint32_t e = p->first_back[function]; e < p->first_back[function + 1]; e++)
			stamp_function(p, queue, p->back[e]);
	}
}

/*
 * Returns the contexts whose root the current search has stamped: GArray of int32_t, indices into
 * contexts->list.
 */
static GArray *stamped_contexts(const struct placer *p)
{
	GArray *found = g_array_new(FALSE, FALSE, sizeof(int32_t));

	for (guint i = 0; i < p->contexts->list->len; i++) {
		int32_t root = context_at(p, i)->root;

		if (root >= 0 && p->stamps[root] == p->stamp)
			g_array_append_val(found, i);
	}
	return found;
}

static void free_array(gpointer array)
{
	g_array_unref(array);
}

/*
 * Returns the contexts that reach a function named @name: GArray of int32_t, indices into
 * contexts->list. The array belongs to @p.
 */
static const GArray *contexts_reaching(struct placer *p, const char *name)
{
	g_autoptr(GArray) queue = g_array_new(FALSE, FALSE, sizeof(int32_t));
	const GArray *named = program_named(p->program, name);
	GArray *found = g_hash_table_lookup(p->reaching, name);

	if (found)
		return found;
	p->stamp++;
	for (guint i = 0; named && i < named->len; i++)
		stamp_function(p, queue, g_array_index(named, int32_t, i));
	stamp_callers(p, queue);
	found = stamped_contexts(p);
	g_hash_table_insert(p->reaching, g_strdup(name), found);
	return found;
}

/*
 * Returns the contexts that reach a function that sets @resource: GArray of int32_t, indices into
 * contexts->list. The array belongs to @p.
 */
static const GArray *contexts_setting(struct placer *p, int32_t resource)
{
	g_autoptr(GArray) queue = g_array_new(FALSE, FALSE, sizeof(int32_t));
	g_autofree char *key = g_strdup_printf("=%d", resource);
	GArray *found = g_hash_table_lookup(p->reaching, key);

	if (found)
		return found;
	p->stamp++;
	for (uint32_t f = 0; f < p->facts->n_functions; f++)
		for (uint32_t u = p->usage->first_use[f]; u < p->usage->first_use[f + 1]; u++) {
			const struct use *use = &g_array_index(p->usage->uses, struct use, u);

			if (use->role == USE_SETS && use->resource == resource)
				stamp_function(p, queue, (int32_t)f);
		}
	stamp_callers(p, queue);
	found = stamped_contexts(p);
	g_hash_table_insert(p->reaching, g_steal_pointer(&key), found);
	return found;
}

/*
 * Looks at all contexts in @found except context @self. If @found has no other context, sets *@any
 * to false and returns NULL. Otherwise, sets *@any to true, and returns the earliest place of these
 * contexts; NULL if one of these contexts runs before all initcalls.
 */
static const struct initcall *first_place(const struct placer *p, const GArray *found, guint self,
					  bool *any)
{
	const struct initcall *first = NULL;

	*any = false;
	for (guint i = 0; i < found->len; i++) {
		guint index = (guint)g_array_index(found, int32_t, i);
		const struct initcall *place = context_at(p, index)->place;

		/* A probe does not wait for a device or a variable that it sets up itself. */
		if (index == self)
			continue;
		if (!place) {
			*any = true;
			return NULL;
		}
		if (!*any || place->position < first->position)
			first = place;
		*any = true;
	}
	return first;
}

static const struct model_entry *entry_of(const struct placer *p, const struct context *probe)
{
	return g_array_index(p->contexts->flow->events, struct event, probe->event).entry;
}

/*
 * Returns the initial value of @field in the driver of @probe. Returns NULL if the driver is
 * unknown or the driver's initialiser does not set @field.
 */
static const struct facts_value *driver_field(const struct placer *p, const struct context *probe,
					      const char *field)
{
	int32_t object =
		g_array_index(p->contexts->flow->events, struct event, probe->event).object;
	int32_t global = object < 0 ? -1 : p->program->global_of_symbol[object];

	return global < 0 ? NULL : facts_initial(p->facts, &p->facts->globals[global], field);
}

/* True if the driver of @probe has a match table for devices that firmware describes. */
static bool has_table(const struct placer *p, const struct context *probe)
{
	const struct model_entry *entry = entry_of(p, probe);

	for (char **field = entry->tables; field && *field; field++) {
		const struct facts_value *value = driver_field(p, probe, *field);

		if (value && !(value->kind == VALUE_NUMBER && value->number == 0))
			return true;
	}
	return false;
}

/* The first initcall during which the kernel can create a device for a driver. */
struct origin {
	/* if @any is true, NULL means that the device is created before all initcalls */
	const struct initcall *first;
	bool any; /* false: no code is known to create a device; @first is NULL */
};

static void add_origin(struct placer *p, const GArray *contexts, guint index, struct origin *origin)
{
	bool any;
	const struct initcall *place = first_place(p, contexts, index, &any);

	if (!any)
		return;
	if (!origin->any || !place || (origin->first && place->position < origin->first->position))
		origin->first = place;
	origin->any = true;
}

/*
 * Some drivers match devices by name. Returns the resource that stands for a device with the name
 * of the driver of @probe. Returns -1 if the driver does not match devices by name, or if the name
 * of the driver is not known.
 */
static int32_t device_by_name(struct placer *p, const struct context *probe)
{
	const struct model_entry *entry = entry_of(p, probe);
	const struct facts_value *name =
		entry->name_field ? driver_field(p, probe, entry->name_field) : NULL;

	if (!name || name->kind != VALUE_STRING)
		return -1;
	return resources_key(p->resources, entry->made_as, p->facts->texts[name->number]);
}

/*
 * Sets @maker and @made (see struct context) of the probe in context @index. @makers is the result
 * of contexts_setting() for @device: the contexts that make the device. @makers may be NULL.
 */
static void set_maker(struct placer *p, guint index, const GArray *makers, int32_t device)
{
	struct context *probe = context_at(p, index);
	const struct initcall *maker = NULL;

	probe->maker = NULL;
	probe->made = -1;
	for (guint i = 0; makers && i < makers->len; i++) {
		guint number = (guint)g_array_index(makers, int32_t, i);
		const struct context *context = context_at(p, number);

		if (number == index)
			continue;
		if (!context->initcall || (maker && context->initcall != maker))
			return;
		maker = context->initcall;
	}
	if (!maker || has_table(p, probe))
		return;
	probe->maker = maker;
	probe->made = device;
}

/*
 * Context @index is a probe. Returns the later of two initcalls: the initcall that registers the
 * driver, and the first initcall during which the kernel can create a device for the driver. Also
 * sets @has_device, @maker and @made of the context.
 */
static const struct initcall *place_of_devices(struct placer *p, guint index)
{
	const struct context *probe = context_at(p, index);
	const struct initcall *registered = context_at(p, (guint)probe->parent)->place;
	int32_t device = device_by_name(p, probe);
	const GArray *by_name = device < 0 ? NULL : contexts_setting(p, device);
	struct origin origin = { NULL, false };

	if (by_name)
		add_origin(p, by_name, index, &origin);
	context_at(p, index)->has_device = origin.any;
	set_maker(p, index, by_name, device);
	for (char **name = entry_of(p, probe)->devices; name && *name; name++)
		if (!by_name || !origin.any || has_table(p, probe))
			add_origin(p, contexts_reaching(p, *name), index, &origin);
	if (!origin.first || origin.first->position <= registered->position)
		return registered;
	return origin.first;
}

/*
 * Context @index is a probe, and @function belongs to the code of the probe. @function may test
 * variables and return -EPROBE_DEFER if a variable is not set. For each of these variables, finds
 * the first initcall during which another context sets the variable. Returns the latest of these
 * initcalls; NULL if there is none.
 */
static const struct initcall *awaited_by_function(struct placer *p, guint index, int32_t function)
{
	const struct facts_range *r = &p->facts->functions[function].guards;
	const struct initcall *last = NULL;

	for (uint32_t g = r->first; g < r->first + r->n; g++) {
		const struct facts_guard *guard = &p->facts->guards[g];
		const struct initcall *first;
		int32_t variable;
		bool any;

		if (guard->exit != GUARD_DEFER)
			continue;
		variable = usage_tested(p->usage, p->program, p->resources, function, guard);
		if (variable < 0)
			continue;
		first = first_place(p, contexts_setting(p, variable), index, &any);
		if (first && (!last || first->position > last->position))
			last = first;
	}
	return last;
}

/*
 * @probe is the probe function of context @index. defers_way() returns a call chain from @probe to
 * a function that returns -EPROBE_DEFER. Calls awaited_by_function() for each function of this
 * chain. Returns the latest of the results; NULL if all results are NULL.
 */
static const struct initcall *awaited_by_probe(struct placer *p, guint index, int32_t probe)
{
	g_autoptr(GArray) way = defers_way(p->defers, probe);
	const struct initcall *last = NULL;

	for (guint i = 0; i < way->len; i++) {
		const struct initcall *next = awaited_by_function(
			p, index, g_array_index(way, struct defer_step, i).function);

		if (next && (!last || next->position > last->position))
			last = next;
	}
	return last;
}

static bool place_probe(struct placer *p, guint index)
{
	struct context *probe = context_at(p, index);
	const struct initcall *place = place_of_devices(p, index);
	const struct initcall *awaited = awaited_by_probe(p, index, probe->root);
	const struct initcall *supplied =
		p->suppliers ? p->suppliers->await(p->suppliers->data, index) : NULL;
	bool moved;

	if (supplied && (!awaited || supplied->position > awaited->position))
		awaited = supplied;

	probe->deferred_by = NULL;
	if (awaited && awaited->position > place->position) {
		probe->deferred_by = awaited;
		place = awaited;
		if (p->retry && p->retry->position > place->position)
			place = p->retry;
	}
	moved = place != probe->place;
	probe->place = place;
	return moved;
}

static bool is_retry(const GPtrArray *models, const char *initcall)
{
	g_autoptr(GPtrArray) entries = models_entries(models, MODEL_RETRIES);

	for (guint e = 0; e < entries->len; e++) {
		const struct model_entry *entry = entries->pdata[e];

		if (g_strv_contains((const char *const *)entry->functions, initcall))
			return true;
	}
	return false;
}

/*
 * Returns the first initcall that retries deferred probes; NULL if there is none. In
 * contexts->list, the initcalls are in the order in which they run, so the first match is the
 * result.
 */
static const struct initcall *find_retry(const struct placer *p, const GPtrArray *models)
{
	for (guint i = 0; i < p->contexts->list->len; i++) {
		const struct context *c = context_at(p, i);

		if (c->kind == CONTEXT_INITCALL && is_retry(models, c->initcall->function))
			return c->initcall;
	}
	return NULL;
}

void probes_place(struct contexts *contexts, const struct usage *usage, const struct defers *defers,
		  struct resources *resources, const GPtrArray *models,
		  const struct probe_suppliers *suppliers)
{
	struct placer p = {
		.suppliers = suppliers,
		.contexts = contexts,
		.program = contexts->program,
		.facts = contexts->program->facts,
		.usage = usage,
		.defers = defers,
		.resources = resources,
		.reaching = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_array),
		.stamps = g_new0(uint32_t, contexts->program->facts->n_functions + 1),
	};
	bool moved = true;

	reverse_callback_edges(&p);
	p.retry = find_retry(&p, models);
	for (int round = 0; moved && round < MAX_ROUNDS; round++) {
		moved = false;
		for (guint i = 0; i < contexts->list->len; i++)
			if (context_at(&p, i)->kind == CONTEXT_PROBE)
				moved |= place_probe(&p, i);
	}
	contexts_set_moments(contexts);
	g_hash_table_unref(p.reaching);
	g_free(p.stamps);
	g_free(p.first_back);
	g_free(p.back);
}
