/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Compares the order of the initcalls in a kernel with declared rules. A person has written each
 * declared rule in a rule file.
 */
#ifndef INITLINT_RULES_ENGINE_VERDICT_VERDICT_H
#define INITLINT_RULES_ENGINE_VERDICT_VERDICT_H

#include <glib.h>

#include "rules/engine/finding/finding.h"
#include "rules/engine/finding/input.h"

/*
 * Judges @rule. The kernel may contain several consumers and several providers that match @rule.
 * Adds one struct finding * to @findings for each pair of a consumer and a provider. If the kernel
 * lacks the consumer or the provider, or if @rule does not apply to this kernel, adds one finding
 * with VERDICT_MOOT and the reason.
 */
void rule_judge(const struct rule *rule, const struct rule_input *input, GPtrArray *findings);

/*
 * Judges all @rules (struct rule *). Returns an array of struct finding *, sorted by
 * finding_compare(). @rules must live as long as the result. Free with g_ptr_array_unref().
 */
GPtrArray *rules_judge(const GPtrArray *rules, const struct rule_input *input);

#endif
