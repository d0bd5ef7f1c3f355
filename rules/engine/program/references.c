// SPDX-License-Identifier: GPL-2.0-only
#include "rules/engine/program/references.h"

struct visitor {
	const struct program *program;
	void (*see)(void *data, const struct reference *reference);
	void *data;
};

static void see_value(const struct visitor *v, const struct facts_value *value,
		      struct reference reference)
{
	if (value->kind != VALUE_FUNCTION)
		return;
	reference.to = program_function(v->program, value->symbol, reference.from);
	if (reference.to >= 0)
		v->see(v->data, &reference);
}

static void see_call(const struct visitor *v, const struct facts_call *call,
		     struct reference reference)
{
	const struct facts *facts = v->program->facts;
	const struct facts_range *r = &call->arguments;

	for (uint32_t a = r->first; a < r->first + r->n; a++)
		see_value(v, &facts->arguments[a].value, reference);
	reference.is_call = true;
	see_value(v, &call->target, reference);
}

static void see_function(const struct visitor *v, int32_t index)
{
	const struct facts *facts = v->program->facts;
	const struct facts_function *function = &facts->functions[index];
	struct reference reference = { .from = index, .global = -1, .field = -1 };
	const struct facts_range *r = &function->calls;

	for (uint32_t c = r->first; c < r->first + r->n; c++)
		see_call(v, &facts->calls[c], reference);
	r = &function->returns;
	for (uint32_t i = r->first; i < r->first + r->n; i++)
		see_value(v, &facts->returns[i].value, reference);
	r = &function->stores;
	for (uint32_t s = r->first; s < r->first + r->n; s++) {
		reference.field = facts->stores[s].field;
		see_value(v, &facts->stores[s].value, reference);
	}
	r = &function->accesses;
	for (uint32_t a = r->first; a < r->first + r->n; a++) {
		reference.field = facts->accesses[a].field;
		see_value(v, &facts->accesses[a].value, reference);
	}
}

static void see_global(const struct visitor *v, int32_t index)
{
	const struct facts *facts = v->program->facts;
	const struct facts_range *r = &facts->globals[index].stores;

	for (uint32_t s = r->first; s < r->first + r->n; s++) {
		struct reference reference = { .from = -1, .global = index };

		reference.field = facts->stores[s].field;
		see_value(v, &facts->stores[s].value, reference);
	}
}

void references_each(const struct program *program,
		     void (*see)(void *data, const struct reference *reference), void *data)
{
	const struct visitor v = { program, see, data };

	for (uint32_t f = 0; f < program->facts->n_functions; f++)
		see_function(&v, (int32_t)f);
	for (uint32_t g = 0; g < program->facts->n_globals; g++)
		see_global(&v, (int32_t)g);
}
