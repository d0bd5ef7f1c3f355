// SPDX-License-Identifier: GPL-2.0-only
#include "rules/engine/context/escape.h"

#include <string.h>

#define NEVER UINT32_MAX

struct escape {
	const struct program *program;
	const struct facts *facts;
	/* by function: the moment at which the function escapes, or NEVER */
	uint32_t *function_since;
	/* by symbol: the moment at which the object escapes, or NEVER */
	uint32_t *object_since;
	uint8_t *has_run; /* by function: true after escape_run() for the function */
};

static void escape_symbol(struct escape *escape, int32_t symbol, uint32_t moment);

static void escape_value(struct escape *escape, const struct facts_value *value, int32_t from,
			 uint32_t moment)
{
	int32_t function;

	if (value->kind == VALUE_OBJECT || value->kind == VALUE_GLOBAL)
		escape_symbol(escape, value->symbol, moment);
	if (value->kind != VALUE_FUNCTION)
		return;
	function = program_function(escape->program, value->symbol, from);
	if (function >= 0)
		escape->function_since[function] = MIN(escape->function_since[function], moment);
}

/*
 * When an object escapes, the functions and objects whose addresses are in the object's initialiser
 * escape, too.
 */
static void escape_symbol(struct escape *escape, int32_t symbol, uint32_t moment)
{
	int32_t global = symbol >= 0 ? escape->program->global_of_symbol[symbol] : -1;
	const struct facts_range *r;

	if (global < 0 || escape->object_since[symbol] != NEVER)
		return;
	escape->object_since[symbol] = moment;
	r = &escape->facts->globals[global].stores;
	for (uint32_t s = r->first; s < r->first + r->n; s++)
		escape_value(escape, &escape->facts->stores[s].value, -1, moment);
}

void escape_run(struct escape *escape, int32_t function, uint32_t moment)
{
	const struct facts *facts = escape->facts;
	const struct facts_function *f = &facts->functions[function];

	if (escape->has_run[function])
		return;
	escape->has_run[function] = 1;
	for (uint32_t i = f->stores.first; i < f->stores.first + f->stores.n; i++)
		escape_value(escape, &facts->stores[i].value, function, moment);
	for (uint32_t i = f->returns.first; i < f->returns.first + f->returns.n; i++)
		escape_value(escape, &facts->returns[i].value, function, moment);
	for (uint32_t i = f->accesses.first; i < f->accesses.first + f->accesses.n; i++) {
		escape_symbol(escape, facts->accesses[i].symbol, moment);
		escape_value(escape, &facts->accesses[i].value, function, moment);
	}
	for (uint32_t c = f->calls.first; c < f->calls.first + f->calls.n; c++) {
		const struct facts_range *r = &facts->calls[c].arguments;

		for (uint32_t a = r->first; a < r->first + r->n; a++)
			escape_value(escape, &facts->arguments[a].value, function, moment);
	}
}

/*
 * Records that the objects in linker tables escape at moment 0. The facts do not say which objects
 * are in a linker table, but no function names these objects. So escape_linker_tables() has three
 * steps:
 *   1. Call escape_run() for all functions. escape_run() sets escape->object_since to 0 for the
 *      objects that a function names, and for the objects whose addresses are in the initialisers
 *      of these objects. escape->object_since stays NEVER for all other objects.
 *   2. Copy escape->object_since, and reset all results of step 1.
 *   3. Treat each object that has NEVER in the copy as an object in a linker table: it escapes at
 *      moment 0.
 */
static void escape_linker_tables(struct escape *escape)
{
	uint32_t n_functions = escape->facts->n_functions;
	uint32_t n_symbols = escape->facts->n_symbols;
	g_autofree uint32_t *named = NULL;

	for (uint32_t i = 0; i < n_functions; i++)
		escape_run(escape, (int32_t)i, 0);
	named = g_memdup2(escape->object_since, (n_symbols + 1) * sizeof(*named));
	for (uint32_t i = 0; i < n_symbols; i++)
		escape->object_since[i] = NEVER;
	memset(escape->has_run, 0, n_functions + 1);
	for (uint32_t i = 0; i < n_functions; i++)
		escape->function_since[i] = NEVER;
	for (uint32_t i = 0; i < escape->facts->n_globals; i++)
		if (named[escape->facts->globals[i].symbol] == NEVER)
			escape_symbol(escape, escape->facts->globals[i].symbol, 0);
}

struct escape *escape_new(const struct program *program)
{
	struct escape *escape = g_new0(struct escape, 1);
	uint32_t n = program->facts->n_functions;

	escape->program = program;
	escape->facts = program->facts;
	escape->function_since = g_new0(uint32_t, n + 1);
	escape->object_since = g_new(uint32_t, program->facts->n_symbols + 1);
	for (uint32_t i = 0; i <= program->facts->n_symbols; i++)
		escape->object_since[i] = NEVER;
	escape->has_run = g_new0(uint8_t, n + 1);
	escape_linker_tables(escape);
	return escape;
}

void escape_free(struct escape *escape)
{
	if (!escape)
		return;
	g_free(escape->function_since);
	g_free(escape->object_since);
	g_free(escape->has_run);
	g_free(escape);
}

bool escape_has_happened(const struct escape *escape, int32_t function, uint32_t moment)
{
	return escape->function_since[function] <= moment;
}

uint32_t escape_object_since(const struct escape *escape, int32_t symbol)
{
	return escape->object_since[symbol];
}
