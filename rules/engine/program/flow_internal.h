/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The parts of a flow: flow.c carries summaries up to the callers, flow_seed.c plants those
 * that models name, flow_event.c says what happens where a value is known.
 */
#ifndef INITLINT_RULES_ENGINE_PROGRAM_FLOW_INTERNAL_H
#define INITLINT_RULES_ENGINE_PROGRAM_FLOW_INTERNAL_H

#include "rules/engine/program/flow.h"

struct flow_builder {
	const struct program *program;
	const struct facts *facts;
	struct resources *resources;
	struct flow *flow;
	GHashTable *seen;	   /* summaries, by identity */
	GHashTable *object_stores; /* (object, field) -> GArray of value: stores in functions */
	GArray *depths;		   /* of the summaries: uint8_t */
	GArray *edge_owners;	   /* function of each edge */
};

/* Adds @summary, unless there is an equal one or the chain of callers is too long. */
void flow_add_summary(struct flow_builder *b, const struct flow_summary *summary);
void flow_add_edge(struct flow_builder *b, int32_t from, uint32_t call, int32_t to,
		   enum edge_kind kind);
void flow_add_event(struct flow_builder *b, const struct event *event);
/*
 * The parameter of a summary has the known value @v in the call of @event. Adds the event, or the
 * edge if the summary says that the parameter is called. @event has function, call, line, entry
 * and summary.
 */
void flow_conclude(struct flow_builder *b, struct event event, const struct facts_value *v);
/* Adds what the models say, and a summary for each function that calls a parameter. */
void flow_seed(struct flow_builder *b, const GPtrArray *models);

#endif
