/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Searches the texts of many files for a set of names. A name may occur in a text as one word. The
 * preprocessor may also paste the name from several words with ##. Each of these words is then a
 * part of the name.
 */
#ifndef INITLINT_ANALYZER_REINDEX_WORD_SEARCH_H
#define INITLINT_ANALYZER_REINDEX_WORD_SEARCH_H

#include <stdbool.h>
#include <stdint.h>
#include <glib.h>

struct word_search;

/* The result of the search in one text. */
struct word_hits {
	/*
	 * uint32_t: the numbers of the pieces that are words of the text. A piece is a name or a
	 * part of a name. word_search_new() gives each piece a number.
	 */
	GArray *pieces;
	/*
	 * The text has a #define or #undef of a macro in the set that word_search_new() got as
	 * @macros.
	 */
	bool defines;
	bool unreadable; /* the file could not be read */
};

/*
 * Returns a search for @names (char *), and for #define and #undef of @macros (a set of char *).
 * Copies all these strings. Free with word_search_free().
 *
 * Returns NULL if a name has more than 128 bytes, or if all names together have more than 16384
 * bytes. Reason: the search needs a hash table with all parts of all names, and this table would be
 * too large. After NULL, the caller must assume that every text has the names.
 */
struct word_search *word_search_new(const GPtrArray *names, GHashTable *macros);
void word_search_free(struct word_search *search);
typedef struct word_search word_search; /* g_autoptr() needs a type name without "struct" */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(word_search, word_search_free)

/*
 * Searches the @n files at @paths with @jobs threads. Fills @hits[i] with the result for @paths[i].
 * Clear each element of @hits with word_hits_clear().
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
 * the text is a changed header that declares the names. In a changed header, a whole name is a
 * declaration and not a use. So if @declares is true, does not add words that are whole names.
 */
void word_search_add(struct word_search *search, const struct word_hits *hits, bool declares);
/*
 * @i: the index of a name in the array that word_search_new() got as @names. Returns true if the
 * name is a word of the set, or if ## can paste the name from two or three words of the set.
 */
bool word_search_finds(const struct word_search *search, unsigned int i);

#endif
