/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Boots a kernel with the consumer and the provider of a finding in both orders, and says what the
 * boots prove (rules/engine/proof/proof.h).
 */
#ifndef INITLINT_CLI_PROVE_PROVE_H
#define INITLINT_CLI_PROVE_PROVE_H

#include <stdbool.h>
#include <glib.h>

#include "analyzer/boot/boot.h"
#include "analyzer/image/kernel.h"
#include "cli/base/term.h"
#include "cli/prove/target.h"
#include "rules/engine/proof/proof.h"

/* The result for one finding. */
struct proof {
	const struct finding *finding;
	enum proof_outcome outcome;
	char *detail;	      /* one line: what differs, or where the boot stops */
	GPtrArray *reasons;   /* char *: all that is worse with the consumer first; may be empty */
	enum proof_pair pair; /* the place at which the boots differ */
};
void proof_free(struct proof *proof);

/*
 * Compares the order of the initcalls in @kernel with the order in the database of @targets. Fails
 * with INITLINT_ERROR_INPUT if they differ: the kernel was not built from this configuration.
 * @path: the kernel, for the message.
 */
bool prove_check_kernel(const struct targets *targets, const struct kernel *kernel,
			const char *path, GError **error);

/*
 * Boots @kernel for each of @findings (struct finding *), and returns a struct proof * for each, in
 * the same order. Leaves out findings whose consumer or provider is not an initcall of the kernel,
 * and adds a text with the reason to @skipped (char *). @progress: see progress_update(). *@stop: a
 * flag that a signal handler sets. Returns NULL on error. Free with g_ptr_array_unref().
 */
GPtrArray *prove_findings(const struct targets *targets, const GPtrArray *findings,
			  const struct kernel *kernel, const struct boot_options *options,
			  struct progress *progress, const volatile int *stop, GPtrArray *skipped,
			  GError **error);

/*
 * Writes @kernel to @path with the two initcalls of @finding in the wrong order: the consumer
 * immediately before the provider, at the place of the provider. If the consumer must run first
 * (finding->consumer_first), the two change roles.
 */
bool prove_write_image(const struct targets *targets, const struct finding *finding,
		       const struct kernel *kernel, const char *path, GError **error);

/* Prints the results as text or as JSON. */
void prove_print_text(const GPtrArray *proofs, const GPtrArray *skipped,
		      const struct kernel *kernel);
void prove_print_json(const GPtrArray *proofs, const GPtrArray *skipped,
		      const struct kernel *kernel);

#endif
