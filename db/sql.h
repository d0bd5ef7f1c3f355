/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Helpers around SQLite for db/store and db/query: binding, stepping, and the translation of
 * SQLite's error codes. Private to db.
 */
#ifndef INITLINT_DB_SQL_H
#define INITLINT_DB_SQL_H

#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <glib.h>
#include <sqlite3.h>

/*
 * Sets @error from @code, the result of the last SQLite call. @db is the database of this call, or
 * NULL. Returns false.
 *
 * Here and below, @path is the database file. The messages of errors name @path.
 */
bool sql_fail(sqlite3 *db, int code, const char *path, GError **error);
/* Runs the SQL statements in @sql. Returns false with @error set on error. */
bool sql_exec(sqlite3 *db, const char *sql, const char *path, GError **error);
/* Prepares the statement @sql. Returns NULL on error. Free the result with sqlite3_finalize(). */
sqlite3_stmt *sql_prepare(sqlite3 *db, const char *sql, const char *path, GError **error);

/*
 * Binds @values to the parameters 1, 2, ... of @stmt. @types has one letter for each parameter:
 *   't'  const char *; NULL is bound as SQL NULL
 *   'b'  GBytes *
 *   'i'  int64_t
 *   'n'  int64_t; 0 is bound as SQL NULL
 * Texts and bytes must be valid until @stmt is reset.
 */
void sql_bind(sqlite3_stmt *stmt, const char *types, va_list values);
/* Moves @stmt to the next row. Returns 1 if there is a row, 0 at the end, -1 with @error set. */
int sql_step(sqlite3_stmt *stmt, const char *path, GError **error);
/*
 * Works as sql_step(). Also fails if a column is NULL whose bit is set in @required: bit 0 for the
 * first column. The schema allows no NULL there, but the database may be damaged.
 */
int sql_step_required(sqlite3_stmt *stmt, unsigned int required, const char *path, GError **error);
/*
 * Returns @column of the current row as text, or NULL for SQL NULL. The text is valid until the
 * next sql_step().
 */
const char *sql_text(sqlite3_stmt *stmt, int column);

/*
 * The database has one unit for the functions in all shared precompiled headers. The column
 * "target" of this unit is "". Returns the scopes of this unit as a hash table: file id -> scope
 * id. A scope is one version of the definitions in a file (docs/schema.md). Files without a scope
 * are left out. Returns NULL on error. Free with g_hash_table_unref().
 */
GHashTable *sql_shared_scopes(sqlite3 *db, const char *path, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(sqlite3_stmt, sqlite3_finalize)

#endif
