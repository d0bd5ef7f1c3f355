// SPDX-License-Identifier: GPL-2.0-only
#include "rules/engine/program/references.h"

struct visitor {
	const struct program *program;
	void (*visit)(void *data, const struct reference *reference);
	void *data;
};

static void visit_value(const struct visitor *v, const struct facts_value *value,
			struct reference reference)
{
	if (value->kind != VALUE_FUNCTION)
		return;
	reference.to = program_function(v->program, value->symbol, reference.from);
	if (reference.to >= 0)
		v->visit(v->data, &reference);
}

static void visit_call(const struct visitor *v, const struct facts_call *call,
		       struct reference reference)
{
	const struct facts *facts = v->program->facts;
	const struct facts_range *r = &call->arguments;

	for (uint32_t a = r->first; a < r->first + r->n; a++)
		visit_value(v, &facts->arguments[a].value, reference);
	reference.is_call = true;
	visit_value(v, &call->target, reference);
}

static void visit_function(const struct visitor *v, int32_t index)
{
	const struct facts *facts = v->program->facts;
	const struct facts_function *function = &facts->functions[index];
	struct reference reference = { .from = index, .global = -1, .field = -1 };
	const struct facts_range *r = &function->calls;

	for (uint32_t c = r->first; c < r->first + r->n; c++)
		visit_call(v, &facts->calls[c], reference);
	r = &function->returns;
	for (uint32_t i = r->first; i < r->first + r->n; i++)
		visit_value(v, &facts->returns[i].value, reference);
	r = &function->stores;
	for (uint32_t s = r->first; s < r->first + r->n; s++) {
		reference.field = facts->stores[s].field;
		visit_value(v, &facts->stores[s].value, reference);
	}
	r = &function->accesses;
	for (uint32_t a = r->first; a < r->first + r->n; a++) {
		reference.field = facts->accesses[a].field;
		visit_value(v, &facts->accesses[a].value, reference);
	}
}

static void visit_global(const struct visitor *v, int32_t index)
{
	const struct facts *facts = v->program->facts;
	const struct facts_range *r = &facts->globals[index].stores;

	for (uint32_t s = r->first; s < r->first + r->n; s++) {
		struct reference reference = { .from = -1, .global = index };

		reference.field = facts->stores[s].field;
		visit_value(v, &facts->stores[s].value, reference);
	}
}

void references_each(const struct program *program,
		     void (*visit)(void *data, const struct reference *reference), void *data)
{
	const struct visitor v = { program, visit, data };

	for (uint32_t f = 0; f < program->facts->n_functions; f++)
		visit_function(&v, (int32_t)f);
	for (uint32_t g = 0; g < program->facts->n_globals; g++)
		visit_global(&v, (int32_t)g);
}
