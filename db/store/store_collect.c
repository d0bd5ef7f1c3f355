// SPDX-License-Identifier: GPL-2.0-only
/*
 * Removes the scopes that no unit refers to. Such scopes remain after units were replaced or
 * removed. A scope is one version of the definitions in a file.
 */
#include "db/store/store_internal.h"

/* Returns the set of scope ids that units refer to. NULL on error. */
static GHashTable *live_scopes(struct store *store, GError **error)
{
	g_autoptr(sqlite3_stmt) stmt =
		sql_prepare(store->db, "SELECT scope FROM unit_file WHERE scope IS NOT NULL",
			    store->new_path, error);
	GHashTable *live = g_hash_table_new(NULL, NULL);
	int row = stmt ? 1 : -1;

	while (row > 0 && (row = sql_step(stmt, store->new_path, error)) > 0)
		g_hash_table_add(live, GSIZE_TO_POINTER(sqlite3_column_int64(stmt, 0)));
	if (row == 0)
		return live;
	g_hash_table_destroy(live);
	return NULL;
}

/* Returns the ids of all scopes that are not in @live, as int64_t. NULL on error. */
static GArray *dead_scopes(struct store *store, GHashTable *live, GError **error)
{
	g_autoptr(sqlite3_stmt) stmt =
		sql_prepare(store->db, "SELECT id FROM scope", store->new_path, error);
	g_autoptr(GArray) dead = g_array_new(FALSE, FALSE, sizeof(int64_t));
	int row = stmt ? 1 : -1;

	while (row > 0 && (row = sql_step(stmt, store->new_path, error)) > 0) {
		int64_t id = sqlite3_column_int64(stmt, 0);

		if (!g_hash_table_contains(live, GSIZE_TO_POINTER(id)))
			g_array_append_val(dead, id);
	}
	return row == 0 ? g_steal_pointer(&dead) : NULL;
}

static bool run_for_each(struct store *store, const char *sql, const GArray *ids, GError **error)
{
	g_autoptr(sqlite3_stmt) stmt = sql_prepare(store->db, sql, store->new_path, error);

	if (!stmt)
		return false;
	for (guint i = 0; i < ids->len; i++) {
		sqlite3_bind_int64(stmt, 1, g_array_index(ids, int64_t, i));
		if (sql_step(stmt, store->new_path, error) < 0)
			return false;
		sqlite3_reset(stmt);
	}
	return true;
}

/*
 * Deletes the rows of the tables "function" and "global" last. The SQL for all other kinds of facts
 * needs these two tables to find the rows of a scope.
 */
static bool remove_scopes(struct store *store, const GArray *dead, GError **error)
{
	for (unsigned int kind = N_FACTS; kind-- > 0;) {
		const struct fact_layout *layout = fact_layout(kind);

		if (layout && layout->remove && !run_for_each(store, layout->remove, dead, error))
			return false;
	}
	return run_for_each(store, "DELETE FROM scope WHERE id = ?", dead, error);
}

/*
 * The table "unit_file" is the largest table. The column "scope" of "unit_file" has no SQL index,
 * because an index would double the size of the table. So live_scopes() reads the whole table.
 *
 * With foreign keys on, SQLite would read the whole table for each removed scope. So
 * store_collect_scopes() turns foreign keys off. This is safe: live_scopes() has shown that no row
 * of "unit_file" refers to the removed scopes.
 */
bool store_collect_scopes(struct store *store, GError **error)
{
	g_autoptr(GArray) dead = NULL;
	GHashTable *live = live_scopes(store, error);

	if (!live)
		return false;
	dead = dead_scopes(store, live, error);
	g_hash_table_destroy(live);
	return dead &&
	       sql_exec(store->db, "PRAGMA foreign_keys = OFF; BEGIN", store->new_path, error) &&
	       remove_scopes(store, dead, error) &&
	       sql_exec(store->db, "COMMIT; PRAGMA foreign_keys = ON", store->new_path, error);
}
