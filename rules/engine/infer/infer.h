/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Infers who needs whom: which context uses what another one sets up, and what the order
 * of the two says about it.
 */
#ifndef INITLINT_RULES_ENGINE_INFER_INFER_H
#define INITLINT_RULES_ENGINE_INFER_INFER_H

#include "rules/engine/finding/finding.h"
#include "rules/engine/finding/input.h"
#include "rules/engine/program/model_names.h"
#include "db/query/query_facts.h"

struct inference;

/*
 * Works on the facts of all built-in code. @models: struct model *; they and @facts and
 * @input must live longer than the result. Dependencies of less confidence than @least are
 * not looked into.
 */
struct inference *inference_new(const struct facts *facts, const struct rule_input *input,
				const GPtrArray *models, enum confidence least);
void inference_free(struct inference *inference);
typedef struct inference inference; /* g_autoptr() takes one word */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(inference, inference_free)

/* How far the analysis could see. */
struct inference_coverage {
	unsigned int n_functions;
	unsigned int n_contexts;
	unsigned int n_probes;	   /* of the contexts */
	unsigned int n_indirect;   /* calls through pointers */
	unsigned int n_unresolved; /* of them, with no candidate */
	unsigned int n_capped;	   /* of them, with too many candidates to be followed */
	const GArray *unknown;	   /* struct unknown_name: of functions that the kernel lacks */
};

const struct inference_coverage *inference_coverage(const struct inference *inference);

/*
 * Findings (struct finding *) of all dependencies that are not guaranteed by level; with
 * @all also of those that are guarded or deferred; and of probes that are never retried,
 * which have no provider. Free with g_ptr_array_unref().
 */
GPtrArray *inference_findings(struct inference *inference, bool all);
/*
 * Adds the verdicts of all dependencies that are known, those that are guaranteed too:
 * fingerprint (char *, owned by the table) -> verdict + 1 (GINT_TO_POINTER). Of those with
 * the same fingerprint the worst counts.
 */
void inference_verdicts(const struct inference *inference, GHashTable *verdicts);
/*
 * All dependencies between two initcalls, ordered ones too, in either direction. By
 * position. Free with g_ptr_array_unref().
 */
GPtrArray *inference_between(struct inference *inference, const struct initcall *a,
			     const struct initcall *b);

/* Where code starts to run other than at an initcall: a probe, or an initcall of a framework. */
struct inference_root {
	const char *function;
	const char *file;
	unsigned int line;
	struct rule_place place;
};

/* All of them: GArray of struct inference_root, free with g_array_unref(). */
GArray *inference_roots(const struct inference *inference);

/* Lets rules ask who reaches a function. @input then refers to @inference. */
void inference_serve(struct inference *inference, struct rule_input *input);
/* How many functions an initcall, with the probes that it registers, reaches. */
unsigned int inference_extent(struct inference *inference, const struct initcall *initcall);

#endif
