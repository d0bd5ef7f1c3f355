// SPDX-License-Identifier: GPL-2.0-only
/*
 * Stores a scope: first the definitions of functions and variables, then the details (the facts of
 * function bodies and initialisers).
 */
#include "db/store/store_scope_internal.h"

struct writer {
	struct store *store;
	struct scope_buffer *scope;
	int64_t file;	    /* id of the source or header with the definitions */
	int64_t *functions; /* id of each function; 0: a repeat, which is not stored */
	int64_t *globals;   /* id of each variable; 0: a repeat, which is not stored */
	GError **error;
};

/*
 * Writes the details kind by kind, so that the rows of each table are adjacent in the database
 * file. The order of the kinds also puts calls before arguments: each argument refers to its call.
 */
static bool write_details(struct writer *w)
{
	const GArray *details = w->scope->details;

	for (unsigned int kind = 0; kind < N_FACTS; kind++) {
		const struct fact_layout *layout = fact_layout(kind);
		const int64_t *ids;

		if (!layout || (layout->owner != OWNER_FUNCTION && layout->owner != OWNER_VARIABLE))
			continue;
		ids = layout->owner == OWNER_VARIABLE ? w->globals : w->functions;
		for (guint i = 0; i < details->len; i++) {
			const struct detail *d = &g_array_index(details, struct detail, i);

			if (d->fact.kind == kind && ids[d->owner] &&
			    !store_row(w->store, &d->fact, ids[d->owner], d->seq, w->error))
				return false;
		}
	}
	return true;
}

static int64_t write_definition(struct writer *w, int64_t scope, const struct fact *fact)
{
	bool is_static =
		fact->kind == FACT_FUNCTION ? fact->function.is_static : fact->global.is_static;
	int64_t symbol =
		store_symbol(w->store, fact->owner.name, is_static ? w->file : 0, w->error);

	return symbol ? store_row(w->store, fact, scope, symbol, w->error) : 0;
}

/*
 * Writes the definitions. Sets ids[i] to the id of definition i. If definition i is a repeat,
 * writes nothing and leaves ids[i] at 0.
 */
static bool write_definitions(struct writer *w, int64_t scope, const GArray *definitions,
			      int64_t *ids)
{
	for (guint i = 0; i < definitions->len; i++) {
		const struct definition *d = &g_array_index(definitions, struct definition, i);

		if (d->is_repeat)
			continue;
		ids[i] = write_definition(w, scope, &d->fact);
		if (!ids[i])
			return false;
	}
	return true;
}

int64_t scope_buffer_write(struct scope_buffer *scope, struct store *store, int64_t file,
			   GError **error)
{
	int64_t sum = scope_buffer_digest(scope);
	int64_t id = store_find(store, STMT_SCOPE_FIND, error, "ii", file, sum);
	struct writer writer = { store, scope, file, NULL, NULL, error };

	if (id)
		return MAX(id, 0);
	id = store_insert(store, STMT_SCOPE_ADD, error, "ii", file, sum);
	if (!id)
		return 0;
	writer.functions = g_new0(int64_t, scope->functions->len);
	writer.globals = g_new0(int64_t, scope->globals->len);
	if (!write_definitions(&writer, id, scope->functions, writer.functions) ||
	    !write_definitions(&writer, id, scope->globals, writer.globals) ||
	    !write_details(&writer))
		id = 0;
	g_free(writer.functions);
	g_free(writer.globals);
	return id;
}
