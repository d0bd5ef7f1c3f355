/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Infers dependencies from the code. A context is code that the boot runs: an initcall, a driver's
 * probe, or code before all initcalls. A dependency exists if one context, the consumer, needs a
 * resource that another context, the provider, sets up. The verdict of a dependency says whether
 * the provider runs first.
 */
#ifndef INITLINT_RULES_ENGINE_INFER_INFER_H
#define INITLINT_RULES_ENGINE_INFER_INFER_H

#include "rules/engine/files/machine.h"
#include "rules/engine/finding/finding.h"
#include "rules/engine/finding/input.h"
#include "rules/engine/program/model_names.h"
#include "db/query/query_facts.h"

struct inference;

struct inference_options {
	enum confidence least; /* dependencies with a confidence below @least are ignored */
	/*
	 * true: assume that the machine has a device for each built-in driver, and ignore @machine.
	 * false: @machine tells which devices the machine has.
	 */
	bool any_machine;
	/*
	 * The devices of the machine; NULL: it is not known which devices the machine has. Must
	 * live as long as the inference.
	 */
	const struct machine *machine;
	/*
	 * struct machine *: boards; NULL: none. If a finding needs a device, the finding names the
	 * boards that have the device and on which the kernel does not defer the probe. Set
	 * @any_machine, too. Must live as long as the inference.
	 */
	const GPtrArray *boards;
};

/*
 * Infers all dependencies from the facts of all built-in code. @models: struct model *. @facts,
 * @input and @models must live longer than the result. Free with inference_free().
 */
struct inference *inference_new(const struct facts *facts, const struct rule_input *input,
				const GPtrArray *models, const struct inference_options *options);
void inference_free(struct inference *inference);
typedef struct inference inference; /* g_autoptr() needs a type name of one word */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(inference, inference_free)

/* Numbers that say how much of the kernel's code the analysis covers. */
struct inference_coverage {
	unsigned int n_functions;
	unsigned int n_contexts;
	unsigned int n_probes;	   /* contexts that are probes */
	unsigned int n_indirect;   /* calls through pointers */
	unsigned int n_unresolved; /* calls through pointers without a known target */
	unsigned int n_capped;	   /* calls through pointers with too many known targets */
	/* struct unknown_name: names that occur in models, but not in the kernel */
	const GArray *unknown;
};

/* The result belongs to @inference. */
const struct inference_coverage *inference_coverage(const struct inference *inference);

/*
 * Returns findings (struct finding *) for all dependencies with VERDICT_BROKEN or VERDICT_FRAGILE,
 * and for deferred probes that are never retried. A finding for a probe that is never retried has
 * no provider. If @all is true, also returns findings for dependencies with VERDICT_GUARDED or
 * VERDICT_DEFERRED. Free with g_ptr_array_unref().
 */
GPtrArray *inference_findings(struct inference *inference, bool all);
/*
 * Adds the verdict of each dependency to @verdicts, also if the verdict is VERDICT_ORDERED. The key
 * is the fingerprint of the dependency's finding (char *, owned by @verdicts). The value is the
 * verdict + 1 (GINT_TO_POINTER). If several dependencies have the same fingerprint, adds the worst
 * of their verdicts.
 */
void inference_verdicts(const struct inference *inference, GHashTable *verdicts);
/*
 * Returns findings (struct finding *) of all mechanisms about the initcalls @a and @b, and those for
 * dependencies with VERDICT_ORDERED, too. The consumer may be @a or @b. Free with
 * g_ptr_array_unref().
 */
GPtrArray *inference_between(struct inference *inference, const struct initcall *a,
			     const struct initcall *b);

/*
 * A function that runs during an initcall, but that no initcall macro registers. The function is
 * the probe of a built-in driver, or a function in a field that a model names. For example,
 * security_initcall_late() calls the function in the field lsm_info.initcall_late of each security
 * module (see rules/engine/context/frameworks.h).
 */
struct inference_root {
	const char *function;
	const char *file;
	unsigned int line;
	struct rule_place place;
};

/*
 * Returns all functions that struct inference_root describes: GArray of struct inference_root. The
 * strings belong to the facts. Free with g_array_unref().
 */
GArray *inference_roots(const struct inference *inference);

/*
 * Sets @input->reaching, @input->way and @input->reach_data. Then rules can find out through @input
 * which code reaches a function. @inference must live as long as @input is in use.
 */
void inference_serve(struct inference *inference, struct rule_input *input);
/*
 * Looks at @initcall and at each probe that @initcall registers. Counts the functions that each of
 * these contexts reaches, and returns the sum. If a walk (context/walk.h) visits a function again,
 * the function counts again.
 */
unsigned int inference_extent(struct inference *inference, const struct initcall *initcall);

#endif
