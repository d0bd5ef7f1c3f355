/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The Kconfig files of a kernel tree: the dependencies, prompts, defaults and selects of each
 * symbol. Help texts and other parts that do not affect a value are left out. Expressions are kept
 * as text; kconfig_eval.h evaluates them. Only the macros $(SRCARCH) and $(ARCH) are expanded.
 * kconfig_node.unclear marks a node with a line that the parser does not understand.
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
	KCONFIG_DEPENDS, /* a "depends on" line or an "if" block */
	KCONFIG_VISIBLE,
	KCONFIG_PROMPT,
	KCONFIG_DEFAULT,
	KCONFIG_SELECT,
	KCONFIG_IMPLY,
	KCONFIG_RANGE,
};

/* One line below an entry: "default VALUE if CONDITION". */
struct kconfig_line {
	enum kconfig_line_kind kind;
	const char *value;     /* NULL: a line of this kind has no value */
	const char *condition; /* NULL: always */
	unsigned int line;     /* line number in the file of the node */
};

enum kconfig_node_kind {
	KCONFIG_FILE,
	KCONFIG_MENU,
	KCONFIG_IF,
	KCONFIG_CHOICE,
	KCONFIG_ENTRY,
	KCONFIG_COMMENT, /* a comment or a malformed entry; its lines affect no symbol */
};

struct kconfig_node {
	enum kconfig_node_kind kind;
	const struct kconfig_node *parent; /* the node around this node; NULL: the first file */
	struct kconfig_symbol *symbol;	   /* the symbol of an entry; otherwise NULL */
	GArray *lines;			   /* struct kconfig_line */
	GPtrArray *members;		   /* struct kconfig_symbol; NULL: not a choice */
	const char *file;
	unsigned int line;
	const char *unclear; /* the first line that is not understood; NULL: none */
};

/* A "select" or "imply" line, kept in the @raises of the symbol that the line names. */
struct kconfig_raise {
	const struct kconfig_node *by; /* the entry with the line */
	enum kconfig_line_kind kind;
	const char *condition;
};

struct kconfig_symbol {
	const char *name; /* without CONFIG_ */
	enum kconfig_type type;
	GPtrArray *nodes; /* const struct kconfig_node: its entries; empty: it has no entry */
	GArray *raises;	  /* struct kconfig_raise: lines that select or imply it */
};

struct kconfig_reader {
	void *data;
	/*
	 * Returns the content of the file at @path, which is relative to the tree. The caller
	 * owns the reference. NULL if the file cannot be read.
	 */
	GBytes *(*read)(void *data, const char *path);
};

struct kconfig_tree;

/*
 * Reads "Kconfig" and all files that it sources. @arch is make's ARCH. Never fails. Problems are
 * listed by kconfig_tree_problems(). @reader is not used after the call. Free the result with
 * kconfig_tree_free().
 */
struct kconfig_tree *kconfig_tree_load(const struct kconfig_reader *reader, const char *arch);
/* Does the same as kconfig_tree_load() with the files in @folder. */
struct kconfig_tree *kconfig_tree_load_folder(const char *folder, const char *arch);
void kconfig_tree_free(struct kconfig_tree *tree);
typedef struct kconfig_tree kconfig_tree; /* g_autoptr() takes one word */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(kconfig_tree, kconfig_tree_free)

/* Returns the symbol @name (without CONFIG_); NULL if it has no entry. */
const struct kconfig_symbol *kconfig_tree_find(const struct kconfig_tree *tree, const char *name);
/*
 * Returns all symbols that have an entry, as struct kconfig_symbol in no particular order. Free
 * with g_ptr_array_unref().
 */
GPtrArray *kconfig_tree_symbols(const struct kconfig_tree *tree);
/*
 * Returns the text of the macro @name, as "cc-option = ..." defines it; NULL if there is no such
 * macro. The text belongs to @tree.
 */
const char *kconfig_tree_macro(const struct kconfig_tree *tree, const char *name);
/* Returns the problems found, as char * "file:line: text". The array belongs to @tree. */
const GPtrArray *kconfig_tree_problems(const struct kconfig_tree *tree);
/* Returns the number of "source" lines whose file cannot be read or whose path has a macro. */
unsigned int kconfig_tree_unread(const struct kconfig_tree *tree);
/* Returns the innermost choice around @node, which may be @node; NULL if there is none. */
const struct kconfig_node *kconfig_choice_of(const struct kconfig_node *node);
/* True if @node has a prompt. The prompt may be hidden. */
bool kconfig_has_prompt(const struct kconfig_node *node);

/*
 * Returns a text of all lines that affect the value of @symbol, for comparing the symbol in two
 * trees. With @raised, the text has the lines that select or imply the symbol. Without @raised, the
 * text has all other lines. Free with g_free().
 */
char *kconfig_symbol_spelling(const struct kconfig_symbol *symbol, bool raised);
/*
 * Returns a table from the name of a symbol to a GPtrArray of struct kconfig_symbol: the symbols
 * whose value may depend on the named symbol. Free with g_hash_table_unref().
 */
GHashTable *kconfig_tree_users(const struct kconfig_tree *tree);

/* The functions of kconfig_tree.c that kconfig_parse_file() calls to store its results: */

/* Adds a node below @parent. The node belongs to @tree. */
struct kconfig_node *kconfig_tree_add(struct kconfig_tree *tree, enum kconfig_node_kind kind,
				      const struct kconfig_node *parent, const char *file,
				      unsigned int line);
/* Makes @node an entry of the symbol @name. */
void kconfig_tree_name(struct kconfig_tree *tree, struct kconfig_node *node, const char *name);
/* Returns a copy of @text with $(SRCARCH) and $(ARCH) expanded. The copy belongs to @tree. */
const char *kconfig_tree_text(struct kconfig_tree *tree, const char *text);
/* Defines a macro. With @more, appends @text to the old text of the macro, as "+=" does. */
void kconfig_tree_define(struct kconfig_tree *tree, const char *macro, const char *text, bool more);
/* Adds "@file:@line: @what" to the problems of @tree. */
void kconfig_tree_problem(struct kconfig_tree *tree, const char *file, unsigned int line,
			  const char *what);
/* Parses the file at @path below the node @parent. @from:@line is the "source" line. */
void kconfig_tree_source(struct kconfig_tree *tree, struct kconfig_node *parent, const char *path,
			 const char *from, unsigned int line);
/* Parses @text, the content of @file, and adds its nodes below @parent. */
void kconfig_parse_file(struct kconfig_tree *tree, struct kconfig_node *parent, const char *file,
			const char *text);

#endif
