/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The walk through the code that a context runs: what it reaches, by which way, and how sure
 * it is that the boot goes there.
 */
#ifndef INITLINT_RULES_ENGINE_CONTEXT_WALK_H
#define INITLINT_RULES_ENGINE_CONTEXT_WALK_H

#include "rules/engine/context/context.h"

/* A walk over what a context reaches, from the surest on; may be used again. */
struct walk *walk_new(const struct contexts *contexts);
void walk_free(struct walk *walk);
typedef struct walk walk; /* g_autoptr() takes one word */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(walk, walk_free)

struct walk_ops {
	/*
	 * A function is reached, by edges of @tier at worst; false ends the walk. Again if
	 * another way to it allows what walk_rules_out() ruled out before.
	 */
	bool (*visit)(void *data, int32_t function, uint8_t tier);
	/* Whether to follow @call of @function; NULL: always. */
	bool (*follow)(void *data, int32_t function, uint32_t call);
	void *data;
	/*
	 * By function: whether it, or what it leads to, is of interest; NULL: all are. Of several
	 * ways to a function another one may be taken then.
	 */
	const uint8_t *leads;
};

/* Starts at the context's root; a probe's does not include what its parent does. */
void walk_context(struct walk *walk, int32_t context, const struct walk_ops *ops);
/*
 * In a visit: whether the numbers that the walk handed to @function on its way there rule
 * @line of it out. Calls from such lines are not followed.
 */
bool walk_rules_out(struct walk *walk, int32_t function, uint32_t line);
/* Whether the numbers that the last walk handed to @function make its @guard hold for sure. */
bool walk_satisfies(const struct walk *walk, int32_t function, const struct facts_guard *guard);
/*
 * How the last walk came to @function: GArray of struct edge, from the root on, the first
 * with call NO_CALL. Free with g_array_unref(); NULL if it did not.
 */
GArray *walk_path(const struct walk *walk, int32_t function);

/*
 * Runs all contexts once, in their order. A later walk then follows a pointer to a function only
 * if the function has escaped by that moment. @visit is called with @data as in walk_ops, while
 * @walk is there; @begin before each context.
 */
void contexts_run(struct contexts *contexts, struct walk *walk,
		  void (*begin)(void *data, int32_t context),
		  bool (*visit)(void *data, int32_t function, uint8_t tier), void *data);

#endif
