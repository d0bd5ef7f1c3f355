/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Splits the text of a C header into its top-level items: each #define and #undef, each
 * declaration and definition, and each other directive. The text is not preprocessed. So an item
 * is opaque if its meaning depends on macros. The #if conditions around an item are part of the
 * item.
 */
#ifndef INITLINT_ANALYZER_REINDEX_HEADER_ITEMS_H
#define INITLINT_ANALYZER_REINDEX_HEADER_ITEMS_H

#include <stdbool.h>
#include <glib.h>

enum item_kind {
	ITEM_OPAQUE,	/* the names that it declares are unknown */
	ITEM_PROTOTYPE, /* one or more function prototypes */
	ITEM_FUNCTION,	/* a function definition */
	ITEM_VARIABLE,	/* an extern variable, or "struct s;" */
	ITEM_MACRO,	/* a #define or #undef */
};

struct header_item {
	enum item_kind kind;
	bool has_lines;		/* facts may refer to its lines */
	const char *text;	/* the item; white space is a single blank */
	const char *layout;	/* like text, but also with the line of each token in the item */
	const char *body;	/* function definition: where the body begins in text; else NULL */
	const char *conditions; /* the #if conditions around it, one on each line; "" if none */
	GPtrArray *names;   /* const char *: all names that it declares, perhaps other words too */
	unsigned int first; /* first and last line, from 1 */
	unsigned int last;
};

struct header_items {
	GArray *items;	       /* struct header_item */
	GStringChunk *strings; /* owns the strings of items */
	bool broken;	       /* braces or conditions do not nest: the items may be wrong */
};

/*
 * Returns @text without comments, and sets *@stripped to its length. Line numbers do not change.
 * Free with g_free().
 */
char *header_strip(const char *text, gsize len, gsize *stripped);

/* Splits @stripped, a text from header_strip(), into items. Free with header_items_free(). */
struct header_items *header_items_new(const char *stripped, gsize len);
void header_items_free(struct header_items *items);
typedef struct header_items header_items; /* g_autoptr() takes one word */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(header_items, header_items_free)

#endif
