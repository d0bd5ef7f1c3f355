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
	char *detail;	    /* one line: what differs, or where the boot stops */
	GPtrArray *reasons; /* char *: what is worse with the wrong order; may be empty */
	/* the place at which both initcalls ran in the boots that @reasons compares */
	enum proof_pair pair;
};
void proof_free(struct proof *proof);

/*
 * Compares the order of the initcalls in @kernel with the order in the database of @targets. If the
 * two orders differ, the kernel was not built from the tree and the configuration of the database.
 * Then fails with INITLINT_ERROR_INPUT. @path: the path of @kernel, for the message.
 */
bool prove_check_kernel(const struct targets *targets, const struct kernel *kernel,
			const char *path, GError **error);

/*
 * Boots @kernel for each of @findings (struct finding *). Returns an array of struct proof *, with
 * one proof for each finding. The proofs for findings about the same two initcalls are adjacent.
 * If a finding does not have two different initcalls of @kernel, the array has no proof for this
 * finding, and @skipped (char *) gets a text with the reason. @progress: see progress_update().
 * *@stop: a signal handler sets this flag to stop the boots; see boot_wait(). Returns NULL on
 * error. Free with g_ptr_array_unref().
 */
GPtrArray *prove_findings(const struct targets *targets, const GPtrArray *findings,
			  const struct kernel *kernel, const struct boot_options *options,
			  struct progress *progress, const volatile int *stop, GPtrArray *skipped,
			  GError **error);

/*
 * Writes to @path a copy of @kernel with the two initcalls of @finding in the wrong order: the
 * consumer runs immediately before the provider, at the place of the provider. If
 * finding->consumer_first is true, the consumer must run first. The wrong order then is: the
 * provider runs immediately before the consumer, at the place of the consumer. Fails with
 * INITLINT_ERROR_USAGE if @finding does not have two different initcalls of @kernel.
 */
bool prove_write_image(const struct targets *targets, const struct finding *finding,
		       const struct kernel *kernel, const char *path, GError **error);

/*
 * Both functions print the results of prove_findings(): @proofs (struct proof *), and @skipped
 * (char *), the reasons why there is no proof for a finding.
 */
void prove_print_text(const GPtrArray *proofs, const GPtrArray *skipped,
		      const struct kernel *kernel);
void prove_print_json(const GPtrArray *proofs, const GPtrArray *skipped,
		      const struct kernel *kernel);

#endif
