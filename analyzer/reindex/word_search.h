/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Looks for a few names in the texts of many files: as words, and as what the
 * preprocessor could paste together from words.
 */
#ifndef INITLINT_ANALYZER_REINDEX_WORD_SEARCH_H
#define INITLINT_ANALYZER_REINDEX_WORD_SEARCH_H

#include <stdbool.h>
#include <stdint.h>
#include <glib.h>

struct word_search;

/* What one text has of that which is looked for. */
struct word_hits {
	GArray *pieces; /* uint32_t: words that are a name or a part of one */
	bool defines;	/* #define or #undef of one of the macros */
	bool unreadable;
};

/*
 * @names: (char *) to be looked for; @macros: set of (char *) whose #define is looked for. Both
 * are copied. NULL if there are too many names for the search to be worth its time.
 */
struct word_search *word_search_new(const GPtrArray *names, GHashTable *macros);
void word_search_free(struct word_search *search);
typedef struct word_search word_search; /* g_autoptr() takes one word */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(word_search, word_search_free)

/* Searches @n files with @jobs threads. Clear each of @hits with word_hits_clear(). */
void word_search_files(struct word_search *search, const char *const *paths, unsigned int n,
		       unsigned int jobs, struct word_hits *hits);
void word_search_text(struct word_search *search, const char *text, gsize len,
		      struct word_hits *hits);
void word_hits_clear(struct word_hits *hits);

/* Begins a set of texts that are read together. */
void word_search_begin(struct word_search *search);
/* Adds a text to the set. @declares: the names themselves do not count in it. */
void word_search_add(struct word_search *search, const struct word_hits *hits, bool declares);
/* Whether name @i is a word of the set or could be pasted together in it. */
bool word_search_finds(const struct word_search *search, unsigned int i);

#endif
