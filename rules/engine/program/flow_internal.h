/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The parts of the flow analysis: flow_seed.c adds the first summaries, flow.c carries summaries
 * up to the callers, flow_event.c adds events and edges where a value is known.
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
	/* variable_key() -> GArray of struct facts_value: what functions store in the object */
	GHashTable *object_stores;
	GArray *depths;	     /* by summary, uint8_t: number of calls down to the first summary */
	GArray *edge_owners; /* by edge, int32_t: the function that contains the call */
};

/* Adds @summary, unless an equal summary exists or the chain of callers is too long. */
void flow_add_summary(struct flow_builder *b, const struct flow_summary *summary);
void flow_add_edge(struct flow_builder *b, int32_t from, uint32_t call, int32_t to,
		   enum edge_kind kind);
void flow_add_event(struct flow_builder *b, const struct event *event);
/*
 * The call of @event passes the known value @v as the argument of @event's model entry. Adds the
 * event. Adds an edge instead if the callee calls the argument. The caller sets function, call,
 * line, entry, summary and object of @event.
 */
void flow_apply_value(struct flow_builder *b, struct event event, const struct facts_value *v);
/* Adds summaries and events for the entries of @models, and summaries for calls of parameters. */
void flow_seed(struct flow_builder *b, const GPtrArray *models);

#endif
