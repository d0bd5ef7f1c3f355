/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which symbols are findings about the compiler and the other tools, told from what
 * Kconfig computes them from, not from their names.
 */
#ifndef INITLINT_ANALYZER_KCONFIG_KCONFIG_TOOLS_H
#define INITLINT_ANALYZER_KCONFIG_KCONFIG_TOOLS_H

#include "analyzer/kconfig/kconfig_tree.h"

struct kconfig_tools;

/* Of the Kconfig files in @folder, as kconfig_tree_load_folder() reads them. */
struct kconfig_tools *kconfig_tools_load(const char *folder, const char *arch);
void kconfig_tools_free(struct kconfig_tools *tools);
typedef struct kconfig_tools kconfig_tools; /* g_autoptr() takes one word */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(kconfig_tools, kconfig_tools_free)

/*
 * Whether @name (without CONFIG_) is a finding about the tools rather than a choice: it has
 * no prompt, and its value comes from asking the C compiler (or, with @any_tool, the
 * assembler, linker, rustc, pahole as well), directly or through other such symbols.
 */
bool kconfig_asks_tools(struct kconfig_tools *tools, const char *name, bool any_tool);
/*
 * Whether @name says which C compiler there is, or of what version, rather than what it can
 * do: its value is worked out from a macro without arguments that runs the compiler.
 */
bool kconfig_names_compiler(struct kconfig_tools *tools, const char *name);

#endif
