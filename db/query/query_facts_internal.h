/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Loading of all facts. query_facts.c loads symbols, fields, functions and variables.
 * query_facts_rows.c loads the facts of each function and variable.
 */
#ifndef INITLINT_DB_QUERY_QUERY_FACTS_INTERNAL_H
#define INITLINT_DB_QUERY_QUERY_FACTS_INTERNAL_H

#include "db/query/query_facts.h"
#include "db/query/query_internal.h"

/* The type of facts->memory. */
struct facts_memory {
	GStringChunk *strings;
	GArray *symbols;
	GArray *fields;
	GArray *texts;
	GArray *functions;
	GArray *globals;
	GArray *calls;
	GArray *arguments;
	GArray *accesses;
	GArray *stores;
	GArray *returns;
	GArray *guards;
	GArray *macros;
};

/*
 * The key of a row that other rows refer to: a function or variable (seq is 0), or a call in
 * a function.
 */
struct row_key {
	int64_t id;
	int64_t seq;
};

struct facts_loader {
	struct query *query;
	struct facts_memory *memory;
	GHashTable *symbol_index; /* id -> index + 1 */
	GHashTable *field_index;  /* id -> index + 1 */
	GHashTable *text_index;	  /* text -> index + 1 */
	GHashTable *scopes;	  /* id -> struct facts_scope, only scopes of vmlinux */
	GArray *function_keys;	  /* struct row_key, one for each of memory->functions */
	GArray *global_keys;	  /* struct row_key, one for each of memory->globals */
	GArray *call_keys;	  /* struct row_key, one for each of memory->calls */
};

/*
 * Set *@index to the index of the symbol or field whose id is in @column, to -1 if the column
 * is null. Return false if the id does not exist.
 */
bool facts_symbol_index(struct facts_loader *loader, sqlite3_stmt *stmt, int column,
			int32_t *index);
bool facts_field_index(struct facts_loader *loader, sqlite3_stmt *stmt, int column, int32_t *index);
/* Loads the calls, arguments, accesses, stores, returns and guards of the loaded functions. */
bool facts_load_rows(struct facts_loader *loader, GError **error);

#endif
