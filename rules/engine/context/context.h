/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A context is a root function from which the boot runs code: a function of the early boot, an
 * initcall, or a driver's probe. The place of a context is the initcall during which it runs. The
 * moment of a context is its number in the running order, from 1. The functions in walk.h find the
 * code that a context reaches.
 */
#ifndef INITLINT_RULES_ENGINE_CONTEXT_CONTEXT_H
#define INITLINT_RULES_ENGINE_CONTEXT_CONTEXT_H

#include "rules/engine/context/escape.h"
#include "rules/engine/program/flow.h"
#include "rules/engine/context/reachability.h"
#include "rules/engine/program/program.h"
#include "rules/engine/context/stops.h"

enum context_kind {
	/* Runs before all other initcalls: a function that a model names, or a console initcall. */
	CONTEXT_BOOT,
	CONTEXT_INITCALL,
	CONTEXT_PROBE, /* a driver's probe: runs once the driver and the device both exist */
};

struct context {
	enum context_kind kind;
	int32_t root; /* the function at which the context begins; -1: it is not built in */
	/*
	 * For a probe: the initcall that registers the probe. For a boot function that a model
	 * names: NULL. For all other contexts: the initcall whose function is @root.
	 */
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
	/* struct context: boot functions from models, initcalls in their order, probes. */
	GArray *list;
	uint32_t *moments;     /* by index into list: the moment of the context */
	struct escape *escape; /* filled by contexts_run() in walk.h */
	struct stops stops;
	struct reachability *reachability;
};

/*
 * Returns the contexts of the boot functions in @models, of @initcalls, and of the probes that
 * @initcalls register. @initcalls must be in the order in which they run. @models: struct model *.
 * All arguments must live as long as the result. Free with contexts_free().
 */
struct contexts *contexts_new(const struct program *program, const struct flow *flow,
			      const GPtrArray *models, const struct initcall *initcalls,
			      unsigned int n_initcalls);
void contexts_free(struct contexts *contexts);
typedef struct contexts contexts; /* g_autoptr() needs a type name of one word */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(contexts, contexts_free)

/* Computes @contexts->moments again. Call this after the place of a context has changed. */
void contexts_set_moments(struct contexts *contexts);

/* Returns the position of @context->place; -1 if @context runs before all initcalls. */
int context_position(const struct context *context);

#endif
