/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Finds the kind of an item, and the names that the item declares, from the tokens of the item.
 * Private to header_items.c and header_kind.c.
 */
#ifndef INITLINT_ANALYZER_REINDEX_HEADER_KIND_INTERNAL_H
#define INITLINT_ANALYZER_REINDEX_HEADER_KIND_INTERNAL_H

#include "analyzer/reindex/header_items.h"

enum token_kind {
	TOKEN_WORD,
	TOKEN_NUMBER,
	TOKEN_LITERAL,
	TOKEN_PUNCTUATOR,
};

/* A token of an item. */
struct token {
	enum token_kind kind;
	guint at;  /* offset in the item's text, in bytes */
	guint len; /* in bytes */
	/* number of bracket pairs around the token; a bracket is not inside its own pair */
	int depth;
};

/*
 * Sets @item->kind, @item->has_lines, @item->names and @item->body. @tokens: the tokens of
 * @item->text. @strings owns the strings in @item->names.
 */
void header_classify(struct header_item *item, const GArray *tokens, GStringChunk *strings);
/*
 * @tokens: the tokens of an item so far. @text: the text that the offsets of @tokens refer to.
 * Returns true if a '{' directly after these tokens begins the body of a function.
 */
bool header_is_function_head(const char *text, const GArray *tokens);
/* True if @word is a keyword of C or of a compiler extension. */
bool header_is_keyword(const char *word);

#endif
