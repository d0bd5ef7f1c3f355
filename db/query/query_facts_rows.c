// SPDX-License-Identifier: GPL-2.0-only
/*
 * Loads the facts about functions, variables and calls. The owner of a row is the function,
 * variable or call to which the row belongs. The owners are already loaded, sorted by key. One
 * SELECT for each table returns the rows, sorted by the key of the owner. So one pass over the rows
 * is enough to find the owner of each row. A row is skipped if its owner is not loaded.
 */
#include "db/query/query_facts_internal.h"

#include <stddef.h>
#include <string.h>

/* The possible owners of the rows of one table: the functions, the variables or the calls. */
struct owners {
	const GArray *keys; /* struct row_key, one for each element of @items */
	GArray *items;	    /* struct facts_function, facts_global or facts_call */
	/*
	 * Each element of @items has a struct facts_range, which selects the rows that the element
	 * owns. @range: the offset of the struct facts_range in the element.
	 */
	gsize range;
	/* true: @seq of the owner's key is in column ROW_SEQ of a row; false: @seq is 0 */
	bool by_seq;
};

/*
 * Fills @row, a struct such as facts_store, from the current database row of @stmt. Before the
 * call, all bytes of @row are 0. Returns false if the database is corrupt.
 */
typedef bool (*row_reader)(struct facts_loader *loader, sqlite3_stmt *stmt, void *row);

static bool before(const struct row_key *a, const struct row_key *b)
{
	return a->id < b->id || (a->id == b->id && a->seq < b->seq);
}

static void count_row(const struct owners *owners, guint owner, guint row)
{
	char *item = owners->items->data + (gsize)owner * g_array_get_element_size(owners->items) +
		     owners->range;
	struct facts_range *range = (struct facts_range *)(void *)item;

	if (range->n == 0)
		range->first = row;
	range->n++;
}

static bool load(struct facts_loader *loader, const struct owners *owners, const char *sql,
		 row_reader read, GArray *rows, GError **error)
{
	g_autoptr(sqlite3_stmt) stmt = query_select(loader->query, sql, NULL, error);
	gsize size = g_array_get_element_size(rows);
	guint owner = 0;
	int row = stmt ? 1 : -1;

	while (row > 0 && (row = sql_step(stmt, loader->query->path, error)) > 0) {
		const struct row_key *keys = (const struct row_key *)(void *)owners->keys->data;
		struct row_key key = { .id = sqlite3_column_int64(stmt, 0) };

		if (owners->by_seq)
			key.seq = sqlite3_column_int64(stmt, 1);
		while (owner < owners->keys->len && before(&keys[owner], &key))
			owner++;
		if (owner == owners->keys->len)
			break;
		if (before(&key, &keys[owner]))
			continue;
		count_row(owners, owner, rows->len);
		g_array_set_size(rows, rows->len + 1);
		memset(rows->data + (rows->len - 1) * size, 0, size);
		if (!read(loader, stmt, rows->data + (rows->len - 1) * size))
			return sql_fail(NULL, SQLITE_CORRUPT, loader->query->path, error);
	}
	return row >= 0;
}

static int64_t text_index(struct facts_loader *loader, const char *text)
{
	GArray *texts = loader->memory->texts;
	guint index = GPOINTER_TO_UINT(g_hash_table_lookup(loader->text_index, text));

	if (index)
		return index - 1;
	text = g_string_chunk_insert(loader->memory->strings, text);
	g_array_append_val(texts, text);
	g_hash_table_insert(loader->text_index, (void *)text, GUINT_TO_POINTER(texts->len));
	return texts->len - 1;
}

static bool has_symbol(uint8_t kind)
{
	return kind == VALUE_FUNCTION || kind == VALUE_OBJECT || kind == VALUE_GLOBAL ||
	       kind == VALUE_RESULT;
}

/*
 * Reads a value from four columns: kind, symbol, field and number. @column is the column of the
 * kind. Sets VALUE_UNKNOWN in two cases: the kind needs a symbol but the column of the symbol is
 * NULL, or the value is a string. The text of a string is in a fifth column, which only
 * read_any_value() reads. Returns false if the database is corrupt.
 */
static bool read_value(struct facts_loader *loader, sqlite3_stmt *stmt, int column,
		       struct facts_value *value)
{
	int kind = sqlite3_column_int(stmt, column);

