// SPDX-License-Identifier: GPL-2.0-only
/*
 * store_row() writes a fact to the database: as one row of the table that holds facts of this kind.
 * unit_buffer_fact() copies a fact together with its strings.
 */
#include "db/store/store_internal.h"

/* A row that is being bound, column by column. */
struct row {
	struct store *store;
	sqlite3_stmt *stmt;
	int column; /* number of the last bound parameter of @stmt; 0: none yet */
	GError **error;
};

static void bind_number(struct row *row, int64_t number)
{
	sqlite3_bind_int64(row->stmt, ++row->column, number);
}

/* Binds SQL NULL if @id is 0. */
static void bind_id(struct row *row, int64_t id)
{
	if (id)
		bind_number(row, id);
	else
		sqlite3_bind_null(row->stmt, ++row->column);
}

static void bind_text(struct row *row, const char *text)
{
	sqlite3_bind_text(row->stmt, ++row->column, text, -1, SQLITE_STATIC);
}

static bool bind_symbol(struct row *row, const char *name, const char *path)
{
	int64_t file = 0, id = 0;

	if (name && path) {
		file = store_file(row->store, path, row->error);
		if (!file)
			return false;
	}
	if (name) {
		id = store_symbol(row->store, name, file, row->error);
		if (!id)
			return false;
	}
	bind_id(row, id);
	return true;
}

static bool bind_field(struct row *row, const char *name)
{
	int64_t id = name ? store_field(row->store, name, row->error) : 0;

	bind_id(row, id);
	return !name || id;
}

static bool bind_file(struct row *row, const char *path)
{
	int64_t id = store_file(row->store, path, row->error);

	bind_id(row, id);
	return id != 0;
}

static bool bind_function(struct row *row, const char *name)
{
	const char *path = name ? unit_buffer_static(row->store->unit, name) : NULL;

	return bind_symbol(row, name, path);
}

static bool bind_value(struct row *row, const struct value *value, bool has_text)
{
	bind_number(row, value->kind);
	if (!bind_symbol(row, value->name, value->file) || !bind_field(row, value->field))
		return false;
	bind_number(row, value->number);
	if (has_text)
		bind_text(row, value->text);
	return true;
}

static bool bind_name(struct row *row, enum member_column column, const char *name)
{
	switch (column) {
	case COLUMN_FILE:
		return bind_file(row, name);
	case COLUMN_FIELD:
		return bind_field(row, name);
	case COLUMN_FUNCTION:
		return bind_function(row, name);
	default:
		bind_text(row, name);
		return true;
	}
}

static bool bind_member(struct row *row, const struct fact_member *member, const void *data)
{
	const struct variable *variable = data;
	const struct test *test = data;

	switch (member->type) {
	case MEMBER_NAME:
	case MEMBER_TEXT:
		return bind_name(row, member->column, *(const char *const *)data);
	case MEMBER_NUMBER:
	case MEMBER_ENUM:
		bind_number(row, *(const unsigned int *)data);
		return true;
	case MEMBER_FLAG:
		bind_number(row, *(const bool *)data);
		return true;
	case MEMBER_VARIABLE:
		return bind_symbol(row, variable->name, variable->file) &&
		       bind_field(row, variable->field);
	case MEMBER_VALUE:
		return bind_value(row, data, member->column != COLUMN_NO_TEXT);
	case MEMBER_TEST:
		bind_number(row, test->relation);
		bind_number(row, test->number);
		return true;
	}
	return true;
}

static sqlite3_stmt *row_stmt(struct store *store, enum fact_kind kind, GError **error)
{
	if (!store->rows[kind])
		store->rows[kind] =
			sql_prepare(store->db, fact_layout(kind)->insert, store->new_path, error);
	return store->rows[kind];
}

int64_t store_row(struct store *store, const struct fact *fact, int64_t owner, int64_t number,
		  GError **error)
{
	const struct fact_layout *layout = fact_layout(fact->kind);
	struct row row = { store, row_stmt(store, fact->kind, error), 0, error };
	bool ok = row.stmt != NULL;

	if (!ok)
		return 0;
	bind_number(&row, owner);
	bind_number(&row, number);
	for (unsigned int i = 0; i < layout->n_members && ok; i++) {
		const struct fact_member *member = &layout->members[i];

		if (member->column != COLUMN_NONE && member->column != COLUMN_SEQ)
			ok = bind_member(&row, member, fact_member(fact, member));
	}
	ok = ok && sql_step(row.stmt, store->new_path, error) == 0;
	sqlite3_reset(row.stmt);
	/* In a table WITHOUT ROWID, the row has no id. Then return any nonzero number. */
	return ok ? MAX(sqlite3_last_insert_rowid(store->db), 1) : 0;
}

bool fact_number(const struct fact *fact, uint32_t *number)
{
	const struct fact_layout *layout = fact_layout(fact->kind);

	for (unsigned int i = 0; i < layout->n_members; i++) {
		if (layout->members[i].column != COLUMN_SEQ)
			continue;
		*number = *(const unsigned int *)fact_member(fact, &layout->members[i]);
		return true;
	}
	return false;
}

static void keep_member(struct unit_buffer *unit, enum member_type type, void *data)
{
	struct variable *variable = data;
	struct value *value = data;

	switch (type) {
	case MEMBER_NAME:
	case MEMBER_TEXT:
		*(const char **)data = unit_buffer_keep(unit, *(const char **)data);
		break;
	case MEMBER_VARIABLE:
		variable->name = unit_buffer_keep(unit, variable->name);
		variable->file = unit_buffer_keep(unit, variable->file);
		variable->field = unit_buffer_keep(unit, variable->field);
		break;
	case MEMBER_VALUE:
		value->name = unit_buffer_keep(unit, value->name);
		value->file = unit_buffer_keep(unit, value->file);
		value->field = unit_buffer_keep(unit, value->field);
		value->text = unit_buffer_keep(unit, value->text);
		break;
	default:
		break;
	}
}

struct fact unit_buffer_fact(struct unit_buffer *unit, const struct fact *fact)
{
	const struct fact_layout *layout = fact_layout(fact->kind);
	struct fact copy = *fact;

	for (unsigned int i = 0; i < layout->n_members; i++)
		keep_member(unit, layout->members[i].type,
			    (char *)&copy + layout->members[i].offset);
	return copy;
}
