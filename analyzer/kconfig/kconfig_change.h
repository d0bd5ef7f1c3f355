/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Computes how "make olddefconfig" would change a .config after a change of the tree's Kconfig
 * files. In this file, the old tree has the Kconfig files as they were before the change, and the
 * new tree has the Kconfig files as they are after the change.
 *
 * The answer for a symbol is the value that the .config gives to the symbol. First, new answers are
 * computed for the symbols whose entries differ between the old tree and the new tree. Then new
 * answers are computed for the symbols that depend on a changed answer. All other symbols keep
 * their answers.
 *
 * An answer is undecidable if initlint cannot compute the answer. This happens in four cases:
 * - The answer needs a macro that runs a tool.
 * - An entry of the symbol uses a construct that initlint does not support.
 * - The .config does not match the old tree.
 * - The symbol depends on a symbol whose answer is undecidable.
 */
#ifndef INITLINT_ANALYZER_KCONFIG_KCONFIG_CHANGE_H
#define INITLINT_ANALYZER_KCONFIG_KCONFIG_CHANGE_H

#include <stdbool.h>
#include <glib.h>

#include "analyzer/kconfig/kconfig.h"
#include "analyzer/kconfig/kconfig_tree.h"

/* An answer that changes, or may change. */
struct kconfig_answer {
	char *symbol; /* "CONFIG_FOO" */
	char *was;    /* the value before the change, as the .config spells it; "n": not set */
	char *now;    /* the value after the change, as the .config spells it; NULL: undecidable */
	bool is_new;  /* the old tree does not define the symbol */
	/*
	 * Path of the Kconfig file with the entry or choice that decides @now. If the new tree does
	 * not define the symbol, path of the Kconfig file with the symbol's first entry in the old
	 * tree. NULL: there is no such entry or choice.
	 */
	char *file;
	unsigned int line; /* line number of the entry or choice in @file; 0 if @file is NULL */
	char *why;	   /* the reason for @now, for messages */
};

struct kconfig_change {
	GPtrArray *answers;	    /* struct kconfig_answer, sorted by @symbol */
	unsigned int n_undecidable; /* number of @answers whose @now is NULL */
	/*
	 * char * "CONFIG_FOO", sorted: the symbols that are undecidable only because they depend
	 * on an undecidable symbol. These symbols are not in @answers.
	 */
	GPtrArray *followers;
};

/*
 * Computes the answers that change. @before: the old tree. @after: the new tree. @config: the
 * .config, which was made for the old tree. The result does not point into the arguments and is
 * never NULL. Free the result with kconfig_change_free().
 */
struct kconfig_change *kconfig_change_new(const struct kconfig_tree *before,
					  const struct kconfig_tree *after,
					  const struct kconfig *config);
void kconfig_change_free(struct kconfig_change *change);
typedef struct kconfig_change kconfig_change; /* g_autoptr() needs a type name of one word */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(kconfig_change, kconfig_change_free)

/*
 * Returns a copy of @text, the content of the .config. In the copy, each symbol in @change->answers
 * has its new value, unless the answer is undecidable. Free with g_free().
 */
char *kconfig_change_apply(const struct kconfig_change *change, const char *text);
/* Like kconfig_change_apply(), for the content of include/generated/autoconf.h. */
char *kconfig_change_apply_header(const struct kconfig_change *change, const char *text);

#endif
