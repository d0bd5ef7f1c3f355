/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The flow analysis applies models to calls. For example, a model says "bus_register() sets up the
 * bus in argument 0". The analysis looks at each call to bus_register():
 *
 * If the call passes a known object, string or function, the analysis adds an event: here the model
 * applies.
 *
 * If the call passes a parameter of the caller, the caller is a wrapper. The analysis adds a
 * summary: the model also applies to this parameter of the wrapper. Then the analysis looks at each
 * call to the wrapper in the same way. So wrappers need no models.
 *
 * A function that calls one of its parameters also gets a summary. If a call passes a known
 * function as this parameter, the analysis adds an edge from the caller to the known function.
 */
#ifndef INITLINT_RULES_ENGINE_PROGRAM_FLOW_H
#define INITLINT_RULES_ENGINE_PROGRAM_FLOW_H

#include "rules/engine/files/model.h"
#include "rules/engine/program/program.h"
#include "rules/engine/program/resource.h"

/*
 * @function passes a value to the argument that @entry describes, directly or through other
 * functions. The value is parameter @param of @function, or @field of the object to which @param
 * points. If @entry is NULL, @function calls the value as a function, directly or through other
 * functions.
 */
struct flow_summary {
	int32_t function;
	int32_t param;
	int32_t field;			 /* -1: the parameter itself */
	const struct model_entry *entry; /* NULL: the value is called */
	/*
	 * Index of the callee's summary. -1: @entry names @function, or @function itself calls the
	 * value.
	 */
	int32_t next;
	/* The call that passes the value on or calls the value. NO_CALL: @entry names @function. */
	uint32_t call;
};

struct event {
	int32_t function; /* the function that contains the call or assignment */
	uint32_t call; /* NO_CALL: the event is an assignment, or applies to @function as a whole */
	uint32_t line;
	const struct model_entry *entry;
	int32_t resource; /* the resource that @entry is about; -1: none */
	int32_t target;	  /* the probe, or the callback that is never retried; -1: none */
	int32_t summary;  /* index of the callee's summary; -1: none */
	int32_t object;	  /* symbol of the variable that has the value in a field; -1: none */
};

#define NO_CALL UINT32_MAX

struct flow {
	GArray *summaries;     /* struct flow_summary */
	GArray *events;	       /* struct event, sorted by function */
	uint32_t *first_event; /* by function, n_functions + 1 entries: index of its first event */
	GArray *edges; /* struct edge: calls to callbacks, sorted by the function with the call */
	uint32_t *first_edge; /* by function, n_functions + 1 entries: index of its first edge */
};

/*
 * Applies @models (struct model *) to @program. Adds the resources of events to @resources. @models
 * and @resources must live as long as the result. Free with flow_free().
 */
struct flow *flow_new(const struct program *program, const GPtrArray *models,
		      struct resources *resources);
void flow_free(struct flow *flow);
typedef struct flow flow; /* g_autoptr() needs a type name of one word */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(flow, flow_free)

#endif
