/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Computes how "make olddefconfig" would change a .config after a change of the tree's Kconfig
 * files. The answer for a symbol is the value that the .config gives to the symbol. First, new
 * answers are computed for the symbols whose entries changed. Then new answers are computed for the
 * symbols that depend on a changed answer. All other symbols keep their answers.
 *
 * An answer is undecidable if initlint cannot compute the answer. This happens in four cases:
 * - The answer needs a macro that runs a tool.
 * - An entry of the symbol uses a construct that initlint does not support.
 * - The .config does not match the unchanged Kconfig files.
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
	bool is_new;  /* the unchanged Kconfig files do not define the symbol */
	/*
	 * File of the entry or choice that decides @now. If the changed Kconfig files do not define
	 * the symbol, file of the symbol's first entry in the unchanged Kconfig files. NULL: the
	 * symbol has no entry.
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
 * Computes the answers that change. @before are the unchanged Kconfig files, for which @config was
 * made. @after are the changed Kconfig files. The result does not point into the arguments and is
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

#endif
