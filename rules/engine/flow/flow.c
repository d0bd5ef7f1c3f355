// SPDX-License-Identifier: GPL-2.0-only
/*
 * The flow analysis (flow.h) follows values from a function to its callers. A summary says what a
 * function does with a value that its caller passes: the function calls the value, or a model
 * applies to the value. If the caller passes its own parameter as the value, the caller is a
 * wrapper and gets a summary, too. If the caller passes a known value, such as a variable, the
 * summary is applied to the value: flow_apply_value() adds an event or an edge.
 *
 * In the comments of this file, summary @summary means the struct flow_summary that has the index
 * @summary in flow->summaries.
 */
#include "rules/engine/flow/flow_internal.h"

#include <string.h>

#include "rules/engine/program/variable_key.h"

/*
 * The analysis follows a value through at most MAX_DEPTH wrappers. After more wrappers, the value
 * is rarely the argument that the model describes.
 */
#define MAX_DEPTH 10

struct summary_key {
	int32_t function;
	int32_t param;
	int32_t field;
	const struct model_entry *entry;
};

static guint summary_hash(gconstpointer data)
{
	const struct summary_key *k = data;

	return (guint)k->function * 31 + (guint)k->param * 7 + (guint)k->field * 131 +
	       g_direct_hash(k->entry);
}

static gboolean summary_equal(gconstpointer a, gconstpointer b)
{
	const struct summary_key *x = a, *y = b;

	return x->function == y->function && x->param == y->param && x->field == y->field &&
	       x->entry == y->entry;
}

void flow_add_summary(struct flow_builder *b, const struct flow_summary *summary)
{
	struct summary_key key = { summary->function, summary->param, summary->field,
				   summary->entry };
	uint8_t depth = summary->next < 0
				? 0
				: (uint8_t)(g_array_index(b->depths, uint8_t, summary->next) + 1);

	if (depth > MAX_DEPTH || g_hash_table_contains(b->seen, &key))
		return;
	g_hash_table_add(b->seen, g_memdup2(&key, sizeof(key)));
	g_array_append_val(b->flow->summaries, *summary);
	g_array_append_val(b->depths, depth);
}

/*
 * @call in @function passes the value @v to another function, directly or in a field of an object.
 * Summary @summary describes what the other function does with this value. Applies summary @summary
 * to @v. If @v comes from a field of a known variable, @object is the symbol of this variable.
 * Otherwise, @object is -1.
 */
static void apply_object_value(struct flow_builder *b, int32_t function, uint32_t call,
			       int32_t summary, int32_t object, const struct facts_value *v)
{
	struct event event = {
		.function = function,
		.call = call,
		.line = b->facts->calls[call].line,
		.entry = g_array_index(b->flow->summaries, struct flow_summary, summary).entry,
		.resource = -1,
		.target = -1,
		.summary = summary,
		.object = object,
	};

	flow_apply_value(b, event, v);
}

static void apply_value(struct flow_builder *b, int32_t function, uint32_t call, int32_t summary,
			const struct facts_value *v)
{
	apply_object_value(b, function, call, summary, -1, v);
}

/*
 * Applies summary @summary to each value that a function or the static initialiser stores in the
 * field @field of the variable @symbol.
 */
static void apply_field(struct flow_builder *b, int32_t function, uint32_t call, int32_t summary,
			int32_t symbol, int32_t field)
{
	int32_t global = symbol >= 0 ? b->program->global_of_symbol[symbol] : -1;
	const GArray *stores = g_hash_table_lookup(b->object_stores, variable_key(symbol, field));
	const struct facts_range *r;

	for (guint i = 0; stores && i < stores->len; i++)
		apply_object_value(b, function, call, summary, symbol,
				   &g_array_index(stores, struct facts_value, i));
	if (global < 0)
		return;
	r = &b->facts->globals[global].stores;
	for (uint32_t s = r->first; s < r->first + r->n; s++)
		if (b->facts->stores[s].field == field)
			apply_object_value(b, function, call, summary, symbol,
					   &b->facts->stores[s].value);
}

/*
 * @v is the content of a variable, or of a part of a variable. Applies summary @summary to the
 * initial value of this variable or part. If the part is in an element of an array, @v does not say
 * in which element. So applies summary @summary to the initial values in all elements.
 *
 * If summary @summary has a field, each initial value is the address of an object. Then applies
 * summary @summary to the values in this field of the object, instead of the initial value. Returns
 * false if the static initialiser gives no value.
 */
