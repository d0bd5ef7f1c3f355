/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The answers of a .config after the tree's Kconfig files changed, as "make olddefconfig" would
 * give them. Answers are computed for symbols whose entries changed, then for symbols that use
 * one whose answer changed. All others keep their answer. An answer is undecidable if it needs a
 * macro that asks a tool, if the entry uses a construct that is not known here, or if the .config
 * did not fit the tree before the change.
 */
#ifndef INITLINT_ANALYZER_KCONFIG_KCONFIG_CHANGE_H
#define INITLINT_ANALYZER_KCONFIG_KCONFIG_CHANGE_H

#include <stdbool.h>
#include <glib.h>

#include "analyzer/kconfig/kconfig.h"
#include "analyzer/kconfig/kconfig_tree.h"

/* An answer that changed, or may have changed. */
struct kconfig_answer {
	char *symbol;	   /* "CONFIG_FOO" */
	char *was;	   /* as the .config spells it; "n": not set */
	char *now;	   /* NULL: undecidable */
	bool is_new;	   /* the tree did not have the symbol before */
	char *file;	   /* of the entry that decides, or of the removed one; or NULL */
	unsigned int line; /* 0: no file */
	char *why;
};

struct kconfig_change {
	GPtrArray *answers;	    /* struct kconfig_answer, sorted by symbol */
	unsigned int n_undecidable; /* of these answers */
	/* char *, sorted: symbols that are undecidable only because one they depend on is */
	GPtrArray *followers;
};

/* Keeps no reference to its arguments. Free with kconfig_change_free(). */
struct kconfig_change *kconfig_change_new(const struct kconfig_tree *before,
					  const struct kconfig_tree *after,
					  const struct kconfig *config);
void kconfig_change_free(struct kconfig_change *change);
typedef struct kconfig_change kconfig_change; /* g_autoptr() takes one word */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(kconfig_change, kconfig_change_free)

/* @text, a .config, with the decidable answers put in. g_free() it. */
char *kconfig_change_apply(const struct kconfig_change *change, const char *text);

#endif
