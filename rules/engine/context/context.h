/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Contexts: the roots from which code runs during boot, each with its place in the order,
 * and what code each of them reaches.
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
	GArray *list;	       /* struct context: boot, initcalls in order, probes */
	uint32_t *moments;     /* by context: when it runs, for escape */
	struct escape *escape; /* filled by contexts_run() */
	struct stops stops;
	struct reachability *reachability;
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

/* Position in the order; -1 before all initcalls. */
int context_position(const struct context *context);

#endif
