/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A context is a root function from which the boot runs code. Each context has a place in the
 * initcall order. walk.h finds the code that a context reaches.
 */
#ifndef INITLINT_RULES_ENGINE_CONTEXT_CONTEXT_H
#define INITLINT_RULES_ENGINE_CONTEXT_CONTEXT_H

#include "rules/engine/context/escape.h"
#include "rules/engine/program/flow.h"
#include "rules/engine/context/reachability.h"
#include "rules/engine/program/program.h"
#include "rules/engine/context/stops.h"

enum context_kind {
	CONTEXT_BOOT, /* start_kernel() and the like, before all initcalls */
	CONTEXT_INITCALL,
	CONTEXT_PROBE, /* a driver's probe: runs once the driver and the device both exist */
};

struct context {
	enum context_kind kind;
	int32_t root; /* function; -1: not built in */
	/* The initcall, or the initcall that registers the probe; NULL: boot code from a model. */
	const struct initcall *initcall;
	/* The initcall during which the context runs; NULL: before all initcalls. */
	const struct initcall *place;
	/*
	 * The initcall that sets up what a probe waits for with -EPROBE_DEFER. NULL if the probe
	 * is not deferred.
	 */
	const struct initcall *deferred_by;
	int32_t parent; /* for a probe: the context that registers it; else -1 */
	int32_t event;	/* for a probe: index of the event that registers it; else -1 */
	uint8_t tier;	/* enum edge_kind: how certain it is that the boot runs the context */
};

struct contexts {
	const struct program *program;
	const struct flow *flow;
	GArray *list;	   /* struct context: boot, then initcalls in their order, then probes */
	uint32_t *moments; /* by context: its number in the running order, from 1 */
	struct escape *escape; /* filled by contexts_run() */
	struct stops stops;
	struct reachability *reachability;
};

/*
 * Returns the contexts of the boot, of @initcalls and of their probes. @initcalls must be in their
 * order. All arguments must live as long as the result. Free with contexts_free().
 */
struct contexts *contexts_new(const struct program *program, const struct flow *flow,
			      const GPtrArray *models, const struct initcall *initcalls,
			      unsigned int n_initcalls);
void contexts_free(struct contexts *contexts);
typedef struct contexts contexts; /* g_autoptr() needs a type name of one word */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(contexts, contexts_free)

/* Computes the moments again. Call this after a change of the place of a context. */
void contexts_set_moments(struct contexts *contexts);

/* Returns the position of the context's place; -1: before all initcalls. */
int context_position(const struct context *context);

#endif
