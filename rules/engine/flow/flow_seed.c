// SPDX-License-Identifier: GPL-2.0-only
/*
 * The start of the flow analysis (flow.h). A model consists of entries. An entry names kernel
 * functions and says what a call to these functions means. A summary says what a function does with
 * a value that its caller passes. This file adds summaries for the functions that entries name, and
 * for functions that call one of their parameters. If an entry is not about an argument, this file
 * adds an event or edges in place of a summary.
 */
#include "rules/engine/flow/flow_internal.h"

#include <string.h>

/*
 * Adds a summary for each call through a parameter, or through a field of the object to which a
 * parameter points.
 */
static void add_parameter_calls(struct flow_builder *b)
{
	for (uint32_t i = 0; i < b->facts->n_calls; i++) {
		const struct facts_value *t = &b->facts->calls[i].target;
		struct flow_summary summary = {
			.function = b->program->function_of_call[i],
			.param = (int32_t)t->number,
			.field = t->kind == VALUE_LOADED ? t->field : -1,
			.next = -1,
			.call = i,
		};

		if (t->kind == VALUE_PARAM || (t->kind == VALUE_LOADED && t->number >= 0))
			flow_add_summary(b, &summary);
	}
}

/*
 * @entry names the field @field and no functions. An entry of this kind is about all stores to the
 * field. Adds an event for each of these stores, if the facts tell which value is stored.
 */
static void add_stores(struct flow_builder *b, const struct model_entry *entry, int32_t field)
{
	for (uint32_t i = 0; i < b->facts->n_functions; i++) {
		const struct facts_range *r = &b->facts->functions[i].stores;

		for (uint32_t s = r->first; s < r->first + r->n; s++) {
			struct event event = {
				.function = (int32_t)i,
				.call = NO_CALL,
				.line = b->facts->stores[s].line,
				.entry = entry,
				.summary = -1,
				.object = -1,
			};

			if (b->facts->stores[s].field == field)
				flow_apply_value(b, event, &b->facts->stores[s].value);
		}
	}
}

/*
 * @function has a table of objects, such as drivers. @function selects the object that fits a
 * device, and calls the function in @field of this object. The facts do not tell which devices
 * exist. So each function that the kernel stores in @field of some object is a possible target.
 * Adds an edge of kind EDGE_PROBE from @function to each possible target.
 */
static void add_table_calls(struct flow_builder *b, int32_t function, int32_t field)
{
	const struct facts_range *calls = &b->facts->functions[function].calls;
	const GArray *targets =
		g_hash_table_lookup(b->program->field_targets, GINT_TO_POINTER(field + 1));

	for (uint32_t c = calls->first; c < calls->first + calls->n; c++) {
		const struct facts_value *t = &b->facts->calls[c].target;

		if (t->kind != VALUE_LOADED || t->field != field)
			continue;
		for (guint i = 0; targets && i < targets->len; i++)
			flow_add_edge(b, function, c, g_array_index(targets, int32_t, i),
				      EDGE_PROBE);
	}
}

static void add_entry_function(struct flow_builder *b, const struct model_entry *entry,
			       int32_t function, int32_t field)
{
	struct flow_summary summary = {
		.function = function,
		.param = entry->argument,
		.field = field,
		.entry = entry,
		.next = -1,
		.call = NO_CALL,
	};
	struct event event = {
		.function = function,
		.call = NO_CALL,
		.line = b->facts->functions[function].line,
		.entry = entry,
		.target = -1,
		.summary = -1,
		.object = -1,
	};

	if (entry->argument >= 0) {
		flow_add_summary(b, &summary);
	} else if (entry->kind == MODEL_CALLS) {
		add_table_calls(b, function, field);
	} else if (entry->resource) {
		event.resource = resources_key(b->resources, entry->resource, NULL);
		flow_add_event(b, &event);
	}
}

static bool is_static(const struct flow_builder *b, int32_t function)
{
	return b->facts->symbols[b->facts->functions[function].symbol].file != NULL;
}

/*
 * True if a model entry applies to the function named[i]. @named has the functions with one name,
 * external functions before static functions. A static function counts only if @named has no
 * external function.
 */
static bool is_selected(const struct flow_builder *b, const GArray *named, guint i)
{
	return is_static(b, g_array_index(named, int32_t, 0)) ||
	       !is_static(b, g_array_index(named, int32_t, i));
}

