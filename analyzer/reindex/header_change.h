/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Compares two versions of a header. The result is the set of names that the versions declare
 * differently. A unit that uses none of these names reads the same as before. Some changes cannot
 * be decided by names; struct header_change then says so. docs/hacking/how-it-works.md has the argument.
 */
#ifndef INITLINT_ANALYZER_REINDEX_HEADER_CHANGE_H
#define INITLINT_ANALYZER_REINDEX_HEADER_CHANGE_H

#include <stdbool.h>
#include <glib.h>

#include "db/facts.h"

/* The names that the changed headers of one comparison affect. The sets own their keys (char *). */
struct header_names {
	/* Names with a changed declaration. They concern each unit that has such a word. */
	GHashTable *declared;
	/* Functions with a changed body. Only the facts of these functions may differ. */
	GHashTable *bodies;
	/* Words of the new text. They concern each unit that defines such a word as a macro. */
	GHashTable *used;
};

struct header_change {
	bool decidable;		  /* the names tell which units are concerned; false: all units */
	bool defines;		  /* facts of functions that the header defines may differ */
	bool adds_words;	  /* the new text has words that a unit may not have declared */
	GArray *moves;		  /* struct line_move: unchanged lines that moved; if decidable */
	struct header_diff *diff; /* private */
};

/* Initialises @names with empty sets. Free them with header_names_clear(). */
void header_names_init(struct header_names *names);
void header_names_clear(struct header_names *names);

/*
 * Compares the old text @was with the new text @now of a header. Both must come from
 * header_strip(). Adds the affected names to @names. Free with header_change_free().
 */
struct header_change *header_change_new(const char *was, gsize was_len, const char *now,
					gsize now_len, struct header_names *names);
void header_change_free(struct header_change *change);

/*
 * Marks each item that mentions a changed name as changed, in all @n headers. Repeats this until no
 * further item is found. A change may become undecidable.
 */
void header_changes_close(struct header_change *const *changes, unsigned int n,
			  struct header_names *names);

#endif
