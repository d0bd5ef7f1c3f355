/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Reads and writes BUILD/.initlint/refused.h.
 *
 * The effective configuration is the .config from which the initcall order is computed (see
 * prepare_effective_config()). A capability symbol (CC_HAS_*) says what the compiler can do. A
 * capability symbol is "refused" if clang cannot parse the sources with the symbol's value in the
 * effective configuration. refused.h gives each refused symbol another value, which clang can use.
 * Before each source, clang reads a header of initlint, which includes refused.h directly after
 * autoconf.h.
 */
#ifndef INITLINT_ANALYZER_PREPARE_REFUSED_H
#define INITLINT_ANALYZER_PREPARE_REFUSED_H

#include <stdbool.h>
#include <glib.h>

#include "analyzer/kbuild/kbuild.h"
#include "analyzer/kconfig/kconfig.h"

/*
 * Appends an #undef of @symbol ("CONFIG_X") to @text. If the value of @symbol in the .config
 * @values is y or a number, also appends a #define with this value. @values may be NULL; then
 * appends only the #undef.
 */
void refused_append(GString *text, const char *symbol, const struct kconfig *values);
/*
 * Writes refused.h for the build directory @build, which prepare_tree() has configured with clang.
 * @config: BUILD/.config, in which all capability symbols have clang's values. @config may differ
 * from the effective configuration. @refused: the set of refused symbols ("CONFIG_X"). For each
 * symbol in @refused, refused.h has the lines of refused_append(), with clang's value from @config.
 * Returns false with INITLINT_ERROR_FAILED if refused.h cannot be written.
 */
bool refused_write(const char *build, const struct kconfig *config, GHashTable *refused,
		   GError **error);
/*
 * Returns the refused symbols ("CONFIG_X") in refused.h. Free with g_ptr_array_unref(). The array
 * is empty if the build directory @build has no .config. Returns NULL with INITLINT_ERROR_FAILED if
 * refused.h cannot be written.
 *
 * A symbol is refused if clang cannot parse the sources with the symbol's value in the user's
 * .config. If refused.h is missing or was made for another BUILD/.config, refused_update() first
 * writes a new refused.h:
 * - If @build was configured with clang, the new refused.h has no symbols.
 * - If @build was configured with another compiler, such as gcc, BUILD/.config is the user's
 *   .config. refused_update() lets clang parse some sources with the values in BUILD/.config, and
 *   so finds the refused symbols. The new refused.h has an #undef of each refused symbol.
 *
 * If @build was configured with another compiler than clang, sets *@compiler to the value of
 * CONFIG_CC_VERSION_TEXT in BUILD/.config. Otherwise sets *@compiler to NULL. Free *@compiler with
 * g_free().
 */
GPtrArray *refused_update(const char *tree, const char *build, const struct kbuild *kbuild,
			  char **compiler, GError **error);

#endif
