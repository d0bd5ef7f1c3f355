// SPDX-License-Identifier: GPL-2.0-only
#include "rules/engine/context/tunables_internal.h"

#include "rules/engine/program/model_names.h"

static uint8_t *fields_of(const struct facts *facts, const GPtrArray *models)
{
	uint8_t *fields = g_new0(uint8_t, facts->n_fields + 1);

	for (guint m = 0; m < models->len; m++) {
		const struct model *model = models->pdata[m];

		for (guint e = 0; e < model->entries->len; e++) {
			const struct model_entry *entry = model->entries->pdata[e];

			if (entry->kind == MODEL_USER_SPACE)
				model_mark_fields(facts, entry->fields, fields);
		}
	}
	return fields;
}

uint8_t *tunables_find(const struct program *program, const GPtrArray *models)
{
	const struct facts *facts = program->facts;
	g_autofree uint8_t *fields = fields_of(facts, models);
	g_autofree uint8_t *elsewhere = g_new0(uint8_t, facts->n_symbols + 1);
	uint8_t *tunables = g_new0(uint8_t, facts->n_symbols + 1);

	for (uint32_t i = 0; i < facts->n_globals; i++) {
		const struct facts_range *r = &facts->globals[i].stores;

		for (uint32_t s = r->first; s < r->first + r->n; s++) {
			const struct facts_store *store = &facts->stores[s];

			if (store->value.kind != VALUE_OBJECT)
				continue;
			if (store->field >= 0 && fields[store->field])
				tunables[store->value.symbol] = 1;
			else
				elsewhere[store->value.symbol] = 1;
		}
	}
	for (uint32_t s = 0; s < facts->n_symbols; s++)
		tunables[s] &= !elsewhere[s];
	return tunables;
}
