/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A .config as Kconfig wrote it: symbols, architecture, kernel version. Read-only
 * once loaded.
 */
#ifndef INITLINT_ANALYZER_KCONFIG_KCONFIG_H
#define INITLINT_ANALYZER_KCONFIG_KCONFIG_H

#include <stdbool.h>
#include <glib.h>

struct kconfig;

/*
 * Reads @path. Fails (INITLINT_ERROR_INPUT, message with file:line) on a file that is
 * missing, unreadable, no .config (no "# Linux/<arch> <version> Kernel Configuration"
 * in its head), or truncated (a last line without newline, a line that is neither
 * comment nor assignment, an unclosed string).
 */
struct kconfig *kconfig_load(const char *path, GError **error);
void kconfig_free(struct kconfig *config);
typedef struct kconfig kconfig; /* g_autoptr() takes one word */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(kconfig, kconfig_free)

const char *kconfig_path(const struct kconfig *config);
/* The architecture in the head, spelt as make's ARCH: "arm64", "x86" or "x86_64"... */
const char *kconfig_arch(const struct kconfig *config);
/* "6.12.117" */
const char *kconfig_version(const struct kconfig *config);
/* Value of "CONFIG_FOO": "y", "m", "42", a string without its quotes; NULL if not set. */
const char *kconfig_get(const struct kconfig *config, const char *symbol);
/*
 * Whether the compiler of this configuration lays the initcalls of one translation unit out
 * last to first: where they are plain variables (no HAVE_ARCH_PREL32_RELOCATIONS, which makes
 * them top-level asm), gcc emits a unit's variables in reverse, clang as they are written.
 */
bool kconfig_reverses_initcalls(const struct kconfig *config);
/* SHA-256 over the sorted "SYMBOL=value" lines, in hex: comments do not count. */
const char *kconfig_hash(const struct kconfig *config);
/* Calls @each for every set symbol, in the file's order. @quoted: the value as the file spells it. */
void kconfig_foreach(const struct kconfig *config,
		     void (*each)(const char *symbol, const char *value, const char *quoted,
				  void *data),
		     void *data);

#endif
