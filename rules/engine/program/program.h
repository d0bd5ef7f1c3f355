/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The call graph of the whole kernel. Symbols are resolved as the linker resolves them.
 * Functions, globals, symbols, fields and calls are indices into the facts; -1 means none.
 */
#ifndef INITLINT_RULES_ENGINE_PROGRAM_PROGRAM_H
#define INITLINT_RULES_ENGINE_PROGRAM_PROGRAM_H

#include <stdint.h>
#include <glib.h>

#include "db/query/query_facts.h"

/* How certain it is that a call reaches its target. The most certain kind comes first. */
enum edge_kind {
	EDGE_DIRECT,   /* a call by name */
	EDGE_CALLBACK, /* the callee calls a function that it gets as argument, or in an object */
	EDGE_SINGLE, /* a call through a field with one candidate or a variable with at most two */
	EDGE_PROBE,  /* a probe, or a function from a table: runs only if a device exists */
	EDGE_MANY,   /* a call through a pointer with up to four candidates */
	N_EDGE_KINDS,
};

struct edge {
	int32_t to;    /* the function that is called */
	uint32_t call; /* index into facts->calls */
	uint8_t kind;  /* enum edge_kind */
};

/*
 * Only program.c writes this struct. "By function" means: an array with the function as index.
 * Entries [first_edge[f], first_edge[f + 1]) of edges belong to function f. first_caller and
 * callers work in the same way.
 */
struct program {
	const struct facts *facts;
	int32_t *function_of_call; /* by call: the function that contains the call */
	int32_t *first_function;   /* by symbol: its first definition */
	int32_t *next_function;	   /* by function: the next definition of the same symbol */
	int32_t *global_of_symbol; /* by symbol: the variable, a strong definition if possible */
	uint32_t *first_edge;	   /* by function, n_functions + 1 entries */
	struct edge *edges;	   /* direct calls and calls through pointers */
	uint32_t *first_caller;	   /* by function, n_functions + 1 entries */
	uint32_t *callers;	   /* direct calls of the function: indices into facts->calls */
	GHashTable *by_name;	   /* name -> GArray of int32_t: functions, see program_named() */
	GHashTable *field_targets; /* field + 1 -> GArray of int32_t: functions stored in it */
	unsigned int n_indirect;   /* number of calls through pointers */
	unsigned int n_capped;	   /* calls through pointers with too many candidates: no edges */
	unsigned int n_unresolved; /* calls through pointers without any candidate */
};

/* @facts must live as long as the result. Free with program_free(). */

struct program *program_new(const struct facts *facts);
void program_free(struct program *program);
typedef struct program program; /* g_autoptr() needs a type name of one word */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(program, program_free)

/*
 * Returns the function that @symbol means in the code of function @from. A strong definition in
 * the object of @from comes first. Then definitions in the kernel itself come before
 * definitions in renamed copies (hypervisor, EFI stub), and strong definitions before weak
 * definitions. Aliases are followed. Returns -1 if no definition is built in. @from may be -1.
 */
int32_t program_function(const struct program *program, int32_t symbol, int32_t from);
/* The name of @function. The string belongs to the facts. */
const char *program_name(const struct program *program, int32_t function);
/*
 * Returns the symbol of the function or variable @name: the static one in @file, or the external
 * one if @file is NULL. Returns -1 if there is none.
 */
int32_t program_symbol(const struct program *program, const char *name, const char *file);
/*
 * Returns the functions that @name means in a rule or model: GArray of int32_t, external
 * functions first. If the kernel has no function @name, @name may be a macro that stands for
 * functions with longer names: then returns those functions. The array belongs to @program.
 * Returns NULL if there is none.
 */
const GArray *program_named(const struct program *program, const char *name);

#endif
