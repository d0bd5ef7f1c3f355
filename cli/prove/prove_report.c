// SPDX-License-Identifier: GPL-2.0-only
/* Prints the results of "initlint prove". */
#include <stdio.h>

#include "cli/base/json.h"
#include "cli/prove/prove.h"
#include "cli/report/check_report.h"

#define MAX_REASONS 8 /* the text output prints at most this many reasons for a finding */

static enum term_style style_of(enum proof_outcome outcome)
{
	return outcome == PROOF_PROVEN	    ? TERM_ERROR
	       : outcome == PROOF_TOLERATED ? TERM_GOOD
					    : TERM_NOTE;
}

/* @text may contain a line of the boot log. Such a line may contain control characters. */
static void print_clean(const char *prefix, const char *text)
{
	g_autofree char *clean = check_clean(text);

	printf("%s%s\n", prefix, clean);
}

static void print_proof(const struct proof *proof)
{
	const struct finding *finding = proof->finding;
	guint n = proof->outcome == PROOF_PROVEN ? proof->reasons->len : 0;
	/* @first must run before @second, so the wrong order has @second first. */
	const char *first =
		finding->consumer_first ? finding->consumer.function : finding->provider.function;
	const char *second =
		finding->consumer_first ? finding->provider.function : finding->consumer.function;

	term_print(stdout, style_of(proof->outcome), "%s: ", proof_outcome_name(proof->outcome));
	printf("%s:%u: %s [%s]\n", finding->consumer.file, finding->consumer.line, finding->message,
	       finding->fingerprint);
	if (!n) {
		print_clean("  ", proof->detail);
		return;
	}
	printf("  with %s immediately before %s, at the place of %s:\n", second, first,
	       proof->pair == PAIR_AT_PROVIDER ? first : second);
	for (guint i = 0; i < MIN(n, MAX_REASONS); i++)
		print_clean("    ", proof->reasons->pdata[i]);
	if (n > MAX_REASONS)
		printf("    ... and %u more (see --format=json)\n", n - MAX_REASONS);
}

void prove_print_text(const GPtrArray *proofs, const GPtrArray *skipped,
		      const struct kernel *kernel)
{
	unsigned int n[N_PROOF_OUTCOMES] = { 0 };

	for (guint i = 0; i < proofs->len; i++) {
		const struct proof *proof = proofs->pdata[i];

		print_proof(proof);
		n[proof->outcome]++;
	}
	for (guint i = 0; i < skipped->len; i++)
		printf("not booted: %s\n", (const char *)skipped->pdata[i]);
	print_clean("kernel: ", kernel_banner(kernel));
	printf("%u finding%s: %u proven, %u tolerated, %u not exercised, %u masked; %u not "
	       "booted\n",
	       proofs->len + skipped->len, proofs->len + skipped->len == 1 ? "" : "s",
	       n[PROOF_PROVEN], n[PROOF_TOLERATED], n[PROOF_NOT_EXERCISED], n[PROOF_MASKED],
	       skipped->len);
}

void prove_print_json(const GPtrArray *proofs, const GPtrArray *skipped,
		      const struct kernel *kernel)
{
	g_autoptr(JsonBuilder) json = json_builder_new();

	json_builder_begin_object(json);
	json_add_string(json, "initlint", INITLINT_VERSION);
	json_add_string(json, "kernel", kernel_banner(kernel));
	json_add_string(json, "sha256", kernel_hash(kernel));
	json_begin_array(json, "findings");
	for (guint i = 0; i < proofs->len; i++) {
		const struct proof *proof = proofs->pdata[i];

		json_builder_begin_object(json);
		json_add_string(json, "fingerprint", proof->finding->fingerprint);
		json_add_string(json, "consumer", proof->finding->consumer.function);
		json_add_string(json, "provider", proof->finding->provider.function);
		json_add_string(json, "resource", proof->finding->resource);
		json_add_string(json, "verdict", verdict_name(proof->finding->verdict));
		json_add_string(json, "confidence", confidence_name(proof->finding->confidence));
		json_add_string(json, "outcome", proof_outcome_name(proof->outcome));
		json_add_string(json, "detail", proof->detail);
		json_begin_array(json, "differences");
		for (guint r = 0; r < proof->reasons->len; r++) {
			g_autofree char *clean = check_clean(proof->reasons->pdata[r]);

			json_builder_add_string_value(json, clean);
		}
		json_builder_end_array(json);
		json_builder_end_object(json);
	}
	json_builder_end_array(json);
	json_begin_array(json, "not_booted");
	for (guint i = 0; i < skipped->len; i++)
		json_builder_add_string_value(json, skipped->pdata[i]);
	json_builder_end_array(json);
	json_builder_end_object(json);
	json_print(json);
}
