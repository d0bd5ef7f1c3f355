/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Searches the texts of many files for some names. A name may occur as a word, or the preprocessor
 * may paste it together from several words.
 */
#ifndef INITLINT_ANALYZER_REINDEX_WORD_SEARCH_H
#define INITLINT_ANALYZER_REINDEX_WORD_SEARCH_H

#include <stdbool.h>
#include <stdint.h>
#include <glib.h>

struct word_search;

/* The result of the search in one text. */
struct word_hits {
	GArray *pieces;	 /* uint32_t: numbers of words that are a name or a part of a name */
	bool defines;	 /* the text has a #define or #undef of one of the macros */
	bool unreadable; /* the file could not be read */
};

/*
 * Returns a search for @names (char *), and for #define and #undef of @macros (a set of char *).
 * Copies both. Returns NULL if there are too many names: reading all units again is faster then.
 * Free with word_search_free().
 */
struct word_search *word_search_new(const GPtrArray *names, GHashTable *macros);
void word_search_free(struct word_search *search);
typedef struct word_search word_search; /* g_autoptr() takes one word */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(word_search, word_search_free)

/* Searches @n files with @jobs threads. Clear each of @hits with word_hits_clear(). */
void word_search_files(struct word_search *search, const char *const *paths, unsigned int n,
		       unsigned int jobs, struct word_hits *hits);
/* Searches @text. Clear @hits with word_hits_clear(). */
void word_search_text(struct word_search *search, const char *text, gsize len,
		      struct word_hits *hits);
void word_hits_clear(struct word_hits *hits);

/* Begins a new set of texts: the files of one unit. */
void word_search_begin(struct word_search *search);
/*
 * Adds a text to the set. @declares: the text declares the names, so whole names in this text do
 * not count as use.
 */
void word_search_add(struct word_search *search, const struct word_hits *hits, bool declares);
/* True if name @i is a word of the set, or can be pasted together from words of the set. */
bool word_search_finds(const struct word_search *search, unsigned int i);

#endif
