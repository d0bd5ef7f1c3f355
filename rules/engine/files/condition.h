/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A condition on the kernel's configuration, as a rule file states it. A condition is either a test
 * of one symbol, or a list of conditions. A list of kind CONDITION_ALL holds if all its conditions
 * hold. A list of kind CONDITION_ANY holds if at least one of its conditions holds.
 *
 * A test has one of these forms: "CONFIG_KVM" (the symbol is y or m), "CONFIG_KVM=y",
 * "CONFIG_NR_CPUS=64", "CONFIG_KVM=n" (the symbol is not set).
 */
#ifndef INITLINT_RULES_ENGINE_FILES_CONDITION_H
#define INITLINT_RULES_ENGINE_FILES_CONDITION_H

#include <stdbool.h>
#include <glib.h>

enum condition_kind { CONDITION_SYMBOL, CONDITION_ALL, CONDITION_ANY };

struct condition {
	enum condition_kind kind;
	char *symbol; /* for CONDITION_SYMBOL */
	char *value;  /* for CONDITION_SYMBOL: the expected value; NULL: y or m; "n": not set */
	GPtrArray *children; /* struct condition *, for CONDITION_ALL and CONDITION_ANY */
};

/*
 * Returns the value of the Kconfig symbol @symbol, such as "CONFIG_KVM". Returns NULL if the symbol
 * is not set. @data is the pointer that condition_why_not() gets from its caller.
 */
typedef const char *(*config_lookup)(void *data, const char *symbol);

/*
 * Parses "CONFIG_FOO" or "CONFIG_FOO=value". Returns NULL if @text has another form. Free with
 * condition_free().
 */
struct condition *condition_parse(const char *text);
/*
 * Returns a condition without children. @kind is CONDITION_ALL or CONDITION_ANY. The caller adds
 * the children. The condition then owns the children. Free with condition_free().
 */
struct condition *condition_list(enum condition_kind kind);
void condition_free(struct condition *condition);

/*
 * Returns NULL if @condition holds, or if @condition is NULL. Else returns the reason why
 * @condition does not hold, for example "CONFIG_KVM is not set". Free the reason with g_free().
 * Passes @data to @lookup.
 */
char *condition_why_not(const struct condition *condition, config_lookup lookup, void *data);

#endif
