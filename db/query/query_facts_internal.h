/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Loading of all facts: query_facts.c has what is numbered and what is defined,
 * query_facts_rows.c what hangs on the definitions.
 */
#ifndef INITLINT_DB_QUERY_QUERY_FACTS_INTERNAL_H
#define INITLINT_DB_QUERY_QUERY_FACTS_INTERNAL_H

#include "db/query/query_facts.h"
#include "db/query/query_internal.h"

/* facts->memory */
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

/* Of a function or global (seq 0) or of a call in it, in the order of the tables. */
struct row_key {
	int64_t id;
	int64_t seq;
};

struct facts_loader {
	struct query *query;
	struct facts_memory *memory;
	GHashTable *symbol_index; /* id -> index + 1 */
	GHashTable *field_index;
	GHashTable *text_index; /* text -> index + 1 */
	GHashTable *scopes;	/* id -> struct facts_scope, of those that vmlinux has */
	GArray *function_keys;	/* struct row_key, as memory->functions */
	GArray *global_keys;
	GArray *call_keys;
};

/* Index of the symbol or field in a column: -1 for null; false if there is no such id. */
bool facts_symbol_index(struct facts_loader *loader, sqlite3_stmt *stmt, int column,
			int32_t *index);
bool facts_field_index(struct facts_loader *loader, sqlite3_stmt *stmt, int column, int32_t *index);
/* Loads calls, arguments, accesses, stores, returns and guards of what is defined. */
bool facts_load_rows(struct facts_loader *loader, GError **error);

#endif
