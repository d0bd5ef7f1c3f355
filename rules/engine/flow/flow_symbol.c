// SPDX-License-Identifier: GPL-2.0-only
/*
 * Code may look a function up by its name, so that it works without the module of this function:
 *
 *	notify = __symbol_get("provider_notify");
 *	notify(&block);
 *
 * The kernel finds the symbols of built-in code at any time, also before the initcalls of this code.
 * Adds the edges for calls to functions that are found in this way. The facts do not tell which of
 * the calls of one function returns the value. So each symbol that the function looks up counts.
 */
#include "rules/engine/flow/flow_internal.h"

#include "rules/engine/program/variable_key.h"

/* With so many symbols, a call leads to one of them with the certainty of EDGE_SINGLE. */
#define MAX_SINGLE 2

struct lookup {
	int32_t function; /* the function that looks symbols up */
	int32_t callee;	  /* the symbol of the function that does the look-up */
	GArray *targets;  /* int32_t: the functions with the names that @function passes */
};

static void add_edges(struct flow_builder *b, const struct lookup *lookup, int32_t from,
		      uint32_t call)
{
	enum edge_kind kind = lookup->targets->len <= MAX_SINGLE ? EDGE_SINGLE : EDGE_MANY;

	for (guint i = 0; i < lookup->targets->len; i++)
		flow_add_edge(b, from, call, g_array_index(lookup->targets, int32_t, i), kind);
}

static void add_target(const struct flow_builder *b, struct lookup *lookup,
		       const struct facts_value *name)
{
	int32_t symbol, function;

	if (name->kind != VALUE_STRING)
		return;
	symbol = program_symbol(b->program, b->facts->texts[name->number], NULL);
	function = symbol < 0 ? -1 : program_function(b->program, symbol, -1);
	for (guint i = 0; i < lookup->targets->len; i++)
		if (g_array_index(lookup->targets, int32_t, i) == function)
			return;
	if (function >= 0)
		g_array_append_val(lookup->targets, function);
}

/* Adds the edges of the calls through the variable that @access sets to the result of a look-up. */
static void call_variable(struct flow_builder *b, const struct lookup *lookup,
			  const struct facts_access *access)
{
	for (uint32_t c = 0; c < b->facts->n_calls; c++) {
		const struct facts_value *target = &b->facts->calls[c].target;

		if (target->kind == VALUE_GLOBAL && target->symbol == access->symbol &&
		    target->field == access->field)
			add_edges(b, lookup, b->program->function_of_call[c], c);
	}
}

static bool is_result(const struct facts_value *v, const struct lookup *lookup)
{
	return v->kind == VALUE_RESULT && v->symbol == lookup->callee;
}

static void follow(struct flow_builder *b, const struct lookup *lookup)
{
	const struct facts_function *f = &b->facts->functions[lookup->function];
	g_autoptr(GHashTable) seen = g_hash_table_new(variable_key_hash, NULL);

	for (uint32_t c = f->calls.first; c < f->calls.first + f->calls.n; c++)
		if (is_result(&b->facts->calls[c].target, lookup))
			add_edges(b, lookup, lookup->function, c);
	for (uint32_t a = f->accesses.first; a < f->accesses.first + f->accesses.n; a++) {
		const struct facts_access *access = &b->facts->accesses[a];

		if (access->mode == ACCESS_WRITE && is_result(&access->value, lookup) &&
		    g_hash_table_add(seen, variable_key(access->symbol, access->field)))
			call_variable(b, lookup, access);
	}
}

/* @entry says that a call to @callee looks up a symbol. */
static void add_callers(struct flow_builder *b, const struct model_entry *entry, int32_t callee)
{
	const struct program *p = b->program;
	struct lookup lookup = {
		.function = -1,
		.callee = b->facts->functions[callee].symbol,
		.targets = g_array_new(FALSE, FALSE, sizeof(int32_t)),
	};

	for (uint32_t i = p->first_caller[callee]; i < p->first_caller[callee + 1]; i++) {
		const struct facts_value *name =
			facts_argument(b->facts, p->callers[i], entry->argument);

		if (p->function_of_call[p->callers[i]] != lookup.function) {
			if (lookup.targets->len)
				follow(b, &lookup);
			g_array_set_size(lookup.targets, 0);
		}
		lookup.function = p->function_of_call[p->callers[i]];
		if (name)
			add_target(b, &lookup, name);
	}
	if (lookup.targets->len)
		follow(b, &lookup);
	g_array_unref(lookup.targets);
}

void flow_symbols(struct flow_builder *b, const GPtrArray *models)
{
	g_autoptr(GPtrArray) entries = models_entries(models, MODEL_SYMBOLS);

	for (guint e = 0; e < entries->len; e++) {
		const struct model_entry *entry = entries->pdata[e];

		for (char **name = entry->functions; *name; name++) {
			const GArray *named = program_named(b->program, *name);

			for (guint i = 0; named && i < named->len; i++)
				add_callers(b, entry, g_array_index(named, int32_t, i));
		}
	}
}
