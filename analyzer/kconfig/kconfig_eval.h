/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Evaluates Kconfig expressions that may have unknown parts: macros are not executed, and the value
 * of some symbols is not known. So the result is a span: the lowest and the highest value that the
 * expression may have. The value is known if the lowest and the highest value are equal.
 */
#ifndef INITLINT_ANALYZER_KCONFIG_KCONFIG_EVAL_H
#define INITLINT_ANALYZER_KCONFIG_KCONFIG_EVAL_H

#include <stdbool.h>
#include <glib.h>

#include "analyzer/kconfig/kconfig.h"
#include "analyzer/kconfig/kconfig_tree.h"

/* A range of tristate values: 0 is n, 1 is m, 2 is y. */
struct kconfig_span {
	int low, high;
};

/* A computed value of a symbol. */
struct kconfig_value {
	struct kconfig_span span; /* n if the symbol is a string or number */
	char *text;		  /* the value without quotes; NULL: the value is unknown */
};

/* The values with which expressions are evaluated. The struct owns @unknown, and nothing else. */
struct kconfig_view {
	const struct kconfig_tree *tree;
	const struct kconfig *config;
	GHashTable *answers; /* name -> struct kconfig_value, overrides @config; NULL: none */
	/* The first symbol, macro or malformed expression whose value is unknown; NULL: none. */
	char *unknown;
	bool unknown_by_dependency; /* @unknown is a symbol, not a macro or an expression */
};

/* Frees and clears @view->unknown. Sets @view->unknown_by_dependency to false. */
void kconfig_view_reset(struct kconfig_view *view);

/* True if @span contains only one value. */
bool kconfig_span_known(struct kconfig_span span);
/* Returns the span of the expression "@a && @b". */
struct kconfig_span kconfig_span_and(struct kconfig_span a, struct kconfig_span b);
/* Returns the span of the expression "@a || @b". */
struct kconfig_span kconfig_span_or(struct kconfig_span a, struct kconfig_span b);
/* Returns the smallest span that contains @a and @b. */
struct kconfig_span kconfig_span_either(struct kconfig_span a, struct kconfig_span b);

/*
 * Returns the value that the .config @view->config has for @symbol. Returns NULL if the .config has
 * no value for @symbol. Also returns NULL if the value does not fit the type of @symbol, such as
 * "m" for a bool, because Kconfig rejects this value. The old tree is the tree that the .config was
 * made for. @was is the symbol in the old tree that has the same name as @symbol. @was is NULL if
 * the old tree does not define this name.
 */
const char *kconfig_view_line(const struct kconfig_view *view, const struct kconfig_symbol *symbol,
			      const struct kconfig_symbol *was);

/* Returns the value of @symbol (without CONFIG_); n if @symbol is no bool and no tristate. */
struct kconfig_span kconfig_eval_symbol(struct kconfig_view *view, const char *symbol);
/*
 * Returns the value of the condition @expression. If @expression is NULL, returns y. If @expression
 * is malformed, returns the span from n to y. If the value is not known, sets @view->unknown,
 * unless @view->unknown is set already.
 */
struct kconfig_span kconfig_eval(struct kconfig_view *view, const char *expression);
/*
 * Like kconfig_eval(), but @expression comes from a "default" line. In a "default" line, the
 * constant m does not depend on MODULES.
 */
struct kconfig_span kconfig_eval_default(struct kconfig_view *view, const char *expression);
/*
 * Returns the value of @expression as a text. @expression must be a single string, number or
 * symbol. Returns NULL if the value is unknown or @expression is anything else. Free with g_free().
 */
char *kconfig_eval_text(struct kconfig_view *view, const char *expression);
/*
 * Returns a copy of @expression with a value after each symbol: "PCI (=n) && !ARM (=y)". An unknown
 * value is shown as "?". Free with g_free().
 */
char *kconfig_eval_annotate(struct kconfig_view *view, const char *expression);
/*
 * Calls @each for each symbol in @expression. Numbers are passed to @each like symbols. For the
 * constant m, calls @each with "MODULES", because the value of m depends on MODULES.
 */
void kconfig_eval_symbols(const char *expression, void (*each)(const char *name, void *data),
			  void *data);

#endif
