// SPDX-License-Identifier: GPL-2.0-only
/*
 * Stores the texts and macros of headers. Also updates the database if a header has changed but
 * some units that include the header are not read again: store_change_header() changes the line
 * numbers of the stored facts from the header. store_follow_pch() makes these units refer to the
 * new scopes of the header, if the header is in the shared precompiled header. A scope is one
 * version of the definitions in a file.
 */
#include "db/store/store_internal.h"

GPtrArray *store_textless_files(struct store *store, GError **error)
{
	g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
	sqlite3_stmt *stmt = store_stmt(store, STMT_TEXT_MISSING, error);
	int row = stmt ? 1 : -1;

	while (row > 0 && (row = sql_step(stmt, store->new_path, error)) > 0)
		g_ptr_array_add(paths, g_strdup(sql_text(stmt, 0)));
	sqlite3_reset(stmt);
	return row == 0 ? g_steal_pointer(&paths) : NULL;
}

bool store_set_text(struct store *store, const char *path, const char *hash, GBytes *text,
		    GError **error)
{
	return store_run(store, STMT_TEXT_SET, error, "ttb", path, hash, text);
}

bool store_clear_macros(struct store *store, const char *path, GError **error)
{
	return store_run(store, STMT_MACRO_CLEAR, error, "t", path);
}

bool store_add_macro(struct store *store, const char *path, const char *name, const char *target,
		     GError **error)
{
	return store_run(store, STMT_MACRO_ADD, error, "ttt", path, name, target);
}

static bool run_for_file(struct store *store, const char *sql, int64_t file, GError **error)
{
	g_autoptr(sqlite3_stmt) stmt = sql_prepare(store->db, sql, store->new_path, error);

	if (!stmt)
		return false;
	sqlite3_bind_int64(stmt, 1, file);
	return sql_step(stmt, store->new_path, error) == 0;
}

/*
 * The digest of a scope is a hash of the facts in the scope and of their line numbers. Two scopes
 * of a file are equal if their digests are equal. store_change_header() changes line numbers in
 * stored scopes, but does not compute their digests again. A stored scope with its old digest would
 * look equal to a new scope that has the old line numbers. So change_digests() xors @salt into the
 * digests of all stored scopes of @file. Returns false on error.
 */
static bool change_digests(struct store *store, int64_t file, int64_t salt, GError **error)
{
	g_autoptr(sqlite3_stmt) stmt =
		sql_prepare(store->db,
			    "UPDATE scope SET digest = (digest | ?2) & ~(digest & ?2) "
			    "WHERE file = ?1",
			    store->new_path, error);

	if (!stmt)
		return false;
	sqlite3_bind_int64(stmt, 1, file);
	sqlite3_bind_int64(stmt, 2, salt);
	return sql_step(stmt, store->new_path, error) == 0;
}

/* Fills the table "moved_line" from @moves. Sets *@salt to a random nonzero number. */
static bool write_moves(struct store *store, const struct line_move *moves, unsigned int n,
			int64_t *salt, GError **error)
{
	g_autoptr(sqlite3_stmt) stmt = NULL;
	guint64 sum = g_random_int();

	if (!sql_exec(store->db,
		      "CREATE TEMP TABLE IF NOT EXISTS moved_line (first INTEGER, last INTEGER, "
		      "by INTEGER); DELETE FROM moved_line",
		      store->new_path, error))
		return false;
	stmt = sql_prepare(store->db, "INSERT INTO moved_line VALUES (?, ?, ?)", store->new_path,
			   error);
	if (!stmt)
		return false;
	for (unsigned int i = 0; i < n; i++) {
		if (!moves[i].by)
			continue;
		sqlite3_bind_int64(stmt, 1, moves[i].first);
		sqlite3_bind_int64(stmt, 2, moves[i].last);
		sqlite3_bind_int64(stmt, 3, moves[i].by);
		if (sql_step(stmt, store->new_path, error) < 0)
			return false;
		sqlite3_reset(stmt);
		sum = (sum ^ moves[i].first ^ (guint64)(guint)moves[i].by << 32) *
		      UINT64_C(0x9e3779b97f4a7c15);
	}
	*salt = (int64_t)(sum | 1);
	return true;
}

