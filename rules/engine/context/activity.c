// SPDX-License-Identifier: GPL-2.0-only
#include "rules/engine/context/activity.h"

#include <string.h>

#define NEVER UINT32_MAX

struct activity {
	const struct program *program;
	const struct facts *facts;
	uint32_t *function_since; /* by function: moment from which it is out */
	uint8_t *object_out;	  /* by symbol */
	uint8_t *ran;		  /* by function: what it names is out already */
};

static void name_symbol(struct activity *activity, int32_t symbol, uint32_t moment);

static void name_value(struct activity *activity, const struct facts_value *value, int32_t from,
		       uint32_t moment)
{
	int32_t function;

	if (value->kind == VALUE_OBJECT || value->kind == VALUE_GLOBAL)
		name_symbol(activity, value->symbol, moment);
	if (value->kind != VALUE_FUNCTION)
		return;
	function = program_function(activity->program, value->symbol, from);
	if (function >= 0)
		activity->function_since[function] =
			MIN(activity->function_since[function], moment);
}

/* An object brings what its initialiser names. */
static void name_symbol(struct activity *activity, int32_t symbol, uint32_t moment)
{
	int32_t global = symbol >= 0 ? activity->program->global_of_symbol[symbol] : -1;
	const struct facts_range *r;

	if (global < 0 || activity->object_out[symbol])
		return;
	activity->object_out[symbol] = 1;
	r = &activity->facts->globals[global].stores;
	for (uint32_t s = r->first; s < r->first + r->n; s++)
		name_value(activity, &activity->facts->stores[s].value, -1, moment);
}

void activity_run(struct activity *activity, int32_t function, uint32_t moment)
{
	const struct facts *facts = activity->facts;
	const struct facts_function *f = &facts->functions[function];

	if (activity->ran[function])
		return;
	activity->ran[function] = 1;
	for (uint32_t i = f->stores.first; i < f->stores.first + f->stores.n; i++)
		name_value(activity, &facts->stores[i].value, function, moment);
	for (uint32_t i = f->returns.first; i < f->returns.first + f->returns.n; i++)
		name_value(activity, &facts->returns[i].value, function, moment);
	for (uint32_t i = f->accesses.first; i < f->accesses.first + f->accesses.n; i++) {
		name_symbol(activity, facts->accesses[i].symbol, moment);
		name_value(activity, &facts->accesses[i].value, function, moment);
	}
	for (uint32_t c = f->calls.first; c < f->calls.first + f->calls.n; c++) {
		const struct facts_range *r = &facts->calls[c].arguments;

		for (uint32_t a = r->first; a < r->first + r->n; a++)
			name_value(activity, &facts->arguments[a].value, function, moment);
	}
}

/* What nobody names is found by walking a section of the linker's. */
static void name_tables(struct activity *activity)
{
	uint32_t n_functions = activity->facts->n_functions;
	uint32_t n_symbols = activity->facts->n_symbols;
	g_autofree uint8_t *named = NULL;

	for (uint32_t i = 0; i < n_functions; i++)
		activity_run(activity, (int32_t)i, 0);
	named = g_memdup2(activity->object_out, n_symbols + 1);
	memset(activity->object_out, 0, n_symbols + 1);
	memset(activity->ran, 0, n_functions + 1);
	for (uint32_t i = 0; i < n_functions; i++)
		activity->function_since[i] = NEVER;
	for (uint32_t i = 0; i < activity->facts->n_globals; i++)
		if (!named[activity->facts->globals[i].symbol])
			name_symbol(activity, activity->facts->globals[i].symbol, 0);
}

struct activity *activity_new(const struct program *program)
{
	struct activity *activity = g_new0(struct activity, 1);
	uint32_t n = program->facts->n_functions;

	activity->program = program;
	activity->facts = program->facts;
	activity->function_since = g_new0(uint32_t, n + 1);
	activity->object_out = g_new0(uint8_t, program->facts->n_symbols + 1);
	activity->ran = g_new0(uint8_t, n + 1);
	name_tables(activity);
	return activity;
}

void activity_free(struct activity *activity)
{
	if (!activity)
		return;
	g_free(activity->function_since);
	g_free(activity->object_out);
	g_free(activity->ran);
	g_free(activity);
}

bool activity_is_out(const struct activity *activity, int32_t function, uint32_t moment)
{
	return activity->function_since[function] <= moment;
}
