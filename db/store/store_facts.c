// SPDX-License-Identifier: GPL-2.0-only
/* The sink of the store: passes each fact to the function that stores facts of this kind. */
#include "db/store/store_internal.h"

#include "db/error.h"

/* Sets @error for a fact whose function or variable has not been reported. Returns false. */
static bool fail_unowned(const struct fact *fact, GError **error)
{
	const struct fact_layout *layout = fact_layout(fact->kind);

	g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_FAILED,
		    "%s: %s of %s%s, a %s that was not reported", fact->owner.file, layout->name,
		    fact->owner.name, layout->owner == OWNER_FUNCTION ? "()" : "",
		    layout->owner == OWNER_FUNCTION ? "function" : "variable");
	return false;
}

bool store_take(void *data, const struct fact *fact, GError **error)
{
	struct store *store = data;

	switch (fact->kind) {
	case FACT_OBJECT:
		return store_object(store, &fact->object, error);
	case FACT_SHELL:
		return store_shell(store, &fact->shell, error);
	case FACT_UNIT_BEGIN:
		store_unit_begin(store, &fact->unit);
		return true;
	case FACT_INCLUDE:
		unit_buffer_include(store->unit, fact->include.path);
		return true;
	case FACT_UNIT_END:
		return store_unit_end(store, &fact->result, error);
	default:
		return unit_buffer_add(store->unit, fact) || fail_unowned(fact, error);
	}
}