static void add_entry(struct flow_builder *b, const struct model_entry *entry)
{
	int32_t field = entry->field ? facts_field(b->facts, entry->field) : -1;

	if (entry->kind == MODEL_STOPS || entry->kind == MODEL_BOOT ||
	    entry->kind == MODEL_RETRIES || entry->kind == MODEL_INITCALLS ||
	    entry->kind >= MODEL_OUTSIDE_BOOT || (entry->field && field < 0))
		return;
	if (!entry->functions)
		add_stores(b, entry, field);
	for (char **name = entry->functions; name && *name; name++) {
		const GArray *named = program_named(b->program, *name);

		for (guint i = 0; named && i < named->len; i++)
			if (is_selected(b, named, i))
				add_entry_function(b, entry, g_array_index(named, int32_t, i),
						   field);
	}
}

static void add_entries(struct flow_builder *b, const GPtrArray *models)
{
	for (guint m = 0; m < models->len; m++) {
		const struct model *model = g_ptr_array_index(models, m);

		for (guint e = 0; e < model->entries->len; e++)
			add_entry(b, g_ptr_array_index(model->entries, e));
	}
}

static void add_registry_function(struct flow_builder *b, const struct registry_function *f,
				  const struct model_entry *entry)
{
	const struct flow_summary summary = {
		.function = f->function,
		.param = f->param,
		.field = f->field,
		.entry = entry,
		.next = -1,
		.call = NO_CALL,
	};

	flow_add_summary(b, &summary);
}

/* Adds an event for @element, if the static initialiser of the object gives it a key. */
static void add_registry_element(struct flow_builder *b, const struct registry *registry,
				 const struct registry_element *element)
{
	int32_t global = b->program->global_of_symbol[element->object];
	const struct event event = {
		.function = element->function,
		.call = element->call,
		.line = b->facts->calls[element->call].line,
		.entry = registry->insertion,
		.summary = -1,
		.object = element->object,
	};
	const struct facts_value *key;

	if (global < 0)
		return;
	key = facts_initial(b->facts, &b->facts->globals[global],
			    b->facts->fields[registry->key_field]);
	if (key)
		flow_apply_value(b, event, key);
}

static void add_registry_access(struct flow_builder *b, const struct registry *registry,
				const struct registry_access *access)
{
	const struct facts_value key = { .kind = VALUE_NUMBER, .number = access->key };
	const struct event event = {
		.function = access->function,
		.call = NO_CALL,
		.line = access->line,
		.entry = access->inserts ? registry->insertion : registry->lookup,
		.summary = -1,
		.object = -1,
	};

	flow_apply_value(b, event, &key);
}

/* Adds @event for each element of @accesses (struct registry_access). */
static void add_accesses(struct flow_builder *b, struct event event, const GArray *accesses)
{
	for (guint i = 0; i < accesses->len; i++) {
		const struct registry_access *access =
			&g_array_index(accesses, struct registry_access, i);

		event.function = access->function;
		event.line = access->line;
		flow_add_event(b, &event);
	}
}

/* The content of a container as a whole: an insertion sets it up, and a loop over it needs it. */
static void add_content(struct flow_builder *b, const struct registry *registry)
{
	struct event event = { .call = NO_CALL, .target = -1, .summary = -1, .object = -1 };

	event.resource =
		resources_entry(b->resources, registry->insertion->resource, registry->name, "");
	event.entry = registry->insertion;
	for (guint i = 0; i < registry->inserts->len; i++) {
		event.function =
			g_array_index(registry->inserts, struct registry_function, i).function;
		event.line = b->facts->functions[event.function].line;
		flow_add_event(b, &event);
	}
	for (guint i = 0; i < registry->elements->len; i++) {
		const struct registry_element *e =
			&g_array_index(registry->elements, struct registry_element, i);

		event.function = e->function;
		event.line = b->facts->calls[e->call].line;
		flow_add_event(b, &event);
	}
	add_accesses(b, event, registry->fills);
	event.entry = registry->lookup;
	add_accesses(b, event, registry->walks);
}

static void add_registry(struct flow_builder *b, const struct registry *registry)
{
	if (registry->walks->len) {
		add_content(b, registry);
		return;
	}
	for (guint i = 0; i < registry->inserts->len; i++)
		add_registry_function(
			b, &g_array_index(registry->inserts, struct registry_function, i),
			registry->insertion);
	for (guint i = 0; i < registry->lookups->len; i++)
		add_registry_function(
			b, &g_array_index(registry->lookups, struct registry_function, i),
			registry->lookup);
	for (guint i = 0; i < registry->elements->len; i++)
		add_registry_element(b, registry,
				     &g_array_index(registry->elements, struct registry_element,
						    i));
	for (guint i = 0; i < registry->accesses->len; i++)
		add_registry_access(b, registry,
				    &g_array_index(registry->accesses, struct registry_access, i));
}

void flow_seed(struct flow_builder *b, const GPtrArray *models, const GPtrArray *registries)
{
	add_entries(b, models);
	for (guint i = 0; i < registries->len; i++)
		add_registry(b, registries->pdata[i]);
	add_parameter_calls(b);
}
