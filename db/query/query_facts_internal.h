/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Private parts of query_facts.h. query_facts.c loads symbols, fields, functions and variables.
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
 * The key of a database row to which other rows belong. For a function or variable, @id is the id
 * of the function or variable, and @seq is 0. For a call, @id is the id of the function that
 * contains the call, and @seq is the number of the call in this function.
 */
struct row_key {
	int64_t id;
	int64_t seq;
};

/* The index of an element: see index_param and index_field of struct facts_access. */
struct facts_index {
	int32_t param;
	int32_t field;
};

struct facts_loader {
	struct query *query;
	struct facts_memory *memory;
	GHashTable *symbol_index; /* id of a symbol -> 1 + index in @memory->symbols */
	GHashTable *field_index;  /* id of a field -> 1 + index in @memory->fields */
	/*
	 * id of a field "[#N]" or "[#N record.member]" -> struct facts_index *, owned. @field_index
	 * maps such a field to "[]".
	 */
	GHashTable *index_of_field;
	GHashTable *text_index; /* text -> 1 + index in @memory->texts */
	GHashTable *scopes;	/* id of a scope of vmlinux -> struct facts_scope * */
	GArray *function_keys;	/* struct row_key, one for each element of @memory->functions */
	GArray *global_keys;	/* struct row_key, one for each element of @memory->globals */
	GArray *call_keys;	/* struct row_key, one for each element of @memory->calls */
};

/*
 * Reads the id of a symbol from @column. Sets *@index to the index of this symbol in
 * @loader->memory->symbols, or to -1 if the column is SQL NULL. Returns false if no loaded symbol
 * has this id.
 */
bool facts_symbol_index(struct facts_loader *loader, sqlite3_stmt *stmt, int column,
			int32_t *index);
/*
 * Reads the id of a field from @column. Sets *@index to the index of this field in
 * @loader->memory->fields, or to -1 if the column is SQL NULL. Returns false if no loaded field has
 * this id.
 */
bool facts_field_index(struct facts_loader *loader, sqlite3_stmt *stmt, int column, int32_t *index);
/*
 * Loads the calls, arguments, accesses, stores, returns and guards of the loaded functions, and the
 * static initialisers of the loaded variables. Returns false on error.
 */
bool facts_load_rows(struct facts_loader *loader, GError **error);

#endif
