/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Finds out from the tokens of an item which kind of item it is and which names it declares.
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
 * Sets @item->kind, has_lines, names and body. @tokens: the tokens of @item->text. @strings owns
 * the names.
 */
void header_classify(struct header_item *item, const GArray *tokens, GStringChunk *strings);
/*
 * True if @tokens, the tokens of an item so far, begin a function definition: if the next token is
 * a '{', it begins the function's body. @text: the text that @tokens belong to.
 */
bool header_is_function_head(const char *text, const GArray *tokens);
/* True if @word is a keyword of C or of a compiler extension. */
bool header_is_keyword(const char *word);

#endif
