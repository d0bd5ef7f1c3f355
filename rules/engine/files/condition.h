/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A condition on the kernel's configuration, as rule files state it: a symbol
 * ("CONFIG_KVM": built in or module, "CONFIG_KVM=y", "CONFIG_NR_CPUS=64",
 * "CONFIG_KVM=n": not set), or all or any of a list of conditions.
 */
#ifndef INITLINT_RULES_ENGINE_FILES_CONDITION_H
#define INITLINT_RULES_ENGINE_FILES_CONDITION_H

#include <stdbool.h>
#include <glib.h>

enum condition_kind { CONDITION_SYMBOL, CONDITION_ALL, CONDITION_ANY };

struct condition {
	enum condition_kind kind;
	char *symbol;	     /* CONDITION_SYMBOL */
	char *value;	     /* NULL: y or m; "n": not set */
	GPtrArray *children; /* struct condition *; the others */
};

/* The value of a set symbol; NULL if it is not set. */
typedef const char *(*config_lookup)(void *data, const char *symbol);

/* Parses "CONFIG_FOO" or "CONFIG_FOO=value"; NULL if @text is neither. */
struct condition *condition_parse(const char *text);
/* An empty CONDITION_ALL or CONDITION_ANY, to add children to. */
struct condition *condition_list(enum condition_kind kind);
void condition_free(struct condition *condition);

/*
 * NULL if the condition holds (a NULL condition does), else why it does not:
 * "CONFIG_KVM is not set". Free with g_free().
 */
char *condition_why_not(const struct condition *condition, config_lookup lookup, void *data);

#endif
