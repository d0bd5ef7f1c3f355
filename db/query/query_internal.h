/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The members of struct query, and functions that the files of this folder share. query.c opens the
 * database and reads its metadata. query_object.c reads objects and places. query_order.c reads
 * initcalls and the comments that accept findings. query_experiment.c reads experiments.
 * query_units.c reads units and files, for re-indexing. Each array and each table of struct query
 * is read from the database once and then kept.
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
	GHashTable *config;	/* configuration symbol -> value */
	GHashTable *places;	/* id of a row of the table "place" -> struct place * */
	GHashTable *object_ids; /* id of an object -> struct object *, an element of @objects */
	GArray *objects;	/* struct object */
	GArray *initcalls;	/* struct initcall */
	GArray *module_inits;	/* struct initcall */
	GArray *problems;	/* struct unit_problem */
	GArray *acceptances;	/* struct acceptance */
	GArray *experiments;	/* struct experiment */
	GArray *units;		/* struct unit_state */
	GArray *unit_ids;	/* int64_t: the id of each element of @units */
	GArray *files;		/* struct file_state */
	GArray *file_ids;	/* int64_t: the id of each element of @files */
	GArray *unit_files;	/* struct unit_file, defined in query_units.c */
};

/*
 * Prepares the statement @sql. If @text is not NULL, binds @text to the first parameter of the
 * statement. @text must outlive the statement. Returns NULL on error. Free with sqlite3_finalize().
 */
sqlite3_stmt *query_select(struct query *query, const char *sql, const char *text, GError **error);
/*
 * Returns the text in @column of the current row of @stmt. The text lives as long as @query.
 * Returns NULL if the column is SQL NULL.
 */
const char *query_text(struct query *query, sqlite3_stmt *stmt, int column);
/*
 * @sql selects two columns. Returns a hash table with one entry for each row: text in the first
 * column -> text in the second column. The texts belong to @query. The caller owns the hash table.
 * Returns NULL on error.
 */
GHashTable *query_pairs(struct query *query, const char *sql, GError **error);
/*
 * Sets *@mode to the mode with the name @name. Returns false with @error set if no mode has this
 * name. The database is then corrupt.
 */
bool query_mode(struct query *query, const char *name, enum unit_mode *mode, GError **error);

#endif
