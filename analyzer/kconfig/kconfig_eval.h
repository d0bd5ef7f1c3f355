/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Evaluates Kconfig expressions with unknown parts: macros are not run, and some symbols have no
 * known answer. So a value is a range. It is known if both ends are the same.
 */
#ifndef INITLINT_ANALYZER_KCONFIG_KCONFIG_EVAL_H
#define INITLINT_ANALYZER_KCONFIG_KCONFIG_EVAL_H

#include <stdbool.h>
#include <glib.h>

#include "analyzer/kconfig/kconfig.h"
#include "analyzer/kconfig/kconfig_tree.h"

/* n, m, y are 0, 1, 2. */
struct kconfig_span {
	int low, high;
};

/* An answer that differs from the .config's. */
struct kconfig_value {
	struct kconfig_span span; /* of strings and numbers: n */
	char *text;		  /* without quotes; NULL: not known */
};

/* Where symbols get their values from; all borrowed. */
struct kconfig_view {
	const struct kconfig_tree *tree;
	const struct kconfig *config;
	GHashTable *answers; /* name -> struct kconfig_value, before the .config's; or NULL */
	char *unknown;	     /* the first thing that made a value unknown; g_free() it */
	bool unknown_by_dependency; /* @unknown is a symbol without a known answer */
};

/* Forgets what was unknown. */
void kconfig_view_reset(struct kconfig_view *view);

bool kconfig_span_known(struct kconfig_span span);
struct kconfig_span kconfig_span_and(struct kconfig_span a, struct kconfig_span b);
struct kconfig_span kconfig_span_or(struct kconfig_span a, struct kconfig_span b);
/* The smallest span that holds both. */
struct kconfig_span kconfig_span_either(struct kconfig_span a, struct kconfig_span b);

/*
 * The .config's line for @symbol, NULL if there is none or Kconfig would not take it: "m" for
 * what is a bool by now. @was: the symbol when the line was written; or NULL.
 */
const char *kconfig_view_line(const struct kconfig_view *view, const struct kconfig_symbol *symbol,
			      const struct kconfig_symbol *was);

/* Of @symbol (without CONFIG_). */
struct kconfig_span kconfig_eval_symbol(struct kconfig_view *view, const char *symbol);
/* Of a condition; of NULL: y. One that is malformed is not known. */
struct kconfig_span kconfig_eval(struct kconfig_view *view, const char *expression);
/* Of a default: "m" in it holds without modules too. */
struct kconfig_span kconfig_eval_default(struct kconfig_view *view, const char *expression);
/*
 * What a string or number has: that of the one operand that @expression is. NULL: not known.
 * g_free() it.
 */
char *kconfig_eval_text(struct kconfig_view *view, const char *expression);
/* "PCI (=n) && !ARM (=y)": @expression with the value of each symbol. g_free() it. */
char *kconfig_eval_annotate(struct kconfig_view *view, const char *expression);
/* Calls @each for every symbol in @expression; "m" is a use of MODULES. */
void kconfig_eval_symbols(const char *expression, void (*each)(const char *name, void *data),
			  void *data);

#endif
