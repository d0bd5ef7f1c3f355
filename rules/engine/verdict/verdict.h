/* SPDX-License-Identifier: GPL-2.0-only */
/* Judges declared rules against a kernel. */
#ifndef INITLINT_RULES_ENGINE_VERDICT_VERDICT_H
#define INITLINT_RULES_ENGINE_VERDICT_VERDICT_H

#include <glib.h>

#include "rules/engine/finding/finding.h"
#include "rules/engine/finding/input.h"

/*
 * Adds to @findings (struct finding *) what @rule says of the kernel: one finding for each
 * pair of a consumer and a provider that are in it, or one moot finding that says why
 * there is none.
 */
void rule_judge(const struct rule *rule, const struct rule_input *input, GPtrArray *findings);

/* Judges every rule of @rules; returns struct finding *, sorted by finding_compare(). */
GPtrArray *rules_judge(const GPtrArray *rules, const struct rule_input *input);

#endif
