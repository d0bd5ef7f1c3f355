// SPDX-License-Identifier: GPL-2.0-only
/* Finds the functions that calls reach, above all calls through pointers. */
#include "rules/engine/program/program_internal.h"

#include <string.h>

#include "rules/engine/program/variable_key.h"

/*
 * A candidate is a function that a call through a pointer may reach. A call with more than
 * MAX_CANDIDATES candidates gets no edge, because it is not known which candidate runs.
 */
#define MAX_CANDIDATES 4
/*
 * If a variable has at most MAX_ALTERNATIVES candidates, the candidates are usually variants of one
 * function. It matters little which variant runs. So the edge to each variant has the kind
 * EDGE_SINGLE.
 */
#define MAX_ALTERNATIVES 2

/*
 * If @value is a function, adds the function to the list of candidates that @by_key has for @key.
 * Does nothing if the list already has the function. @from is the function that stores @value. -1:
 * a static initialiser stores @value.
 */
static void add_candidate(const struct program *program, GHashTable *by_key, gpointer key,
			  const struct facts_value *value, int32_t from)
{
	GArray *targets;
	int32_t function;

	if (value->kind != VALUE_FUNCTION)
		return;
	function = program_function(program, value->symbol, from);
	if (function < 0)
		return;
	targets = g_hash_table_lookup(by_key, key);
	if (!targets) {
		targets = g_array_new(FALSE, FALSE, sizeof(int32_t));
		g_hash_table_insert(by_key, key, targets);
	}
	for (guint i = 0; i < targets->len; i++)
		if (g_array_index(targets, int32_t, i) == function)
			return;
	g_array_append_val(targets, function);
}

static void add_target(struct program *program, int32_t field, const struct facts_value *value,
		       int32_t from)
{
	if (field >= 0)
		add_candidate(program, program->field_targets, GINT_TO_POINTER(field + 1), value,
			      from);
}

static void gather_targets(struct program *program)
{
	const struct facts *facts = program->facts;

	program->field_targets =
		g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify)g_array_unref);
	for (uint32_t i = 0; i < facts->n_globals; i++) {
		const struct facts_range *stores = &facts->globals[i].stores;

		for (uint32_t s = stores->first; s < stores->first + stores->n; s++)
			add_target(program, facts->stores[s].field, &facts->stores[s].value, -1);
	}
	for (uint32_t i = 0; i < facts->n_functions; i++) {
		const struct facts_range *stores = &facts->functions[i].stores;
		const struct facts_range *accesses = &facts->functions[i].accesses;

		for (uint32_t s = stores->first; s < stores->first + stores->n; s++)
			add_target(program, facts->stores[s].field, &facts->stores[s].value,
				   (int32_t)i);
		for (uint32_t a = accesses->first; a < accesses->first + accesses->n; a++)
			if (facts->accesses[a].mode == ACCESS_WRITE)
				add_target(program, facts->accesses[a].field,
					   &facts->accesses[a].value, (int32_t)i);
	}
}

static void add_variable_target(const struct program *program, GHashTable *by_key, int32_t symbol,
				int32_t field, const struct facts_value *value, int32_t from)
{
	if (symbol >= 0)
		add_candidate(program, by_key, variable_key(symbol, field), value, from);
}

/*
 * Returns a hash table: variable_key() of a variable or field -> GArray of int32_t, the functions
 * that are stored in this variable or field.
 */
static GHashTable *gather_variables(const struct program *program)
{
	const struct facts *facts = program->facts;
	GHashTable *by_key =
		g_hash_table_new_full(variable_key_hash, NULL, NULL, (GDestroyNotify)g_array_unref);

	for (uint32_t i = 0; i < facts->n_globals; i++) {
		const struct facts_range *r = &facts->globals[i].stores;

		for (uint32_t s = r->first; s < r->first + r->n; s++)
			add_variable_target(program, by_key, facts->globals[i].symbol,
					    facts->stores[s].field, &facts->stores[s].value, -1);
	}
	for (uint32_t i = 0; i < facts->n_functions; i++) {
		const struct facts_range *r = &facts->functions[i].accesses;

		for (uint32_t a = r->first; a < r->first + r->n; a++)
			if (facts->accesses[a].mode == ACCESS_WRITE)
				add_variable_target(program, by_key, facts->accesses[a].symbol,
						    facts->accesses[a].field,
						    &facts->accesses[a].value, (int32_t)i);
		r = &facts->functions[i].stores;
		for (uint32_t s = r->first; s < r->first + r->n; s++)
			if (facts->stores[s].base.kind == VALUE_OBJECT)
				add_variable_target(program, by_key, facts->stores[s].base.symbol,
						    facts->stores[s].field, &facts->stores[s].value,
						    (int32_t)i);
	}
	return by_key;
}

/*
 * A call to @callee passes the address of @variable as argument @index. Adds each function that
 * @callee stores at this address to the candidates of @variable.
 */
