/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Computes how a .config changes after a change of the tree's Kconfig files, as "make olddefconfig"
 * would do. The answer for a symbol is its value in the .config. Answers are computed for symbols
 * whose entries changed, and then for symbols that depend on a changed answer. All other symbols
 * keep their answer. An answer is undecidable if it needs a macro that runs a tool, if the entry
 * uses an unsupported construct, or if the .config does not match the unchanged Kconfig files.
 */
#ifndef INITLINT_ANALYZER_KCONFIG_KCONFIG_CHANGE_H
#define INITLINT_ANALYZER_KCONFIG_KCONFIG_CHANGE_H

#include <stdbool.h>
#include <glib.h>

#include "analyzer/kconfig/kconfig.h"
#include "analyzer/kconfig/kconfig_tree.h"

/* An answer that changes, or may change. */
struct kconfig_answer {
	char *symbol;	   /* "CONFIG_FOO" */
	char *was;	   /* the old value as the .config spells it; "n": not set */
	char *now;	   /* the new value; NULL: undecidable */
	bool is_new;	   /* the old Kconfig files do not define the symbol */
	char *file;	   /* file of the deciding or removed entry; or NULL */
	unsigned int line; /* line in @file; 0: no file */
	char *why;	   /* the reason, for messages */
};

struct kconfig_change {
	GPtrArray *answers;	    /* struct kconfig_answer, sorted by symbol */
	unsigned int n_undecidable; /* number of undecidable entries in @answers */
	/* char *, sorted: symbols that are undecidable only because of another symbol */
	GPtrArray *followers;
};

/* The result has no reference to the arguments. Free the result with kconfig_change_free(). */
struct kconfig_change *kconfig_change_new(const struct kconfig_tree *before,
					  const struct kconfig_tree *after,
					  const struct kconfig *config);
void kconfig_change_free(struct kconfig_change *change);
typedef struct kconfig_change kconfig_change; /* g_autoptr() takes one word */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(kconfig_change, kconfig_change_free)

/*
 * Returns a copy of the .config @text with the new values of all decidable answers. Free with
 * g_free().
 */
char *kconfig_change_apply(const struct kconfig_change *change, const char *text);

#endif
