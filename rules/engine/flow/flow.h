/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The flow analysis applies models to calls. For example, a model says "bus_register() sets up the
 * bus in argument 0". The analysis looks at each call to bus_register():
 *
 * If the call passes a known object, string or function, the analysis adds an event. The event says
 * that the model applies at this call.
 *
 * If the call passes a parameter of the caller, the caller is a wrapper of bus_register(). The
 * analysis adds a summary. The summary says that the model also applies to this parameter of the
 * wrapper. Then the analysis looks at each call to the wrapper in the same way as at a call to
 * bus_register(). So wrappers need no models.
 *
 * A function that calls one of its parameters also gets a summary. If a call passes a known
 * function as this parameter, the analysis adds an edge from the caller to the known function. An
 * edge is a call in the call graph (program.h).
 */
#ifndef INITLINT_RULES_ENGINE_FLOW_FLOW_H
#define INITLINT_RULES_ENGINE_FLOW_FLOW_H

#include "rules/engine/files/model.h"
#include "rules/engine/program/program.h"
#include "rules/engine/registry/registry.h"
#include "rules/engine/flow/resource.h"

/*
 * Says what @function does with a value that its caller passes. The value is parameter @param of
 * @function, or the member @field of the object to which the parameter points. If @entry is not
 * NULL, @function passes the value to the argument that @entry describes, directly or through other
 * functions. If @entry is NULL, @function calls the value as a function, directly or through other
 * functions.
 */
struct flow_summary {
	int32_t function;
	int32_t param;
	int32_t field;			 /* -1: the value is the parameter itself */
	const struct model_entry *entry; /* NULL: the value is called */
	/*
	 * The index of another summary in flow->summaries. The other summary describes the function
	 * that @call calls, and the parameter in which @call passes the value. Both summaries have
	 * the same @entry. -1: @entry names @function, or @function itself calls the value.
	 */
	int32_t next;
	/*
	 * The call in @function that passes the value on, or that calls the value. NO_CALL: @entry
	 * names @function.
	 */
	uint32_t call;
};

/*
 * Says that @entry applies to a call or an assignment in @function. In the comments below, the
 * value is what the call passes or what the assignment stores. The call may also pass an object
 * that has the value in a field.
 */
struct event {
	int32_t function; /* the function that contains the call or assignment */
	uint32_t call; /* NO_CALL: the event is an assignment, or applies to @function as a whole */
	uint32_t line;
	const struct model_entry *entry;
	int32_t resource; /* the resource that @entry is about; -1: none */
	/*
	 * If the value is a function of one of these kinds, @target is this function. Otherwise,
	 * @target is -1.
	 *   - A probe: @entry is of kind MODEL_PROBES.
	 *   - A callback that the kernel does not call again after -EPROBE_DEFER: @entry is of kind
	 *     MODEL_CALLS, and entry->retried is false.
	 */
	int32_t target;
	int32_t summary; /* index of the summary of the called function; -1: none */
	int32_t object;	 /* the value comes from a field of this variable (a symbol); -1: none */
	/*
	 * If only a part of the value names @resource, such as "hmac" of "hmac(sha256)", @whole is
	 * 1 + the resource that the whole value names. Otherwise, @whole is 0.
	 */
	int32_t whole;
};

#define NO_CALL UINT32_MAX

struct flow {
	GArray *summaries; /* struct flow_summary */
	GArray *events;	   /* struct event, sorted by @function */
	/*
	 * n_functions + 1 entries. The events of function f are the elements [first_event[f],
	 * first_event[f + 1]) of @events.
	 */
	uint32_t *first_event;
	GArray *edges; /* struct edge: calls to callbacks, sorted by calling function */
	/*
	 * n_functions + 1 entries. The edges from function f are the elements [first_edge[f],
	 * first_edge[f + 1]) of @edges.
	 */
	uint32_t *first_edge;
};

/*
 * Applies @models (struct model *) and @registries (struct registry *) to @program. Adds the
 * resources of all events to @resources. All arguments must live as long as the result. Free with flow_free().
 */
struct flow *flow_new(const struct program *program, const GPtrArray *models,
		      const GPtrArray *registries, struct resources *resources);
void flow_free(struct flow *flow);
typedef struct flow flow; /* g_autoptr() needs a type name of one word */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(flow, flow_free)

#endif
