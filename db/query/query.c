// SPDX-License-Identifier: GPL-2.0-only
#include "db/query/query_internal.h"

#include <string.h>

#include "db/error.h"
#include "db/header.h"

struct query *query_open(const char *path, GError **error)
{
	g_autoptr(query) query = NULL;
	int code;

	if (header_check(path, error) != HEADER_GOOD)
		return NULL;
	query = g_new0(struct query, 1);
	query->path = g_strdup(path);
	query->strings = g_string_chunk_new(1 << 16);
	code = sqlite3_open_v2(path, &query->db, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL);
	if (code != SQLITE_OK) {
		sql_fail(query->db, code, path, error);
		return NULL;
	}
	sqlite3_extended_result_codes(query->db, 1);
	/* The database may come from a stranger: its schema must not run functions. */
	sqlite3_db_config(query->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	sqlite3_db_config(query->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	query->meta = query_pairs(query, "SELECT key, value FROM meta", error);
	if (query->meta)
		query->config = query_pairs(query, "SELECT symbol, value FROM config", error);
	return query->config ? g_steal_pointer(&query) : NULL;
}

static void free_array(GArray *array)
{
	g_array_free(array, TRUE);
}

void query_free(struct query *query)
{
	if (!query)
		return;
	g_clear_pointer(&query->meta, g_hash_table_destroy);
	g_clear_pointer(&query->config, g_hash_table_destroy);
	g_clear_pointer(&query->places, g_hash_table_destroy);
	g_clear_pointer(&query->object_ids, g_hash_table_destroy);
	g_clear_pointer(&query->objects, free_array);
	g_clear_pointer(&query->initcalls, free_array);
	g_clear_pointer(&query->module_inits, free_array);
	g_clear_pointer(&query->problems, free_array);
	g_clear_pointer(&query->acceptances, free_array);
	g_clear_pointer(&query->experiments, free_array);
	g_clear_pointer(&query->units, free_array);
	g_clear_pointer(&query->unit_ids, free_array);
	g_clear_pointer(&query->files, free_array);
	g_clear_pointer(&query->file_ids, free_array);
	g_clear_pointer(&query->unit_files, free_array);
	sqlite3_close(query->db);
	g_string_chunk_free(query->strings);
	g_free(query->path);
	g_free(query);
}

sqlite3_stmt *query_select(struct query *query, const char *sql, const char *text, GError **error)
{
	sqlite3_stmt *stmt = sql_prepare(query->db, sql, query->path, error);

	if (stmt && text)
		sqlite3_bind_text(stmt, 1, text, -1, SQLITE_STATIC);
	return stmt;
}

const char *query_text(struct query *query, sqlite3_stmt *stmt, int column)
{
	const char *text = sql_text(stmt, column);

	return text ? g_string_chunk_insert_const(query->strings, text) : NULL;
}

GHashTable *query_pairs(struct query *query, const char *sql, GError **error)
{
	g_autoptr(sqlite3_stmt) stmt = query_select(query, sql, NULL, error);
	g_autoptr(GHashTable) pairs = g_hash_table_new(g_str_hash, g_str_equal);
	int row = stmt ? 1 : -1;

	while (row > 0 && (row = sql_step_required(stmt, 3, query->path, error)) > 0)
		g_hash_table_insert(pairs, (void *)query_text(query, stmt, 0),
				    (void *)query_text(query, stmt, 1));
	return row == 0 ? g_steal_pointer(&pairs) : NULL;
}

const char *query_meta(struct query *query, const char *key)
{
	return g_hash_table_lookup(query->meta, key);
}

const char *query_config(struct query *query, const char *symbol)
{
	return g_hash_table_lookup(query->config, symbol);
}

bool query_mode(struct query *query, const char *name, enum unit_mode *mode, GError **error)
{
	static const char *const names[] = {
		[UNIT_PCH] = "pch",	  [UNIT_SHIM] = "shim", [UNIT_MINIMAL] = "minimal",
		[UNIT_FAILED] = "failed", [UNIT_RUST] = "rust",
	};

	for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
		if (g_strcmp0(names[i], name) == 0) {
			*mode = (enum unit_mode)i;
			return true;
		}
	}
	return sql_fail(NULL, SQLITE_CORRUPT, query->path, error);
}

bool query_coverage(struct query *query, struct coverage *coverage, GError **error)
{
	static const char sql[] =
		"SELECT total(mode <> 'rust'), total(mode NOT IN ('failed', 'rust') AND n_errors = "
		"0),"
		" total(mode NOT IN ('failed', 'rust') AND n_errors > 0), total(mode = 'failed'),"
		" total(mode IN ('shim', 'minimal')), (SELECT count(*) FROM shell WHERE matters),"
		" total(mode = 'rust'), total(mode = 'rust' AND n_errors > 0) "
		"FROM unit WHERE target <> ''";
	g_autoptr(sqlite3_stmt) stmt = query_select(query, sql, NULL, error);

	if (!stmt || sql_step(stmt, query->path, error) != 1)
		return false;
	*coverage = (struct coverage){
		.n_units = (unsigned int)sqlite3_column_int64(stmt, 0),
		.n_whole = (unsigned int)sqlite3_column_int64(stmt, 1),
		.n_partial = (unsigned int)sqlite3_column_int64(stmt, 2),
		.n_failed = (unsigned int)sqlite3_column_int64(stmt, 3),
		.n_fallback = (unsigned int)sqlite3_column_int64(stmt, 4),
		.n_shells_that_matter = (unsigned int)sqlite3_column_int64(stmt, 5),
		.n_rust = (unsigned int)sqlite3_column_int64(stmt, 6),
		.n_rust_unknown = (unsigned int)sqlite3_column_int64(stmt, 7),
	};
	return true;
}

const struct unit_problem *query_problems(struct query *query, unsigned int *n, GError **error)
{
	static const char sql[] =
		"SELECT file.path, unit.target, unit.mode, unit.diagnostic FROM unit "
		"JOIN file ON file.id = unit.source "
		"WHERE unit.target <> '' AND (unit.mode = 'failed' OR unit.n_errors > 0) "
		"ORDER BY unit.mode <> 'failed', file.path, unit.target";
	g_autoptr(GArray) problems = g_array_new(TRUE, FALSE, sizeof(struct unit_problem));
	g_autoptr(sqlite3_stmt) stmt = NULL;
	int row = 1;

	*n = 0;
	if (!query->problems) {
		stmt = query_select(query, sql, NULL, error);
		if (!stmt)
			return NULL;
		while ((row = sql_step_required(stmt, 7, query->path, error)) > 0) {
			struct unit_problem problem = {
				.source = query_text(query, stmt, 0),
				.target = query_text(query, stmt, 1),
				.diagnostic = query_text(query, stmt, 3),
			};

			if (!query_mode(query, sql_text(stmt, 2), &problem.mode, error))
				return NULL;
			g_array_append_val(problems, problem);
		}
		if (row < 0)
			return NULL;
		query->problems = g_steal_pointer(&problems);
	}
	*n = query->problems->len;
	return (const struct unit_problem *)query->problems->data;
}
