// SPDX-License-Identifier: GPL-2.0-only
/*
 * Finds the calls that insert something into a container. The model "containers" names functions
 * such as list_add(). A function that passes two of its own parameters on to such a function is a
 * wrapper and counts in the same way.
 */
#include "rules/engine/registry/registry_internal.h"

/* @function puts the object in parameter @element into the container in parameter @container. */
struct inserter {
	int32_t function;
	int32_t element;
	int32_t container;
	int32_t field; /* the container is this member of parameter @container; -1: itself */
};

/* A wrapper of a wrapper and so on: longer chains rarely hand over the same two objects. */
#define MAX_INSERTERS 4096

static void add_inserter(GArray *inserters, const struct inserter *added)
{
	for (guint i = 0; i < inserters->len; i++) {
		const struct inserter *known = &g_array_index(inserters, struct inserter, i);

		if (known->function == added->function && known->element == added->element &&
		    known->container == added->container && known->field == added->field)
			return;
	}
	if (inserters->len < MAX_INSERTERS)
		g_array_append_val(inserters, *added);
}

static void add_named(const struct registry_builder *b, const struct model_entry *entry,
		      GArray *inserters)
{
	for (char **name = entry->functions; name && *name; name++) {
		const GArray *named = program_named(b->program, *name);

		for (guint i = 0; named && i < named->len; i++) {
			const struct inserter inserter = {
				.function = g_array_index(named, int32_t, i),
				.element = entry->argument,
				.container = entry->container,
				.field = -1,
			};

			add_inserter(inserters, &inserter);
		}
	}
}

/* @element and @container are the values that @call in @function passes to an inserter. */
static void add_insert(struct registry_builder *b, int32_t function, uint32_t call,
		       const struct facts_value *element, const struct facts_value *container,
		       int32_t field)
{
	struct registry *registry =
		registry_of(b, container->symbol, container->field >= 0 ? container->field : field);
	const struct registry_element added = { function, call, element->symbol };
	const struct registry_function insert = { function, (int32_t)element->number, -1 };

	const struct registry_access fill = { .function = function,
					      .line = b->facts->calls[call].line,
					      .inserts = true };

	if (element->kind == VALUE_PARAM)
		registry_add_function(registry->inserts, &insert);
	else if (element->kind == VALUE_OBJECT)
		g_array_append_val(registry->elements, added);
	else
		g_array_append_val(registry->fills, fill);
	if (element->field >= 0)
		g_hash_table_insert(b->links, registry, GINT_TO_POINTER(element->field + 1));
}

static void follow_call(struct registry_builder *b, uint32_t call, const struct inserter *inserter,
			GArray *inserters)
{
	static const struct facts_value unknown = { .kind = VALUE_UNKNOWN, .field = -1 };
	const struct facts_value *element = facts_argument(b->facts, call, inserter->element);
	const struct facts_value *container = facts_argument(b->facts, call, inserter->container);
	struct inserter wrapper = { .function = b->program->function_of_call[call] };

	element = element ? element : &unknown;
	if (!container)
		return;
	if (container->kind == VALUE_OBJECT) {
		add_insert(b, wrapper.function, call, element, container, inserter->field);
	} else if (container->kind == VALUE_PARAM && element->kind == VALUE_PARAM) {
		wrapper.element = (int32_t)element->number;
		wrapper.container = (int32_t)container->number;
		wrapper.field = container->field >= 0 ? container->field : inserter->field;
		add_inserter(inserters, &wrapper);
	}
}

/* True if the variable @symbol is a pointer. */
static bool is_pointer(const struct registry_builder *b, int32_t symbol)
{
	int32_t global = b->program->global_of_symbol[symbol];

	return global >= 0 && b->facts->globals[global].is_pointer;
}

/*
 * A list of objects that point to each other has no call that inserts: "*link = object;". Here, link
 * points to the head of the list, or to the link in the last object. Adds such an assignment in
 * @function. @head: the variable that is the head.
 */
static void add_link(struct registry_builder *b, int32_t function, int32_t head,
		     const struct facts_value *object)
{
	const struct registry_function insert = { function, (int32_t)object->number, -1 };

	if (object->kind == VALUE_PARAM && object->field < 0 && is_pointer(b, head))
		registry_add_function(registry_of(b, head, -1)->inserts, &insert);
}

/* Returns the variable whose address @function returns; -1: none. */
static int32_t returned_head(const struct registry_builder *b, int32_t function)
{
	const struct facts_range *r = &b->facts->functions[function].returns;

	for (uint32_t i = r->first; i < r->first + r->n; i++) {
		const struct facts_value *v = &b->facts->returns[i].value;

		if (v->kind == VALUE_OBJECT && v->field < 0)
			return v->symbol;
	}
	return -1;
}

static void find_links(struct registry_builder *b, int32_t function)
{
	const struct facts *facts = b->facts;
	const struct facts_range *r = &facts->functions[function].accesses;

	for (uint32_t a = r->first; a < r->first + r->n; a++) {
		const struct facts_access *access = &facts->accesses[a];

		if (access->mode == ACCESS_WRITE && access->field < 0)
			add_link(b, function, access->symbol, &access->value);
	}
	r = &facts->functions[function].stores;
	for (uint32_t s = r->first; s < r->first + r->n; s++) {
		const struct facts_store *store = &facts->stores[s];
		int32_t callee, head;

		if (store->base.kind != VALUE_RESULT || store->field >= 0)
			continue;
		callee = program_function(b->program, store->base.symbol, function);
		head = callee < 0 ? -1 : returned_head(b, callee);
		if (head >= 0)
			add_link(b, function, head, &store->value);
	}
}

void registry_find_inserts(struct registry_builder *b, const GPtrArray *models)
{
	const struct program *p = b->program;
	g_autoptr(GArray) inserters = g_array_new(FALSE, FALSE, sizeof(struct inserter));
	g_autoptr(GPtrArray) entries = models_entries(models, MODEL_INSERTS);

	for (guint e = 0; e < entries->len; e++)
		add_named(b, entries->pdata[e], inserters);
	for (guint i = 0; i < inserters->len; i++) {
		const struct inserter inserter = g_array_index(inserters, struct inserter, i);

		for (uint32_t c = p->first_caller[inserter.function];
		     c < p->first_caller[inserter.function + 1]; c++)
			follow_call(b, p->callers[c], &inserter, inserters);
	}
	for (uint32_t f = 0; f < b->facts->n_functions; f++)
		find_links(b, (int32_t)f);
}
