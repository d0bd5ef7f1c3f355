// SPDX-License-Identifier: GPL-2.0-only
#include "db/store/store_internal.h"

#include <string.h>

static const char *const statements[N_STMTS] = {
	[STMT_META] = "INSERT INTO meta (key, value) VALUES (?1, ?2) "
		      "ON CONFLICT (key) DO UPDATE SET value = ?2",
	[STMT_CONFIG] = "INSERT OR REPLACE INTO config (symbol, value) VALUES (?, ?)",
	[STMT_LEVEL] = "INSERT INTO level (id, name, macro) VALUES (?, ?, ?)",
	[STMT_VALUE_KIND] = "INSERT INTO value_kind (id, name) VALUES (?, ?)",
	[STMT_ACCESS_MODE] = "INSERT INTO access_mode (id, name) VALUES (?, ?)",
	[STMT_GUARD_EXIT] = "INSERT INTO guard_exit (id, name) VALUES (?, ?)",
	[STMT_RELATION] = "INSERT INTO relation (id, name) VALUES (?, ?)",
	[STMT_FILE_FIND] = "SELECT id FROM file WHERE path = ?",
	[STMT_FILE_ADD] = "INSERT INTO file (path) VALUES (?)",
	[STMT_FILE_SET] = "UPDATE file SET hash = ?2, size = ?3, changed_ns = ?4 WHERE id = ?1",
	[STMT_FILE_UNKNOWN] = "SELECT path FROM file WHERE hash IS NULL",
	[STMT_TEXT_MISSING] =
		"SELECT file.path FROM file LEFT JOIN file_text ON file_text.file = file.id "
		"WHERE file.hash <> '' AND file_text.hash IS NOT file.hash "
		"AND file.id NOT IN (SELECT source FROM unit) AND file.path NOT LIKE "
		"'$O/.initlint/%'",
	[STMT_MACRO_CLEAR] = "DELETE FROM macro WHERE file = (SELECT id FROM file WHERE path = ?)",
	[STMT_MACRO_ADD] = "INSERT OR IGNORE INTO macro (file, name, target) "
			   "SELECT id, ?2, ?3 FROM file WHERE path = ?1",
	[STMT_TEXT_SET] = "INSERT OR REPLACE INTO file_text (file, hash, text) "
			  "SELECT id, hash, ?3 FROM file WHERE path = ?1 AND hash = ?2",
	[STMT_SYMBOL_FIND] = "SELECT id FROM symbol WHERE name = ? AND ifnull(file, 0) = ?",
	[STMT_SYMBOL_ADD] = "INSERT INTO symbol (name, file) VALUES (?, ?)",
	[STMT_FIELD_FIND] = "SELECT id FROM field WHERE name = ?",
	[STMT_FIELD_ADD] = "INSERT INTO field (name) VALUES (?)",
	[STMT_PLACE_ADD] = "INSERT INTO place (parent, item, makefile, line, condition, rank) "
			   "VALUES (?, ?, ?, ?, ?, ?)",
	[STMT_OBJECT_ADD] =
		"INSERT INTO object (path, kind, position, modname, place) "
		"VALUES (?1, ?2, CASE WHEN ?2 = 'module' THEN NULL ELSE ?3 END, ?4, ?5)",
	[STMT_SHELL_ADD] = "INSERT INTO shell (makefile, line, command, matters) "
			   "VALUES (?, ?, ?, ?)",
	[STMT_UNIT_REMOVE] = "DELETE FROM unit WHERE target = ? AND source = ?",
	[STMT_UNIT_PLACE] = "UPDATE unit SET object = ?3, rank = ?4 "
			    "WHERE target = ?1 AND source = ?2",
	[STMT_UNIT_ADD] = "INSERT INTO unit (object, target, source, flags_hash, mode, n_errors, "
			  "diagnostic, cpu_us) VALUES (nullif(?, ''), ?, ?, ?, ?, ?, ?, ?)",
	[STMT_UNIT_FILE_ADD] = "INSERT INTO unit_file (unit, file, scope) VALUES (?, ?, ?)",
	[STMT_SCOPE_FIND] = "SELECT id FROM scope WHERE file = ? AND digest = ?",
	[STMT_SCOPE_ADD] = "INSERT INTO scope (file, digest) VALUES (?, ?)",
	[STMT_EXPERIMENT_SET] =
		"INSERT OR REPLACE INTO experiment (fingerprint, kind, outcome, detail, kernel) "
		"VALUES (?, ?, ?, ?, ?)",
};

sqlite3_stmt *store_stmt(struct store *store, enum store_stmt stmt, GError **error)
{
	if (!store->stmts[stmt])
		store->stmts[stmt] =
			sql_prepare(store->db, statements[stmt], store->new_path, error);
	return store->stmts[stmt];
}

