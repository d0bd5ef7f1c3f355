/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Uses: what each function sets up or needs in its own code. A use is an access to a variable
 * that is set up at run time, or an event of a model.
 */
#ifndef INITLINT_RULES_ENGINE_PROGRAM_USAGE_H
#define INITLINT_RULES_ENGINE_PROGRAM_USAGE_H

#include "rules/engine/program/flow.h"

enum use_role { USE_SETS, USE_NEEDS };

/* What goes wrong if a need comes before its provider. */
enum use_how {
	USE_READ,     /* the code reads a value that is not the final one */
	USE_FOLLOWED, /* the code dereferences a null pointer, or passes it to a call */
	USE_ADDRESS,  /* the code uses a list, lock or table that is not initialised */
	USE_MODEL,    /* the model tells what goes wrong */
	N_USE_HOWS,
};

struct use {
	int32_t resource;
	uint8_t role;	  /* enum use_role */
	uint8_t how;	  /* enum use_how, for USE_NEEDS */
	bool is_optional; /* the pointer may be NULL here: nothing crashes */
	uint32_t line;
	uint32_t call; /* the call of a model's event; NO_CALL: none */
	int32_t event; /* index into the events of the flow; -1: the use is an access */
};

struct usage {
	GArray *uses;	     /* struct use, sorted by function */
	uint32_t *first_use; /* by function, n_functions + 1 entries: index of its first use */
	/*
	 * Set of resource number + 1, as pointer: the variables that are switched on and off. Such
	 * a variable is a state that comes and goes, such as "tasks are frozen".
	 */
	GHashTable *switched;
	/* By function: the resource of the variable that a getter or predicate returns; -1: none */
	int32_t *returned;
	int32_t any_element; /* the field that stands for all elements of an array; -1: none */
};

/*
 * Returns the resource of variable @symbol (@field -1), or of its field @field. All elements of
 * an array are one resource.
 */
int32_t usage_variable(const struct usage *usage, const struct facts *facts,
		       struct resources *resources, int32_t symbol, int32_t field);

/*
 * Returns the resource of the variable that @guard in @function tests, directly or through a
 * predicate. Returns -1 if @guard tests something else.
 */
int32_t usage_tested(const struct usage *usage, const struct program *program,
		     struct resources *resources, int32_t function,
		     const struct facts_guard *guard);

bool usage_is_switched(const struct usage *usage, int32_t resource);

/* Keeps no reference to its arguments. Adds variables to @resources. Free with usage_free(). */
struct usage *usage_new(const struct program *program, const struct flow *flow,
			struct resources *resources);
void usage_free(struct usage *usage);
typedef struct usage usage; /* g_autoptr() needs a type name of one word */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(usage, usage_free)

#endif
