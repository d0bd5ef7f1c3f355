/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Finds the kind of an item and its declared names from its tokens. Private to header_items.c and
 * header_kind.c.
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
	guint at;  /* offset in the item's text */
	guint len; /* in bytes */
	int depth; /* number of brackets around the token; a bracket is not inside itself */
};

/* Sets kind, has_lines, names and body of @item from its @tokens. @strings owns the names. */
void header_classify(struct header_item *item, const GArray *tokens, GStringChunk *strings);
/* True if a '{' behind @tokens begins the body of a function. @text: the text of @tokens. */
bool header_is_function_head(const char *text, const GArray *tokens);
/* True if @word is a keyword of C or of a compiler extension. */
bool header_is_keyword(const char *word);

#endif
