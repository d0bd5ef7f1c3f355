/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Loads the facts about all functions and variables in vmlinux, for the analysis of the whole
 * program. db/facts.h explains each kind of fact.
 *
 * The members @symbol and @alias of a struct are indexes into the array @symbols of struct facts.
 * A member @field is an index into the array @fields of struct facts. -1 means none. In each
 * array, the facts about one function are adjacent, in the order of the source text.
 *
 * Each struct object belongs to the struct query. All other pointers belong to struct facts and
 * live as long as struct facts.
 */
#ifndef INITLINT_DB_QUERY_QUERY_FACTS_H
#define INITLINT_DB_QUERY_QUERY_FACTS_H

#include <stdint.h>

#include "db/query/query.h"

struct facts_symbol {
	const char *name;
	const char *file; /* the file that defines a static symbol; NULL: external symbol */
};

struct facts_value {
	uint8_t kind;	/* enum value_kind */
	int32_t symbol; /* the function or variable */
	int32_t field;
	int64_t number; /* as in struct value; VALUE_STRING: index into @texts of struct facts */
};

/*
 * Selects @n adjacent elements of an array in struct facts. @first is the index of the first
 * selected element. For example, the member @calls of struct facts_function selects elements of the
 * array @calls of struct facts.
 */
struct facts_range {
	uint32_t first;
	uint32_t n;
};

struct facts_function {
	int32_t symbol;
	const char *file; /* the file that defines the function */
	uint32_t line;
	uint32_t end_line;
	bool is_weak;
	bool is_inline;
	int32_t alias;		/* the symbol of which this function is an alias; -1: no alias */
	const char *type;	/* as in struct function_fact; NULL: unknown */
	const char *attributes; /* as in struct function_fact; NULL: none */
	/* The first object in link order that contains the function. */
	const struct object *object;
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
	const char *record; /* as in struct global_fact; NULL: none */
	/* The first object in link order that contains the variable. */
	const struct object *object;
	struct facts_range stores; /* the assignments in the static initialiser */
};

struct facts_call {
	uint32_t line;
	struct facts_value target;
	bool in_loop; /* as in struct call_fact */
	struct facts_range arguments;
};

struct facts_argument {
	uint32_t index; /* number of the argument in the call, from 0 */
	struct facts_value value;
};

struct facts_access {
	uint32_t line;
	uint8_t mode; /* enum access_mode */
	int32_t symbol;
	int32_t field;
	struct facts_value value;
	/*
	 * If @field is the element "[]" of an array: the index is the parameter @index_param. If
	 * @index_field is not -1, the index is the content of this member of the object to which
	 * the parameter points. @index_param is -1 if the index is not known.
	 */
	int32_t index_param;
	int32_t index_field;
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
	uint8_t relation; /* enum relation: the exact test "@atom @relation @number" */
	uint32_t alternatives;
	int64_t number;
	int32_t object; /* the symbol in the test "@atom == &symbol"; -1: compares with @number */
};

/*
 * The macro @name stands for the symbol @target. The name of the symbol contains the name of the
 * macro and is longer: mutex_init stands for __mutex_init.
 */
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
	const struct facts_macro *macros; /* sorted by @name */
	uint32_t n_macros;
	void *memory; /* private; owns all arrays and strings */
};

/*
 * Loads all facts of built-in code. @query must outlive the result. Returns NULL on error. The
 * facts of a distribution's kernel take a few hundred MB. Free with facts_free().
 */
struct facts *facts_load(struct query *query, GError **error);
void facts_free(struct facts *facts);
/*
 * Returns the index of the field @name ("record.member") in @facts->fields. Returns -1 if no fact
 * uses the field.
 */
int32_t facts_field(const struct facts *facts, const char *name);
/*
 * Returns the value of argument @index of the call @call, from 0. Returns NULL if the facts do not
 * tell the value. The result belongs to @facts.
 */
const struct facts_value *facts_argument(const struct facts *facts, uint32_t call, int index);
/*
 * Returns the value that the static initialiser of @global gives to the member @field
 * ("record.member"). Returns NULL if the static initialiser does not set this member. The result
 * belongs to @facts.
 */
const struct facts_value *facts_initial(const struct facts *facts,
					const struct facts_global *global, const char *field);
/* True if @field is an element of an array, such as "[3]". -1 is no element. */
static inline bool facts_is_element(const struct facts *facts, int32_t field)
{
	return field >= 0 && facts->fields[field][0] == '[';
}
/* True if @value is the number 0. A null pointer is the number 0, too. */
static inline bool facts_is_zero(const struct facts_value *value)
{
	return value->kind == VALUE_NUMBER && value->number == 0;
}
typedef struct facts facts; /* g_autoptr() takes one word */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(facts, facts_free)

#endif
