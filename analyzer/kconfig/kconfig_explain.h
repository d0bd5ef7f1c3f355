/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Why Kconfig gave a symbol another value than the user asked for, told from the tree's
 * Kconfig files and the .config that came of it.
 */
#ifndef INITLINT_ANALYZER_KCONFIG_KCONFIG_EXPLAIN_H
#define INITLINT_ANALYZER_KCONFIG_KCONFIG_EXPLAIN_H

#include "analyzer/kconfig/kconfig.h"
#include "analyzer/kconfig/kconfig_tree.h"

/*
 * Why @name (without CONFIG_) is not y (@enabled), or not n, in @config. What hangs on a macro
 * is not taken for the reason. g_free() it.
 */
char *kconfig_why_not(const struct kconfig_tree *tree, const struct kconfig *config,
		      const char *name, bool enabled);

#endif
