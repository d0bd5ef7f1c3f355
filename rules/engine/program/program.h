/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The call graph of the whole kernel. Symbols are resolved as the linker resolves them. A number of
 * a function, global, symbol, field or call is an index into the array of that name in struct
 * facts. -1 means none.
 *
 * Candidate: a function that a call through a pointer may reach, because the kernel stores the
 * function in the field or variable that is called.
 */
#ifndef INITLINT_RULES_ENGINE_PROGRAM_PROGRAM_H
#define INITLINT_RULES_ENGINE_PROGRAM_PROGRAM_H

#include <stdint.h>
#include <glib.h>

#include "db/query/query_facts.h"

/* How certain it is that a call reaches its target. The most certain kind comes first. */
enum edge_kind {
	EDGE_DIRECT, /* a call by name */
	/* A call passes a function, or an object with a function. The callee calls it. */
	EDGE_CALLBACK,
	/* A call through a field with one candidate, or a variable with one or two candidates. */
	EDGE_SINGLE,
	EDGE_PROBE, /* to a probe, or to a function in a table: runs only if a device exists */
	EDGE_MANY,  /* a call through a pointer, with at most four candidates */
	N_EDGE_KINDS,
};

struct edge {
	int32_t to;    /* the function that is called */
	uint32_t call; /* index into facts->calls */
	uint8_t kind;  /* enum edge_kind */
};

/*
 * Only program.c writes this struct. "By function" means: the index of the array is a function.
 *
 * The entries [first_edge[f], first_edge[f + 1]) of @edges are the calls that function f makes. The
 * entries [first_caller[f], first_caller[f + 1]) of @callers are the direct calls to function f, as
 * indices into facts->calls.
 */
struct program {
	const struct facts *facts;
	int32_t *function_of_call; /* by call: the function that contains the call */
	int32_t *first_function;   /* by symbol: the first function that defines the symbol */
	int32_t *next_function;	   /* by function: the next function that defines its symbol */
	int32_t *global_of_symbol; /* by symbol: the global that defines it; strong before weak */
	uint32_t *first_edge;	   /* by function, n_functions + 1 entries */
	struct edge *edges;	   /* direct calls and calls through pointers, sorted by caller */
	uint32_t *first_caller;	   /* by function, n_functions + 1 entries */
	uint32_t *callers;	   /* direct calls, sorted by callee: indices into facts->calls */
	GHashTable *by_name;	   /* name -> GArray of int32_t: functions; see program_named() */
	GHashTable *field_targets; /* field + 1 -> GArray of int32_t: functions stored there */
	unsigned int n_indirect;   /* number of calls through pointers */
	unsigned int n_capped;	   /* calls through pointers without edges: too many candidates */
	unsigned int n_unresolved; /* calls through pointers without edges: no candidate */
};

/* Builds the call graph. @facts must live as long as the result. Free with program_free(). */
struct program *program_new(const struct facts *facts);
void program_free(struct program *program);
typedef struct program program; /* g_autoptr() needs a type name of one word */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(program, program_free)

/*
 * Returns the function that @symbol means in the code of function @from. @from may be -1: the
 * symbol occurs outside of functions. If @symbol has several definitions, first prefers a strong
 * definition in the object of @from. Then prefers definitions in the kernel itself to definitions
 * in renamed copies (hypervisor, EFI stub). Then prefers strong definitions to weak definitions. If
 * the definition is an alias, returns the function that the alias stands for. Returns -1 if no
 * definition is built in.
 */
int32_t program_function(const struct program *program, int32_t symbol, int32_t from);
/* Returns the name of @function. The string belongs to the facts. */
const char *program_name(const struct program *program, int32_t function);
/*
 * Returns the symbol of the function or variable @name. If @file is NULL, the symbol is external.
 * Else the symbol is static and @file defines it. Returns -1 if there is no such symbol.
 */
int32_t program_symbol(const struct program *program, const char *name, const char *file);
/*
 * Returns the functions that @name means in a rule or model: GArray of int32_t, external functions
 * first. If the kernel has no function @name, but a macro @name stands for functions with longer
 * names, returns these functions. Returns NULL if there is neither a function nor such a macro. The
 * array belongs to @program.
 */
const GArray *program_named(const struct program *program, const char *name);

#endif