bool store_change_header(struct store *store, const char *path, const struct line_move *moves,
			 unsigned int n, GError **error)
{
	int64_t file = store_file(store, path, error);
	bool any = false;
	int64_t salt;

	if (!file)
		return false;
	g_hash_table_add(store->changed_headers, GSIZE_TO_POINTER(file));
	for (unsigned int i = 0; i < n; i++)
		any |= moves[i].by != 0;
	if (!any)
		return true;
	if (!write_moves(store, moves, n, &salt, error))
		return false;
	for (unsigned int kind = 0; kind < N_FACTS; kind++) {
		const struct fact_layout *layout = fact_layout(kind);

		if (layout && layout->move && !run_for_file(store, layout->move, file, error))
			return false;
	}
	return change_digests(store, file, salt, error);
}

/*
 * @old is the id of the scope that the old shared header had for @file. The id of the scope that
 * the new shared header has for @file is in store->pch_scopes. NULL stands for no scope. If the two
 * ids differ, adds @file to the table "moved_scope".
 *
 * A missing scope has two possible reasons: @file has no definitions, or the shared header was read
 * with errors. If store_change_header() was called for @file, the text of @file has changed. The
 * first reason is then plausible, so @file is added. If store_change_header() was not called, the
 * text of @file is the same as before. The second reason is then more likely, so @file is not
 * added. If the new scope is missing, add_moved_scope() checks this. If the old scope is missing
 * (@old is NULL), the caller must check this: store_change_header() must have been called.
 */
static bool add_moved_scope(struct store *store, sqlite3_stmt *stmt, gpointer file, gpointer old,
			    GError **error)
{
	gpointer new = g_hash_table_lookup(store->pch_scopes, file);
	bool ok;

	if (old == new || (!new && !g_hash_table_contains(store->changed_headers, file)))
		return true;
	sqlite3_bind_int64(stmt, 2, (sqlite3_int64)GPOINTER_TO_SIZE(file));
	sqlite3_bind_int64(stmt, 3, (sqlite3_int64)GPOINTER_TO_SIZE(old));
	sqlite3_bind_int64(stmt, 4, (sqlite3_int64)GPOINTER_TO_SIZE(new));
	ok = sql_step(stmt, store->new_path, error) == 0;
	sqlite3_reset(stmt);
	return ok;
}

/*
 * Fills the table "moved_scope". See store_follow_pch() for @pch and @before. Skips each file that
 * the new shared header does not include: the new shared header says nothing about the definitions
 * in such a file. So the units that were read with the old shared header keep the old scope.
 */
static bool add_moved_scopes(struct store *store, int64_t pch, GHashTable *before, GError **error)
{
	g_autoptr(sqlite3_stmt) stmt =
		sql_prepare(store->db,
			    "INSERT INTO moved_scope SELECT ?2, nullif(?3, 0), nullif(?4, 0) "
			    "WHERE EXISTS (SELECT 1 FROM unit_file WHERE unit = ?1 AND file = ?2)",
			    store->new_path, error);
	GHashTableIter iter;
	gpointer file, old;

	if (!stmt)
		return false;
	sqlite3_bind_int64(stmt, 1, pch);
	g_hash_table_iter_init(&iter, before);
	while (g_hash_table_iter_next(&iter, &file, &old))
		if (!add_moved_scope(store, stmt, file, old, error))
			return false;
	g_hash_table_iter_init(&iter, store->changed_headers);
	while (g_hash_table_iter_next(&iter, &file, NULL))
		if (!g_hash_table_contains(before, file) &&
		    !add_moved_scope(store, stmt, file, NULL, error))
			return false;
	return true;
}

bool store_follow_pch(struct store *store, int64_t pch, GHashTable *before, GError **error)
{
	static const char sql[] =
		"UPDATE unit_file SET scope = (SELECT new FROM moved_scope "
		"WHERE moved_scope.file = unit_file.file) "
		"WHERE unit IN (SELECT id FROM unit WHERE mode = 'pch') "
		"AND file IN (SELECT file FROM moved_scope) "
		"AND scope IS (SELECT old FROM moved_scope WHERE moved_scope.file = "
		"unit_file.file)";

	return sql_exec(store->db,
			"CREATE TEMP TABLE IF NOT EXISTS moved_scope (file INTEGER PRIMARY KEY, "
			"old INTEGER, new INTEGER); DELETE FROM moved_scope",
			store->new_path, error) &&
	       add_moved_scopes(store, pch, before, error) &&
	       sql_exec(store->db, sql, store->new_path, error);
}