static bool apply_content(struct flow_builder *b, int32_t function, uint32_t call, int32_t summary,
			  const struct facts_value *v)
{
	int32_t wanted = g_array_index(b->flow->summaries, struct flow_summary, summary).field;
	int32_t global = b->program->global_of_symbol[v->symbol];
	const struct facts_range *r;
	bool any = false;

	if (global < 0)
		return false;
	r = &b->facts->globals[global].stores;
	for (uint32_t s = r->first; s < r->first + r->n; s++) {
		const struct facts_store *store = &b->facts->stores[s];
		const char *field = store->field >= 0 ? b->facts->fields[store->field] : NULL;

		if (store->value.kind == VALUE_UNKNOWN)
			continue;
		if (v->field >= 0 ? store->field != v->field && (!field || field[0] != '[')
				  : !!field)
			continue;
		any = true;
		if (wanted < 0)
			apply_value(b, function, call, summary, &store->value);
		else if (store->value.kind == VALUE_OBJECT)
			apply_field(b, function, call, summary, store->value.symbol, wanted);
	}
	return any;
}

/*
 * @function may store values in @field of an object before @function passes the object on. Applies
 * summary @summary to these values. If a stored value comes from a parameter of @function, adds a
 * summary for this parameter. Returns false if @function does not store a known value in @field. If
 * the result is true, values that callers of @function have stored in @field do not matter.
 */
static bool apply_local_stores(struct flow_builder *b, int32_t function, uint32_t call,
			       int32_t summary, int32_t field)
{
	const struct facts_range *r = &b->facts->functions[function].stores;
	bool any = false;

	for (uint32_t s = r->first; s < r->first + r->n; s++) {
		const struct facts_store *store = &b->facts->stores[s];
		struct flow_summary wrapper = {
			.function = function,
			.field = -1,
			.entry = g_array_index(b->flow->summaries, struct flow_summary, summary)
					 .entry,
			.next = summary,
			.call = call,
		};

		if (store->field != field || store->value.kind == VALUE_UNKNOWN)
			continue;
		any = true;
		if (store->value.kind == VALUE_PARAM) {
			wrapper.param = (int32_t)store->value.number;
			flow_add_summary(b, &wrapper);
		} else if (store->value.kind == VALUE_LOADED && store->value.number >= 0) {
			wrapper.param = (int32_t)store->value.number;
			wrapper.field = store->value.field;
			flow_add_summary(b, &wrapper);
		} else {
			apply_value(b, function, call, summary, &store->value);
		}
	}
	return any;
}

/*
 * @call in @function calls another function. Summary @summary describes what the other function
 * does with one of its parameters. @call passes @v as this parameter. If @v comes from a parameter
 * of @function, adds a summary for the parameter of @function. If @v is known, applies summary
 * @summary to @v. If summary @summary has a field, the field of the object at @v counts instead of
 * @v. If @function itself stores known values in this field, only these values count.
 */
static void follow_value(struct flow_builder *b, int32_t function, uint32_t call, int32_t summary,
			 const struct facts_value *v)
{
	struct flow_summary s = g_array_index(b->flow->summaries, struct flow_summary, summary);
	struct flow_summary wrapper = { function, (int32_t)v->number, s.field, s.entry, summary,
					call };

	if (s.field >= 0 && apply_local_stores(b, function, call, summary, s.field))
		return;
	switch (v->kind) {
	case VALUE_PARAM:
		flow_add_summary(b, &wrapper);
		break;
	case VALUE_LOADED:
		wrapper.field = v->field;
		if (s.field < 0 && v->number >= 0)
			flow_add_summary(b, &wrapper);
		else if (s.field < 0)
			apply_value(b, function, call, summary, v);
		break;
	case VALUE_OBJECT:
		if (s.field >= 0)
			apply_field(b, function, call, summary, v->symbol, s.field);
		else
			apply_value(b, function, call, summary, v);
		break;
	case VALUE_GLOBAL:
		if (!apply_content(b, function, call, summary, v) && s.field < 0)
			apply_value(b, function, call, summary, v);
		break;
	default:
		if (s.field < 0)
			apply_value(b, function, call, summary, v);
		break;
	}
}

/*
 * Summary @index describes a function. Calls follow_value() for each direct call to this function.
 */
static void carry_up(struct flow_builder *b, int32_t index)
{
	struct flow_summary summary = g_array_index(b->flow->summaries, struct flow_summary, index);
	const struct program *p = b->program;

	for (uint32_t i = p->first_caller[summary.function];
	     i < p->first_caller[summary.function + 1]; i++) {
		uint32_t call = p->callers[i];
		const struct facts_value *value = facts_argument(b->facts, call, summary.param);
		static const struct facts_value unknown = { .kind = VALUE_UNKNOWN };

		follow_value(b, p->function_of_call[call], call, index, value ? value : &unknown);
	}
}

