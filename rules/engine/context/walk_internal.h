/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The parts of a walk: walk.c finds the functions that a context reaches. walk_value.c finds the values
 * that the code has on the walk's path.
 */
#ifndef INITLINT_RULES_ENGINE_CONTEXT_WALK_INTERNAL_H
#define INITLINT_RULES_ENGINE_CONTEXT_WALK_INTERNAL_H

#include "rules/engine/context/walk.h"

/* The number of different costs of a path. Higher costs count as N_COSTS - 1. */
#define N_COSTS 16

struct walk {
	const struct contexts *contexts;
	uint32_t stamp;	      /* number of the current walk, from 1 */
	bool decides_globals; /* as in struct walk_ops of the current walk */
	uint32_t now;	      /* moment of the context that the current walk starts from */
	uint32_t *visited;    /* by function: stamp of the last walk that reached the function */
	/* by function: stamp of the last walk that ruled out some lines of the function */
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
	/* By call: true if a test whose outcome the walk may know decides whether the call runs. */
	uint8_t *is_tested;
	uint8_t *cost; /* by function: cost of the path to the function; at most N_COSTS - 1 */
};

enum outcome {
	OUTCOME_OPEN,	/* the walk does not know whether the test is true */
	OUTCOME_PASSES, /* the test of the guard is true on the walk's path */
	OUTCOME_FAILS,	/* the test of the guard is false on the walk's path */
};

/*
 * walk_value.c: the test of @guard, which is a guard in @function. The result is OUTCOME_OPEN if the walk
 * has not reached @function.
 */
enum outcome walk_outcome(const struct walk *walk, int32_t function,
			  const struct facts_guard *guard);

#endif
