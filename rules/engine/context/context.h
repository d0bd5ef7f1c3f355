/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A context is a root function from which the boot runs code: a function of the early boot, an
 * initcall, or a driver's probe. The place of a context is the initcall during which the context
 * runs. The moment of a context is the number of the context in the running order, from 1. The
 * functions in walk.h find the code that a context reaches.
 */
#ifndef INITLINT_RULES_ENGINE_CONTEXT_CONTEXT_H
#define INITLINT_RULES_ENGINE_CONTEXT_CONTEXT_H

#include "rules/engine/context/boot_state.h"
#include "rules/engine/context/escape.h"
#include "rules/engine/flow/flow.h"
#include "rules/engine/context/reachability.h"
#include "rules/engine/program/program.h"
#include "rules/engine/context/stops.h"

enum context_kind {
	/* A function that a model names, or a console initcall. Runs before all other contexts. */
	CONTEXT_BOOT,
	CONTEXT_INITCALL,
	/* a driver's probe: runs when both the driver and a device for the driver exist */
	CONTEXT_PROBE,
};

struct context {
	enum context_kind kind;
	/*
	 * The function at which the context begins. -1: the facts do not contain the function, or
	 * the function is a probe and the machine has no device for it (machine.h).
	 */
	int32_t root;
	/*
	 * For a probe: the initcall that registers the probe. For a boot function that a model
	 * names: NULL. For all other contexts: the initcall whose function is @root.
	 */
	const struct initcall *initcall;
	/* The initcall during which the context runs. NULL if @kind is CONTEXT_BOOT. */
	const struct initcall *place;
	/*
	 * A probe may return -EPROBE_DEFER until a variable is set. Then @deferred_by is the
	 * initcall during which the variable is set. NULL if the kernel does not defer the probe.
	 */
	const struct initcall *deferred_by;
	int32_t parent; /* for a probe: the context that registers the probe; else -1 */
	int32_t event;	/* for a probe: index of its registration in flow->events; else -1 */
	uint8_t tier;	/* enum edge_kind: how certain it is that the boot runs @root */
	/*
	 * For a probe: true if built-in code makes a device for the driver. false: the probe runs
	 * only on a machine that has a device for the driver.
	 */
	bool has_device;
	/*
	 * For a probe: @maker is the only initcall whose code makes a device for the driver. @made
	 * is the resource that stands for such a device. @maker is NULL and @made is -1 if there is
	 * no such initcall, if there are several, or if firmware may describe devices for the
	 * driver.
	 */
	const struct initcall *maker;
	int32_t made;
};

struct contexts {
	const struct program *program;
	const struct flow *flow;
	/*
	 * struct context, in this order: boot functions that models name, initcalls, probes. The
	 * initcalls are in the order in which they run.
	 */
	GArray *list;
	uint32_t *moments;     /* by index into @list: the moment of the context */
	struct escape *escape; /* contexts_run() in walk.h fills this member */
	/* What memory contains at each moment. NULL until contexts_run() in walk.h computes it. */
	struct boot_state *state;
	struct stops stops;
	uint8_t *tunables; /* by symbol, as of boot_state_new() */
	struct reachability *reachability;
};

/*
 * Returns the contexts of the boot functions in @models, of @initcalls, and of the probes that
 * @initcalls register. @initcalls must be in the order in which they run. The elements of @models
 * are struct model *. All arguments must live as long as the result. Free with contexts_free().
 */
struct contexts *contexts_new(const struct program *program, const struct flow *flow,
			      const GPtrArray *models, const struct initcall *initcalls,
			      unsigned int n_initcalls);
void contexts_free(struct contexts *contexts);
typedef struct contexts contexts; /* g_autoptr() needs a type name of one word */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(contexts, contexts_free)

/*
 * Computes @contexts->moments from the places of the contexts. Call contexts_set_moments() after
 * the @place of a context has changed.
 */
void contexts_set_moments(struct contexts *contexts);

/*
 * Returns the indices of all contexts (uint32_t) in the order in which the contexts run. Free with
 * g_array_unref().
 */
GArray *contexts_in_order(const struct contexts *contexts);

/* Returns @context->place->position; -1 if @context->place is NULL. */
int context_position(const struct context *context);

#endif
