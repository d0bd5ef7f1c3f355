// SPDX-License-Identifier: GPL-2.0-only
/*
 * Finds the uses of resources in each function. A resource is something that one part of the boot
 * sets up and another part needs: a variable, or something that a model names, such as a bus. A use
 * is a line of a function that sets up or needs a resource.
 */
#include "rules/engine/flow/usage_internal.h"

#include <string.h>

#include "rules/engine/flow/switched_internal.h"

struct builder {
	const struct program *program;
	const struct facts *facts;
	const struct flow *flow;
	struct resources *resources;
	struct usage *usage;
	/* The keys of @set and @made_usable are 1 + the number of a resource, as pointers. */
	GHashTable *set;	 /* variables to which a function assigns a value other than 0 */
	GHashTable *made_usable; /* variables that a call initialises, such as locks */
	/*
	 * Key: 1 + a variable (a symbol). Value: GArray of int32_t, the resources in @set that are
	 * members of the variable.
	 */
	GHashTable *set_members;
	const GArray *lists; /* struct usage_list */
	guint next_list;     /* index of the first element of @lists that has no use yet */
};

int32_t usage_variable(const struct usage *usage, const struct facts *facts,
		       struct resources *resources, int32_t symbol, int32_t field)
{
	if (facts_is_element(facts, field))
		field = usage->any_element;
	return resources_variable(resources, symbol, field);
}

int32_t usage_tested(const struct usage *usage, const struct program *program,
		     struct resources *resources, int32_t function, const struct facts_guard *guard)
{
	int32_t callee;

	if (guard->atom.kind == VALUE_GLOBAL)
		return usage_variable(usage, program->facts, resources, guard->atom.symbol,
				      guard->atom.field);
	if (guard->atom.kind == VALUE_LOADED && guard->atom.field >= 0 &&
	    usage->only[guard->atom.field] >= 0)
		return usage_variable(usage, program->facts, resources,
				      usage->only[guard->atom.field], guard->atom.field);
	if (guard->atom.kind != VALUE_RESULT)
		return -1;
	callee = program_function(program, guard->atom.symbol, function);
	return callee < 0 ? -1 : usage->returned[callee];
}

static int32_t variable_of(struct builder *b, int32_t symbol, int32_t field)
{
	return usage_variable(b->usage, b->facts, b->resources, symbol, field);
}

/*
 * True if a static initialiser sets the field @field of the variable @symbol. If @field is -1 or an
 * element of an array, any static initialiser of the variable counts. Also true if the definition
 * of the variable is unknown.
 */
static bool is_preset(const struct builder *b, int32_t symbol, int32_t field)
{
	int32_t global = b->program->global_of_symbol[symbol];
	const struct facts_global *g;

	if (global < 0)
		return true;
	g = &b->facts->globals[global];
	if (!g->has_initialiser)
		return false;
	if (field < 0 || facts_is_element(b->facts, field))
		return true;
	for (uint32_t s = g->stores.first; s < g->stores.first + g->stores.n; s++)
		if (b->facts->stores[s].field == field)
			return true;
	return false;
}

static int32_t variable_callback(void *data, int32_t symbol, int32_t field)
{
	return variable_of(data, symbol, field);
}

bool usage_is_switched(const struct usage *usage, int32_t resource)
{
	return g_hash_table_contains(usage->switched, GINT_TO_POINTER(resource + 1));
}

static void note_set(void *data, G_GNUC_UNUSED int32_t function, const struct facts_access *a)
{
	struct builder *b = data;

	if (a->mode == ACCESS_WRITE && !facts_is_zero(&a->value) &&
	    !is_preset(b, a->symbol, a->field))
		g_hash_table_add(b->set, GINT_TO_POINTER(variable_of(b, a->symbol, a->field) + 1));
}

static void find_settable(struct builder *b)
{
	for (uint32_t i = 0; i < b->facts->n_accesses; i++)
		note_set(b, -1, &b->facts->accesses[i]);
	for (uint32_t f = 0; f < b->facts->n_functions; f++)
		usage_each_only(b->facts, b->usage->only, (int32_t)f, note_set, b);
	for (guint i = 0; i < b->flow->events->len; i++) {
		const struct event *e = &g_array_index(b->flow->events, struct event, i);
		const struct resource *r;

		if (e->entry->kind != MODEL_INITIALISES)
			continue;
		r = resources_get(b->resources, e->resource);
		if (!is_preset(b, r->symbol, r->field))
			g_hash_table_add(b->made_usable,
					 GINT_TO_POINTER(variable_of(b, r->symbol, r->field) + 1));
	}
}

