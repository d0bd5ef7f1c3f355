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
	const struct kconfig_node *node; /* the entry or choice that decides @value; NULL: none */
	char *why;			 /* the reason for the value, for messages */
	bool unknown_by_dependency;	 /* @value depends on a symbol with an unknown value */
};

void kconfig_result_clear(struct kconfig_result *result);

/*
 * Computes the value of the symbol @name (without CONFIG_) in the tree @view->tree, and stores it
 * in @result. @before->tree is the tree that the .config was made for. @before->answers must be
 * NULL. kconfig_answer() needs @before to find out which symbols the user has set to n. Clear
 * @result with kconfig_result_clear().
 */
void kconfig_answer(struct kconfig_view *view, struct kconfig_view *before, const char *name,
		    struct kconfig_result *result);
/*
 * If @kind is KCONFIG_SELECT, returns the highest value that "select" lines give to @symbol. If
 * @kind is KCONFIG_IMPLY, returns the highest value that "imply" lines give to @symbol. Returns n
 * if no line of the kind @kind names @symbol.
 */
struct kconfig_span kconfig_raised(struct kconfig_view *view, const struct kconfig_symbol *symbol,
				   enum kconfig_line_kind kind);

#endif
