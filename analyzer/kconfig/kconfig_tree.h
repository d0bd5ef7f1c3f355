/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * All Kconfig files of a kernel tree, as far as its answers hang on them: what each symbol
 * depends on, its prompts and defaults, what selects it. Expressions are kept as text, for
 * kconfig_eval.h. Macros are not expanded, but for $(SRCARCH) and $(ARCH). Whatever is not
 * understood is marked (unclear).
 */
#ifndef INITLINT_ANALYZER_KCONFIG_KCONFIG_TREE_H
#define INITLINT_ANALYZER_KCONFIG_KCONFIG_TREE_H

#include <stdbool.h>
#include <glib.h>

enum kconfig_type {
	KCONFIG_NO_TYPE,
	KCONFIG_BOOL,
	KCONFIG_TRISTATE,
	KCONFIG_STRING,
	KCONFIG_INT,
	KCONFIG_HEX,
};

enum kconfig_line_kind {
	KCONFIG_DEPENDS, /* its condition; also what an "if" block says */
	KCONFIG_VISIBLE,
	KCONFIG_PROMPT,
	KCONFIG_DEFAULT,
	KCONFIG_SELECT,
	KCONFIG_IMPLY,
	KCONFIG_RANGE,
};

/* One line below an entry, "default VALUE if CONDITION". */
struct kconfig_line {
	enum kconfig_line_kind kind;
	const char *value;     /* NULL: of this kind has none */
	const char *condition; /* NULL: always */
	unsigned int line;     /* of the node's file */
};

enum kconfig_node_kind {
	KCONFIG_FILE,
	KCONFIG_MENU,
	KCONFIG_IF,
	KCONFIG_CHOICE,
	KCONFIG_ENTRY,
	KCONFIG_COMMENT, /* what it says is nobody's */
};

struct kconfig_node {
	enum kconfig_node_kind kind;
	const struct kconfig_node *parent; /* of the first file: NULL */
	struct kconfig_symbol *symbol;	   /* of an entry */
	GArray *lines;			   /* struct kconfig_line */
	GPtrArray *members;		   /* of a choice: struct kconfig_symbol */
	const char *file;
	unsigned int line;
	const char *unclear; /* a line that was not understood; NULL */
};

/* One that selects or implies. */
struct kconfig_raise {
	const struct kconfig_node *by;
	enum kconfig_line_kind kind;
	const char *condition;
};

struct kconfig_symbol {
	const char *name; /* without CONFIG_ */
	enum kconfig_type type;
	GPtrArray *nodes; /* const struct kconfig_node: its entries; empty: only named */
	GArray *raises;	  /* struct kconfig_raise: what raises it */
};

struct kconfig_reader {
	void *data;
	/* Content of the file at @path, relative to the tree, as a reference of the caller's;
	 * NULL if it cannot be read. */
	GBytes *(*read)(void *data, const char *path);
};

struct kconfig_tree;

/*
 * Reads "Kconfig" and what it sources; @arch as make's ARCH. Never fails: see
 * kconfig_tree_problems().
 */
struct kconfig_tree *kconfig_tree_load(const struct kconfig_reader *reader, const char *arch);
/* The same from the files in @folder. */
struct kconfig_tree *kconfig_tree_load_folder(const char *folder, const char *arch);
void kconfig_tree_free(struct kconfig_tree *tree);
typedef struct kconfig_tree kconfig_tree; /* g_autoptr() takes one word */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(kconfig_tree, kconfig_tree_free)

/* NULL if no file has an entry for it. @name without CONFIG_. */
const struct kconfig_symbol *kconfig_tree_find(const struct kconfig_tree *tree, const char *name);
/* All with an entry, struct kconfig_symbol, in no order. */
GPtrArray *kconfig_tree_symbols(const struct kconfig_tree *tree);
/* Text of the macro (as "cc-option = ..." defines it), the tree's; NULL if there is none. */
const char *kconfig_tree_macro(const struct kconfig_tree *tree, const char *name);
/* "file:line: what": char *; the tree's. */
const GPtrArray *kconfig_tree_problems(const struct kconfig_tree *tree);
/* Files that are sourced but could not be read, or whose names are macros. */
unsigned int kconfig_tree_unread(const struct kconfig_tree *tree);
/* The innermost choice that the node stands in; NULL: none. */
const struct kconfig_node *kconfig_choice_of(const struct kconfig_node *node);
/* Whether the node has a prompt, be it shown or not. */
bool kconfig_has_prompt(const struct kconfig_node *node);

/*
 * Text that is the same for two symbols of equal name if all that decides their answers is
 * spelt equally: @raised: what selects or implies it, else the rest. g_free() it.
 */
char *kconfig_symbol_spelling(const struct kconfig_symbol *symbol, bool raised);
/*
 * name -> GPtrArray of struct kconfig_symbol whose answer may hang on that symbol. Free with
 * g_hash_table_unref().
 */
GHashTable *kconfig_tree_users(const struct kconfig_tree *tree);

/* --- kconfig_parse.c --- */

/* Where kconfig_parse_file() puts what it finds; kconfig_tree.c's. */
struct kconfig_node *kconfig_tree_add(struct kconfig_tree *tree, enum kconfig_node_kind kind,
				      const struct kconfig_node *parent, const char *file,
				      unsigned int line);
void kconfig_tree_name(struct kconfig_tree *tree, struct kconfig_node *node, const char *name);
/* A copy that lives as long as the tree, with the known macros in it expanded. */
const char *kconfig_tree_text(struct kconfig_tree *tree, const char *text);
/* @more: adds to what the macro is already, as "+=" does. */
void kconfig_tree_define(struct kconfig_tree *tree, const char *macro, const char *text, bool more);
void kconfig_tree_problem(struct kconfig_tree *tree, const char *file, unsigned int line,
			  const char *what);
/* Parses the file that a line sources, below @parent. */
void kconfig_tree_source(struct kconfig_tree *tree, struct kconfig_node *parent, const char *path,
			 const char *from, unsigned int line);
/* Adds what @text, of @file, says to the tree. */
void kconfig_parse_file(struct kconfig_tree *tree, struct kconfig_node *parent, const char *file,
			const char *text);

#endif
