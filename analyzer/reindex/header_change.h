/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What differs between two versions of a header, told by the names that it declares
 * otherwise: who reads none of these names reads the same as before. Where that cannot
 * be told for sure, it says so. See docs/how-it-works.md for the argument.
 */
#ifndef INITLINT_ANALYZER_REINDEX_HEADER_CHANGE_H
#define INITLINT_ANALYZER_REINDEX_HEADER_CHANGE_H

#include <stdbool.h>
#include <glib.h>

#include "db/facts.h"

/* What changed in all headers of one comparison. Keys are owned (char *). */
struct header_names {
	GHashTable *declared; /* declared otherwise: who has the word may read otherwise */
	GHashTable *bodies;   /* functions whose own facts may differ, and no one else's */
	GHashTable *used;     /* words of what is new: who gives one a meaning of his own */
};

struct header_change {
	bool told;     /* the names are all that matters */
	bool defines;  /* facts of functions that it defines may differ */
	bool strange;  /* has words that the header did not have: may need what is not there */
	GArray *moves; /* struct line_move: what only stands elsewhere; if told */
	struct header_diff *diff; /* private */
};

void header_names_init(struct header_names *names);
void header_names_clear(struct header_names *names);

/* Both texts as header_strip() gives them. Adds to @names. Free with header_change_free(). */
struct header_change *header_change_new(const char *was, gsize was_len, const char *now,
					gsize now_len, struct header_names *names);
void header_change_free(struct header_change *change);

/*
 * Takes what mentions a changed name for changed too, through all @n headers, until
 * nothing is left to be added. Some of them may no longer be told after that.
 */
void header_changes_close(struct header_change *const *changes, unsigned int n,
			  struct header_names *names);

#endif
