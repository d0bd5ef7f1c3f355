/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Compares boots of one kernel that differ only in the order of two initcalls, the consumer and the
 * provider of a finding.
 *
 * Pair: two boots. In the first, the provider runs immediately before the consumer. In the second,
 * the consumer runs immediately before the provider. All other initcalls keep their order, so what
 * differs is due to the order of the two. There are two pairs: in one, both run at the place of the
 * consumer, in the other, both run at the place of the provider.
 */
#ifndef INITLINT_RULES_ENGINE_PROOF_PROOF_H
#define INITLINT_RULES_ENGINE_PROOF_PROOF_H

#include <stdbool.h>
#include <glib.h>

#include "rules/engine/proof/observation.h"

/* What an experiment with the order says of a finding. The strongest statement comes first. */
enum proof_outcome {
	/* with the consumer first, something goes wrong that goes well with the provider first */
	PROOF_PROVEN,
	PROOF_TOLERATED,     /* the code of the finding has run, and nothing differs */
	PROOF_NOT_EXERCISED, /* the boot does not reach the code of the finding */
	PROOF_MASKED, /* the boots with the provider first fail already, so nothing is known */
	N_PROOF_OUTCOMES,
};
/* Returns "proven", "tolerated", "not exercised" or "masked". */
const char *proof_outcome_name(enum proof_outcome outcome);

enum proof_pair { PAIR_AT_PROVIDER, PAIR_AT_CONSUMER, N_PROOF_PAIRS };

/*
 * Fills @order, which has @n numbers: order[i] is the position of the initcall that runs as number
 * i. @consumer and @provider are positions from 0 to @n - 1.
 */
void proof_order(unsigned int *order, unsigned int n, enum proof_pair pair, bool consumer_first,
		 unsigned int consumer, unsigned int provider);

/*
 * What differs between boots with the same order: patterns of messages and paths, initcalls, and
 * devices. A comparison ignores these.
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
 * Compares the boot with the provider first with the boot with the consumer first. Fills
 * @difference. Free its contents with proof_difference_clear().
 */
void proof_compare(const struct observation *provider_first,
		   const struct observation *consumer_first, const struct noise *noise,
		   struct proof_difference *difference);
/*
 * Removes from @difference all that @again does not have. @again: the comparison of a second pair of
 * boots with the same orders. What is due to the order happens each time.
 */
void proof_difference_keep(struct proof_difference *difference,
			   const struct proof_difference *again);
void proof_difference_clear(struct proof_difference *difference);

#endif