static int32_t list_of(struct builder *b, const struct usage_list *list)
{
	return variable_of(b, list->symbol, list->field);
}

static void find_initialised_lists(struct builder *b)
{
	for (guint i = 0; i < b->lists->len; i++) {
		const struct usage_list *list = &g_array_index(b->lists, struct usage_list, i);

		if (list->sets && !is_preset(b, list->symbol, list->field))
			g_hash_table_add(b->made_usable, GINT_TO_POINTER(list_of(b, list) + 1));
	}
}

/* Fills b->set_members. */
static void gather_set_members(struct builder *b)
{
	GHashTableIter iter;
	gpointer key;

	b->set_members = g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify)g_array_unref);
	g_hash_table_iter_init(&iter, b->set);
	while (g_hash_table_iter_next(&iter, &key, NULL)) {
		int32_t number = GPOINTER_TO_INT(key) - 1;
		const struct resource *r = resources_get(b->resources, number);
		gpointer symbol = GINT_TO_POINTER(r->symbol + 1);
		GArray *members = g_hash_table_lookup(b->set_members, symbol);

		if (r->field < 0 || facts_is_element(b->facts, r->field))
			continue;
		if (!members) {
			members = g_array_new(FALSE, FALSE, sizeof(int32_t));
			g_hash_table_insert(b->set_members, symbol, members);
		}
		g_array_append_val(members, number);
	}
}

static void add(struct builder *b, struct use use)
{
	GArray *uses = b->usage->uses;

	g_array_append_val(uses, use);
}

/* Adds the uses of lists in @function. Call add_lists() once for each function, in ascending order. */
static void add_lists(struct builder *b, int32_t function)
{
	for (; b->next_list < b->lists->len; b->next_list++) {
		const struct usage_list *list =
			&g_array_index(b->lists, struct usage_list, b->next_list);
		const struct use use = {
			.resource = list_of(b, list),
			.role = list->sets ? USE_SETS : USE_NEEDS,
			.how = USE_ADDRESS,
			.line = list->line,
			.call = NO_CALL,
			.event = -1,
		};

		if (list->function != function)
			return;
		if (g_hash_table_contains(b->made_usable, GINT_TO_POINTER(use.resource + 1)))
			add(b, use);
	}
}

static bool is_optional(const struct builder *b, int32_t function, int32_t resource)
{
	const struct flow *flow = b->flow;

	for (uint32_t e = flow->first_event[function]; e < flow->first_event[function + 1]; e++) {
		const struct event *event = &g_array_index(flow->events, struct event, e);

		if (event->entry->kind == MODEL_OPTIONAL && event->resource == resource)
			return true;
	}
	return false;
}

/*
 * @a assigns a whole struct, as in "copy = table;". The copy needs each member of the table that a
 * function sets: a member that is set later is missing in the copy for good.
 */
static void add_copy(struct builder *b, const struct facts_access *a)
{
	const struct facts_value *v = &a->value;
	int32_t global = v->kind == VALUE_GLOBAL ? b->program->global_of_symbol[v->symbol] : -1;
	const GArray *members;

	if (a->mode != ACCESS_WRITE || v->kind != VALUE_GLOBAL || v->field >= 0 || global < 0 ||
	    !b->facts->globals[global].record || b->facts->globals[global].is_pointer)
		return;
	members = g_hash_table_lookup(b->set_members, GINT_TO_POINTER(v->symbol + 1));
	for (guint i = 0; members && i < members->len; i++)
		add(b, (struct use){ .resource = g_array_index(members, int32_t, i),
				     .role = USE_NEEDS,
				     .how = USE_READ,
				     .line = a->line,
				     .call = NO_CALL,
				     .event = -1 });
}

