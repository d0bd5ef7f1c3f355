/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Splits the text of a C header into its top-level items: each #define and #undef, each declaration
 * and definition, and each other directive. The #if conditions around an item are part of the item.
 *
 * The text is not preprocessed. If an item depends on macros, the names that the item declares may
 * be unknown. An item with unknown names is opaque.
 */
#ifndef INITLINT_ANALYZER_REINDEX_HEADER_ITEMS_H
#define INITLINT_ANALYZER_REINDEX_HEADER_ITEMS_H

#include <stdbool.h>
#include <glib.h>

enum item_kind {
	ITEM_OPAQUE,	/* the names that the item declares are unknown */
	ITEM_PROTOTYPE, /* one or more function prototypes */
	ITEM_FUNCTION,	/* a function definition */
	ITEM_VARIABLE,	/* an extern variable, or "struct s;" */
	ITEM_MACRO,	/* a #define or #undef */
};

struct header_item {
	enum item_kind kind;
	bool has_lines;	  /* facts may refer to lines of the item */
	const char *text; /* text of the item, with one blank for each run of white space */
	/*
	 * Like @text, but each line after the first line of the item begins with its line number.
	 * The lines are counted from 0, the first line of the item. If two items have equal texts
	 * and equal line breaks, the layouts of the items are equal.
	 */
	const char *layout;
	/* ITEM_FUNCTION: start of the function's body in @text; else NULL */
	const char *body;
	/* the #if conditions around the item, one on each line; "" if none */
	const char *conditions;
	/* const char *: all names that the item declares, and possibly other words */
	GPtrArray *names;
	unsigned int first; /* first line of the item, counted from 1 */
	unsigned int last;  /* last line of the item, inclusive */
};

struct header_items {
	GArray *items;	       /* struct header_item */
	GStringChunk *strings; /* owns the strings of @items */
	bool broken;	       /* braces or #if conditions do not nest: the items may be wrong */
};

/*
 * Returns a copy of @text without comments. Sets *@stripped to the length of this copy. Each line
 * keeps its line number. Free with g_free().
 */
char *header_strip(const char *text, gsize len, gsize *stripped);

/* Splits @stripped, a text from header_strip(), into items. Free with header_items_free(). */
struct header_items *header_items_new(const char *stripped, gsize len);
void header_items_free(struct header_items *items);
typedef struct header_items header_items; /* g_autoptr() needs a type name without "struct" */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(header_items, header_items_free)

#endif
