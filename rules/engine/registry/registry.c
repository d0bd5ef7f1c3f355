// SPDX-License-Identifier: GPL-2.0-only
/*
 * Finds registries (registry.h) in five steps:
 *   1. registry_insert.c finds the calls that insert something into a container.
 *   2. registry_lookup.c finds the functions that return an element of such a container.
 *   3. registry_array.c finds arrays whose elements functions set and read by an index.
 *   4. This file finds out which member of an object is its key.
 *   5. This file makes the model entries of the registry.
 */
#include "rules/engine/registry/registry_internal.h"

#include <string.h>

#include "rules/engine/program/variable_key.h"

static void registry_free(gpointer data)
{
	struct registry *registry = data;

	g_free(registry->name);
	g_array_unref(registry->inserts);
	g_array_unref(registry->elements);
	g_array_unref(registry->lookups);
	g_array_unref(registry->accesses);
	g_array_unref(registry->walks);
	g_array_unref(registry->fills);
	model_entry_free(registry->insertion);
	model_entry_free(registry->lookup);
	g_free(registry);
}

/* Returns the name of a container: "elv_list (block/elevator.c)". Free with g_free(). */
static char *name_of(const struct facts *facts, int32_t symbol, int32_t field)
{
	const struct facts_symbol *s = &facts->symbols[symbol];
	const char *member = field < 0 ? NULL : strchr(facts->fields[field], '.');

	return g_strdup_printf("%s%s%s%s%s", s->name, member ? member : "", s->file ? " (" : "",
			       s->file ? s->file : "", s->file ? ")" : "");
}

struct registry *registry_of(struct registry_builder *b, int32_t symbol, int32_t field)
{
	gpointer key = variable_key(symbol, field);
	struct registry *registry = g_hash_table_lookup(b->by_container, key);

	if (registry)
		return registry;
	registry = g_new0(struct registry, 1);
	registry->symbol = symbol;
	registry->field = field;
	registry->key_field = -1;
	registry->inserts = g_array_new(FALSE, FALSE, sizeof(struct registry_function));
	registry->elements = g_array_new(FALSE, FALSE, sizeof(struct registry_element));
	registry->lookups = g_array_new(FALSE, FALSE, sizeof(struct registry_function));
	registry->accesses = g_array_new(FALSE, FALSE, sizeof(struct registry_access));
	registry->walks = g_array_new(FALSE, FALSE, sizeof(struct registry_access));
	registry->fills = g_array_new(FALSE, FALSE, sizeof(struct registry_access));
	g_hash_table_insert(b->by_container, key, registry);
	return registry;
}

void registry_add_function(GArray *functions, const struct registry_function *added)
{
	for (guint i = 0; i < functions->len; i++)
		if (g_array_index(functions, struct registry_function, i).function ==
		    added->function)
			return;
	g_array_append_val(functions, *added);
}

static bool has_function(const GArray *functions, int32_t function)
{
	for (guint i = 0; i < functions->len; i++)
		if (g_array_index(functions, struct registry_function, i).function == function)
			return true;
	return false;
}

/* --- the key of an object --- */

/* True if the members @a and @b belong to one struct: both are "RECORD.member". */
static bool same_record(const struct facts *facts, int32_t a, int32_t b)
{
	const char *x = facts->fields[a], *y = facts->fields[b];
	const char *dot = strchr(x, '.');

	return dot && strncmp(x, y, (size_t)(dot - x) + 1) == 0;
}

/*
 * If @v is a member of an object, or its content, returns the member. Returns -1 if @v is no member,
 * or if the member belongs to a struct to whose members nothing assigns a string.
 */
static int32_t key_member(const struct registry_builder *b, const struct facts_value *v)
{
	if ((v->kind != VALUE_LOADED && v->kind != VALUE_PARAM) || v->field < 0)
		return -1;
	return b->has_text[v->field] ? v->field : -1;
}

/*
 * A look-up function compares its parameter with the key of each element. Returns the member that
 * @function passes to a call that compares strings, or to a look-up function of @registry. Returns
 * -1 if there is no such call, or if such calls disagree.
 */
