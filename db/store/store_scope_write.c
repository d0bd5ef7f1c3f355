// SPDX-License-Identifier: GPL-2.0-only
/* A scope that is not stored yet: its definitions, then their details, kind by kind. */
#include "db/store/store_scope_internal.h"

/* A value as columns: ids of 0 are null. */
struct columns {
	int64_t kind;
	int64_t symbol;
	int64_t field;
	int64_t number;
	const char *text;
};

struct writer {
	struct store *store;
	struct scope_buffer *scope;
	int64_t file;	    /* that the scope is of */
	int64_t *functions; /* ids; 0: a repeat */
	int64_t *globals;
	GError **error;
};

static bool symbol_id(struct writer *w, const char *name, const char *path, int64_t *id)
{
	int64_t file = path ? store_file(w->store, path, w->error) : 0;

	if (path && !file)
		return false;
	*id = store_symbol(w->store, name, file, w->error);
	return *id != 0;
}

static bool field_id(struct writer *w, const char *name, int64_t *id)
{
	*id = name ? store_field(w->store, name, w->error) : 0;
	return !name || *id;
}

static bool to_columns(struct writer *w, const struct value *value, struct columns *columns)
{
	*columns = (struct columns){
		.kind = value->kind,
		.number = value->number,
		.text = value->text,
	};
	return (!value->name || symbol_id(w, value->name, value->file, &columns->symbol)) &&
	       field_id(w, value->field, &columns->field);
}

static bool write_access(struct writer *w, const struct detail *d, int64_t owner)
{
	struct columns subject;
	struct columns value;

	return to_columns(w, &d->subject, &subject) && to_columns(w, &d->value, &value) &&
	       store_run(w->store, STMT_ACCESS_ADD, w->error, "iiiinninnit", owner, (int64_t)d->seq,
			 (int64_t)d->line, (int64_t)d->index, subject.symbol, subject.field,
			 value.kind, value.symbol, value.field, value.number, value.text);
}

static bool write_store(struct writer *w, const struct detail *d, int64_t owner)
{
	struct columns base;
	struct columns value;
	int64_t field;

	return to_columns(w, &d->subject, &base) && to_columns(w, &d->value, &value) &&
	       field_id(w, d->field, &field) &&
	       store_run(w->store, STMT_STORE_ADD, w->error, "iiiinnininnit", owner,
			 (int64_t)d->seq, (int64_t)d->line, base.kind, base.symbol, base.field,
			 base.number, field, value.kind, value.symbol, value.field, value.number,
			 value.text);
}

static bool write_initialiser(struct writer *w, const struct detail *d, int64_t owner)
{
	struct columns value;
	int64_t field;

	return to_columns(w, &d->value, &value) && field_id(w, d->field, &field) &&
	       store_run(w->store, STMT_INITIALISER_ADD, w->error, "iiininnit", owner,
			 (int64_t)d->seq, (int64_t)d->line, field, value.kind, value.symbol,
			 value.field, value.number, value.text);
}

static bool write_guard(struct writer *w, const struct detail *d, int64_t owner)
{
	struct columns atom;

	return to_columns(w, &d->subject, &atom) &&
	       store_run(w->store, STMT_GUARD_ADD, w->error, "iiiiiinniiiiii", owner,
			 (int64_t)d->seq, (int64_t)d->line, (int64_t)d->from, (int64_t)d->to,
			 atom.kind, atom.symbol, atom.field, atom.number, (int64_t)d->when,
			 (int64_t)d->index, (int64_t)d->relation, d->value.number,
			 (int64_t)d->alternatives);
}

static bool write_call(struct writer *w, const struct detail *d, int64_t owner)
{
	struct columns target;

	return to_columns(w, &d->subject, &target) &&
	       store_run(w->store, STMT_CALL_ADD, w->error, "iiiinni", owner, (int64_t)d->seq,
			 (int64_t)d->line, target.kind, target.symbol, target.field, target.number);
}

