/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The whole program: symbols resolved as the linker would, and who calls whom. Functions,
 * globals, symbols, fields and calls are indices into the facts; -1 is none.
 */
#ifndef INITLINT_RULES_ENGINE_PROGRAM_PROGRAM_H
#define INITLINT_RULES_ENGINE_PROGRAM_PROGRAM_H

#include <stdint.h>
#include <glib.h>

#include "db/query/query_facts.h"

/* How sure it is that the call leads there, the surest first. */
enum edge_kind {
	EDGE_DIRECT,   /* a call by name */
	EDGE_CALLBACK, /* a function handed over, or of an object handed over, and called at once */
	EDGE_SINGLE,   /* through a pointer that only this function, or one like it, is stored in */
	EDGE_PROBE,    /* a probe, or one of a table: runs if there is a device */
	EDGE_MANY,     /* through a pointer with a few candidates */
	N_EDGE_KINDS,
};

struct edge {
	int32_t to;    /* function */
	uint32_t call; /* index into facts->calls */
	uint8_t kind;  /* enum edge_kind */
};

/* Read-only for others. */
struct program {
	const struct facts *facts;
	int32_t *function_of_call; /* by call */
	int32_t *first_function;   /* by symbol: a definition; more by next_function */
	int32_t *next_function;	   /* by function */
	int32_t *global_of_symbol; /* by symbol */
	uint32_t *first_edge;	   /* by function, n_functions + 1: range of edges */
	struct edge *edges;	   /* direct calls and calls through pointers */
	uint32_t *first_caller;	   /* by function, n_functions + 1: range of callers */
	uint32_t *callers;	   /* calls (indices) by name */
	GHashTable *by_name;	   /* name -> GArray of int32_t: functions of that name */
	GHashTable *field_targets; /* field -> GArray of int32_t: functions stored in it */
	unsigned int n_indirect;   /* calls through pointers */
	unsigned int n_capped;	   /* of them, with too many candidates to be followed */
	unsigned int n_unresolved; /* of them, without any */
};

struct program *program_new(const struct facts *facts);
void program_free(struct program *program);
typedef struct program program; /* g_autoptr() takes one word */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(program, program_free)

/*
 * The definition that @symbol means in code of function @from: a strong one, of the same
 * object if there is one, else a weak one. -1: not built in. Aliases are followed.
 */
int32_t program_function(const struct program *program, int32_t symbol, int32_t from);
/* Where function @index's name is, for messages. */
const char *program_name(const struct program *program, int32_t function);
/* The symbol of an external function or variable, or of a static one in @file; -1. */
int32_t program_symbol(const struct program *program, const char *name, const char *file);
/*
 * Functions that a name in a rule or model means: GArray of int32_t, external ones first. Where
 * the kernel has no function of that name, but a macro that stands for functions of longer
 * names, these. NULL: none.
 */
const GArray *program_named(const struct program *program, const char *name);

#endif