static int step_once(struct store *store, sqlite3_stmt *stmt, const char *types, va_list values,
		     GError **error)
{
	sql_bind(stmt, types, values);
	return sql_step(stmt, store->new_path, error);
}

bool store_run(struct store *store, enum store_stmt id, GError **error, const char *types, ...)
{
	sqlite3_stmt *stmt = store_stmt(store, id, error);
	va_list values;
	int row;

	if (!stmt)
		return false;
	va_start(values, types);
	row = step_once(store, stmt, types, values, error);
	va_end(values);
	sqlite3_reset(stmt);
	return row == 0;
}

int64_t store_insert(struct store *store, enum store_stmt id, GError **error, const char *types,
		     ...)
{
	sqlite3_stmt *stmt = store_stmt(store, id, error);
	va_list values;
	int row;

	if (!stmt)
		return 0;
	va_start(values, types);
	row = step_once(store, stmt, types, values, error);
	va_end(values);
	sqlite3_reset(stmt);
	return row == 0 ? sqlite3_last_insert_rowid(store->db) : 0;
}

int64_t store_find(struct store *store, enum store_stmt id, GError **error, const char *types, ...)
{
	sqlite3_stmt *stmt = store_stmt(store, id, error);
	int64_t found = -1;
	va_list values;
	int row;

	if (!stmt)
		return -1;
	va_start(values, types);
	row = step_once(store, stmt, types, values, error);
	va_end(values);
	if (row >= 0)
		found = row ? sqlite3_column_int64(stmt, 0) : 0;
	sqlite3_reset(stmt);
	return found;
}

struct symbol_key {
	const char *name;
	int64_t file;
};

static guint symbol_hash(gconstpointer data)
{
	const struct symbol_key *key = data;

	return g_str_hash(key->name) ^ (guint)key->file * 2654435761u;
}

static gboolean symbol_equal(gconstpointer a, gconstpointer b)
{
	const struct symbol_key *left = a;
	const struct symbol_key *right = b;

	return left->file == right->file && strcmp(left->name, right->name) == 0;
}

void store_intern_init(struct store *store)
{
	store->names = g_string_chunk_new(1 << 16);
	store->files = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, NULL);
	store->symbols = g_hash_table_new_full(symbol_hash, symbol_equal, g_free, NULL);
	store->fields = g_hash_table_new(g_str_hash, g_str_equal);
	store->places = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	store->pch_scopes = g_hash_table_new(NULL, NULL);
	store->changed_headers = g_hash_table_new(NULL, NULL);
}

void store_intern_clear(struct store *store)
{
	g_hash_table_destroy(store->changed_headers);
	g_hash_table_destroy(store->pch_scopes);
	g_hash_table_destroy(store->places);
	g_hash_table_destroy(store->fields);
	g_hash_table_destroy(store->symbols);
	g_hash_table_destroy(store->files);
	g_string_chunk_free(store->names);
}

/*
 * @find and @add are the statements for a table of unique texts. Returns the id of @text in this
 * table. Adds @text if @text is not in the table. Returns 0 on error. @known has the ids that are
 * known so far: text -> id.
 */
static int64_t intern(struct store *store, GHashTable *known, enum store_stmt find,
		      enum store_stmt add, const char *text, GError **error)
{
	int64_t id = GPOINTER_TO_SIZE(g_hash_table_lookup(known, text));

	if (id)
		return id;
	if (!store->fresh)
		id = store_find(store, find, error, "t", text);
	if (id == 0)
		id = store_insert(store, add, error, "t", text);
	if (id <= 0)
		return 0;
	g_hash_table_insert(known, g_string_chunk_insert(store->names, text), GSIZE_TO_POINTER(id));
	return id;
}

int64_t store_file(struct store *store, const char *path, GError **error)
{
	return intern(store, store->files, STMT_FILE_FIND, STMT_FILE_ADD, path, error);
}

int64_t store_field(struct store *store, const char *name, GError **error)
{
	return intern(store, store->fields, STMT_FIELD_FIND, STMT_FIELD_ADD, name, error);
}

int64_t store_symbol(struct store *store, const char *name, int64_t file, GError **error)
{
	struct symbol_key *key = &(struct symbol_key){ name, file };
	int64_t id = GPOINTER_TO_SIZE(g_hash_table_lookup(store->symbols, key));

	if (id)
		return id;
	if (!store->fresh)
		id = store_find(store, STMT_SYMBOL_FIND, error, "ti", name, file);
	if (id == 0)
		id = store_insert(store, STMT_SYMBOL_ADD, error, "tn", name, file);
	if (id <= 0)
		return 0;
	key = g_new(struct symbol_key, 1);
	key->name = g_string_chunk_insert_const(store->names, name);
	key->file = file;
	g_hash_table_insert(store->symbols, key, GSIZE_TO_POINTER(id));
	return id;
}
