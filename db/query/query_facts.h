/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The facts of all functions in vmlinux at once, for an analysis of the whole program.
 * Names are numbered: a symbol, field or text is an index into the arrays below, -1 for
 * none. Facts of a function are adjacent and in the order of its text.
 *
 * Everything belongs to the struct and lives as long.
 */
#ifndef INITLINT_DB_QUERY_QUERY_FACTS_H
#define INITLINT_DB_QUERY_QUERY_FACTS_H

#include <stdint.h>

#include "db/query/query.h"

struct facts_symbol {
	const char *name;
	const char *file; /* where it is defined if it is static; NULL: external */
};

struct facts_value {
	uint8_t kind;	/* enum value_kind */
	int32_t symbol; /* name, file */
	int32_t field;
	int64_t number; /* of VALUE_STRING: index into texts */
};

/* Facts [first, first + n) of one of the arrays below. */
struct facts_range {
	uint32_t first;
	uint32_t n;
};

struct facts_function {
	int32_t symbol;
	const char *file; /* that defines it */
	uint32_t line;
	uint32_t end_line;
	bool is_weak;
	bool is_inline;
	int32_t alias;	  /* symbol; -1: a body of its own */
	const char *type; /* as in struct function_fact, as attributes; NULL: none */
	const char *attributes;
	const struct object *object; /* in which it ends up first; NULL: in none of vmlinux */
	struct facts_range calls;
	struct facts_range accesses;
	struct facts_range stores;
	struct facts_range returns;
	struct facts_range guards;
};

struct facts_global {
	int32_t symbol;
	const char *file;
	uint32_t line;
	bool is_weak;
	bool is_percpu;
	bool has_initialiser;
	bool is_pointer;
	const char *record; /* NULL: none */
	const struct object *object;
	struct facts_range stores; /* its static initialiser */
};

struct facts_call {
	uint32_t line;
	struct facts_value target;
	struct facts_range arguments;
};

struct facts_argument {
	uint32_t index;
	struct facts_value value;
};

struct facts_access {
	uint32_t line;
	uint8_t mode; /* enum access_mode */
	int32_t symbol;
	int32_t field;
	struct facts_value value;
};

struct facts_store {
	uint32_t line;
	struct facts_value base;
	int32_t field;
	struct facts_value value;
};

struct facts_return {
	uint32_t line;
	struct facts_value value;
};

struct facts_guard {
	uint32_t line;
	uint32_t from;
	uint32_t to;
	struct facts_value atom;
	bool when;
	uint8_t exit;	  /* enum guard_exit */
	uint8_t relation; /* enum relation, to number */
	uint32_t alternatives;
	int64_t number;
};

/* A macro that stands for something of a longer name. */
struct facts_macro {
	const char *name;
	const char *target;
};

struct facts {
	const struct facts_symbol *symbols;
	uint32_t n_symbols;
	const char *const *fields;
	uint32_t n_fields;
	const char *const *texts;
	uint32_t n_texts;
	const struct facts_function *functions;
	uint32_t n_functions;
	const struct facts_global *globals;
	uint32_t n_globals;
	const struct facts_call *calls;
	uint32_t n_calls;
	const struct facts_argument *arguments;
	uint32_t n_arguments;
	const struct facts_access *accesses;
	uint32_t n_accesses;
	const struct facts_store *stores;
	uint32_t n_stores;
	const struct facts_return *returns;
	uint32_t n_returns;
	const struct facts_guard *guards;
	uint32_t n_guards;
	const struct facts_macro *macros; /* by name */
	uint32_t n_macros;
	void *memory; /* that holds it all */
};

/*
 * All facts of built-in code. Free with facts_free(); @query must live longer. NULL on
 * error. A few hundred MB for a distribution's kernel.
 */
struct facts *facts_load(struct query *query, GError **error);
void facts_free(struct facts *facts);
/* The index of field @name ("record.member"); -1: no fact has it. */
int32_t facts_field(const struct facts *facts, const char *name);
/* What the static initialiser of @global has in @field ("record.member"); NULL if nothing. */
const struct facts_value *facts_initial(const struct facts *facts,
					const struct facts_global *global, const char *field);
typedef struct facts facts; /* g_autoptr() takes one word */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(facts, facts_free)

#endif
