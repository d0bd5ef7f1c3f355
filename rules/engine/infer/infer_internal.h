/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The parts of an inference:
 *   infer.c                the public functions, and the walk of each context
 *   mechanism.c            the table of mechanisms
 *   infer_dependency.c     the uses that each context reaches, and findings about them
 *   infer_pair.c           pairs of consumer and provider, and their verdicts
 *   infer_guard.c          tests that protect a consumer
 *   infer_finding.c        messages and call chains of findings
 *   infer_never_retried.c  findings about probes that are never retried
 *   infer_reach.c          which contexts reach a given function
 */
#ifndef INITLINT_RULES_ENGINE_INFER_INFER_INTERNAL_H
#define INITLINT_RULES_ENGINE_INFER_INFER_INTERNAL_H

#include "rules/engine/context/defer.h"
#include "rules/engine/context/walk.h"
#include "rules/engine/infer/infer.h"
#include "rules/engine/infer/mechanism.h"
#include "rules/engine/program/usage.h"

/* A context reaches a use of a resource. */
struct reach {
	int32_t context;
	int32_t function; /* the function that contains the use */
	uint32_t use;	  /* index into usage->uses */
	uint8_t tier;	  /* enum edge_kind: the least certain edge of the path */
};

struct dependency {
	struct reach need;
	struct reach set;
	GArray *path; /* struct edge: the path of the consumer to its need; NULL: not searched */
	enum verdict verdict;
	enum confidence confidence;
	enum severity severity;
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
	/* By resource: last context with a use of it, + 1; see infer_dependency.c. */
	uint32_t *stamps[1 + N_USE_HOWS];
	GArray *reaches; /* struct reach: by resource, then sets before needs, then position */
	uint32_t *first_reach;	  /* by resource, count + 1 entries: index into reaches */
	uint32_t *n_initcalls_at; /* by function: number of contexts that surely reach it */
	GHashTable *setters;  /* resource + 1 -> GArray of const struct initcall *: its providers */
	GArray *dependencies; /* struct dependency */
	struct defers *defers;
	void **states;	 /* by mechanism: what its new_state() returned */
	GArray *unknown; /* struct unknown_name */
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

/* Fills inference->dependencies. */
void infer_pairs(struct inference *inference);

/* What the consumer's tests do if the provider has not run yet. The highest value counts. */
enum guarding {
	GUARDING_NONE,	 /* there is no such test */
	GUARDING_FAILS,	 /* the consumer returns an error or stops the kernel */
	GUARDING_COPES,	 /* the consumer works without the resource, or does its work later */
	GUARDING_DEFERS, /* the probe returns -EPROBE_DEFER and runs again later */
};

/*
 * True if @line of @function runs only under a condition on a parameter, and the constants that
 * the last walk passes to @function do not satisfy the condition.
 */
bool infer_is_conditional(const struct inference *inference, int32_t function, uint32_t line);
/*
 * Tells whether tests of variables that the provider sets protect the consumer's @need. If the
 * context of @need has an unprotected need of the same resource, sets @need to that need.
 */
enum guarding infer_guarding(struct inference *inference, struct reach *need,
			     const struct reach *set);

/*
 * Returns the call chain from @context to @line of @function: struct finding_step *. Free with
 * g_ptr_array_unref().
 */
GPtrArray *infer_chain(struct inference *inference, int32_t context, int32_t function,
		       uint32_t line);
/* Appends a step to @chain. */
void infer_add_step(const struct inference *inference, GPtrArray *chain, int32_t function,
		    uint32_t line);
/* Appends to @chain the wrappers from the function of @summary down to the model's function. */
void infer_add_sinks(const struct inference *inference, GPtrArray *chain, int32_t summary);
/* Returns the whole finding for @dependency. Free with finding_free(). */
struct finding *infer_finding(struct inference *inference, const struct dependency *dependency);
/*
 * Returns the finding for @dependency with its fingerprint, but without message, chains and order.
 * Free with finding_free().
 */
struct finding *infer_bare_finding(const struct inference *inference,
				   const struct dependency *dependency);

/* --- mechanisms --- */

/*
 * Each function may be NULL. @state is what new_state() returned: what the mechanism keeps between
 * the calls.
 */
struct mechanism {
	const struct finding_kind *kinds; /* the last one has no id */
	void *(*new_state)(void);
	void (*free_state)(void *state);
	/* Called while the walk of @context visits @function by edges of @tier or better. */
	void (*visit)(struct inference *inference, void *state, int32_t context, int32_t function,
		      uint8_t tier);
	/* Called once, after all walks. */
	void (*judge)(struct inference *inference, void *state);
	/* Adds findings. With @all also those that are no problem. */
	void (*report)(struct inference *inference, void *state, bool all, GPtrArray *findings);
};

enum dependency_kind {
	DEPENDENCY_VARIABLE, /* on a variable or a part of one */
	DEPENDENCY_RESOURCE, /* on a resource that a model names */
};

/* The last one is NULL. */
extern const struct mechanism *const mechanisms[];
extern const struct mechanism mechanism_dependency; /* kinds: see enum dependency_kind */
extern const struct mechanism mechanism_never_retried;

#endif
