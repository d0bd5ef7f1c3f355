/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What store and query share in talking to SQLite: binding, stepping, and one mapping of
 * its error codes. Private to db/.
 */
#ifndef INITLINT_DB_SQL_H
#define INITLINT_DB_SQL_H

#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <glib.h>
#include <sqlite3.h>

/* Sets @error for @code, the result of the last call on @db; @path is for the message. */
bool sql_fail(sqlite3 *db, int code, const char *path, GError **error);
bool sql_exec(sqlite3 *db, const char *sql, const char *path, GError **error);
sqlite3_stmt *sql_prepare(sqlite3 *db, const char *sql, const char *path, GError **error);

/*
 * Binds parameters 1, 2, ... as @types says, one letter each: 't' const char * (NULL:
 * null), 'b' GBytes *, 'i' int64_t, 'n' int64_t of which 0 is null. Texts and bytes must
 * live until the statement is reset.
 */
void sql_bind(sqlite3_stmt *stmt, const char *types, va_list values);
/* Goes to the next row: 1 if there is one, 0 at the end, -1 with @error set. */
int sql_step(sqlite3_stmt *stmt, const char *path, GError **error);
/* Column as text; NULL if null. Lives until the next step. */
const char *sql_text(sqlite3_stmt *stmt, int column);

/*
 * Returns what the shared header's unit sees: file id -> scope id. NULL on error. Free with
 * g_hash_table_unref().
 */
GHashTable *sql_shared_scopes(sqlite3 *db, const char *path, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(sqlite3_stmt, sqlite3_finalize)

#endif
