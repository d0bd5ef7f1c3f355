/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The text of a C header as the sequence of its top-level items: each #define and #undef,
 * each declaration and definition, each other directive. Without preprocessing, so an
 * item that takes macros to understand is opaque; the conditions it stands under are part
 * of it. Comments must have been taken out with header_strip().
 */
#ifndef INITLINT_ANALYZER_REINDEX_HEADER_ITEMS_H
#define INITLINT_ANALYZER_REINDEX_HEADER_ITEMS_H

#include <stdbool.h>
#include <glib.h>

enum item_kind {
	ITEM_OPAQUE,	/* what it declares cannot be told */
	ITEM_PROTOTYPE, /* of functions */
	ITEM_FUNCTION,	/* with its body */
	ITEM_VARIABLE,	/* extern; or a struct that is only announced */
	ITEM_MACRO,	/* #define or #undef */
};

struct header_item {
	enum item_kind kind;
	bool has_lines;	    /* facts may stand at its lines */
	const char *text;   /* white space as single blanks */
	const char *layout; /* the same with the newlines in it */
	const char *body;   /* of a function: where in text it starts; else NULL */
	const char *where;  /* conditions around it, one a line; "" if none */
	GPtrArray *names;   /* const char *: what it declares; more is possible, less is not */
	unsigned int first; /* lines, from 1 */
	unsigned int last;
};

struct header_items {
	GArray *items; /* struct header_item */
	GStringChunk *strings;
	bool broken; /* braces and conditions do not nest: no item is sure */
};

/* @text without comments; its lines stay where they are. Free with g_free(). */
char *header_strip(const char *text, gsize len, gsize *stripped);

struct header_items *header_items_new(const char *stripped, gsize len);
void header_items_free(struct header_items *items);
typedef struct header_items header_items; /* g_autoptr() takes one word */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(header_items, header_items_free)

#endif