static void gather_output_stores(const struct program *program, GHashTable *by_key, int32_t callee,
				 uint32_t index, const struct facts_value *variable)
{
	const struct facts *facts = program->facts;
	const struct facts_range *r = &facts->functions[callee].stores;

	for (uint32_t s = r->first; s < r->first + r->n; s++) {
		const struct facts_store *store = &facts->stores[s];

		if (store->field < 0 && store->base.kind == VALUE_PARAM &&
		    store->base.number == index)
			add_variable_target(program, by_key, variable->symbol, variable->field,
					    &store->value, callee);
	}
}

/*
 * If get_ops() contains "*out = function;", the call "get_ops(&ops)" makes function() a candidate
 * of ops in @by_key. Looks only into get_ops(), not into the functions that get_ops() calls.
 */
static void gather_outputs(const struct program *program, GHashTable *by_key)
{
	const struct facts *facts = program->facts;

	for (uint32_t c = 0; c < facts->n_calls; c++) {
		const struct facts_call *call = &facts->calls[c];
		const struct facts_range *r = &call->arguments;
		int32_t callee = -1;

		if (call->target.kind == VALUE_FUNCTION)
			callee = program_function(program, call->target.symbol,
						  program->function_of_call[c]);
		for (uint32_t a = r->first; callee >= 0 && a < r->first + r->n; a++)
			if (facts->arguments[a].value.kind == VALUE_OBJECT)
				gather_output_stores(program, by_key, callee,
						     facts->arguments[a].index,
						     &facts->arguments[a].value);
	}
}

static const GArray *targets_of(const struct program *program, GHashTable *variables,
				const struct facts_value *target)
{
	if (target->kind == VALUE_GLOBAL)
		return g_hash_table_lookup(variables, variable_key(target->symbol, target->field));
	if (target->kind == VALUE_LOADED)
		return g_hash_table_lookup(program->field_targets,
					   GINT_TO_POINTER(target->field + 1));
	return NULL;
}

/*
 * True if @call in @function walks a table of init functions: @function is init code, the call is in
 * a loop, and the static initialiser of the array that the call's target names has several functions
 * in the field of the target. Then each of these functions runs.
 */
static bool is_init_table(const struct program *program, int32_t function,
			  const struct facts_call *call)
{
	const struct facts *facts = program->facts;
	const struct facts_value *target = &call->target;
	const char *attributes = facts->functions[function].attributes;
	int32_t global =
		target->kind == VALUE_GLOBAL ? program->global_of_symbol[target->symbol] : -1;
	const struct facts_range *r;
	unsigned int n = 0;

	if (global < 0 || target->field < 0 || !call->in_loop || !attributes ||
	    !strstr(attributes, "section=.init.text"))
		return false;
	r = &facts->globals[global].stores;
	for (uint32_t s = r->first; s < r->first + r->n; s++)
		n += facts->stores[s].field == target->field &&
		     facts->stores[s].value.kind == VALUE_FUNCTION;
	return n > 1;
}

static void add_edges(struct program *program, GArray *edges, GHashTable *variables,
		      int32_t function, uint32_t call)
{
	const struct facts_value *target = &program->facts->calls[call].target;
	struct edge edge = { .call = call, .kind = EDGE_DIRECT };
	const GArray *targets;

	if (target->kind == VALUE_FUNCTION) {
		edge.to = program_function(program, target->symbol, function);
		if (edge.to >= 0)
			g_array_append_val(edges, edge);
		return;
	}
	program->n_indirect++;
	targets = targets_of(program, variables, target);
	if (!targets) {
		program->n_unresolved++;
		return;
	}
	if (is_init_table(program, function, &program->facts->calls[call])) {
		edge.kind = EDGE_SINGLE;
	} else if (targets->len > MAX_CANDIDATES) {
		program->n_capped++;
		return;
	} else {
		edge.kind = targets->len <= (target->kind == VALUE_GLOBAL ? MAX_ALTERNATIVES : 1)
				    ? EDGE_SINGLE
				    : EDGE_MANY;
	}
	for (guint i = 0; i < targets->len; i++) {
		edge.to = g_array_index(targets, int32_t, i);
		g_array_append_val(edges, edge);
	}
}

void program_link_calls(struct program *program)
{
	const struct facts *facts = program->facts;
	GArray *edges = g_array_new(FALSE, FALSE, sizeof(struct edge));
	g_autoptr(GHashTable) variables = gather_variables(program);

	gather_targets(program);
	gather_outputs(program, variables);
	program->first_edge = g_new(uint32_t, facts->n_functions + 1);
	for (uint32_t i = 0; i < facts->n_functions; i++) {
		const struct facts_range *calls = &facts->functions[i].calls;

		program->first_edge[i] = edges->len;
		for (uint32_t c = calls->first; c < calls->first + calls->n; c++)
			add_edges(program, edges, variables, (int32_t)i, c);
	}
	program->first_edge[facts->n_functions] = edges->len;
	program->edges = (struct edge *)g_array_free(edges, FALSE);
}
