/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The parts of an inference:
 *   infer.c                the public functions, and the walk of each context
 *   mechanism.c            the table of mechanisms
 *   infer_dependency.c     the uses that each context reaches, and findings about dependencies
 *   infer_pair.c           pairs of consumer and provider, and their verdicts
 *   infer_guard.c          tests that protect a consumer
 *   infer_finding.c        messages and call chains of findings
 *   infer_never_retried.c  findings about probes that are never retried
 *   infer_reach.c          which contexts reach a given function
 *
 * A context is code that the boot runs: an initcall, a driver's probe, or code before all
 * initcalls. In a dependency, one context is the consumer, which needs a resource, and one context
 * is the provider, which sets up the resource.
 */
#ifndef INITLINT_RULES_ENGINE_INFER_INFER_INTERNAL_H
#define INITLINT_RULES_ENGINE_INFER_INFER_INTERNAL_H

#include "rules/engine/context/defer.h"
#include "rules/engine/context/walk.h"
#include "rules/engine/infer/infer.h"
#include "rules/engine/infer/mechanism.h"
#include "rules/engine/program/usage.h"

/* A use is code that sets up or needs a resource. A reach says that a context reaches a use. */
struct reach {
	int32_t context;
	int32_t function; /* the function that contains the use */
	uint32_t use;	  /* index into usage->uses */
	uint8_t tier;	  /* enum edge_kind: the least certain edge on the path to @function */
};

struct dependency {
	struct reach need; /* the consumer's context needs the resource */
	struct reach set;  /* the provider's context sets up the resource */
	/*
	 * struct edge: the calls from the root of need.context to need.function. NULL: not known.
	 */
	GArray *path;
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
	/*
	 * Prevents duplicates in @reaches. stamps[k][r]: 1 + the index of the last context that
	 * added a reach of kind k and resource r; 0: none yet. Kind 0 is a set-up. Kind 1 + h is a
	 * need by a use with the value h in the member @how.
	 */
	uint32_t *stamps[1 + N_USE_HOWS];
	/*
	 * struct reach: sorted by resource, then by role (set-ups first), then by the position of
	 * the context.
	 */
	GArray *reaches;
	/* The reaches of resource r are reaches[i] for first_reach[r] <= i < first_reach[r + 1]. */
	uint32_t *first_reach;
	/*
	 * By function: the number of contexts that reach the function. Contexts of all kinds count:
	 * initcalls, probes, and code before all initcalls. A path with an edge of kind EDGE_MANY
	 * does not count.
	 */
	uint32_t *n_initcalls_at;
	/*
	 * Key: resource + 1. Value: the initcalls that set up the resource, as a GArray of const
	 * struct initcall *.
	 */
	GHashTable *setters;
	GArray *dependencies; /* struct dependency */
	struct defers *defers;
	void **states;	 /* by mechanism: the mechanism's data; NULL: no data */
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

/* Pairs the needs with the set-ups in inference->reaches, and fills inference->dependencies. */
void infer_pairs(struct inference *inference);

/*
 * What the consumer does if the provider has not run yet. The consumer may test a variable that the
 * provider sets: "if (!ptr) return -ENODEV;". If several tests protect the consumer, the highest
 * value counts.
 */
enum guarding {
	GUARDING_NONE,	 /* no test protects the consumer */
	GUARDING_FAILS,	 /* the consumer returns an error or stops the kernel */
	GUARDING_COPES,	 /* the consumer works without the resource, or does its work later */
	GUARDING_DEFERS, /* the probe returns -EPROBE_DEFER and runs again later */
};

/*
 * True if @line of @function is in a branch that depends on a parameter, or on a field that is read
 * through a pointer. A branch does not count if the path of the last walk passes a constant to
 * @function and the branch runs for this constant.
 */
bool infer_is_conditional(const struct inference *inference, int32_t function, uint32_t line);
/*
 * Returns what the consumer does if the provider has not run. The consumer is the context of @need.
 * The provider is the initcall of @set. A test counts if the provider sets the tested variable. The
 * consumer may need the resource on several lines. If one of these lines is unprotected
 * (GUARDING_NONE or GUARDING_FAILS), *@need becomes the need on this line. If all lines are
 * protected, *@need does not change.
 */
enum guarding infer_guarding(struct inference *inference, struct reach *need,
			     const struct reach *set);

/*
 * Returns the call chain from the root of @context to @line of @function: GPtrArray of struct
 * finding_step *. If @context is a probe, the chain begins at the initcall that registers the
 * probe. Free with g_ptr_array_unref().
 */
GPtrArray *infer_chain(struct inference *inference, int32_t context, int32_t function,
		       uint32_t line);
/* Appends a step for @line of @function to @chain. */
void infer_add_step(const struct inference *inference, GPtrArray *chain, int32_t function,
		    uint32_t line);
/*
 * A wrapper passes its argument on, directly or through other wrappers, to a function that a model
 * names. Appends a step to @chain for each function from the function of @summary to the function
 * that the model names. @summary is an index into inference->flow->summaries; -1: appends nothing.
 */
void infer_add_sinks(const struct inference *inference, GPtrArray *chain, int32_t summary);
/* Returns the complete finding for @dependency. Free with finding_free(). */
struct finding *infer_finding(struct inference *inference, const struct dependency *dependency);
/*
 * Returns the finding for @dependency with its fingerprint, but without the message, the call
 * chains and the reasons for the order. Free with finding_free().
 */
struct finding *infer_bare_finding(const struct inference *inference,
				   const struct dependency *dependency);

/* --- mechanisms --- */

/*
 * A mechanism is code that infers findings. All members except @kinds may be NULL. new_state()
 * returns the data of the mechanism for one inference. The other functions get this data as @state.
 * If @new_state is NULL, @state is NULL.
 */
struct mechanism {
	const struct finding_kind *kinds; /* an array; the id of the last element is NULL */
	void *(*new_state)(void);
	void (*free_state)(void *state);
	/*
	 * Called when the walk of @context visits @function. @tier is the least certain kind of
	 * edge on the path to @function.
	 */
	void (*visit)(struct inference *inference, void *state, int32_t context, int32_t function,
		      uint8_t tier);
	/* Called once, after all walks. */
	void (*judge)(struct inference *inference, void *state);
	/*
	 * Adds findings to @findings. If @all is true, also adds findings with a harmless verdict,
	 * such as VERDICT_GUARDED.
	 */
	void (*report)(struct inference *inference, void *state, bool all, GPtrArray *findings);
};

enum dependency_kind {
	DEPENDENCY_VARIABLE, /* the resource is a variable or a part of a variable */
	DEPENDENCY_RESOURCE, /* a model names the kind of resource */
};

/* All mechanisms. The last element is NULL. */
extern const struct mechanism *const mechanisms[];
/* The index of an element in the array @kinds of this mechanism is an enum dependency_kind. */
extern const struct mechanism mechanism_dependency;
extern const struct mechanism mechanism_never_retried;

#endif
