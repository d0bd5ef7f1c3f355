/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * BUILD/.initlint/refused.h: the answers of the .config with which clang cannot read the sources,
 * and the answers that replace them. The shim headers include this file right behind the
 * configuration.
 */
#ifndef INITLINT_ANALYZER_PREPARE_REFUSED_H
#define INITLINT_ANALYZER_PREPARE_REFUSED_H

#include <stdbool.h>
#include <glib.h>

#include "analyzer/kbuild/kbuild.h"
#include "analyzer/kconfig/kconfig.h"

/*
 * Appends the lines that give @symbol ("CONFIG_X") its value in @values behind the
 * configuration. @values NULL: it is not set.
 */
void refused_append(GString *text, const char *symbol, const struct kconfig *values);
/*
 * Writes it for @build, whose .config is @config. @refused: set of "CONFIG_X", which
 * have the values of @config there.
 */
bool refused_write(const char *build, const struct kconfig *config, GHashTable *refused,
		   GError **error);
/*
 * The symbols in it ("CONFIG_X"), for g_ptr_array_unref(). If it is not of @build's .config,
 * it is made: where another compiler than clang configured @build, nobody has asked yet what
 * clang can read; it is read with those answers not set. Without a .config: none.
 * @compiler: the one that configured @build in words, for g_free(); NULL if it is clang.
 */
GPtrArray *refused_update(const char *tree, const char *build, const struct kbuild *kbuild,
			  char **compiler, GError **error);

#endif
