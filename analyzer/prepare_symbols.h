/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a tree's Kconfig files say about symbols: what each depends on, what selects it,
 * and whether its value comes from asking the compiler. Read as text, enough to tell a
 * user why a symbol was not kept; Kconfig itself decides.
 */
#ifndef INITLINT_ANALYZER_PREPARE_SYMBOLS_H
#define INITLINT_ANALYZER_PREPARE_SYMBOLS_H

#include "analyzer/kconfig.h"

/* An expression with its place. */
struct kexpr {
	char *text; /* "PCI && !ARM" */
	char *file; /* relative to the tree */
	unsigned int line;
};

/* "select TARGET if CONDITION" of the symbol @by. */
struct kselect {
	const char *by;
	char *condition; /* NULL: none */
};

/* One "config" entry; a symbol may have several. */
struct kentry {
	GPtrArray *depends; /* struct kexpr: all must hold; its own, and its menus' and ifs' */
	GPtrArray *values;  /* char *: defaults, and conditions of prompt and defaults */
	bool has_prompt;
	bool in_choice;
	char *file;
	unsigned int line;
};

struct ksymbol {
	const char *name;
	GPtrArray *entries;	/* struct kentry */
	GPtrArray *selected_by; /* struct kselect */
	bool visiting;		/* while its dependence on tools is worked out */
	int asks_cc, asks_any;	/* that dependence, once known; -1 before */
};

struct ksymbols;

/* @srcarch is the architecture's folder in arch/. Files that cannot be read are skipped. */
struct ksymbols *ksymbols_load(const char *tree, const char *srcarch);
void ksymbols_free(struct ksymbols *symbols);
typedef struct ksymbols ksymbols; /* g_autoptr() takes one word */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ksymbols, ksymbols_free)

/* NULL if no Kconfig file has it. @name without CONFIG_. */
struct ksymbol *ksymbols_find(struct ksymbols *symbols, const char *name);
/* Text of the macro (as "cc-option = ..." defines it); NULL if there is none. */
const char *ksymbols_macro(struct ksymbols *symbols, const char *name);

/* --- prepare_expr.c --- */

enum tristate { TRI_N, TRI_M, TRI_Y };

/* Value of @expression under @config. What a macro would say counts as y. */
enum tristate kexpr_value(const char *expression, const struct kconfig *config);
/* "PCI (=n) && !ARM (=y)": @expression with the value of each symbol. g_free() it. */
char *kexpr_annotate(const char *expression, const struct kconfig *config);
/* Calls @each for every symbol in @expression. */
void kexpr_symbols(const char *expression, void (*each)(const char *name, void *data), void *data);

/* --- prepare_explain.c --- */

/* Why @name (without CONFIG_) is not y in @config, or not n. g_free() them. */
char *ksymbols_why_not_enabled(struct ksymbols *symbols, const struct kconfig *config,
			       const char *name);
char *ksymbols_why_not_disabled(struct ksymbols *symbols, const struct kconfig *config,
				const char *name);

/*
 * Whether @name is a finding about the tools rather than a choice: it has no prompt, and
 * its value comes from asking the C compiler (or, with @any_tool, the assembler, linker,
 * rustc, pahole as well), directly or through other such symbols.
 */
bool ksymbols_asks_tools(struct ksymbols *symbols, const char *name, bool any_tool);

#endif