	if (kind < 0 || kind >= N_VALUES ||
	    !facts_symbol_index(loader, stmt, column + 1, &value->symbol) ||
	    !facts_field_index(loader, stmt, column + 2, &value->field))
		return false;
	value->kind = (uint8_t)kind;
	value->number = sqlite3_column_int64(stmt, column + 3);
	if (has_symbol(value->kind) ? value->symbol < 0 : kind == VALUE_STRING)
		value->kind = VALUE_UNKNOWN;
	return true;
}

/* Like read_value(), but also reads strings. The text of a string is in column @column + 4. */
static bool read_any_value(struct facts_loader *loader, sqlite3_stmt *stmt, int column,
			   struct facts_value *value)
{
	const char *text;

	if (!read_value(loader, stmt, column, value))
		return false;
	if (sqlite3_column_int(stmt, column) != VALUE_STRING)
		return true;
	text = sql_text(stmt, column + 4);
	if (text) {
		value->kind = VALUE_STRING;
		value->number = text_index(loader, text);
	}
	return true;
}

static uint32_t number_at(sqlite3_stmt *stmt, int column)
{
	return (uint32_t)sqlite3_column_int64(stmt, column);
}

/*
 * The enum after each SELECT gives the numbers of the columns of this SELECT. Most SELECTs begin
 * with the columns ROW_OWNER, ROW_SEQ and ROW_LINE. A value takes four columns (kind, symbol,
 * field, number), and a fifth column (text) if the value can be a string.
 */
enum { ROW_OWNER, ROW_SEQ, ROW_LINE, N_ROW };

static const char calls_sql[] =
	"SELECT function, seq, line, kind, symbol, field, number, in_loop FROM call "
	"ORDER BY function, seq";
enum { CALL_TARGET = N_ROW, CALL_IN_LOOP = CALL_TARGET + 4 };

static bool read_call(struct facts_loader *loader, sqlite3_stmt *stmt, void *row)
{
	struct facts_call *call = row;
	struct row_key key = { sqlite3_column_int64(stmt, ROW_OWNER),
			       sqlite3_column_int64(stmt, ROW_SEQ) };

	g_array_append_val(loader->call_keys, key);
	call->line = number_at(stmt, ROW_LINE);
	call->in_loop = sqlite3_column_int(stmt, CALL_IN_LOOP) != 0;
	return read_value(loader, stmt, CALL_TARGET, &call->target);
}

static const char arguments_sql[] =
	"SELECT function, seq, idx, kind, symbol, field, number, text FROM argument "
	"ORDER BY function, seq, idx";
enum { ARGUMENT_INDEX = ROW_LINE, ARGUMENT_VALUE };

static bool read_argument(struct facts_loader *loader, sqlite3_stmt *stmt, void *row)
{
	struct facts_argument *argument = row;

	argument->index = number_at(stmt, ARGUMENT_INDEX);
	return read_any_value(loader, stmt, ARGUMENT_VALUE, &argument->value);
}

static const char accesses_sql[] =
	"SELECT function, seq, line, mode, symbol, field, value_kind, value_symbol, value_field, "
	"value_number, value_text FROM access ORDER BY function, seq";
enum { ACCESS_MODE = N_ROW, ACCESS_SYMBOL, ACCESS_FIELD, ACCESS_VALUE };

static bool read_access(struct facts_loader *loader, sqlite3_stmt *stmt, void *row)
{
	struct facts_access *access = row;
	uint32_t mode = number_at(stmt, ACCESS_MODE);
	const struct facts_index *index = g_hash_table_lookup(
		loader->index_of_field,
		GSIZE_TO_POINTER((gsize)sqlite3_column_int64(stmt, ACCESS_FIELD)));

	access->line = number_at(stmt, ROW_LINE);
	access->mode = (uint8_t)mode;
	access->index_param = index ? index->param : -1;
	access->index_field = index ? index->field : -1;
	return mode < N_ACCESSES &&
	       facts_symbol_index(loader, stmt, ACCESS_SYMBOL, &access->symbol) &&
	       access->symbol >= 0 &&
	       facts_field_index(loader, stmt, ACCESS_FIELD, &access->field) &&
	       read_any_value(loader, stmt, ACCESS_VALUE, &access->value);
}

static const char stores_sql[] =
	"SELECT function, seq, line, base_kind, base_symbol, base_field, base_number, field, "
	"value_kind, value_symbol, value_field, value_number, value_text FROM store "
	"ORDER BY function, seq";
/*
 * Has the columns of stores_sql, because read_store() reads the rows of the two SELECTs. The base
 * of an assignment is the address of the object that is changed. The table "initialiser" has no
 * columns for the base, because the object is always the initialised variable. So this SELECT makes
 * the columns of the base: kind "object" and the symbol of the variable.
 */