static void add_access(void *data, int32_t function, const struct facts_access *a)
{
	struct builder *b = data;

	static const uint8_t how[] = {
		[ACCESS_READ] = USE_READ,
		[ACCESS_USE] = USE_FOLLOWED,
		[ACCESS_UPDATE] = USE_READ,
		[ACCESS_ADDRESS] = USE_ADDRESS,
	};
	struct use use = { .line = a->line, .call = NO_CALL, .event = -1 };
	gpointer key;
	bool set, usable;

	add_copy(b, a);
	use.resource = variable_of(b, a->symbol, a->field);
	key = GINT_TO_POINTER(use.resource + 1);
	set = g_hash_table_contains(b->set, key);
	usable = g_hash_table_contains(b->made_usable, key);
	if (a->mode == ACCESS_WRITE) {
		if (set && !facts_is_zero(&a->value) && !is_preset(b, a->symbol, a->field))
			add(b, use);
		return;
	}
	if (a->mode == ACCESS_UPDATE || (a->mode == ACCESS_ADDRESS ? !usable : !set && !usable))
		return;
	use.role = USE_NEEDS;
	use.how = how[a->mode];
	use.is_optional = a->mode == ACCESS_USE && is_optional(b, function, use.resource);
	add(b, use);
}

static void add_event(struct builder *b, uint32_t index)
{
	const struct event *event = &g_array_index(b->flow->events, struct event, index);
	struct use use = {
		.resource = event->resource,
		.how = USE_MODEL,
		.line = event->line,
		.call = event->call,
		.event = (int32_t)index,
	};
	const struct resource *r;

	switch (event->entry->kind) {
	case MODEL_PROVIDES:
		use.role = USE_SETS;
		break;
	case MODEL_REQUIRES:
		use.role = USE_NEEDS;
		break;
	case MODEL_INITIALISES:
		r = resources_get(b->resources, event->resource);
		use.role = USE_SETS;
		use.resource = variable_of(b, r->symbol, r->field);
		if (!g_hash_table_contains(b->made_usable, GINT_TO_POINTER(use.resource + 1)))
			return;
		break;
	default:
		return;
	}
	add(b, use);
}

static int32_t returned_variable(struct builder *b, const struct facts_function *f)
{
	for (uint32_t r = f->returns.first; r < f->returns.first + f->returns.n; r++) {
		const struct facts_value *v = &b->facts->returns[r].value;

		if (v->kind == VALUE_GLOBAL)
			return variable_of(b, v->symbol, v->field);
	}
	return -1;
}

static void add_function(struct builder *b, int32_t function)
{
	const struct facts_range *r = &b->facts->functions[function].accesses;
	const uint32_t *first_event = b->flow->first_event;

	for (uint32_t a = r->first; a < r->first + r->n; a++)
		add_access(b, function, &b->facts->accesses[a]);
	usage_each_only(b->facts, b->usage->only, function, add_access, b);
	add_lists(b, function);
	for (uint32_t e = first_event[function]; e < first_event[function + 1]; e++)
		add_event(b, e);
}

struct usage *usage_new(const struct program *program, const struct flow *flow,
			const GPtrArray *models, struct resources *resources)
{
	struct usage *usage = g_new0(struct usage, 1);
	g_autoptr(GArray) lists = NULL;
	uint32_t n = program->facts->n_functions;
	struct builder b = {
		.program = program,
		.facts = program->facts,
		.flow = flow,
		.resources = resources,
		.usage = usage,
		.set = g_hash_table_new(NULL, NULL),
		.made_usable = g_hash_table_new(NULL, NULL),
	};

	usage->any_element = -1;
	for (uint32_t i = 0; i < b.facts->n_fields && usage->any_element < 0; i++)
		if (facts_is_element(b.facts, (int32_t)i))
			usage->any_element = (int32_t)i;
	usage->only = usage_only_objects(program, models);
	lists = usage_lists(program, models, usage->only);
	b.lists = lists;
	find_settable(&b);
	find_initialised_lists(&b);
	gather_set_members(&b);
	usage->switched = switched_find(program, variable_callback, &b);
	usage->uses = g_array_new(FALSE, FALSE, sizeof(struct use));
	usage->first_use = g_new(uint32_t, n + 1);
	usage->returned = g_new(int32_t, n + 1);
	for (uint32_t i = 0; i < n; i++) {
		usage->first_use[i] = usage->uses->len;
		usage->returned[i] = returned_variable(&b, &b.facts->functions[i]);
		add_function(&b, (int32_t)i);
	}
	usage->first_use[n] = usage->uses->len;
	g_hash_table_unref(b.set_members);
	g_hash_table_unref(b.set);
	g_hash_table_unref(b.made_usable);
	return usage;
}

void usage_free(struct usage *usage)
{
	if (!usage)
		return;
	g_array_unref(usage->uses);
	g_hash_table_unref(usage->switched);
	g_free(usage->first_use);
	g_free(usage->returned);
	g_free(usage->only);
	g_free(usage);
}
