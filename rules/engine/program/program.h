/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The call graph of the whole kernel. Symbols are resolved as the linker resolves them. A function,
 * global, symbol, field or call is represented by a number: the index in the array @functions,
 * @globals, @symbols, @fields or @calls of struct facts. -1 means none.
 *
 * Candidate: a function that a call through a pointer may reach, because the kernel stores the
 * function in the field or variable that contains the pointer.
 */
#ifndef INITLINT_RULES_ENGINE_PROGRAM_PROGRAM_H
#define INITLINT_RULES_ENGINE_PROGRAM_PROGRAM_H

#include <stdint.h>
#include <glib.h>

#include "db/query/query_facts.h"

/* How certain it is that a call reaches its target. The most certain kind comes first. */
enum edge_kind {
	EDGE_DIRECT, /* a call by name */
	/*
	 * A call f(g): f() gets the function g(), or an object that contains g(), and calls g().
	 * The edge leads from the caller of f() to g().
	 */
	EDGE_CALLBACK,
	/*
	 * A call through a field that has one candidate, or through a variable that has one or two
	 * candidates.
	 */
	EDGE_SINGLE,
	/*
	 * A call to a probe, or to a function in a table of drivers. The target runs only if a
	 * device exists.
	 */
	EDGE_PROBE,
	EDGE_MANY, /* any other call through a pointer with at most four candidates */
	N_EDGE_KINDS,
};

struct edge {
	int32_t to;    /* the function that is called */
	uint32_t call; /* index into facts->calls */
	uint8_t kind;  /* enum edge_kind */
};

/*
 * Only program.c and program_calls.c write this struct. "By function", "by symbol" and "by call" tell what the index
 * of an array is: a function, a symbol or a call.
 *
 * The elements of @edges from first_edge[f] to first_edge[f + 1] - 1 are the calls that function f
 * makes. The elements of @callers from first_caller[f] to first_caller[f + 1] - 1 are the direct
 * calls to function f.
 */
struct program {
	const struct facts *facts;
	int32_t *function_of_call; /* by call: the function that contains the call */
	int32_t *first_function;   /* by symbol: the first function that defines the symbol */
	int32_t *next_function;	   /* by function: the next function that defines the same symbol */
	/*
	 * By symbol: the variable that defines the symbol. If there are several variables, a strong
	 * definition is preferred.
	 */
	int32_t *global_of_symbol;
	uint32_t *first_edge;	/* by function, n_functions + 1 entries */
	struct edge *edges;	/* direct calls and calls through pointers, sorted by caller */
	uint32_t *first_caller; /* by function, n_functions + 1 entries */
	uint32_t *callers;	/* direct calls, sorted by callee: indices into facts->calls */
	GHashTable *by_name;	/* name -> GArray of int32_t: functions; see program_named() */
	/* 1 + field -> GArray of int32_t: functions that are stored in this field */
	GHashTable *field_targets;
	unsigned int n_indirect; /* number of calls through pointers */
	/* Number of calls through pointers with too many candidates. These calls get no edges. */
	unsigned int n_capped;
	/* Number of calls through pointers with no candidate. These calls get no edges. */
	unsigned int n_unresolved;
};

/* Builds the call graph. @facts must live as long as the result. Free with program_free(). */
struct program *program_new(const struct facts *facts);
void program_free(struct program *program);
typedef struct program program; /* g_autoptr() needs a type name of one word */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(program, program_free)

/*
 * Returns the function that @symbol means in the code of the function @from. If @from is -1, the
 * symbol occurs outside of functions. If @symbol has several definitions, three rules decide. An
 * earlier rule counts more than a later rule:
 *   1. A strong definition in the object file of @from is better than all other definitions.
 *   2. A definition in the kernel itself is better than a definition in a renamed copy of kernel
 *      code (hypervisor, EFI stub).
 *   3. A strong definition is better than a weak definition.
 * If the definition is an alias, returns the function for which the alias stands. Returns -1 if no
 * definition is built in.
 */
int32_t program_function(const struct program *program, int32_t symbol, int32_t from);
/* Returns the name of @function. The string belongs to the facts. */
const char *program_name(const struct program *program, int32_t function);
/*
 * Returns the symbol of the function or variable @name. If @file is NULL, looks for an external
 * symbol. Else looks for a static symbol that @file defines. Returns -1 if the kernel does not have
 * the symbol.
 */
int32_t program_symbol(const struct program *program, const char *name, const char *file);
/*
 * Returns the functions that @name means in a rule or model: GArray of int32_t, external functions
 * first. If the kernel has no function @name, @name may be a macro for functions with longer names.
 * Then returns the functions of the macro. Returns NULL if the kernel has neither a function @name
 * nor a macro @name for functions. The array belongs to @program.
 */
const GArray *program_named(const struct program *program, const char *name);

#endif
