/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Compares boots of one kernel that differ only in the order of two initcalls, the consumer and the
 * provider of a finding.
 *
 * Pair: two boots. In the first, the provider runs immediately before the consumer. In the second,
 * the consumer runs immediately before the provider. All other initcalls keep their order. So a
 * difference between the boots is due to the order of the consumer and the provider. There are two
 * pairs. In PAIR_AT_CONSUMER, the consumer keeps its place and the provider moves next to it. In
 * PAIR_AT_PROVIDER, the provider keeps its place and the consumer moves next to it.
 */
#ifndef INITLINT_RULES_ENGINE_PROOF_PROOF_H
#define INITLINT_RULES_ENGINE_PROOF_PROOF_H

#include <stdbool.h>
#include <glib.h>

#include "rules/engine/proof/observation.h"

/* What an experiment with the order says of a finding. The strongest statement comes first. */
enum proof_outcome {
	/* the boot with the consumer first is worse than the boot with the provider first */
	PROOF_PROVEN,
	PROOF_TOLERATED,     /* the code of the finding has run, and nothing differs */
	PROOF_NOT_EXERCISED, /* the boot does not reach the code of the finding */
	PROOF_MASKED,	     /* even the boots with the provider first fail, so nothing is known */
	N_PROOF_OUTCOMES,
};
/* Returns "proven", "tolerated", "not exercised" or "masked". */
const char *proof_outcome_name(enum proof_outcome outcome);

enum proof_pair { PAIR_AT_PROVIDER, PAIR_AT_CONSUMER, N_PROOF_PAIRS };

/*
 * Fills @order for one boot of @pair. @order has @n elements, one for each initcall. order[i] is
 * the position that the kernel gives to the initcall that runs as number i in this boot. @consumer
 * and @provider are such positions, from 0 to @n - 1.
 */
void proof_order(unsigned int *order, unsigned int n, enum proof_pair pair, bool consumer_first,
		 unsigned int consumer, unsigned int provider);

/*
 * What differs between boots with the same order: patterns of messages, patterns of paths, what
 * initcalls return, and what probes return. proof_compare() ignores these differences.
 */
struct noise;

/* @observations: @n boots with the same order. Free with noise_free(). */
struct noise *noise_new(struct observation *const *observations, unsigned int n);
void noise_free(struct noise *noise);
typedef struct noise noise; /* g_autoptr() needs a type name of one word */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(noise, noise_free)

/* The result of the comparison of a pair. */
struct proof_difference {
	bool masked; /* the boot with the provider first has not reached the init program */
	bool worse;  /* the boot with the consumer first is worse */
	/*
	 * char *: what is worse, the most serious first. Each text is one line: "crashes in
	 * foo_init: Oops: ..."
	 */
	GPtrArray *reasons;
};

/*
 * Compares the two boots of a pair. Fills @difference, and ignores what is in @noise. Free the
 * contents of @difference with proof_difference_clear().
 */
void proof_compare(const struct observation *provider_first,
		   const struct observation *consumer_first, const struct noise *noise,
		   struct proof_difference *difference);
/*
 * @again is the result of a second pair of boots with the same orders. Removes from @difference
 * each reason that @again does not have: what is due to the order happens each time. If no reason
 * is left, @difference is not worse. If @again is masked, @difference becomes masked.
 */
void proof_difference_keep(struct proof_difference *difference,
			   const struct proof_difference *again);
void proof_difference_clear(struct proof_difference *difference);

#endif
