/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Compares the old and the new version of a header. The result is the set of names that the two
 * versions declare differently. A fact is what the database says about the code of a translation
 * unit, such as a call. If a unit uses none of the names in the set, both versions of the header
 * give equal facts for the unit. docs/hacking/how-it-works.md explains why.
 *
 * Item: a top-level part of a header, such as a macro or a prototype. An item is opaque if the
 * names that the item declares are unknown.
 *
 * Decidable: a change is decidable if the names tell which units the change concerns. An
 * undecidable change concerns all units that include the header.
 */
#ifndef INITLINT_ANALYZER_REINDEX_HEADER_CHANGE_H
#define INITLINT_ANALYZER_REINDEX_HEADER_CHANGE_H

#include <stdbool.h>
#include <glib.h>

#include "db/facts.h"

/* Names and words from all changed headers of one index run. Each set owns its keys (char *). */
struct header_names {
	/*
	 * Names with a changed declaration. A change concerns a unit if one of these names is a
	 * word in a file of the unit.
	 */
	GHashTable *declared;
	/*
	 * Names of functions with a changed body, and names of items that mention one of these
	 * functions. A change concerns a unit if one of these names is a word in a file of the
	 * unit, and the unit does not get the changed header from a shared precompiled header.
	 *
	 * Why a unit with the shared precompiled header is not concerned: the database stores the
	 * body of a function in the precompiled header only once, for the precompiled header
	 * itself. The body is not stored again for each unit that uses the precompiled header.
	 */
	GHashTable *bodies;
	/*
	 * Words in the new text of changed items. A change concerns a unit if the unit defines one
	 * of these words as a macro.
	 */
	GHashTable *used;
};

struct header_change {
	/*
	 * true: the names tell which units the change concerns; false: the change concerns all
	 * units that include the header
	 */
	bool decidable;
	bool defines; /* the header defines functions whose facts may have changed */
	/*
	 * true: the change concerns each unit that does not get the header from a shared
	 * precompiled header. This is so if such a unit may lack the declaration of a word in the
	 * new text, or if an item with unknown names uses a function with a changed body.
	 */
	bool adds_words;
	/*
	 * struct line_move: how many lines unchanged items have moved; valid if @decidable is true
	 */
	GArray *moves;
	struct header_diff *diff; /* private */
};

/* Initialises @names with empty sets. Free them with header_names_clear(). */
void header_names_init(struct header_names *names);
void header_names_clear(struct header_names *names);

/*
 * Compares the old text @was with the new text @now of a header. Both texts must come from
 * header_strip(). Adds to @names the names that the two texts declare differently. Free with
 * header_change_free().
 */
struct header_change *header_change_new(const char *was, gsize was_len, const char *now,
					gsize now_len, struct header_names *names);
void header_change_free(struct header_change *change);

/*
 * Finds indirect changes in the new texts of all @n headers. If an item mentions a changed name,
 * marks the item as changed, and adds the names of the item to @names. Repeats this until no
 * further item is marked. If an opaque item is marked, clears header_change.decidable of the header
 * that contains the opaque item.
 */
void header_changes_close(struct header_change *const *changes, unsigned int n,
			  struct header_names *names);

#endif