static int32_t compared_member(const struct registry_builder *b, const struct registry *registry,
			       int32_t function)
{
	const struct facts *facts = b->facts;
	const struct facts_range *calls = &facts->functions[function].calls;
	int32_t member = -1;

	for (uint32_t c = calls->first; c < calls->first + calls->n; c++) {
		const struct facts_value *target = &facts->calls[c].target;
		const struct facts_range *r = &facts->calls[c].arguments;
		int32_t callee = target->kind == VALUE_FUNCTION
					 ? program_function(b->program, target->symbol, function)
					 : -1;

		if (!registry_compares(b, target, callee) &&
		    (callee < 0 || !has_function(registry->lookups, callee)))
			continue;
		for (uint32_t a = r->first; a < r->first + r->n; a++) {
			int32_t found = key_member(b, &facts->arguments[a].value);

			if (found >= 0 && member >= 0 && found != member)
				return -1;
			if (found >= 0)
				member = found;
		}
	}
	return member;
}

/*
 * Returns the only member of the struct with the member @link to which static initialisers assign
 * strings; -1: no member, or several. @link is the member of an object that is in the container.
 */
static int32_t only_text_member(const struct registry_builder *b, int32_t link)
{
	int32_t member = -1;

	for (uint32_t f = 0; link >= 0 && f < b->facts->n_fields; f++) {
		if (!b->has_text[f] || !same_record(b->facts, link, (int32_t)f))
			continue;
		if (member >= 0)
			return -1;
		member = (int32_t)f;
	}
	return member;
}

static int32_t key_of(const struct registry_builder *b, const struct registry *registry)
{
	const GArray *const lists[] = { registry->lookups, registry->inserts };
	int32_t key;

	for (gsize l = 0; l < G_N_ELEMENTS(lists); l++)
		for (guint i = 0; i < lists[l]->len; i++) {
			key = compared_member(
				b, registry,
				g_array_index(lists[l], struct registry_function, i).function);
			if (key >= 0)
				return key;
		}
	return only_text_member(b, GPOINTER_TO_INT(g_hash_table_lookup(b->links, registry)) - 1);
}

/* Fills b->has_text: the members to which a static initialiser assigns a string. */
static void find_text_members(struct registry_builder *b)
{
	b->has_text = g_new0(uint8_t, b->facts->n_fields + 1);
	for (uint32_t g = 0; g < b->facts->n_globals; g++) {
		const struct facts_range *r = &b->facts->globals[g].stores;

		for (uint32_t s = r->first; s < r->first + r->n; s++) {
			const struct facts_store *store = &b->facts->stores[s];

			if (store->field >= 0 && store->value.kind == VALUE_STRING)
				b->has_text[store->field] = 1;
		}
	}
}

/* --- models --- */

static void mark_named(const struct registry_builder *b, const struct model_entry *entry,
		       uint8_t *marks)
{
	for (char **name = entry->functions; name && *name; name++) {
		const GArray *named = program_named(b->program, *name);

		for (guint i = 0; named && i < named->len; i++)
			marks[g_array_index(named, int32_t, i)] = 1;
	}
}

/* Sets marks[f] to 1 for each function f about which an entry "provides" or "requires" speaks. */
static void mark_modelled(const struct registry_builder *b, const GPtrArray *models, uint8_t *marks)
{
	for (guint m = 0; m < models->len; m++) {
		const struct model *model = models->pdata[m];

		for (guint e = 0; e < model->entries->len; e++) {
			const struct model_entry *entry = model->entries->pdata[e];

			if (entry->kind == MODEL_PROVIDES || entry->kind == MODEL_REQUIRES)
				mark_named(b, entry, marks);
		}
	}
}

/* True if a function of @functions, or a direct caller of one, is marked. */
static bool is_any_marked(const struct registry_builder *b, const GArray *functions,
			  const uint8_t *marks)
{
	const struct program *p = b->program;

	for (guint i = 0; i < functions->len; i++) {
		int32_t f = g_array_index(functions, struct registry_function, i).function;

		if (marks[f])
			return true;
		for (uint32_t c = p->first_caller[f]; c < p->first_caller[f + 1]; c++)
			if (marks[p->function_of_call[p->callers[c]]])
				return true;
	}
	return false;
}

static struct model_entry *new_entry(const struct registry *registry, enum model_kind kind)
{
	struct model_entry *entry = g_new0(struct model_entry, 1);

	entry->kind = kind;
	entry->argument = 0;
	entry->container = -1;
	entry->resource = g_strdup("registry-entry");
	entry->key = registry->is_array ? KEY_NUMBER : KEY_STRING;
	entry->registry = g_strdup(registry->name);
	entry->severity = SEVERITY_WARNING;
	entry->retried = true;
	return entry;
}

