/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A walk finds the functions that a context (context.h) reaches. For each of these functions, the
 * walk also finds a path of calls from the root of the context, and how certain this path is. Each
 * step of the path is an edge: a call in one function that runs another function. The kind of an
 * edge (enum edge_kind) tells how certain the edge is. A walk follows the most certain edges first.
 */
#ifndef INITLINT_RULES_ENGINE_CONTEXT_WALK_H
#define INITLINT_RULES_ENGINE_CONTEXT_WALK_H

#include "rules/engine/context/context.h"

/*
 * Returns a struct for any number of walks, one after the other. @contexts must live as long as the
 * result. Free with walk_free().
 */
struct walk *walk_new(const struct contexts *contexts);
void walk_free(struct walk *walk);
typedef struct walk walk; /* g_autoptr() needs a type name of one word */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(walk, walk_free)

struct walk_ops {
	/*
	 * The walk calls visit() when it reaches @function. @tier is the least certain kind of
	 * edge on the path to @function. visit() returns false to end the walk.
	 *
	 * The walk may call visit() more than once for one function. The values that are known on
	 * the first path to the function may rule out some lines of the function (see
	 * walk_rules_out()). Then the walk enters the function again through another path, because
	 * the other path may allow these lines to run.
	 */
	bool (*visit)(void *data, int32_t function, uint8_t tier);
	/*
	 * follow() returns true if the walk must follow @call, which is a call in @function. If
	 * @follow is NULL, the walk follows all calls.
	 */
	bool (*follow)(void *data, int32_t function, uint32_t call);
	/*
	 * cost() returns the cost of @edge, which is a call in @function. The cost of a path is the
	 * sum of the costs of its edges. Among paths that are equally certain, the walk takes the
	 * path with the lowest cost. If @cost is NULL, the cost of each edge is 0.
	 */
	unsigned int (*cost)(void *data, int32_t function, const struct edge *edge);
	/*
	 * Tells what the walk does at a test of a global variable. true: if the value of the
	 * variable at the moment of the walk is known (boot_state.h), the walk follows only the
	 * branch that runs. false: the walk follows both branches.
	 */
	bool decides_globals;
	void *data; /* the first argument of visit(), follow() and cost() */
	/*
	 * A filter: the walk skips each function f for which leads[f] is 0. NULL: the walk skips no
	 * function. A caller that searches for certain functions can fill @leads with
	 * reachability_spread(): leads[f] is then 1 if f is one of these functions or reaches one
	 * of them, else 0. The path that a walk finds to a function may depend on @leads.
	 */
	const uint8_t *leads;
};

/*
 * Walks from the root of a context. @context is the index of the context in contexts->list. If the
 * context is a probe, the walk does not include the code that registers the probe.
 */
void walk_context(struct walk *walk, int32_t context, const struct walk_ops *ops);
/* Walks from the function @root, as if @root ran at @moment. */
void walk_from(struct walk *walk, int32_t root, uint32_t moment, const struct walk_ops *ops);
/*
 * Call this function from visit(). True if @line of @function does not run on the walk's path:
 * @line runs only if a condition is true, and the condition is false on this path. The walk
 * decides the condition from the arguments that the path passes and from the content of memory
 * (boot_state.h). The walk does not follow a call on a line that is ruled out.
 */
bool walk_rules_out(struct walk *walk, int32_t function, uint32_t line);
/*
 * @guard is a guard in @function (struct guard_fact in db/facts.h). Returns true if the test of
 * the guard is true on the path that the last walk took to @function. Returns false if the test is
 * false or if its outcome is not known.
 */
bool walk_satisfies(const struct walk *walk, int32_t function, const struct facts_guard *guard);
/*
 * @first is the index of a guard in a function. @end is the index after the last guard of the
 * function. The guards of one "or" are adjacent. Returns the index after the last guard of the "or"
 * to which @first belongs; @first + 1 if @first belongs to no "or".
 */
uint32_t walk_alternatives_end(const struct facts *facts, uint32_t first, uint32_t end);
/*
 * Returns the path that the last walk took from the root to @function: GArray of struct edge. The
 * first edge leads to the root, and the @call of this edge is NO_CALL. Free with g_array_unref().
 * Returns NULL if the last walk did not reach @function.
 */
GArray *walk_path(const struct walk *walk, int32_t function);

/*
 * Walks each context, in the order in which the contexts run. Before that, walks all contexts
 * several times without @begin and @visit. These first walks compute @contexts->state
 * (boot_state.h) and fill @contexts->escape (escape.h). A walk follows a call through a pointer
 * only if the called function escapes at the moment of the context or earlier.
 *
 * Calls @begin before the walk of each context. During the walk, calls @visit as described in
 * struct walk_ops. Passes @data to @begin and @visit. @visit may use @walk, for example to call
 * walk_path().
 */
void contexts_run(struct contexts *contexts, struct walk *walk,
		  void (*begin)(void *data, int32_t context),
		  bool (*visit)(void *data, int32_t function, uint8_t tier), void *data);

#endif
