/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The flow analysis applies models to the calls where the argument's value is known. A model says
 * "bus_register() sets up its argument 0". A caller that passes its own parameter on gets a
 * summary: the model applies to that parameter too. Its callers get summaries in the same way. A
 * caller that passes an object, a string or a function gets an event. So wrappers need no models.
 * A callback that is passed and called at once becomes an edge in the same way.
 */
#ifndef INITLINT_RULES_ENGINE_PROGRAM_FLOW_H
#define INITLINT_RULES_ENGINE_PROGRAM_FLOW_H

#include "rules/engine/files/model.h"
#include "rules/engine/program/program.h"
#include "rules/engine/program/resource.h"

/*
 * @function passes a value on to the argument that @entry describes. The value is parameter
 * @param, or @field of the object that @param points to.
 */
struct flow_summary {
	int32_t function;
	int32_t param;
	int32_t field;			 /* -1: the parameter itself */
	const struct model_entry *entry; /* NULL: the code calls the value as a function */
	/* The callee's summary; -1: @entry names @function, or @function calls the value. */
	int32_t next;
	uint32_t call; /* the call that passes the value on, or calls the value; NO_CALL: none */
};

struct event {
	int32_t function; /* the function that contains the event */
	uint32_t call;	  /* NO_CALL: the event is an assignment or the entry of the function */
	uint32_t line;
	const struct model_entry *entry;
	int32_t resource; /* provided, required, initialised or optional resource; -1: none */
	int32_t target;	  /* the probe, or the callback that is never retried; -1: none */
	int32_t summary;  /* summary of the callee; -1: none */
	int32_t object;	  /* symbol of the variable whose field holds the value; -1: none */
};

#define NO_CALL UINT32_MAX

struct flow {
	GArray *summaries;     /* struct flow_summary */
	GArray *events;	       /* struct event, sorted by function */
	uint32_t *first_event; /* by function, n_functions + 1 entries: index of its first event */
	GArray *edges;	       /* struct edge: calls of callbacks, sorted by function */
	uint32_t *first_edge;  /* by function, n_functions + 1 entries: index of its first edge */
};

/*
 * @models: struct model *. @models and @resources must live as long as the result. Free with
 * flow_free().
 */
struct flow *flow_new(const struct program *program, const GPtrArray *models,
		      struct resources *resources);
void flow_free(struct flow *flow);
typedef struct flow flow; /* g_autoptr() needs a type name of one word */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(flow, flow_free)

#endif
