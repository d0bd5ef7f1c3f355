/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What walk.c and walk_value.c share. walk.c finds the functions that a context reaches.
 * walk_value.c decides whether a test in the code is true on the walk's path. A guard is a test
 * together with the lines that run only if the test is true (struct guard_fact in db/facts.h).
 */
#ifndef INITLINT_RULES_ENGINE_CONTEXT_WALK_INTERNAL_H
#define INITLINT_RULES_ENGINE_CONTEXT_WALK_INTERNAL_H

#include "rules/engine/context/walk.h"

/* The cost of a path is a number below N_COSTS. Higher costs count as N_COSTS - 1. */
#define N_COSTS 16

struct walk {
	const struct contexts *contexts;
	uint32_t stamp;	      /* number of the current walk, from 1 */
	bool decides_globals; /* as in struct walk_ops of the current walk */
	uint32_t now;	      /* the moment at which the code of the current walk runs */
	uint32_t *visited;    /* by function: stamp of the last walk that reached the function */
	/*
	 * By function: stamp of the last walk in which walk_rules_out() was true for a line of the
	 * function.
	 */
	uint32_t *partly;
	uint8_t *revisits; /* by function: how often the current walk entered the function again */
	int32_t *from;	   /* by function: the last caller on the path to the function; -1: none */
	uint32_t *call; /* by function: the last call on the path to the function; NO_CALL: none */
	uint8_t *kind;	/* by function: enum edge_kind of the last call on the path */
	/*
	 * A model may limit the length of call chains in which each function has a parameter of a
	 * given type (stops.h). By function: number of the function in its chain, from 1. 0: the
	 * function is in no chain of this kind.
	 */
	uint8_t *depth;
	/*
	 * queues[k][c]: steps (struct step) that the walk can take. After each of these steps, the
	 * least certain edge on the path has the kind k, and the path has the cost c.
	 */
	GArray *queues[N_EDGE_KINDS][N_COSTS];
	/*
	 * By call: true if the call is in the lines of a guard whose exact test is known. The walk
	 * can rule out only these calls.
	 */
	uint8_t *is_tested;
	uint8_t *cost; /* by function: cost of the path to the function; at most N_COSTS - 1 */
};

/* Whether the test of a guard is true. */
enum outcome {
	OUTCOME_OPEN,	/* not known */
	OUTCOME_PASSES, /* the test is true on the walk's path */
	OUTCOME_FAILS,	/* the test is false on the walk's path */
};

/*
 * Returns the outcome of the test of @guard on the walk's path to @function. @guard is a guard in
 * @function. If the last walk has not reached @function, returns OUTCOME_OPEN.
 */
enum outcome walk_outcome(const struct walk *walk, int32_t function,
			  const struct facts_guard *guard);

#endif