/* --- the public function --- */

static gint by_name(gconstpointer a, gconstpointer b)
{
	const struct registry *const *x = a, *const *y = b;

	return strcmp((*x)->name, (*y)->name);
}

/*
 * An insert function often reads the container, to refuse a key that the container has. So an insert
 * function is no look-up function.
 */
static void remove_inserting_lookups(struct registry *registry)
{
	for (guint i = registry->lookups->len; i-- > 0;)
		if (has_function(
			    registry->inserts,
			    g_array_index(registry->lookups, struct registry_function, i).function))
			g_array_remove_index(registry->lookups, i);
}

/* True if something is inserted into the container, and something is looked up. */
static bool is_used(const struct registry *registry)
{
	bool inserts = registry->inserts->len || registry->elements->len;
	bool finds = registry->lookups->len;

	for (guint i = 0; i < registry->accesses->len; i++) {
		if (g_array_index(registry->accesses, struct registry_access, i).inserts)
			inserts = true;
		else
			finds = true;
	}
	return inserts && finds;
}

/* Completes @registry, a container without look-ups by key. Returns false if nothing walks it. */
static bool complete_content(struct registry_builder *b, struct registry *registry)
{
	for (guint i = registry->walks->len; i-- > 0;)
		if (has_function(
			    registry->inserts,
			    g_array_index(registry->walks, struct registry_access, i).function))
			g_array_remove_index(registry->walks, i);
	if (!registry->walks->len ||
	    (!registry->inserts->len && !registry->elements->len && !registry->fills->len))
		return false;
	registry->name = name_of(b->facts, registry->symbol, registry->field);
	registry->insertion = new_entry(registry, MODEL_PROVIDES);
	registry->lookup = new_entry(registry, MODEL_REQUIRES);
	registry->insertion->key = registry->lookup->key = KEY_NONE;
	return true;
}

/*
 * Completes @registry. Returns false if the container is no registry, or if models describe it.
 */
static bool complete(struct registry_builder *b, struct registry *registry, const uint8_t *modelled)
{
	remove_inserting_lookups(registry);
	if (!registry->is_array && !registry->lookups->len)
		return !is_any_marked(b, registry->inserts, modelled) &&
		       complete_content(b, registry);
	g_array_set_size(registry->walks, 0);
	if (!is_used(registry) || is_any_marked(b, registry->inserts, modelled) ||
	    is_any_marked(b, registry->lookups, modelled))
		return false;
	if (!registry->is_array) {
		registry->key_field = key_of(b, registry);
		if (registry->key_field < 0)
			return false;
		for (guint i = 0; i < registry->inserts->len; i++)
			g_array_index(registry->inserts, struct registry_function, i).field =
				registry->key_field;
	}
	registry->name = name_of(b->facts, registry->symbol, registry->field);
	registry->insertion = new_entry(registry, MODEL_PROVIDES);
	registry->lookup = new_entry(registry, MODEL_REQUIRES);
	return true;
}

GPtrArray *registries_find(const struct program *program, const GPtrArray *models)
{
	GPtrArray *registries = g_ptr_array_new_with_free_func(registry_free);
	struct registry_builder b = {
		.program = program,
		.facts = program->facts,
		.by_container = g_hash_table_new(variable_key_hash, NULL),
		.links = g_hash_table_new(NULL, NULL),
	};
	g_autofree uint8_t *modelled = g_new0(uint8_t, program->facts->n_functions + 1);
	GHashTableIter iter;
	gpointer value;

	find_text_members(&b);
	mark_modelled(&b, models, modelled);
	registry_find_inserts(&b, models);
	registry_find_lookups(&b, models);
	registry_find_walks(&b);
	registry_find_arrays(&b);
	g_hash_table_iter_init(&iter, b.by_container);
	while (g_hash_table_iter_next(&iter, NULL, &value)) {
		if (complete(&b, value, modelled))
			g_ptr_array_add(registries, value);
		else
			registry_free(value);
	}
	g_ptr_array_sort(registries, by_name);
	g_hash_table_unref(b.by_container);
	g_hash_table_unref(b.links);
	g_free(b.has_text);
	g_free(b.compares);
	g_free(b.compares_by_name);
	return registries;
}
