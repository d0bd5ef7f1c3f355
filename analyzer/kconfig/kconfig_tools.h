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
 * Reads the Kconfig files in @folder with kconfig_tree_load_folder(). Free the result with
 * kconfig_tools_free().
 */
struct kconfig_tools *kconfig_tools_load(const char *folder, const char *arch);
void kconfig_tools_free(struct kconfig_tools *tools);
typedef struct kconfig_tools kconfig_tools; /* g_autoptr() takes one word */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(kconfig_tools, kconfig_tools_free)

/*
 * True if @name (without CONFIG_) describes the C compiler and is not a choice of the user. Such a
 * symbol has no prompt, and its value comes from running the compiler, directly or through other
 * symbols of this kind. With @any_tool, running the assembler, linker, rustc or pahole counts too.
 */
bool kconfig_asks_tools(struct kconfig_tools *tools, const char *name, bool any_tool);
/*
 * True if the value of @name (without CONFIG_) is the kind or the version of the C compiler. The
 * value of such a symbol comes from a macro without arguments that runs the compiler. A symbol for
 * an ability of the compiler does not count.
 */
bool kconfig_names_compiler(struct kconfig_tools *tools, const char *name);

#endif
