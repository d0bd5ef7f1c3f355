/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Contexts: the roots from which code runs during boot, each with its place in the order,
 * and what code each of them reaches.
 */
#ifndef INITLINT_RULES_ENGINE_CONTEXT_CONTEXT_H
#define INITLINT_RULES_ENGINE_CONTEXT_CONTEXT_H

#include "rules/engine/context/activity.h"
#include "rules/engine/program/flow.h"
#include "rules/engine/context/leading.h"
#include "rules/engine/program/program.h"
#include "rules/engine/context/stops.h"

enum context_kind {
	CONTEXT_BOOT, /* start_kernel() and the like, before all initcalls */
	CONTEXT_INITCALL,
	CONTEXT_PROBE, /* a driver's probe, run when driver and device are both there */
};

struct context {
	enum context_kind kind;
	int32_t root;			 /* function; -1: not built in */
	const struct initcall *initcall; /* that registers the probe; NULL: boot */
	/* In whose run it really takes place: the initcall's, or that which makes devices. */
	const struct initcall *place;
	/* What a probe waits for with -EPROBE_DEFER, where that makes it run later; or NULL. */
	const struct initcall *deferred_by;
	int32_t parent; /* of a probe: the context that registers it */
	int32_t event;	/* of a probe: where */
	uint8_t tier;	/* enum edge_kind: how sure it is that it runs */
};

struct contexts {
	const struct program *program;
	const struct flow *flow;
	GArray *list;		   /* struct context: boot, initcalls in order, probes */
	uint32_t *moments;	   /* by context: when it runs, for activity */
	struct activity *activity; /* filled by contexts_run() */
	struct stops stops;
	struct leading *leading;
};

/* Of all @initcalls in their order; everything must live as long as the result. */
struct contexts *contexts_new(const struct program *program, const struct flow *flow,
			      const GPtrArray *models, const struct initcall *initcalls,
			      unsigned int n_initcalls);
void contexts_free(struct contexts *contexts);
typedef struct contexts contexts; /* g_autoptr() takes one word */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(contexts, contexts_free)

/* After places were changed: when each context runs. */
void contexts_set_moments(struct contexts *contexts);

struct walk;

/*
 * Lets all contexts run once, in their order, so that each later walk follows only those
 * pointers that can be anywhere by then. @visit is called with @data as in walk_ops, while
 * @walk is there; @begin before each context.
 */
void contexts_run(struct contexts *contexts, struct walk *walk,
		  void (*begin)(void *data, int32_t context),
		  bool (*visit)(void *data, int32_t function, uint8_t tier), void *data);

/* Position in the order; -1 before all initcalls. */
int context_position(const struct context *context);

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

#endif
