/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Compares the old and the new version of a header. The result is the set of names that the two
 * versions declare differently. A unit that uses none of these names has the same facts with both
 * versions.
 *
 * Decidable: a change is decidable if the names tell which units the change concerns. An
 * undecidable change concerns all units that include the header. docs/hacking/how-it-works.md has
 * the argument.
 */
#ifndef INITLINT_ANALYZER_REINDEX_HEADER_CHANGE_H
#define INITLINT_ANALYZER_REINDEX_HEADER_CHANGE_H

#include <stdbool.h>
#include <glib.h>

#include "db/facts.h"

/* The names from all headers that are compared together. Each set owns its keys (char *). */
struct header_names {
	/*
	 * Names with a changed declaration. A unit is concerned if it has one of these names as a
	 * word.
	 */
	GHashTable *declared;
	/*
	 * Functions with a changed body, and names of items that mention such a function. A changed
	 * body affects only the facts of the function itself.
	 */
	GHashTable *bodies;
	/*
	 * Words in the new text of changed items. A unit is concerned if it defines one of these
	 * words as a macro.
	 */
	GHashTable *used;
};

struct header_change {
	/* true: the names tell which units the change concerns; false: it concerns all includers */
	bool decidable;
	bool defines; /* the header defines functions whose facts may differ */
	/*
	 * The change concerns each unit that reads the header without a shared precompiled header.
	 * Reason: the new text has words that the unit may not declare, or an item with unknown
	 * names uses a function with a changed body.
	 */
	bool adds_words;
	/* struct line_move: how far unchanged items have moved; valid if decidable */
	GArray *moves;
	struct header_diff *diff; /* private */
};

/* Initialises @names with empty sets. Free them with header_names_clear(). */
void header_names_init(struct header_names *names);
void header_names_clear(struct header_names *names);

/*
 * Compares the old text @was with the new text @now of a header. Both texts must come from
 * header_strip(). Adds the affected names to @names. Free with header_change_free().
 */
struct header_change *header_change_new(const char *was, gsize was_len, const char *now,
					gsize now_len, struct header_names *names);
void header_change_free(struct header_change *change);

/*
 * Finds indirect changes in all @n headers. Marks each item of the new texts that mentions a
 * changed name as changed, and adds the names of the item to @names. Repeats this until there is no
 * further item to mark. If an item with unknown names is marked, the change of its header becomes
 * undecidable.
 */
void header_changes_close(struct header_change *const *changes, unsigned int n,
			  struct header_names *names);

#endif
