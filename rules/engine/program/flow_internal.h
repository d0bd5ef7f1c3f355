/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The parts of the flow analysis (flow.h). flow_seed.c adds the first summaries. flow.c carries
 * summaries up to the callers. flow_event.c adds events and edges for known values.
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
	/* variable_key() -> GArray of struct facts_value: the values that functions store there */
	GHashTable *object_stores;
	GArray *depths;	     /* by summary, uint8_t: number of summaries that follow along next */
	GArray *edge_owners; /* by edge, int32_t: the function that contains the call */
};

/*
 * Adds @summary. Does nothing if a summary with this function, param, field and entry exists, or if
 * the chain of wrappers is too long.
 */
void flow_add_summary(struct flow_builder *b, const struct flow_summary *summary);
void flow_add_edge(struct flow_builder *b, int32_t from, uint32_t call, int32_t to,
		   enum edge_kind kind);
void flow_add_event(struct flow_builder *b, const struct event *event);
/*
 * The call of @event passes the value @v as the argument that @event.entry describes. Adds @event
 * if the entry applies to @v. If the callee calls @v, adds an edge to the function @v. Then adds
 * @event only if the callback is never retried. The caller sets function, call, line, entry,
 * summary and object of @event.
 */
void flow_apply_value(struct flow_builder *b, struct event event, const struct facts_value *v);
/*
 * Adds summaries and events for the entries of @models. Adds summaries for functions that call one
 * of their parameters.
 */
void flow_seed(struct flow_builder *b, const GPtrArray *models);

#endif
