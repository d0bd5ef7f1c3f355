/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Reads and writes BUILD/.initlint/refused.h. clang cannot read the sources with some capability
 * symbols (CC_HAS_*) of a .config. Such symbols are called refused. refused.h gives other values to
 * refused symbols. The shim headers include refused.h directly behind autoconf.h.
 */
#ifndef INITLINT_ANALYZER_PREPARE_REFUSED_H
#define INITLINT_ANALYZER_PREPARE_REFUSED_H

#include <stdbool.h>
#include <glib.h>

#include "analyzer/kbuild/kbuild.h"
#include "analyzer/kconfig/kconfig.h"

/*
 * Appends #undef and #define lines to @text that set @symbol ("CONFIG_X") to its value in @values.
 * If @values is NULL, @symbol is only undefined.
 */
void refused_append(GString *text, const char *symbol, const struct kconfig *values);
/*
 * Writes refused.h for @build, whose .config is @config. @refused: the set of refused symbols
 * ("CONFIG_X"), which get their values in @config.
 */
bool refused_write(const char *build, const struct kconfig *config, GHashTable *refused,
		   GError **error);
/*
 * Returns the refused symbols ("CONFIG_X") of refused.h. Free with g_ptr_array_unref(). The array
 * is empty if @build has no .config. Returns NULL with INITLINT_ERROR_FAILED if the file cannot be
 * written.
 *
 * If refused.h is missing or was made for another .config, it is made first. If another compiler
 * than clang has configured @build, this determines the refused symbols and unsets them.
 *
 * Sets *@compiler to the version text of that other compiler, or to NULL for clang. Free with
 * g_free().
 */
GPtrArray *refused_update(const char *tree, const char *build, const struct kbuild *kbuild,
			  char **compiler, GError **error);

#endif
