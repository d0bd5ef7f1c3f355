/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Reads a .config that Kconfig wrote. A struct kconfig has the symbols, the architecture and the
 * kernel version of the .config. The struct does not change after kconfig_load().
 */
#ifndef INITLINT_ANALYZER_KCONFIG_KCONFIG_H
#define INITLINT_ANALYZER_KCONFIG_KCONFIG_H

#include <stdbool.h>
#include <glib.h>

struct kconfig;

/*
 * Reads the .config at @path. Free the result with kconfig_free(). Returns NULL with an
 * INITLINT_ERROR_INPUT error in these cases:
 * - The file cannot be read.
 * - The file is not a .config: the line "# Linux/<arch> <version> Kernel Configuration" is missing,
 *   or a line is neither a comment nor an assignment.
 * - The file is truncated: the last line has no newline, or a string is not closed.
 * The error message names the file. If a line is wrong, the message also has the line number.
 */
struct kconfig *kconfig_load(const char *path, GError **error);
void kconfig_free(struct kconfig *config);
typedef struct kconfig kconfig; /* g_autoptr() needs a type name of one word */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(kconfig, kconfig_free)

/* Returns the @path given to kconfig_load(). */
const char *kconfig_path(const struct kconfig *config);
/* Returns <arch> of the "# Linux/<arch>" line, spelt as make's ARCH: "arm64", "x86". */
const char *kconfig_arch(const struct kconfig *config);
/* Returns <version> of the "# Linux/<arch> <version>" line: "6.12.117". */
const char *kconfig_version(const struct kconfig *config);
/*
 * Returns the value of @symbol ("CONFIG_FOO"): "y", "m", "42", or a string without its quotes. The
 * text belongs to @config. Returns NULL if the .config does not mention @symbol, sets @symbol to n,
 * or says that @symbol "is not set".
 */
const char *kconfig_get(const struct kconfig *config, const char *symbol);
/*
 * True if the compiler of this configuration emits the initcalls of a translation unit in reverse
 * order. With HAVE_ARCH_PREL32_RELOCATIONS, an initcall macro expands to top-level asm. gcc and
 * clang keep top-level asm in source order. Without HAVE_ARCH_PREL32_RELOCATIONS, an initcall macro
 * expands to a variable. gcc emits the variables of a unit in reverse order. clang emits the
 * variables in source order.
 */
bool kconfig_reverses_initcalls(const struct kconfig *config);
/* Returns the SHA-256 of the .config's sorted "SYMBOL=value" lines, in hex. Ignores comments. */
const char *kconfig_hash(const struct kconfig *config);
/*
 * Calls @each for each symbol that has a value, in the order of the file. @value has no quotes, as
 * in kconfig_get(). @quoted is the value as the file spells it: a string has its quotes.
 */
void kconfig_foreach(const struct kconfig *config,
		     void (*each)(const char *symbol, const char *value, const char *quoted,
				  void *data),
		     void *data);

#endif
