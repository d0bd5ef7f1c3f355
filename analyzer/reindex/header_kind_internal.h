/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What kind of item a run of tokens is, and what it declares. Private to header_items.c
 * and header_kind.c.
 */
#ifndef INITLINT_ANALYZER_REINDEX_HEADER_KIND_INTERNAL_H
#define INITLINT_ANALYZER_REINDEX_HEADER_KIND_INTERNAL_H

#include "analyzer/reindex/header_items.h"

enum token_kind {
	TOKEN_WORD,
	TOKEN_OTHER_WORD, /* a number */
	TOKEN_LITERAL,
	TOKEN_SIGN,
};

/* A token of the item at hand; @at: offset in its text. */
struct token {
	enum token_kind kind;
	guint at;
	guint len;
	int depth; /* of brackets around it; one that opens or closes is outside */
};

/* Sets kind, has_lines, names and body of @item from its @tokens; names go to @strings. */
void header_classify(struct header_item *item, const GArray *tokens, GStringChunk *strings);
/* Whether the '{' that follows @tokens begins the body of a function. */
bool header_is_function_head(const char *text, const GArray *tokens);
/* Whether C gives the word a meaning. */
bool header_is_keyword(const char *word);

#endif
