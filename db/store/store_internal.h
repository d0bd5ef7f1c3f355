/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The parts of a store. store.c has the file and its life, store_sql.c statements and
 * interned names, store_enums.c the tables of names, store_walk.c objects and the lines of
 * Makefiles that add them, store_facts.c the sink, store_unit.c units, store_scope.c and
 * store_scope_write.c the definitions of one file, store_row.c rows, store_header.c headers that
 * changed.
 */
#ifndef INITLINT_DB_STORE_STORE_INTERNAL_H
#define INITLINT_DB_STORE_STORE_INTERNAL_H

#include "db/fact_layout.h"
#include "db/sql.h"
#include "db/store/store.h"

enum store_stmt {
	STMT_META,
	STMT_CONFIG,
	STMT_LEVEL,
	STMT_VALUE_KIND,
	STMT_ACCESS_MODE,
	STMT_GUARD_EXIT,
	STMT_RELATION,
	STMT_FILE_FIND,
	STMT_FILE_ADD,
	STMT_FILE_SET,
	STMT_FILE_UNKNOWN,
	STMT_TEXT_MISSING,
	STMT_MACRO_CLEAR,
	STMT_MACRO_ADD,
	STMT_TEXT_SET,
	STMT_SYMBOL_FIND,
	STMT_SYMBOL_ADD,
	STMT_FIELD_FIND,
	STMT_FIELD_ADD,
	STMT_PLACE_ADD,
	STMT_OBJECT_ADD,
	STMT_SHELL_ADD,
	STMT_UNIT_REMOVE,
	STMT_UNIT_PLACE,
	STMT_UNIT_ADD,
	STMT_UNIT_FILE_ADD,
	STMT_SCOPE_FIND,
	STMT_SCOPE_ADD,
	N_STMTS,
};

struct unit_buffer;

struct store {
	char *path;
	char *new_path;
	int lock; /* on new_path, from open to rename; -1 if not held */
	sqlite3 *db;
	sqlite3_stmt *stmts[N_STMTS];
	sqlite3_stmt *rows[N_FACTS]; /* fact_layout.insert, by kind */
	struct facts_sink sink;
	bool temporary; /* made by store_update_temporary() */
	bool fresh;	/* made by store_create(): what is not interned does not exist */
	bool replaced;	/* units were removed: scopes may be left without one */
	bool committed;
	GHashTable *files;   /* path -> id */
	GHashTable *symbols; /* struct symbol_key -> id */
	GHashTable *fields;  /* name -> id */
	GHashTable *places;  /* its line as text -> id */
	GStringChunk *names;
	GHashTable *pch_scopes; /* file id -> scope id, as the shared header's own unit saw them */
	GHashTable *changed_headers; /* ids of files: see store_change_header() */
	struct unit_buffer *unit;    /* the one being received, or NULL */
};

/* Runs a statement that gives no rows, with parameters as sql_bind() takes them. */
bool store_run(struct store *store, enum store_stmt stmt, GError **error, const char *types, ...);
/* The same for an INSERT; gives the new row's id, 0 on error. */
int64_t store_insert(struct store *store, enum store_stmt stmt, GError **error, const char *types,
		     ...);
/* First column of the first row, or 0 if there is none; -1 on error. */
int64_t store_find(struct store *store, enum store_stmt stmt, GError **error, const char *types,
		   ...);
/* The statement, ready to be bound and stepped; reset it after. NULL on error. */
sqlite3_stmt *store_stmt(struct store *store, enum store_stmt stmt, GError **error);

void store_intern_init(struct store *store);
void store_intern_clear(struct store *store);
/* Ids of a path and of a name (@file 0: external linkage), stored if need be; 0 on error. */
int64_t store_file(struct store *store, const char *path, GError **error);
int64_t store_symbol(struct store *store, const char *name, int64_t file, GError **error);
int64_t store_field(struct store *store, const char *name, GError **error);
/* Fills the tables that name the values of enums. */
bool store_enums(struct store *store, GError **error);

/* The sink's callback; @data is the store. */
bool store_take(void *data, const struct fact *fact, GError **error);
bool store_object(struct store *store, const struct object_fact *object, GError **error);
bool store_shell(struct store *store, const struct shell_fact *shell, GError **error);
void store_unit_begin(struct store *store, const struct unit_fact *unit);
bool store_unit_end(struct store *store, const struct unit_result *result, GError **error);

/*
 * Stores a fact of the unit at hand as a row with the id of its owner and @number (of a
 * definition: the id of its symbol). Returns the id of the row, 0 on error.
 */
int64_t store_row(struct store *store, const struct fact *fact, int64_t owner, int64_t number,
		  GError **error);
/* Gives the number among the facts of its owner that @fact itself tells; false if it tells none. */
bool fact_number(const struct fact *fact, uint32_t *number);

struct scope_buffer;

void unit_buffer_free(struct unit_buffer *unit);
/* @text, to live as long as the unit; NULL if NULL. */
const char *unit_buffer_keep(struct unit_buffer *unit, const char *text);
/* @fact with strings that live as long as the unit. */
struct fact unit_buffer_fact(struct unit_buffer *unit, const struct fact *fact);
/* The unit is made of the file at @path too. */
void unit_buffer_include(struct unit_buffer *unit, const char *path);
/* Copies @fact. False if its function or variable was not added before it. */
bool unit_buffer_add(struct unit_buffer *unit, const struct fact *fact);
/* The file in which the unit defines the static function @name; NULL if it does not. */
const char *unit_buffer_static(struct unit_buffer *unit, const char *name);
/* Learns what the shared header's own unit of an earlier index defines. */
bool store_load_pch_scopes(struct store *store, GError **error);
/* Has kept units follow the shared header's unit, id @pch, from its scopes @before. */
bool store_follow_pch(struct store *store, int64_t pch, GHashTable *before, GError **error);
/* Removes the scopes that no unit refers to any more. */
bool store_collect_scopes(struct store *store, GError **error);

/* The functions and variables that one unit saw defined in one file. */
struct scope_buffer *scope_buffer_new(void);
void scope_buffer_free(struct scope_buffer *scope);
/* 1 if @name is defined here as a static function, 0 as an external one, -1 not at all. */
int scope_buffer_defines(const struct scope_buffer *scope, const char *name);
/* Stores it unless the same is stored already. Gives the scope's id, 0 on error. */
int64_t scope_buffer_write(struct scope_buffer *scope, struct store *store, int64_t file,
			   GError **error);

#endif
