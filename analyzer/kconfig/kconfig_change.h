/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a .config says after the tree's Kconfig files have changed, as "make olddefconfig"
 * would have it. Answers are worked out for symbols whose entries have changed, and then
 * for those that use a symbol whose answer has; all others are as they were. What the
 * tools would have to be asked for (macros), what this tree's Kconfig language has beyond
 * what is known here, and a .config that does not fit the tree from the start: cannot be told.
 */
#ifndef INITLINT_ANALYZER_KCONFIG_KCONFIG_CHANGE_H
#define INITLINT_ANALYZER_KCONFIG_KCONFIG_CHANGE_H

#include <stdbool.h>
#include <glib.h>

#include "analyzer/kconfig/kconfig.h"
#include "analyzer/kconfig/kconfig_tree.h"

/* One answer that is another than before, or may be. */
struct kconfig_answer {
	char *symbol;	   /* "CONFIG_FOO" */
	char *was;	   /* as the .config spells it; "n": not set */
	char *now;	   /* NULL: cannot be told */
	bool is_new;	   /* the symbol was not there before */
	char *file;	   /* of the entry that decides, or the one that is gone; or NULL */
	unsigned int line; /* 0: no file */
	char *why;
};

struct kconfig_change {
	GPtrArray *answers;    /* struct kconfig_answer, sorted by symbol */
	unsigned int n_untold; /* of them, that cannot be told */
	/* char *, sorted: what hangs on one that cannot be told, and cannot be told therefore */
	GPtrArray *followers;
};

/* Keeps nothing of what it is given. Free with kconfig_change_free(). */
struct kconfig_change *kconfig_change_new(const struct kconfig_tree *before,
					  const struct kconfig_tree *after,
					  const struct kconfig *config);
void kconfig_change_free(struct kconfig_change *change);
typedef struct kconfig_change kconfig_change; /* g_autoptr() takes one word */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(kconfig_change, kconfig_change_free)

/* @text, a .config, with the answers that can be told. g_free() it. */
char *kconfig_change_apply(const struct kconfig_change *change, const char *text);

#endif
