/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The parts of the flow analysis (flow.h). flow_seed.c adds the first summaries. For each function
 * with a summary, flow.c adds summaries for the callers of the function. flow_event.c adds events
 * and edges for known values. flow_symbol.c adds edges for functions that are looked up by name.
 */
#ifndef INITLINT_RULES_ENGINE_FLOW_FLOW_INTERNAL_H
#define INITLINT_RULES_ENGINE_FLOW_FLOW_INTERNAL_H

#include "rules/engine/flow/flow.h"

struct flow_builder {
	const struct program *program;
	const struct facts *facts;
	struct resources *resources;
	struct flow *flow;
	GHashTable *seen; /* set of struct summary_key *, the keys of all summaries */
	/*
	 * Key: variable_key() of a variable or field. Value: GArray of struct facts_value, the
	 * values that functions store in this variable or field.
	 */
	GHashTable *object_stores;
	/*
	 * One uint8_t for each summary in @flow->summaries, its depth. If @next of the summary is
	 * -1, the depth is 0. Else the depth is one more than the depth of the summary @next.
	 */
	GArray *depths;
	/* int32_t: element i is the function that makes the call in element i of @flow->edges. */
	GArray *edge_owners;
};

/*
 * Adds @summary. Does nothing if a summary with the same @function, @param, @field and @entry
 * exists, or if too many wrappers are between @function and the function that @entry names.
 */
void flow_add_summary(struct flow_builder *b, const struct flow_summary *summary);
void flow_add_edge(struct flow_builder *b, int32_t from, uint32_t call, int32_t to,
		   enum edge_kind kind);
void flow_add_event(struct flow_builder *b, const struct event *event);
/*
 * Applies the model entry @event.entry to the value @v. @event describes a call that passes @v to
 * the argument of the entry, or an assignment of @v to the field of the entry. The caller of
 * flow_apply_value() sets all members of @event except @resource and @target.
 *
 * If @event.entry is NULL or of kind MODEL_CALLS, the called function calls @v:
 *   - If @v is a known function, adds an edge to @v. If, in addition, @event.entry is not NULL and
 *     @event.entry->retried is false, also adds @event.
 *   - If @v is not a known function, does nothing.
 *
 * For other kinds of entries, adds @event if the entry applies to @v.
 */
void flow_apply_value(struct flow_builder *b, struct event event, const struct facts_value *v);
/*
 * Adds the summaries and events that follow directly from @models and from @registries. Also adds
 * summaries for functions that call one of their parameters.
 */
void flow_seed(struct flow_builder *b, const GPtrArray *models, const GPtrArray *registries);
/* Adds the edges for calls to functions that the code looks up by their names (MODEL_SYMBOLS). */
void flow_symbols(struct flow_builder *b, const GPtrArray *models);

#endif
