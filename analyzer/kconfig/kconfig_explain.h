/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Explains why Kconfig did not give a symbol the value that the user asked for. The explanation is
 * derived from the tree's Kconfig files and the resulting .config.
 */
#ifndef INITLINT_ANALYZER_KCONFIG_KCONFIG_EXPLAIN_H
#define INITLINT_ANALYZER_KCONFIG_KCONFIG_EXPLAIN_H

#include "analyzer/kconfig/kconfig.h"
#include "analyzer/kconfig/kconfig_tree.h"

/*
 * If @enabled is true, returns the reason why the symbol @name (without CONFIG_) is not y in
 * @config. If @enabled is false, returns the reason why the symbol is not n. A condition is not
 * given as a reason if the value of the condition is unknown, for example because of a macro. Never
 * returns NULL. Free with g_free().
 */
char *kconfig_why_not(const struct kconfig_tree *tree, const struct kconfig *config,
		      const char *name, bool enabled);

#endif
