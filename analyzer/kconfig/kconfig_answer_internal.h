/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What Kconfig would answer for one symbol, all others being as a view has them: what
 * "make olddefconfig" does, rule by rule. A private part of kconfig_change.h.
 */
#ifndef INITLINT_ANALYZER_KCONFIG_KCONFIG_ANSWER_INTERNAL_H
#define INITLINT_ANALYZER_KCONFIG_KCONFIG_ANSWER_INTERNAL_H

#include "analyzer/kconfig/kconfig_eval.h"

struct kconfig_result {
	struct kconfig_value value;
	const struct kconfig_node *node; /* the entry that decides; NULL: there is none */
	char *why;
	bool unknown_by_dependency; /* is not known because some other answer is not */
};

void kconfig_result_clear(struct kconfig_result *result);

/*
 * @name without CONFIG_. @before has the tree that the .config was made for, and no answers: a
 * symbol that is off there was answered if its prompt could be seen.
 */
void kconfig_answer(struct kconfig_view *view, struct kconfig_view *before, const char *name,
		    struct kconfig_result *result);
/* How far what selects, or implies, @symbol raises it. */
struct kconfig_span kconfig_raised(struct kconfig_view *view, const struct kconfig_symbol *symbol,
				   enum kconfig_line_kind kind);

#endif
