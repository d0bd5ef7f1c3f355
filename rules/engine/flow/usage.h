/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Finds the uses of resources in each function. A use is a line of a function that sets up or needs
 * a resource. The line must be in the function itself, not in a called function. A use is an access
 * to a variable that the kernel sets up at run time, or an event (flow.h).
 */
#ifndef INITLINT_RULES_ENGINE_FLOW_USAGE_H
#define INITLINT_RULES_ENGINE_FLOW_USAGE_H

#include "rules/engine/flow/flow.h"

enum use_role { USE_SETS, USE_NEEDS };

/* What goes wrong if a use with USE_NEEDS runs before the resource is set up. */
enum use_how {
	USE_READ,     /* the code reads a value that is not yet the final value */
	USE_FOLLOWED, /* the code dereferences a null pointer, or passes a null pointer to a call */
	USE_ADDRESS,  /* the code uses a list, lock or table that is not initialised */
	USE_MODEL,    /* the model tells what goes wrong */
	N_USE_HOWS,
};

struct use {
	int32_t resource;
	uint8_t role;	  /* enum use_role */
	uint8_t how;	  /* enum use_how; has a meaning only if @role is USE_NEEDS */
	bool is_optional; /* the code allows a null pointer here: nothing crashes */
	uint32_t line;
	uint32_t call; /* the call of the event; NO_CALL: no call */
	int32_t event; /* index of the event in flow->events; -1: an access to a variable */
};

struct usage {
	GArray *uses; /* struct use, sorted by function */
	/*
	 * n_functions + 1 entries. The uses in function f are the elements [first_use[f],
	 * first_use[f + 1]) of @uses.
	 */
	uint32_t *first_use;
	/*
	 * Set of the switched variables. An element is 1 + the number of the resource, as a
	 * pointer. One function sets a switched variable to a number, and another function sets the
	 * variable back to 0. So the variable is a state that comes and goes, for example "tasks
	 * are frozen".
	 */
	GHashTable *switched;
	/* returned[f]: the resource of the first variable that function f returns; -1: none. */
	int32_t *returned;
	/*
	 * The index of one field whose name is an array index, such as "[0]". For each array
	 * element, usage_variable() replaces the field of the element by @any_element. So all
	 * elements of one array are one resource. -1: the facts have no array elements.
	 */
	int32_t any_element;
	/*
	 * By field: the symbol of the variable that is the only object with this member during the
	 * boot; -1: none. A test of this member, through any pointer, is a test of the variable.
	 */
	int32_t *only;
};

/*
 * Returns the number of the resource for the field @field of the variable @symbol, or for the whole
 * variable if @field is -1. If @field is an element of an array, returns the resource that stands
 * for all elements.
 */
int32_t usage_variable(const struct usage *usage, const struct facts *facts,
		       struct resources *resources, int32_t symbol, int32_t field);

/*
 * @guard is a test in the code of @function. Returns the number of the resource for the variable
 * that @guard tests. @guard may test the variable directly, or the result of a function that
 * returns the variable. Returns -1 if @guard does not test a variable.
 */
int32_t usage_tested(const struct usage *usage, const struct program *program,
		     struct resources *resources, int32_t function,
		     const struct facts_guard *guard);

/* True if @resource is a switched variable. */
bool usage_is_switched(const struct usage *usage, int32_t resource);

/*
 * Finds the uses in all functions of @program, with the help of @models (struct model *). Adds the
 * variables to @resources. The result does not refer to the arguments. Free with usage_free().
 */
struct usage *usage_new(const struct program *program, const struct flow *flow,
			const GPtrArray *models, struct resources *resources);
void usage_free(struct usage *usage);
typedef struct usage usage; /* g_autoptr() needs a type name of one word */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(usage, usage_free)

#endif
