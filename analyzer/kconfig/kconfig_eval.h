/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Evaluates Kconfig expressions that may have unknown parts. Macros are not executed, and some
 * symbols have no known value. So the result is a range, called span. A value is known if both ends
 * of its span are equal.
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
	struct kconfig_span span; /* for a string or number: n */
	char *text;		  /* without quotes; NULL: unknown */
};

/* The source of symbol values. All pointers except @unknown are borrowed. */
struct kconfig_view {
	const struct kconfig_tree *tree;
	const struct kconfig *config;
	GHashTable *answers; /* name -> struct kconfig_value, which overrides @config; or NULL */
	char *unknown;	     /* the first symbol or macro with an unknown value; owned */
	bool unknown_by_dependency; /* @unknown is a symbol */
};

/* Clears @unknown and @unknown_by_dependency. */
void kconfig_view_reset(struct kconfig_view *view);

bool kconfig_span_known(struct kconfig_span span);
/* The range of "a && b", and of "a || b". */
struct kconfig_span kconfig_span_and(struct kconfig_span a, struct kconfig_span b);
struct kconfig_span kconfig_span_or(struct kconfig_span a, struct kconfig_span b);
/* Returns the smallest span that contains @a and @b. */
struct kconfig_span kconfig_span_either(struct kconfig_span a, struct kconfig_span b);

/*
 * Returns the value of @symbol in the .config. Returns NULL if there is no value, or if Kconfig
 * would reject the value because of the symbol's type, such as "m" for a bool. @was is the same
 * symbol in the tree that the .config was made for; or NULL.
 */
const char *kconfig_view_line(const struct kconfig_view *view, const struct kconfig_symbol *symbol,
			      const struct kconfig_symbol *was);

/* Returns the value of @symbol (without CONFIG_). */
struct kconfig_span kconfig_eval_symbol(struct kconfig_view *view, const char *symbol);
/*
 * Returns the value of the condition @expression. NULL as @expression gives y. A malformed
 * expression gives the range n to y.
 */
struct kconfig_span kconfig_eval(struct kconfig_view *view, const char *expression);
/* Returns the value of a default. In a default, the constant m does not depend on MODULES. */
struct kconfig_span kconfig_eval_default(struct kconfig_view *view, const char *expression);
/*
 * Returns the value of @expression, a single string, number or symbol, as a text. NULL if the value
 * is unknown. Free with g_free().
 */
char *kconfig_eval_text(struct kconfig_view *view, const char *expression);
/*
 * Returns @expression with the value behind each symbol: "PCI (=n) && !ARM (=y)". Free with
 * g_free().
 */
char *kconfig_eval_annotate(struct kconfig_view *view, const char *expression);
/* Calls @each for each symbol in @expression. The constant m counts as the symbol MODULES. */
void kconfig_eval_symbols(const char *expression, void (*each)(const char *name, void *data),
			  void *data);

#endif
