/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The parts of an inference: infer.c has its life and what each context reaches,
 * infer_pair.c who depends on whom, infer_guard.c what tests stand in between,
 * infer_finding.c the words for it; infer_never_retried.c what is found of single initcalls.
 */
#ifndef INITLINT_RULES_ENGINE_INFER_INFER_INTERNAL_H
#define INITLINT_RULES_ENGINE_INFER_INFER_INTERNAL_H

#include "rules/engine/context/defer.h"
#include "rules/engine/context/walk.h"
#include "rules/engine/infer/infer.h"
#include "rules/engine/program/usage.h"

/* A context reaches a use of a resource. */
struct reach {
	int32_t context;
	int32_t function; /* whose use it is */
	uint32_t use;	  /* index into usage->uses */
	uint8_t tier;	  /* enum edge_kind */
};

struct dependency {
	struct reach need;
	struct reach set;
	GArray *way; /* struct edge, to the need past what guards it; NULL: any will do */
	enum verdict verdict;
	enum confidence confidence;
	enum severity severity;
};

/* A context hands a probe that can defer to something that tries only once. */
struct attempt {
	int32_t context;
	uint32_t event;
	uint8_t tier; /* enum edge_kind */
};

struct inference {
	const struct facts *facts;
	const struct rule_input *input;
	enum confidence least;
	struct program *program;
	struct resources *resources;
	struct flow *flow;
	struct usage *usage;
	struct contexts *contexts;
	struct walk *walk;
	GArray *reaches;	  /* struct reach, by resource, then need or set, then position */
	uint32_t *first_reach;	  /* by resource, n + 1 */
	uint32_t *n_initcalls_at; /* by function: how many initcalls reach it for sure */
	GHashTable *setters;	  /* resource -> GArray of const struct initcall *: who sets it */
	GArray *dependencies;	  /* struct dependency */
	struct defers *defers;
	GArray *attempts; /* struct attempt */
	GArray *unknown;  /* struct unknown_name */
	struct inference_coverage coverage;
};

static inline const struct use *inference_use(const struct inference *inference, uint32_t use)
{
	return &g_array_index(inference->usage->uses, struct use, use);
}

static inline const struct context *inference_context(const struct inference *inference,
						      int32_t context)
{
	return &g_array_index(inference->contexts->list, struct context, context);
}

static inline struct rule_place inference_place(const struct inference *inference, int32_t number)
{
	const struct context *context = inference_context(inference, number);

	return (struct rule_place){
		.initcall = context->initcall,
		.place = context->place,
		.deferred_by = context->deferred_by,
		.is_probe = context->kind == CONTEXT_PROBE,
		.context = number,
	};
}

/* Fills dependencies. */
void infer_pairs(struct inference *inference);

enum guarding {
	GUARDING_NONE,	 /* nothing stands in between */
	GUARDING_FAILS,	 /* a test fails: an error, or a stop */
	GUARDING_COPES,	 /* a test makes it do without, or later */
	GUARDING_DEFERS, /* a test makes the probe come again */
};

/* Whether @line of @function hangs on what it was handed, as far as the last walk can tell. */
bool infer_is_conditional(const struct inference *inference, int32_t function, uint32_t line);
/*
 * Whether tests of what the provider sets up protect the consumer's need. Where another
 * way to a need of the same resource is not protected, @need becomes that.
 */
enum guarding infer_guarding(struct inference *inference, struct reach *need,
			     const struct reach *set);

/* The way from a context to @line of a function that it reaches: struct finding_step *. */
GPtrArray *infer_way(struct inference *inference, int32_t context, int32_t function, uint32_t line);
void infer_add_step(const struct inference *inference, GPtrArray *chain, int32_t function,
		    uint32_t line);
/* From a call on through the wrappers to what the model names. */
void infer_add_sinks(const struct inference *inference, GPtrArray *chain, int32_t summary);
struct finding *infer_finding(struct inference *inference, const struct dependency *dependency);
/* What tells it from other findings, and no more: no message, no chains. */
struct finding *infer_bare_finding(const struct inference *inference,
				   const struct dependency *dependency);

/* Notes what @context, just walked to @function, tries once there. */
void infer_attempts(struct inference *inference, int32_t context, int32_t function, uint8_t tier);
/* Adds a finding for each of attempts. */
void infer_never_retried(struct inference *inference, GPtrArray *findings);

#endif
