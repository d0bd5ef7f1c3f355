// SPDX-License-Identifier: GPL-2.0-only
#include "rules/engine/context/tunables_internal.h"

#include "rules/engine/program/model_names.h"

uint8_t *tunables_find(const struct program *program, const GPtrArray *models)
{
	const struct facts *facts = program->facts;
	g_autofree uint8_t *fields = models_fields(facts, models, MODEL_USER_SPACE);
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
