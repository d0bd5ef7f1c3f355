/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Searches the texts of many files for a set of names. A name may occur as a word of its own. Or
 * the preprocessor may paste it with ## from several words: then each of these words is a part of
 * the name.
 */
#ifndef INITLINT_ANALYZER_REINDEX_WORD_SEARCH_H
#define INITLINT_ANALYZER_REINDEX_WORD_SEARCH_H

#include <stdbool.h>
#include <stdint.h>
#include <glib.h>

struct word_search;

/* The result of the search in one text. */
struct word_hits {
	/* uint32_t: numbers of the names and parts of names that are words of the text */
	GArray *pieces;
	/* the text has a #define or #undef of one of the @macros of word_search_new() */
	bool defines;
	bool unreadable; /* the file could not be read */
};

/*
 * Returns a search for @names (char *), and for #define and #undef of @macros (a set of char *).
 * Copies all these strings. Returns NULL if the names are too many or too long. Then it is faster
 * to read all units again. Free with word_search_free().
 */
struct word_search *word_search_new(const GPtrArray *names, GHashTable *macros);
void word_search_free(struct word_search *search);
typedef struct word_search word_search; /* g_autoptr() takes one word */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(word_search, word_search_free)

/*
 * Searches the @n files at @paths with @jobs threads, and fills hits[i] for paths[i]. Clear each of
 * @hits with word_hits_clear().
 */
void word_search_files(struct word_search *search, const char *const *paths, unsigned int n,
		       unsigned int jobs, struct word_hits *hits);
/* Searches @text, and fills @hits. Clear @hits with word_hits_clear(). */
void word_search_text(struct word_search *search, const char *text, gsize len,
		      struct word_hits *hits);
void word_hits_clear(struct word_hits *hits);

/* Begins a new, empty set of words. The set is for the words of all texts of one unit. */
void word_search_begin(struct word_search *search);
/*
 * Adds the words of one text to the set. @hits: the words that were found in the text. @declares:
 * the text is a changed header, which declares the names. In this text, a name as a word of its own
 * does not count as a use of the name.
 */
void word_search_add(struct word_search *search, const struct word_hits *hits, bool declares);
/*
 * True if element @i of the names of word_search_new() is a word of the set, or if ## can paste it
 * from words of the set.
 */
bool word_search_finds(const struct word_search *search, unsigned int i);

#endif
