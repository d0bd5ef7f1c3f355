/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The parts of the flow analysis (flow.h). flow_seed.c adds the first summaries. For each function
 * with a summary, flow.c adds summaries for the callers of the function. flow_event.c adds events
 * and edges for known values.
 */
#ifndef INITLINT_RULES_ENGINE_PROGRAM_FLOW_INTERNAL_H
#define INITLINT_RULES_ENGINE_PROGRAM_FLOW_INTERNAL_H

#include "rules/engine/program/flow.h"

struct flow_builder {
	const struct program *program;
	const struct facts *facts;
	struct resources *resources;
	struct flow *flow;
	GHashTable *seen; /* struct summary_key of each summary */
	/*
	 * Key: variable_key() of a variable or field. Value: GArray of struct facts_value, the
	 * values that functions store in this variable or field.
	 */
	GHashTable *object_stores;
	/* uint8_t, one for each summary: number of @next links to the last summary. */
	GArray *depths;
	GArray *edge_owners; /* int32_t, one for each edge: the function that contains the call */
};

/*
 * Adds @summary. Does nothing if a summary with equal @function, @param, @field and @entry exists,
 * or if the chain of wrappers is too long.
 */
void flow_add_summary(struct flow_builder *b, const struct flow_summary *summary);
void flow_add_edge(struct flow_builder *b, int32_t from, uint32_t call, int32_t to,
		   enum edge_kind kind);
void flow_add_event(struct flow_builder *b, const struct event *event);
/*
 * @event is a call that passes @v as the argument that @event.entry describes, or an assignment of
 * @v to the field that @event.entry names. Adds @event if @event.entry applies to @v. If the called
 * function calls @v, adds an edge to the function @v. Then adds @event only if the function @v is
 * never retried after -EPROBE_DEFER. The caller of flow_apply_value() sets @function, @call, @line,
 * @entry, @summary and @object of @event.
 */
void flow_apply_value(struct flow_builder *b, struct event event, const struct facts_value *v);
/*
 * Adds summaries and events for the entries of @models. Also adds summaries for functions that call
 * one of their parameters.
 */
void flow_seed(struct flow_builder *b, const GPtrArray *models);

#endif