static void gather_object_stores(struct flow_builder *b)
{
	b->object_stores =
		g_hash_table_new_full(variable_key_hash, NULL, NULL, (GDestroyNotify)g_array_unref);
	for (uint32_t i = 0; i < b->facts->n_functions; i++) {
		const struct facts_range *r = &b->facts->functions[i].stores;

		for (uint32_t s = r->first; s < r->first + r->n; s++) {
			const struct facts_store *store = &b->facts->stores[s];
			gpointer key = variable_key(store->base.symbol, store->field);
			GArray *list;

			if (store->base.kind != VALUE_OBJECT)
				continue;
			list = g_hash_table_lookup(b->object_stores, key);
			if (!list) {
				list = g_array_new(FALSE, FALSE, sizeof(struct facts_value));
				g_hash_table_insert(b->object_stores, key, list);
			}
			g_array_append_val(list, store->value);
		}
	}
}

static gint by_function(gconstpointer a, gconstpointer b)
{
	const struct event *x = a, *y = b;

	if (x->function != y->function)
		return x->function < y->function ? -1 : 1;
	return x->call < y->call ? -1 : x->call > y->call;
}

/*
 * Sorts b->flow->events and b->flow->edges by function. Fills b->flow->first_event and
 * b->flow->first_edge.
 */
static void finish(struct flow_builder *b)
{
	struct flow *flow = b->flow;
	uint32_t n = b->facts->n_functions;
	GArray *sorted = g_array_sized_new(FALSE, TRUE, sizeof(struct edge), flow->edges->len);
	g_autofree uint32_t *fill = NULL;

	g_array_sort(flow->events, by_function);
	flow->first_event = g_new0(uint32_t, n + 1);
	flow->first_edge = g_new0(uint32_t, n + 1);
	for (guint i = 0; i < flow->events->len; i++)
		flow->first_event[g_array_index(flow->events, struct event, i).function + 1]++;
	for (guint i = 0; i < flow->edges->len; i++)
		flow->first_edge[g_array_index(b->edge_owners, int32_t, i) + 1]++;
	for (uint32_t i = 0; i < n; i++) {
		flow->first_event[i + 1] += flow->first_event[i];
		flow->first_edge[i + 1] += flow->first_edge[i];
	}
	g_array_set_size(sorted, flow->edges->len);
	fill = g_memdup2(flow->first_edge, (n + 1) * sizeof(*fill));
	for (guint i = 0; i < flow->edges->len; i++)
		g_array_index(sorted, struct edge,
			      fill[g_array_index(b->edge_owners, int32_t, i)]++) =
			g_array_index(flow->edges, struct edge, i);
	g_array_unref(flow->edges);
	flow->edges = sorted;
}

struct flow *flow_new(const struct program *program, const GPtrArray *models,
		      const GPtrArray *registries, struct resources *resources)
{
	struct flow *flow = g_new0(struct flow, 1);
	struct flow_builder b = {
		.program = program,
		.facts = program->facts,
		.resources = resources,
		.flow = flow,
		.seen = g_hash_table_new_full(summary_hash, summary_equal, g_free, NULL),
		.depths = g_array_new(FALSE, FALSE, sizeof(uint8_t)),
		.edge_owners = g_array_new(FALSE, FALSE, sizeof(int32_t)),
	};

	flow->summaries = g_array_new(FALSE, FALSE, sizeof(struct flow_summary));
	flow->events = g_array_new(FALSE, FALSE, sizeof(struct event));
	flow->edges = g_array_new(FALSE, FALSE, sizeof(struct edge));
	gather_object_stores(&b);
	flow_seed(&b, models, registries);
	flow_symbols(&b, models);
	for (guint i = 0; i < flow->summaries->len; i++)
		carry_up(&b, (int32_t)i);
	finish(&b);
	g_hash_table_unref(b.object_stores);
	g_hash_table_unref(b.seen);
	g_array_unref(b.depths);
	g_array_unref(b.edge_owners);
	return flow;
}

void flow_free(struct flow *flow)
{
	if (!flow)
		return;
	g_array_unref(flow->summaries);
	g_array_unref(flow->events);
	g_array_unref(flow->edges);
	g_free(flow->first_event);
	g_free(flow->first_edge);
	g_free(flow);
}
