/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The members of a query. query.c opens the database and reads its metadata. query_object.c
 * reads objects and places. query_order.c reads initcalls and the comments that accept
 * findings. query_units.c reads units and files, for re-indexing. Each result is read from the
 * database once and then kept.
 */
#ifndef INITLINT_DB_QUERY_QUERY_INTERNAL_H
#define INITLINT_DB_QUERY_QUERY_INTERNAL_H

#include "db/query/query.h"
#include "db/sql.h"

struct query {
	char *path;
	sqlite3 *db;
	GStringChunk *strings;
	GHashTable *meta;	/* key -> value */
	GHashTable *config;	/* symbol -> value */
	GHashTable *places;	/* id -> struct place * */
	GHashTable *object_ids; /* id -> struct object *, an element of @objects */
	GArray *objects;	/* struct object */
	GArray *initcalls;	/* struct initcall */
	GArray *module_inits;	/* struct initcall */
	GArray *problems;	/* struct unit_problem */
	GArray *acceptances;	/* struct acceptance */
	GArray *units;		/* struct unit_state */
	GArray *unit_ids;	/* int64_t, one for each element of @units */
	GArray *files;		/* struct file_state */
	GArray *file_ids;	/* int64_t, one for each element of @files */
	GArray *unit_files;	/* struct unit_file, defined in query_units.c */
};

/*
 * Prepares the statement @sql and binds @text, which may be NULL, to its first parameter.
 * @text must outlive the statement. Returns NULL on error.
 */
sqlite3_stmt *query_select(struct query *query, const char *sql, const char *text, GError **error);
/* Returns the column as a string that lives as long as @query; NULL if the column is SQL NULL. */
const char *query_text(struct query *query, sqlite3_stmt *stmt, int column);
/* @sql selects two columns. Returns a table: first column -> second column. NULL on error. */
GHashTable *query_pairs(struct query *query, const char *sql, GError **error);
/* Sets *@mode to the mode with the name @name. Fails if there is none: the database is corrupt. */
bool query_mode(struct query *query, const char *name, enum unit_mode *mode, GError **error);

#endif
