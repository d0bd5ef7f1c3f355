/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Finds the symbols that describe the compiler and other tools. A symbol is recognised by the
 * macros that decide its value, not by its name.
 */
#ifndef INITLINT_ANALYZER_KCONFIG_KCONFIG_TOOLS_H
#define INITLINT_ANALYZER_KCONFIG_KCONFIG_TOOLS_H

#include "analyzer/kconfig/kconfig_tree.h"

struct kconfig_tools;

/*
 * Reads the Kconfig files below @folder with kconfig_tree_load_folder(). @arch is make's ARCH. Free
 * the result with kconfig_tools_free().
 */
struct kconfig_tools *kconfig_tools_load(const char *folder, const char *arch);
void kconfig_tools_free(struct kconfig_tools *tools);
typedef struct kconfig_tools kconfig_tools; /* g_autoptr() needs a type name of one word */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(kconfig_tools, kconfig_tools_free)

/*
 * True if the C compiler, and not the user, decides the value of the symbol @name (without
 * CONFIG_). This is so if the symbol has no prompt, and if a "default" or "depends on" line of the
 * symbol contains one of these:
 * - a macro that runs the C compiler. If @any_tool is true, a macro that runs another tool counts
 *   too: assembler, linker, rustc or pahole.
 * - a symbol for which kconfig_asks_tools() is true.
 */
bool kconfig_asks_tools(struct kconfig_tools *tools, const char *name, bool any_tool);
/*
 * True if the value of the symbol @name (without CONFIG_) says which C compiler is used, or which
 * version the compiler has. The function looks for a default with a macro that has no arguments and
 * runs the compiler, such as $(cc-name). A symbol that says whether the compiler supports an option
 * does not count, because the macro in the default has the option as an argument.
 */
bool kconfig_names_compiler(struct kconfig_tools *tools, const char *name);

#endif
