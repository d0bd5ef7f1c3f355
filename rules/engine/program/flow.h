/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Carries what models say about functions to the places where the argument is known. A model
 * says "argument 0 of bus_register() is set up". A caller that passes its own parameter on gets
 * a summary that says the same of this parameter, and so do its callers. Where a caller passes an
 * object, a string or a function, an event takes place. So wrappers need no models. In the same
 * way a function that is passed and called at once becomes a call.
 */
#ifndef INITLINT_RULES_ENGINE_PROGRAM_FLOW_H
#define INITLINT_RULES_ENGINE_PROGRAM_FLOW_H

#include "rules/engine/files/model.h"
#include "rules/engine/program/program.h"
#include "rules/engine/program/resource.h"

/* Parameter @param of @function, or @field of what it points to, is the argument of @entry. */
struct flow_summary {
	int32_t function;
	int32_t param;
	int32_t field;			 /* -1: the parameter itself */
	const struct model_entry *entry; /* NULL: it is called */
	int32_t next;			 /* summary of the callee; -1: this is where it is used */
	uint32_t call;			 /* that leads to it; or the call through the pointer */
};

struct event {
	int32_t function; /* in which it takes place */
	uint32_t call;	  /* NO_CALL: no call, but an assignment, or that the function is entered */
	uint32_t line;
	const struct model_entry *entry;
	int32_t resource; /* of a provider or consumer; variable of initialises and optional */
	int32_t target;	  /* of probes, and of calls that are not retried: function */
	int32_t summary;  /* of the callee; -1: none */
	int32_t object;	  /* symbol of the variable whose field decided; -1: none */
};

#define NO_CALL UINT32_MAX

struct flow {
	GArray *summaries;     /* struct flow_summary */
	GArray *events;	       /* struct event, by function */
	uint32_t *first_event; /* by function, n_functions + 1 */
	GArray *edges;	       /* struct edge, to callbacks, by function */
	uint32_t *first_edge;  /* by function, n_functions + 1 */
};

/* @models: struct model *, which must live as long, as must @resources. */
struct flow *flow_new(const struct program *program, const GPtrArray *models,
		      struct resources *resources);
void flow_free(struct flow *flow);
typedef struct flow flow; /* g_autoptr() takes one word */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(flow, flow_free)

#endif
