/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Computes the value that "make olddefconfig" gives to one symbol. The values of all other symbols
 * come from a struct kconfig_view. Only kconfig_change.c uses this header.
 */
#ifndef INITLINT_ANALYZER_KCONFIG_KCONFIG_ANSWER_INTERNAL_H
#define INITLINT_ANALYZER_KCONFIG_KCONFIG_ANSWER_INTERNAL_H

#include "analyzer/kconfig/kconfig_eval.h"

struct kconfig_result {
	struct kconfig_value value;
	const struct kconfig_node *node; /* the entry or choice that decides @value; or NULL */
	char *why;			 /* the reason for the value, for messages */
	bool unknown_by_dependency;	 /* @value depends on a symbol with an unknown value */
};

void kconfig_result_clear(struct kconfig_result *result);

/*
 * Computes the value of the symbol @name (without CONFIG_) in the tree @view->tree, and stores it
 * in @result. @before->tree is the tree that the .config was made for, and @before->answers is
 * NULL. kconfig_answer() needs @before to find out which symbols the user has set to n. Clear
 * @result with kconfig_result_clear().
 */
void kconfig_answer(struct kconfig_view *view, struct kconfig_view *before, const char *name,
		    struct kconfig_result *result);
/*
 * Returns the highest value that a line of the kind @kind gives to @symbol; n if there is no line.
 * @kind is KCONFIG_SELECT or KCONFIG_IMPLY.
 */
struct kconfig_span kconfig_raised(struct kconfig_view *view, const struct kconfig_symbol *symbol,
				   enum kconfig_line_kind kind);

#endif
