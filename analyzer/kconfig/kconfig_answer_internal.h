/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Computes the value that "make olddefconfig" gives to one symbol. The values of all other symbols
 * come from a struct kconfig_view. Used only by kconfig_change.c.
 */
#ifndef INITLINT_ANALYZER_KCONFIG_KCONFIG_ANSWER_INTERNAL_H
#define INITLINT_ANALYZER_KCONFIG_KCONFIG_ANSWER_INTERNAL_H

#include "analyzer/kconfig/kconfig_eval.h"

struct kconfig_result {
	struct kconfig_value value;
	const struct kconfig_node *node; /* the entry that decides the value; NULL: no entry */
	char *why;			 /* the reason for the value, for messages */
	bool unknown_by_dependency;	 /* unknown because another symbol's value is unknown */
};

void kconfig_result_clear(struct kconfig_result *result);

/*
 * Computes the value of @name (without CONFIG_) in @view. @before has the tree that the .config was
 * made for, and no computed values. @before shows which symbols the user has set to n. Clear
 * @result with kconfig_result_clear().
 */
void kconfig_answer(struct kconfig_view *view, struct kconfig_view *before, const char *name,
		    struct kconfig_result *result);
/*
 * Returns the value that all "select" lines for @symbol force together. With KCONFIG_IMPLY as
 * @kind, takes the "imply" lines for @symbol instead.
 */
struct kconfig_span kconfig_raised(struct kconfig_view *view, const struct kconfig_symbol *symbol,
				   enum kconfig_line_kind kind);

#endif