/* An argument has an index where a return has a line. */
static bool write_argument(struct writer *w, const struct detail *d, int64_t owner)
{
	struct columns value;

	return to_columns(w, &d->value, &value) &&
	       store_run(w->store, STMT_ARGUMENT_ADD, w->error, "iiiinnit", owner, (int64_t)d->seq,
			 (int64_t)d->index, value.kind, value.symbol, value.field, value.number,
			 value.text);
}

static bool write_return(struct writer *w, const struct detail *d, int64_t owner)
{
	struct columns value;

	return to_columns(w, &d->value, &value) &&
	       store_run(w->store, STMT_RETURN_ADD, w->error, "iiiinnit", owner, (int64_t)d->seq,
			 (int64_t)d->line, value.kind, value.symbol, value.field, value.number,
			 value.text);
}

/* Kind by kind: the rows of a table next to each other, an argument after its call. */
static bool write_details(struct writer *w)
{
	static bool (*const write[N_DETAILS])(struct writer *, const struct detail *, int64_t) = {
		[DETAIL_CALL] = write_call,
		[DETAIL_ARGUMENT] = write_argument,
		[DETAIL_ACCESS] = write_access,
		[DETAIL_STORE] = write_store,
		[DETAIL_RETURN] = write_return,
		[DETAIL_GUARD] = write_guard,
		[DETAIL_INITIALISER] = write_initialiser,
	};
	const GArray *details = w->scope->details;

	for (int kind = 0; kind < N_DETAILS; kind++) {
		const int64_t *ids = kind == DETAIL_INITIALISER ? w->globals : w->functions;

		for (guint i = 0; i < details->len; i++) {
			const struct detail *d = &g_array_index(details, struct detail, i);

			if ((int)d->kind == kind && ids[d->owner] &&
			    !write[kind](w, d, ids[d->owner]))
				return false;
		}
	}
	return true;
}

static bool write_function(struct writer *w, int64_t scope, const struct definition *f, int64_t *id)
{
	int64_t symbol = store_symbol(w->store, f->name, f->is_static ? w->file : 0, w->error);
	int64_t alias = 0;
	bool is_static;

	if (!symbol)
		return false;
	if (f->other) {
		is_static = scope_buffer_defines(w->scope, f->other) == 1;
		alias = store_symbol(w->store, f->other, is_static ? w->file : 0, w->error);
		if (!alias)
			return false;
	}
	*id = store_insert(w->store, STMT_FUNCTION_ADD, w->error, "iiiiiintt", scope, symbol,
			   (int64_t)f->line, (int64_t)f->end_line, (int64_t)f->is_inline,
			   (int64_t)f->is_weak, alias, f->type, f->attributes);
	return *id != 0;
}

static bool write_global(struct writer *w, int64_t scope, const struct definition *g, int64_t *id)
{
	int64_t symbol = store_symbol(w->store, g->name, g->is_static ? w->file : 0, w->error);

	if (!symbol)
		return false;
	*id = store_insert(w->store, STMT_GLOBAL_ADD, w->error, "iiiiiiit", scope, symbol,
			   (int64_t)g->line, (int64_t)g->is_weak, (int64_t)g->is_percpu,
			   (int64_t)g->has_initialiser, (int64_t)g->is_pointer, g->other);
	return *id != 0;
}

static bool write_definitions(struct writer *w, int64_t scope)
{
	for (guint i = 0; i < w->scope->functions->len; i++) {
		const struct definition *f =
			&g_array_index(w->scope->functions, struct definition, i);

		if (!f->is_repeat && !write_function(w, scope, f, &w->functions[i]))
			return false;
	}
	for (guint i = 0; i < w->scope->globals->len; i++) {
		const struct definition *g =
			&g_array_index(w->scope->globals, struct definition, i);

		if (!g->is_repeat && !write_global(w, scope, g, &w->globals[i]))
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
	if (!write_definitions(&writer, id) || !write_details(&writer))
		id = 0;
	g_free(writer.functions);
	g_free(writer.globals);
	return id;
}
