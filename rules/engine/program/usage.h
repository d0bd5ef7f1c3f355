/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What each function sets up and needs by itself: accesses to variables that are set up at
 * run time, and the events of models.
 */
#ifndef INITLINT_RULES_ENGINE_PROGRAM_USAGE_H
#define INITLINT_RULES_ENGINE_PROGRAM_USAGE_H

#include "rules/engine/program/flow.h"

enum use_role { USE_SETS, USE_NEEDS };

/* How a need shows if it is not met. */
enum use_how {
	USE_READ,     /* a value is taken that is not the final one */
	USE_FOLLOWED, /* a pointer that is not there is followed or handed on */
	USE_ADDRESS,  /* a list, lock or table that was not made usable */
	USE_MODEL,    /* as the model says */
	N_USE_HOWS,
};

struct use {
	int32_t resource;
	uint8_t role;
	uint8_t how;	  /* of a need */
	bool is_optional; /* NULL is a valid argument there */
	uint32_t line;
	uint32_t call; /* of a model's event: where; NO_CALL otherwise */
	int32_t event; /* -1: an access */
};

struct usage {
	GArray *uses;	     /* struct use, by function */
	uint32_t *first_use; /* by function, n_functions + 1 */
	/*
	 * Resources (as pointer, + 1) that are switched on and off by different functions: a state
	 * that comes and goes, such as "tasks are frozen", and nothing that is set up.
	 */
	GHashTable *switched;
	/* By function: the variable whose value it returns; -1. A predicate, or a getter. */
	int32_t *returned;
	int32_t any_element; /* field that stands for each element of an array; -1: none */
};

/* The resource that a variable or a part of one is. */
int32_t usage_variable(const struct usage *usage, const struct facts *facts,
		       struct resources *resources, int32_t symbol, int32_t field);

/*
 * The resource that a test in @function is about, by itself or through a predicate; -1 if it
 * is about something else.
 */
int32_t usage_tested(const struct usage *usage, const struct program *program,
		     struct resources *resources, int32_t function,
		     const struct facts_guard *guard);

bool usage_is_switched(const struct usage *usage, int32_t resource);

struct usage *usage_new(const struct program *program, const struct flow *flow,
			struct resources *resources);
void usage_free(struct usage *usage);
typedef struct usage usage; /* g_autoptr() takes one word */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(usage, usage_free)

#endif
