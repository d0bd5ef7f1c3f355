/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A walk through the code that a context runs. It finds the functions that the context reaches,
 * the path to each of them, and how certain the path is.
 */
#ifndef INITLINT_RULES_ENGINE_CONTEXT_WALK_H
#define INITLINT_RULES_ENGINE_CONTEXT_WALK_H

#include "rules/engine/context/context.h"

/*
 * A walk takes the most certain edges first. The same struct may be used for many walks.
 * @contexts must live as long as the result. Free with walk_free().
 */
struct walk *walk_new(const struct contexts *contexts);
void walk_free(struct walk *walk);
typedef struct walk walk; /* g_autoptr() needs a type name of one word */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(walk, walk_free)

struct walk_ops {
	/*
	 * Called for each function that the walk reaches. @tier is the least certain kind of edge
	 * on the path. Returns false to end the walk. Called again for the same function if
	 * another path may allow lines that walk_rules_out() ruled out before.
	 */
	bool (*visit)(void *data, int32_t function, uint8_t tier);
	/* Returns whether the walk follows @call of @function. NULL: follows all calls. */
	bool (*follow)(void *data, int32_t function, uint32_t call);
	void *data;
	/*
	 * By function: 0 if the walk skips the function, because it reaches nothing of interest.
	 * NULL: skips none. With this filter the walk may take another path to a function.
	 */
	const uint8_t *leads;
};

/*
 * Walks from the root of @context. The walk of a probe does not include the code of the context
 * that registers the probe.
 */
void walk_context(struct walk *walk, int32_t context, const struct walk_ops *ops);
/*
 * For use in a visit callback. True if @line of @function cannot run, because the constants that
 * the walk's path passes to @function make the guards of @line fail. The walk does not follow
 * calls on such lines.
 */
bool walk_rules_out(struct walk *walk, int32_t function, uint32_t line);
/* True if the constants that the last walk's path passes to @function make @guard hold. */
bool walk_satisfies(const struct walk *walk, int32_t function, const struct facts_guard *guard);
/*
 * Returns the path of the last walk to @function: GArray of struct edge, from the root on. The
 * first edge leads to the root and has the call NO_CALL. Free with g_array_unref(). NULL if the
 * walk did not reach @function.
 */
GArray *walk_path(const struct walk *walk, int32_t function);

/*
 * Walks all contexts once, in the order in which they run, and fills contexts->escape. A walk
 * follows a pointer to a function only if the function has escaped by the moment of the context.
 * Calls @begin before each context, and @visit as in struct walk_ops. Both get @data. @visit may
 * ask @walk for the current path.
 */
void contexts_run(struct contexts *contexts, struct walk *walk,
		  void (*begin)(void *data, int32_t context),
		  bool (*visit)(void *data, int32_t function, uint8_t tier), void *data);

#endif