static const char initialisers_sql[] =
	"SELECT global, seq, initialiser.line, "
	"(SELECT id FROM value_kind WHERE name = 'object'), symbol, NULL, 0, field, value_kind, "
	"value_symbol, value_field, value_number, value_text FROM initialiser "
	"JOIN global ON global.id = global ORDER BY global, seq";
enum { STORE_BASE = N_ROW, STORE_FIELD = STORE_BASE + 4, STORE_VALUE };

static bool read_store(struct facts_loader *loader, sqlite3_stmt *stmt, void *row)
{
	struct facts_store *store = row;

	store->line = number_at(stmt, ROW_LINE);
	return read_value(loader, stmt, STORE_BASE, &store->base) &&
	       facts_field_index(loader, stmt, STORE_FIELD, &store->field) &&
	       read_any_value(loader, stmt, STORE_VALUE, &store->value);
}

static const char returns_sql[] = "SELECT function, seq, line, kind, symbol, field, number, text "
				  "FROM returns ORDER BY function, seq";
enum { RETURN_VALUE = N_ROW };

static bool read_return(struct facts_loader *loader, sqlite3_stmt *stmt, void *row)
{
	struct facts_return *returns = row;

	returns->line = number_at(stmt, ROW_LINE);
	return read_any_value(loader, stmt, RETURN_VALUE, &returns->value);
}

static const char guards_sql[] =
	"SELECT function, seq, line, first_line, last_line, nonzero, exit, relation, operand, "
	"alternatives, object, kind, symbol, field, number FROM guard ORDER BY function, seq";
enum {
	GUARD_FROM = N_ROW,
	GUARD_TO,
	GUARD_WHEN,
	GUARD_EXIT,
	GUARD_RELATION,
	GUARD_NUMBER,
	GUARD_ALTERNATIVES,
	GUARD_OBJECT,
	GUARD_ATOM,
};

static bool read_guard(struct facts_loader *loader, sqlite3_stmt *stmt, void *row)
{
	struct facts_guard *guard = row;
	uint32_t exit = number_at(stmt, GUARD_EXIT), relation = number_at(stmt, GUARD_RELATION);

	guard->line = number_at(stmt, ROW_LINE);
	guard->from = number_at(stmt, GUARD_FROM);
	guard->to = number_at(stmt, GUARD_TO);
	guard->when = sqlite3_column_int(stmt, GUARD_WHEN);
	guard->exit = (uint8_t)exit;
	guard->relation = (uint8_t)relation;
	guard->number = sqlite3_column_int64(stmt, GUARD_NUMBER);
	guard->alternatives = number_at(stmt, GUARD_ALTERNATIVES);
	return exit < N_GUARDS && relation < N_RELATIONS &&
	       facts_symbol_index(loader, stmt, GUARD_OBJECT, &guard->object) &&
	       read_value(loader, stmt, GUARD_ATOM, &guard->atom);
}

static bool load_of_functions(struct facts_loader *loader, GError **error)
{
	struct facts_memory *memory = loader->memory;
	const struct {
		gsize range;
		const char *sql;
		row_reader read;
		GArray *rows;
	} tables[] = {
		{ offsetof(struct facts_function, calls), calls_sql, read_call, memory->calls },
		{ offsetof(struct facts_function, accesses), accesses_sql, read_access,
		  memory->accesses },
		{ offsetof(struct facts_function, stores), stores_sql, read_store, memory->stores },
		{ offsetof(struct facts_function, returns), returns_sql, read_return,
		  memory->returns },
		{ offsetof(struct facts_function, guards), guards_sql, read_guard, memory->guards },
	};

	for (gsize i = 0; i < G_N_ELEMENTS(tables); i++) {
		struct owners owners = {
			.keys = loader->function_keys,
			.items = memory->functions,
			.range = tables[i].range,
		};

		if (!load(loader, &owners, tables[i].sql, tables[i].read, tables[i].rows, error))
			return false;
	}
	return true;
}

bool facts_load_rows(struct facts_loader *loader, GError **error)
{
	struct facts_memory *memory = loader->memory;
	const struct owners calls = {
		.keys = loader->call_keys,
		.items = memory->calls,
		.range = offsetof(struct facts_call, arguments),
		.by_seq = true,
	};
	const struct owners globals = {
		.keys = loader->global_keys,
		.items = memory->globals,
		.range = offsetof(struct facts_global, stores),
	};

	return load_of_functions(loader, error) &&
	       load(loader, &calls, arguments_sql, read_argument, memory->arguments, error) &&
	       load(loader, &globals, initialisers_sql, read_store, memory->stores, error);
}
