// SPDX-License-Identifier: GPL-2.0-only
#include "db/sql.h"

#include "db/error.h"

bool sql_fail(sqlite3 *db, int code, const char *path, GError **error)
{
	int system = db ? sqlite3_system_errno(db) : 0;

	switch (code & 0xff) {
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
		g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_INPUT,
			    "%s: is damaged (%s); run initlint index again", path,
			    sqlite3_errstr(code));
		break;
	case SQLITE_FULL:
	case SQLITE_IOERR:
		g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_FAILED,
			    "%s: %s; is there room on the disk, or a limit on the size of files?",
			    path, system ? g_strerror(system) : sqlite3_errstr(code));
		break;
	default:
		g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_FAILED, "%s: %s", path,
			    db ? sqlite3_errmsg(db) : sqlite3_errstr(code));
	}
	return false;
}

bool sql_exec(sqlite3 *db, const char *sql, const char *path, GError **error)
{
	int code = sqlite3_exec(db, sql, NULL, NULL, NULL);

	return code == SQLITE_OK || sql_fail(db, code, path, error);
}

sqlite3_stmt *sql_prepare(sqlite3 *db, const char *sql, const char *path, GError **error)
{
	sqlite3_stmt *stmt = NULL;
	int code = sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, &stmt, NULL);

	if (code != SQLITE_OK)
		sql_fail(db, code, path, error);
	return stmt;
}

void sql_bind(sqlite3_stmt *stmt, const char *types, va_list values)
{
	for (int i = 1; *types; i++, types++) {
		const char *text;
		int64_t number;

		if (*types == 't') {
			text = va_arg(values, const char *);
			sqlite3_bind_text(stmt, i, text, -1, SQLITE_STATIC);
			continue;
		}
		if (*types == 'b') {
			GBytes *bytes = va_arg(values, GBytes *);

			sqlite3_bind_blob64(stmt, i, g_bytes_get_data(bytes, NULL),
					    g_bytes_get_size(bytes), SQLITE_STATIC);
			continue;
		}
		number = va_arg(values, int64_t);
		if (*types == 'n' && number == 0)
			sqlite3_bind_null(stmt, i);
		else
			sqlite3_bind_int64(stmt, i, number);
	}
}

int sql_step(sqlite3_stmt *stmt, const char *path, GError **error)
{
	int code = sqlite3_step(stmt);

	if (code == SQLITE_ROW)
		return 1;
	if (code == SQLITE_DONE)
		return 0;
	sql_fail(sqlite3_db_handle(stmt), code, path, error);
	return -1;
}

int sql_step_required(sqlite3_stmt *stmt, unsigned int required, const char *path, GError **error)
{
	int row = sql_step(stmt, path, error);

	for (int column = 0; row > 0 && required >> column; column++) {
		if (!(required >> column & 1) || sqlite3_column_type(stmt, column) != SQLITE_NULL)
			continue;
		sql_fail(NULL, SQLITE_CORRUPT, path, error);
		return -1;
	}
	return row;
}

const char *sql_text(sqlite3_stmt *stmt, int column)
{
	return (const char *)sqlite3_column_text(stmt, column);
}

GHashTable *sql_shared_scopes(sqlite3 *db, const char *path, GError **error)
{
	static const char sql[] = "SELECT unit_file.file, unit_file.scope FROM unit "
				  "JOIN unit_file ON unit_file.unit = unit.id "
				  "WHERE unit.target = '' AND unit_file.scope IS NOT NULL";
	g_autoptr(sqlite3_stmt) stmt = sql_prepare(db, sql, path, error);
	g_autoptr(GHashTable) scopes = g_hash_table_new(NULL, NULL);
	int row = stmt ? 1 : -1;

	while (row > 0 && (row = sql_step(stmt, path, error)) > 0)
		g_hash_table_insert(scopes, GSIZE_TO_POINTER(sqlite3_column_int64(stmt, 0)),
				    GSIZE_TO_POINTER(sqlite3_column_int64(stmt, 1)));
	return row == 0 ? g_steal_pointer(&scopes) : NULL;
}
