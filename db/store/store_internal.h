/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The parts of a store:
 *   store.c              locks, creates, copies and commits the database file
 *   store_sql.c          SQL statements, and the ids of paths, symbols and fields
 *   store_enums.c        the tables that name the values of enums
 *   store_walk.c         objects, Makefile lines, $(shell)s and the .config
 *   store_facts.c        the sink
 *   store_unit.c         units
 *   store_scope.c        collects the definitions of one file
 *   store_scope_write.c  writes the definitions of one file
 *   store_row.c          writes a fact as a row
 *   store_header.c       texts of headers, and changes of headers
 *   store_experiment.c   experiments
 *   store_collect.c      removes scopes that no unit refers to
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
	STMT_EXPERIMENT_SET,
	N_STMTS,
};

struct unit_buffer;

struct store {
	char *path;
	char *new_path;
	int lock; /* file descriptor of new_path, which holds the lock; -1: no lock */
	sqlite3 *db;
	sqlite3_stmt *stmts[N_STMTS];
	/*
	 * rows[kind]: the prepared INSERT statement for the facts of this kind; NULL: not prepared
	 * yet. fact_layout.insert has the SQL text.
	 */
	sqlite3_stmt *rows[N_FACTS];
	struct facts_sink sink;
	bool temporary; /* store_update_temporary() has made the store */
	/*
	 * store_create() has made the store. Then @files, @symbols and @fields contain all stored
	 * names.
	 */
	bool fresh;
	bool replaced; /* units were removed, so there may be scopes that no unit refers to */
	bool committed;
	GHashTable *files;   /* path -> id */
	GHashTable *symbols; /* struct symbol_key -> id */
	GHashTable *fields;  /* name -> id */
	/* rows of the table "place": all columns except "id", joined to one text -> "id" */
	GHashTable *places;
	GStringChunk *names;
	/*
	 * file id -> scope id. The keys are the files of the unit of the shared precompiled header.
	 * A scope is one version of the definitions in a file (docs/schema.md).
	 */
	GHashTable *pch_scopes;
	GHashTable *changed_headers; /* set of the ids of files passed to store_change_header() */
	struct unit_buffer *unit;    /* the unit whose facts are being received, or NULL */
};

/*
 * Runs a statement that returns no rows. Returns false on error. See sql_bind() for @types and the
 * values.
 */
bool store_run(struct store *store, enum store_stmt stmt, GError **error, const char *types, ...);
/* Like store_run(), for an INSERT. Returns the id of the new row, 0 on error. */
int64_t store_insert(struct store *store, enum store_stmt id, GError **error, const char *types,
		     ...);
/* Runs a SELECT. Returns the first column of the first row, 0 if there is no row, -1 on error. */
int64_t store_find(struct store *store, enum store_stmt id, GError **error, const char *types, ...);
/*
 * Returns the prepared statement for @stmt. @store owns the statement. The caller resets the
 * statement after use. Returns NULL on error.
 */
sqlite3_stmt *store_stmt(struct store *store, enum store_stmt stmt, GError **error);

void store_intern_init(struct store *store);
void store_intern_clear(struct store *store);
/*
 * Each of these three functions returns the id of a path, symbol or field. If the path, symbol or
 * field has no id yet, the function first stores the path, symbol or field. The functions return 0
 * on error. @file of store_symbol() is the id of the file that defines a static symbol; 0: the
 * symbol has external linkage.
 */
int64_t store_file(struct store *store, const char *path, GError **error);
int64_t store_symbol(struct store *store, const char *name, int64_t file, GError **error);
int64_t store_field(struct store *store, const char *name, GError **error);
/* Fills the tables that name the values of enums, such as "access_mode". */
bool store_enums(struct store *store, GError **error);
/*
 * Copies the experiments from the database at @store->path into @store. The database must have the
 * current version of the schema. If the database is damaged, copies the experiments that can be
 * read. Returns false if an experiment cannot be stored.
 */
bool store_keep_experiments(struct store *store, GError **error);

/* The callback take() of store->sink. @data is the store. Returns false on error. */
bool store_take(void *data, const struct fact *fact, GError **error);
bool store_object(struct store *store, const struct object_fact *object, GError **error);
bool store_shell(struct store *store, const struct shell_fact *shell, GError **error);
void store_unit_begin(struct store *store, const struct unit_fact *fact);
bool store_unit_end(struct store *store, const struct unit_result *result, GError **error);

/*
 * Stores a fact of the current unit as a row. @owner is the id of the fact's owner. For
 * FACT_FUNCTION and FACT_GLOBAL, @number is the id of the symbol. For other kinds of facts, @number
 * is the number for the column "seq". Returns the id of the row, 0 on error. In a table WITHOUT
 * ROWID, rows have no id. Then a nonzero result only means that the row was stored.
 */
int64_t store_row(struct store *store, const struct fact *fact, int64_t owner, int64_t number,
		  GError **error);
/*
 * Three kinds of facts have a member for the column "seq": call_fact.seq, argument_fact.seq and
 * initcall_fact.seq. If @fact is of one of these kinds, sets *@number to this member and returns
 * true. Otherwise, returns false, and the caller must choose the number.
 */
bool fact_number(const struct fact *fact, uint32_t *number);

struct scope_buffer;

void unit_buffer_free(struct unit_buffer *unit);
/* Returns a copy of @text that lives as long as @unit. Returns NULL if @text is NULL. */
const char *unit_buffer_keep(struct unit_buffer *unit, const char *text);
/* Returns a copy of @fact whose strings live as long as @unit. */
struct fact unit_buffer_fact(struct unit_buffer *unit, const struct fact *fact);
/* Adds @path to the files that the unit consists of. */
void unit_buffer_include(struct unit_buffer *unit, const char *path);
/*
 * Adds a copy of @fact to @unit. If a function or variable owns @fact, the caller must have added
 * this function or variable before. Otherwise, returns false.
 */
bool unit_buffer_add(struct unit_buffer *unit, const struct fact *fact);
/* Returns the file in which the unit defines the static function @name; NULL: there is none. */
const char *unit_buffer_static(struct unit_buffer *unit, const char *name);
/*
 * Fills store->pch_scopes from the database. Returns false on error.
 */
bool store_load_pch_scopes(struct store *store, GError **error);
/*
 * Call store_follow_pch() after the unit of the shared header was stored again. @pch is the new id
 * of that unit. @before is the content that store->pch_scopes had for the old unit. Makes the units
 * that were read with the shared header refer to the new scopes of the shared header.
 */
bool store_follow_pch(struct store *store, int64_t pch, GHashTable *before, GError **error);
/* Removes the scopes that no unit refers to. */
bool store_collect_scopes(struct store *store, GError **error);

/*
 * A scope_buffer collects one scope: the functions and variables that one unit defines in one file.
 * Returns an empty scope_buffer. Free with scope_buffer_free().
 */
struct scope_buffer *scope_buffer_new(void);
void scope_buffer_free(struct scope_buffer *scope);
/*
 * Returns 1 if @scope defines the function @name as static, 0 if @scope defines @name without
 * static, -1 if @scope does not define @name.
 */
int scope_buffer_defines(const struct scope_buffer *scope, const char *name);
/*
 * Stores @scope unless the database already has an equal scope of the file with the id @file.
 * Returns the id of the new or equal scope, 0 on error.
 */
int64_t scope_buffer_write(struct scope_buffer *scope, struct store *store, int64_t file,
			   GError **error);

#endif
