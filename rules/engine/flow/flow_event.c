// SPDX-License-Identifier: GPL-2.0-only
/*
 * Applies a model to a known value: a variable, string, number or function that a call passes. Adds
 * an event, which says that the model applies at this call. If the call runs the known function,
 * adds an edge to this function. An edge is a call in the call graph (program.h).
 */
#include "rules/engine/flow/flow_internal.h"

#include <inttypes.h>
#include <string.h>

void flow_add_edge(struct flow_builder *b, int32_t from, uint32_t call, int32_t to,
		   enum edge_kind kind)
{
	struct edge edge = { .to = to, .call = call, .kind = kind };

	g_array_append_val(b->flow->edges, edge);
	g_array_append_val(b->edge_owners, from);
}

void flow_add_event(struct flow_builder *b, const struct event *event)
{
	g_array_append_val(b->flow->events, *event);
}

static void add_with(struct flow_builder *b, struct event event, int32_t resource, int32_t target)
{
	event.resource = resource;
	event.target = target;
	flow_add_event(b, &event);
}

/* Returns the resource with the key @key that @entry is about. */
static int32_t resource_named(struct flow_builder *b, const struct model_entry *entry,
			      const char *key)
{
	if (!entry->registry && !*key)
		key = NULL;
	if (entry->registry)
		return resources_entry(b->resources, entry->resource, entry->registry, key);
	return resources_key(b->resources, entry->resource, key);
}

/*
 * "hmac(sha256)" may have one provider for the whole text, or a provider for "hmac" and a second
 * provider for "sha256". So if @event->entry->parts is true, adds an event for the whole text and
 * an event for each part.
 */
static void add_string_events(struct flow_builder *b, const struct event *event, const char *text)
{
	struct event of_part = *event;
	int32_t whole = resource_named(b, event->entry, text);

	add_with(b, *event, whole, -1);
	of_part.whole = 1 + whole;
	if (event->entry->parts && strpbrk(text, "(,")) {
		g_auto(GStrv) parts = g_strsplit_set(text, "(),", -1);

		for (char **part = parts; *part; part++)
			if (**part)
				add_with(b, of_part, resource_named(b, event->entry, *part), -1);
	}
}

/*
 * Returns the first string in the static initialiser of the variable @symbol. Returns NULL if there
 * is no string.
 */
static const char *string_of_object(const struct flow_builder *b, int32_t symbol)
{
	int32_t global = symbol >= 0 ? b->program->global_of_symbol[symbol] : -1;
	const struct facts_range *r;

	if (global < 0)
		return NULL;
	r = &b->facts->globals[global].stores;
	for (uint32_t s = r->first; s < r->first + r->n; s++)
		if (b->facts->stores[s].value.kind == VALUE_STRING)
			return b->facts->texts[b->facts->stores[s].value.number];
	return NULL;
}

static bool is_variable(const struct facts_value *v)
{
	return v->kind == VALUE_OBJECT || v->kind == VALUE_GLOBAL;
}

static const char *text_of(const struct flow_builder *b, const struct facts_value *v)
{
	if (v->kind == VALUE_STRING)
		return b->facts->texts[v->number];
	return is_variable(v) ? string_of_object(b, v->symbol) : NULL;
}

/*
 * Returns true if @pattern matches the text of @v. If @v is a string, the text is @v. If @v is a
 * variable, the text is the first string in the variable's static initialiser. If this initialiser
 * has no string, the text is the variable's name. If @v is a function, the text is the function's
 * name.
 */
static bool is_matching(const struct flow_builder *b, const char *pattern,
			const struct facts_value *v)
{
	const char *text = text_of(b, v);

	if (!text && (is_variable(v) || v->kind == VALUE_FUNCTION))
		text = b->facts->symbols[v->symbol].name;
	return text && g_pattern_match_simple(pattern, text);
}

/*
 * If @event is about a registry, adds an event for any entry of the registry. An insert function
 * always adds an entry. A look-up function needs any entry if it is not known which one:
 * @is_known is false. Not for arrays: code that gets an index of unknown value often gets one that
 * stands for nothing.
 */
static void add_any_event(struct flow_builder *b, const struct event *event, bool is_known)
{
	if (event->entry->registry && (event->entry->kind == MODEL_PROVIDES || !is_known))
		add_with(b, *event, resource_named(b, event->entry, ""), -1);
}

static void add_resource_event(struct flow_builder *b, const struct event *event,
			       const struct facts_value *v)
{
	const char *kind = event->entry->resource;
	const char *text;
	char number[32];

	if (event->entry->matching && !is_matching(b, event->entry->matching, v))
		return;

	switch (event->entry->key) {
	case KEY_OBJECT:
		if (is_variable(v))
			add_with(b, *event, resources_object(b->resources, kind, v->symbol), -1);
		break;
	case KEY_STRING:
		text = text_of(b, v);
		if (text && *text)
			add_string_events(b, event, text);
		add_any_event(b, event, text && *text);
		break;
	case KEY_NUMBER:
		if (v->kind != VALUE_NUMBER)
			break;
		g_snprintf(number, sizeof(number), "%" PRId64, v->number);
		add_with(b, *event, resource_named(b, event->entry, number), -1);
		break;
	case KEY_NONE:
		add_with(b, *event, resource_named(b, event->entry, ""), -1);
		break;
	}
}

void flow_apply_value(struct flow_builder *b, struct event event, const struct facts_value *v)
{
	const struct model_entry *entry = event.entry;
	int32_t target = -1;

	if (v->kind == VALUE_FUNCTION)
		target = program_function(b->program, v->symbol, event.function);
	if (!entry || entry->kind == MODEL_CALLS) {
		if (target < 0)
			return;
		flow_add_edge(b, event.function, event.call, target, EDGE_CALLBACK);
		if (entry && !entry->retried)
			add_with(b, event, -1, target);
		return;
	}
	switch (entry->kind) {
	case MODEL_PROBES:
		if (target >= 0)
			add_with(b, event, -1, target);
		break;
	case MODEL_PROVIDES:
	case MODEL_REQUIRES:
		add_resource_event(b, &event, v);
		break;
	case MODEL_INITIALISES:
		if (v->kind == VALUE_OBJECT)
			add_with(b, event, resources_variable(b->resources, v->symbol, v->field),
				 -1);
		break;
	case MODEL_OPTIONAL:
		if (v->kind == VALUE_GLOBAL)
			add_with(b, event, resources_variable(b->resources, v->symbol, v->field),
				 -1);
		break;
	default:
		break;
	}
}
