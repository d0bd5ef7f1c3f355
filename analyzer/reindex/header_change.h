/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Compares two versions of a header. The result is the set of names that the versions declare
 * differently. A unit that uses none of these names reads the same as before. Some changes cannot
 * be decided by names; struct header_change then says so. docs/how-it-works.md has the argument.
 */
#ifndef INITLINT_ANALYZER_REINDEX_HEADER_CHANGE_H
#define INITLINT_ANALYZER_REINDEX_HEADER_CHANGE_H

#include <stdbool.h>
#include <glib.h>

#include "db/facts.h"

/* The names that all headers of one comparison change. Keys are owned (char *). */
struct header_names {
	GHashTable *declared; /* with another declaration: concerns each unit that has the word */
	GHashTable *bodies;   /* of functions with another body: only their own facts may differ */
	GHashTable *used;     /* in new text: concerns a unit that defines the word itself */
};

struct header_change {
	bool decidable;		  /* the names say it all; false: each unit is concerned */
	bool defines;		  /* facts of functions that it defines may differ */
	bool adds_words;	  /* new words, for which a unit may lack the declaration */
	GArray *moves;		  /* struct line_move: lines that only moved; if decidable */
	struct header_diff *diff; /* private */
};

void header_names_init(struct header_names *names);
void header_names_clear(struct header_names *names);

/* Both texts as header_strip() gives them. Adds to @names. Free with header_change_free(). */
struct header_change *header_change_new(const char *was, gsize was_len, const char *now,
					gsize now_len, struct header_names *names);
void header_change_free(struct header_change *change);

/*
 * Marks as changed whatever mentions a changed name, in all @n headers, until nothing new is
 * found. A change may become undecidable by this.
 */
void header_changes_close(struct header_change *const *changes, unsigned int n,
			  struct header_names *names);

#endif
