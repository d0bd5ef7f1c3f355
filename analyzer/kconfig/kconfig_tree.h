/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The Kconfig files of a kernel tree: the dependencies, prompts, defaults and selects of each
 * symbol. Help texts and other parts that do not affect a value are left out. Expressions are kept
 * as text; kconfig_eval.h evaluates them. Only the macros $(SRCARCH) and $(ARCH) are expanded.
 *
 * An entry is a "config" or "menuconfig" block. A symbol may have several entries. A node is an
 * entry, a file, or another block such as a menu. kconfig_node.unclear is set if the parser does
 * not understand a line of the node.
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

/* A line of an entry or of another block, such as "default VALUE if CONDITION". */
struct kconfig_line {
	enum kconfig_line_kind kind;
	const char *value; /* VALUE; NULL: a line of this kind has no value */
	/* CONDITION, or the expression after "depends on" or "visible if"; NULL: no condition */
	const char *condition;
	unsigned int line; /* line number in kconfig_node.file */
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
	const struct kconfig_node *parent; /* the node around this node; NULL: the top file */
	struct kconfig_symbol *symbol;	   /* the symbol of an entry; NULL: not an entry */
	GArray *lines;			   /* struct kconfig_line */
	GPtrArray *members; /* struct kconfig_symbol of a choice; NULL: not a choice */
	const char *file;
	unsigned int line;
	const char *unclear; /* the first line that the parser does not understand; or NULL */
};

/*
 * A "select" or "imply" line. For "select FOO" in an entry of BAR, kconfig_symbol.raises of FOO has
 * a struct kconfig_raise whose @by is the entry of BAR.
 */
struct kconfig_raise {
	const struct kconfig_node *by; /* the entry that contains the line */
	enum kconfig_line_kind kind;   /* KCONFIG_SELECT or KCONFIG_IMPLY */
	const char *condition;	       /* NULL: no condition */
};

struct kconfig_symbol {
	const char *name; /* without CONFIG_ */
	enum kconfig_type type;
	GPtrArray *nodes; /* const struct kconfig_node: the entries of the symbol; may be empty */
	GArray *raises;	  /* struct kconfig_raise: the lines that select or imply the symbol */
};

/* The callback that reads the Kconfig files for kconfig_tree_load(). */
struct kconfig_reader {
	void *data;
	/*
	 * Returns the content of the file at @path. @path is relative to the tree. The caller
	 * owns the returned reference. Returns NULL if the file cannot be read.
	 */
	GBytes *(*read)(void *data, const char *path);
};

struct kconfig_tree;

/*
 * Reads the file "Kconfig" and all files that "source" lines name. @arch is make's ARCH. Never
 * returns NULL: a file that cannot be read, or a line that is not understood, is listed in
 * kconfig_tree_problems(). @reader is not used after the call. Free the result with
 * kconfig_tree_free().
 */
struct kconfig_tree *kconfig_tree_load(const struct kconfig_reader *reader, const char *arch);
/* Like kconfig_tree_load(), but reads the files below the directory @folder. */
struct kconfig_tree *kconfig_tree_load_folder(const char *folder, const char *arch);
void kconfig_tree_free(struct kconfig_tree *tree);
typedef struct kconfig_tree kconfig_tree; /* g_autoptr() needs a type name of one word */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(kconfig_tree, kconfig_tree_free)

/* Returns the symbol @name (without CONFIG_); NULL if no entry defines the symbol. */
const struct kconfig_symbol *kconfig_tree_find(const struct kconfig_tree *tree, const char *name);
/*
 * Returns all symbols that have an entry, as struct kconfig_symbol in no particular order. The
 * symbols belong to @tree. Free the array with g_ptr_array_unref().
 */
GPtrArray *kconfig_tree_symbols(const struct kconfig_tree *tree);
/*
 * Returns the text of the macro @name: for "cc-option = TEXT", returns TEXT without expanding it.
 * Returns NULL if no Kconfig file defines the macro. The text belongs to @tree.
 */
const char *kconfig_tree_macro(const struct kconfig_tree *tree, const char *name);
/* Returns the problems of the Kconfig files, as char * "file:line: text". @tree owns the array. */
const GPtrArray *kconfig_tree_problems(const struct kconfig_tree *tree);
/*
 * Returns the number of "source" lines whose file was not read, because the file cannot be read, the
 * path in the line contains a macro that is not expanded, or the lines form a loop.
 */
unsigned int kconfig_tree_unread(const struct kconfig_tree *tree);
/* Returns @node if @node is a choice, or else the innermost choice around @node; NULL: none. */
const struct kconfig_node *kconfig_choice_of(const struct kconfig_node *node);
/* True if @node has a prompt, even if the prompt is hidden. */
bool kconfig_has_prompt(const struct kconfig_node *node);

/*
 * Returns a text for comparing @symbol in two trees. If @raised is true, the text consists of the
 * lines that select or imply @symbol, and of the dependencies of the entries that contain these
 * lines. If @raised is false, the text consists of all other lines that affect the value of
 * @symbol. Free with g_free().
 */
char *kconfig_symbol_spelling(const struct kconfig_symbol *symbol, bool raised);
/*
 * Returns a table: name of a symbol -> GPtrArray of struct kconfig_symbol. The array has all
 * symbols whose value may depend on the named symbol. The symbols belong to @tree. Free the table
 * with g_hash_table_unref().
 */
GHashTable *kconfig_tree_users(const struct kconfig_tree *tree);

/*
 * Only kconfig_tree.c and kconfig_parse.c use the functions below. The parser in kconfig_parse.c
 * stores its results in @tree with these functions.
 */

/* Adds a node below @parent, and returns the node. @tree owns the node. */
struct kconfig_node *kconfig_tree_add(struct kconfig_tree *tree, enum kconfig_node_kind kind,
				      const struct kconfig_node *parent, const char *file,
				      unsigned int line);
/* Makes @node an entry of the symbol @name. */
void kconfig_tree_name(struct kconfig_tree *tree, struct kconfig_node *node, const char *name);
/* Returns a copy of @text with $(SRCARCH) and $(ARCH) expanded. The copy belongs to @tree. */
const char *kconfig_tree_text(struct kconfig_tree *tree, const char *text);
/* Defines the macro @macro as @text. If @more is true, appends @text to the macro as "+=" does. */
void kconfig_tree_define(struct kconfig_tree *tree, const char *macro, const char *text, bool more);
/* Adds "@file:@line: @what" to the problems of @tree. */
void kconfig_tree_problem(struct kconfig_tree *tree, const char *file, unsigned int line,
			  const char *what);
/*
 * Reads and parses the file at @path, and adds its nodes below @parent. The "source" line that
 * names the file is line @line of the file @from. If the file cannot be read, adds a problem to
 * @tree.
 */
void kconfig_tree_source(struct kconfig_tree *tree, struct kconfig_node *parent, const char *path,
			 const char *from, unsigned int line);
/* kconfig_parse.c: parses @text, the content of @file, and adds its nodes below @parent. */
void kconfig_parse_file(struct kconfig_tree *tree, struct kconfig_node *parent, const char *file,
			const char *text);

#endif
