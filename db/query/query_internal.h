/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The parts of a query: query.c opens and has the small answers, query_object.c objects
 * and places, query_order.c initcalls and
 * what comments say of them, query_units.c what re-indexing asks. Answers are
 * read once and kept.
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
	GHashTable *object_ids; /* id -> struct object *, in objects */
	GArray *objects;	/* struct object */
	GArray *initcalls;	/* struct initcall */
	GArray *module_inits;	/* struct initcall */
	GArray *problems;	/* struct unit_problem */
	GArray *acceptances;	/* struct acceptance */
	GArray *units;		/* struct unit_state */
	GArray *unit_ids;	/* int64_t, of units */
	GArray *files;		/* struct file_state */
	GArray *file_ids;	/* int64_t, of files */
	GArray *unit_files;	/* struct unit_file, of query_units.c */
};

/* A statement with one optional text parameter; NULL on error. */
sqlite3_stmt *query_select(struct query *query, const char *sql, const char *text, GError **error);
/* Column as a string that lives as long as the query; NULL if null. */
const char *query_text(struct query *query, sqlite3_stmt *stmt, int column);
/* Pairs of strings from a SELECT of two columns; NULL on error. */
GHashTable *query_pairs(struct query *query, const char *sql, GError **error);
bool query_mode(struct query *query, const char *name, enum unit_mode *mode, GError **error);

#endif
