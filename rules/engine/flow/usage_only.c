// SPDX-License-Identifier: GPL-2.0-only
/*
 * During the boot, some kinds of objects have only one member: there is one network namespace,
 * init_net. So each "net->x" is init_net.x, whatever net is. The facts about a function report
 * accesses through pointers as stores and as values. This file turns three of them into accesses
 * to the variable: a store to a member, a call that gets the content of a member, and a test of a
 * member. Other reads do not count: most of them are in code that runs when packets arrive.
 */
#include "rules/engine/flow/usage_internal.h"

#include "rules/engine/program/model_names.h"

static void mark(const struct program *program, const struct model_entry *entry, int32_t *only)
{
	const struct facts *facts = program->facts;
	int32_t symbol = program_symbol(program, entry->variable, NULL);
	g_autofree uint8_t *fields = g_new0(uint8_t, facts->n_fields + 1);

	if (symbol < 0 || program->global_of_symbol[symbol] < 0)
		return;
	model_mark_fields(facts, entry->fields, fields);
	for (uint32_t f = 0; f < facts->n_fields; f++)
		if (fields[f])
			only[f] = symbol;
}

int32_t *usage_only_objects(const struct program *program, const GPtrArray *models)
{
	g_autoptr(GPtrArray) entries = models_entries(models, MODEL_ONLY);
	int32_t *only = g_new(int32_t, program->facts->n_fields + 1);

	for (uint32_t f = 0; f < program->facts->n_fields; f++)
		only[f] = -1;
	for (guint e = 0; e < entries->len; e++)
		mark(program, entries->pdata[e], only);
	return only;
}

struct visitor {
	const int32_t *only;
	int32_t function;
	void (*visit)(void *data, int32_t function, const struct facts_access *access);
	void *data;
};

/* Visits the access, if @v is the content of a member of the only object of its kind. */
static void visit_value(const struct visitor *visitor, uint32_t line, const struct facts_value *v,
			enum access_mode mode)
{
	const struct facts_access access = {
		.line = line,
		.mode = (uint8_t)mode,
		.symbol = v->field < 0 ? -1 : visitor->only[v->field],
		.field = v->field,
		.index_param = -1,
		.index_field = -1,
	};

	if (v->kind == VALUE_LOADED && access.symbol >= 0)
		visitor->visit(visitor->data, visitor->function, &access);
}

static void visit_stores(const struct visitor *visitor, const struct facts *facts)
{
	const struct facts_range *r = &facts->functions[visitor->function].stores;

	for (uint32_t s = r->first; s < r->first + r->n; s++) {
		const struct facts_store *store = &facts->stores[s];
		const struct facts_access access = {
			.line = store->line,
			.mode = ACCESS_WRITE,
			.symbol = store->field < 0 ? -1 : visitor->only[store->field],
			.field = store->field,
			.value = store->value,
			.index_param = -1,
			.index_field = -1,
		};

		/* A store to the variable by its name is an access of its own. */
		if (access.symbol >= 0 && store->base.kind != VALUE_OBJECT && store->line)
			visitor->visit(visitor->data, visitor->function, &access);
	}
}

static void visit_calls(const struct visitor *visitor, const struct facts *facts)
{
	const struct facts_range *calls = &facts->functions[visitor->function].calls;

	for (uint32_t c = calls->first; c < calls->first + calls->n; c++) {
		const struct facts_range *r = &facts->calls[c].arguments;

		for (uint32_t a = r->first; a < r->first + r->n; a++)
			visit_value(visitor, facts->calls[c].line, &facts->arguments[a].value,
				    ACCESS_USE);
	}
}

void usage_each_only(const struct facts *facts, const int32_t *only, int32_t function,
		     void (*visit)(void *data, int32_t function, const struct facts_access *access),
		     void *data)
{
	const struct visitor visitor = { only, function, visit, data };
	const struct facts_function *f = &facts->functions[function];

	visit_stores(&visitor, facts);
	visit_calls(&visitor, facts);
	for (uint32_t g = f->guards.first; g < f->guards.first + f->guards.n; g++)
		visit_value(&visitor, facts->guards[g].line, &facts->guards[g].atom, ACCESS_READ);
}
