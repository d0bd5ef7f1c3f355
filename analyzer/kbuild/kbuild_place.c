// SPDX-License-Identifier: GPL-2.0-only
/*
 * Finds the places of objects and directories. A place is the Makefile line that adds an object or
 * a directory to a list such as "obj-y". The parent of an object's place is the line that adds the
 * object's directory, and so on up to the top directory. A composite object is linked from other
 * objects, which are the parts of the composite object: "foo-y := a.o b.o". The parent of a part's
 * place is the place of the composite object.
 */
#include "analyzer/kbuild/kbuild_internal.h"

enum { MAX_NESTED = 8 }; /* limit for composite objects that are parts of composite objects */

struct placed {
	struct place_fact *fact; /* NULL: no line was found */
	unsigned int n_children; /* number of places whose parent is @fact */
};

struct placer {
	struct kbuild *kbuild;
	const char *dir;
	const struct place_fact *parent;
	const char *const *names;
	unsigned int n_children; /* number of places whose parent is @parent */
	/* Key: a word of a list, or "FILE:LINE" in find_arch_place(). Value: struct placed. */
	GHashTable *placed;
};

struct placer *placer_new(struct kbuild *kbuild, const char *dir, const struct place_fact *parent,
			  const char *const *names)
{
	struct placer *placer = g_new0(struct placer, 1);

	placer->kbuild = kbuild;
	placer->dir = dir;
	placer->parent = parent;
	placer->names = names;
	placer->placed = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	return placer;
}

void placer_free(struct placer *placer)
{
	if (!placer)
		return;
	g_hash_table_unref(placer->placed);
	g_free(placer);
}

static struct place_fact *new_place(struct kbuild *kbuild, struct origin *origin, const char *item,
				    const struct place_fact *parent, unsigned int rank)
{
	struct place_fact *fact = arena_new0(kbuild->arena, struct place_fact);

	fact->parent = parent;
	fact->item = item;
	fact->rank = rank;
	if (origin) {
		fact->makefile = kbuild_fact_path(kbuild, origin->place.file);
		fact->line = origin->place.line;
		fact->condition = conditions_join(kbuild, origin->conditions);
		origin_clear(origin);
	}
	return fact;
}

static struct placed *find_placed(struct placer *placer, struct word word, const char *item,
				  unsigned int depth);

/* Returns "foo" for the lists foo-y, foo-objs and foo-m; an empty word for other lists. */
static struct word list_stem(const char *list)
{
	static const char *const suffixes[] = { "-objs", "-y", "-m" };
	struct word name = { list, strlen(list) };

	for (size_t i = 0; i < G_N_ELEMENTS(suffixes); i++)
		if (word_ends(name, suffixes[i]))
			return (struct word){ list, name.len - strlen(suffixes[i]) };
	return (struct word){ list, 0 };
}

static bool find_in_top(struct kbuild *kbuild, struct word word, struct origin *origin)
{
	g_autoptr(GPtrArray) lists = events_lists_of(kbuild, kbuild->top, word);

	for (unsigned int i = 0; i < lists->len; i++)
		if (events_find(kbuild, kbuild->top, word, lists->pdata[i], origin))
			return true;
	return false;
}

/*
 * @word may come from two lines. @origin is the line in the top Kbuild: "obj-y += $(ARCH_CORE)".
 * Another line, in the arch Makefile, adds @word to ARCH_CORE. Returns the place of the line in the
 * arch Makefile, because only the line in the arch Makefile depends on CONFIG_ symbols. The parent
 * of the returned place is the line in the top Kbuild, because the line in the top Kbuild decides
 * the link order. The place_fact.item of the returned place is @item. Clears @origin.
 *
 * In all other cases, returns NULL, and does not clear @origin.
 */
static struct place_fact *find_arch_place(struct placer *placer, struct word word, const char *item,
					  struct origin *origin)
{
	struct kbuild *kbuild = placer->kbuild;
	struct origin arch_origin;
	struct placed *line;
	char *key;

	if (origin->literal || strcmp(placer->dir, ".") != 0 ||
	    !find_in_top(kbuild, word, &arch_origin))
		return NULL;
	/* The key never equals a word in placer->placed, because a word in a list has no colon. */
	key = g_strdup_printf("%s:%u", origin->place.file, origin->place.line);
	line = g_hash_table_lookup(placer->placed, key);
	if (line) {
		g_free(key);
		origin_clear(origin);
	} else {
		const char *raw =
			kbuild_printf(kbuild, "%.*s", (int)origin->raw.len, origin->raw.text);

		line = g_new0(struct placed, 1);
		line->fact = new_place(kbuild, origin, raw, placer->parent, placer->n_children++);
		g_hash_table_insert(placer->placed, key, line);
	}
	return new_place(kbuild, &arch_origin, item, line->fact, line->n_children++);
}

/* Returns the place of @word in one of the lists placer->names; NULL if no line adds @word. */
static struct place_fact *find_direct(struct placer *placer, struct word word, const char *item)
{
	struct origin origin;

	for (const char *const *name = placer->names; *name; name++) {
		struct place_fact *arch_place;

		if (!events_find(placer->kbuild, placer->kbuild->events, word, *name, &origin))
			continue;
		arch_place = find_arch_place(placer, word, item, &origin);
		return arch_place ? arch_place
				  : new_place(placer->kbuild, &origin, item, placer->parent,
					      placer->n_children++);
	}
	return NULL;
}

/* Returns the place of @word as a part of a composite object; NULL if @word is not a part. */
static struct place_fact *find_member(struct placer *placer, struct word word, const char *item,
				      unsigned int depth)
{
	struct kbuild *kbuild = placer->kbuild;
	g_autoptr(GPtrArray) lists = events_lists_of(kbuild, kbuild->events, word);
	struct origin origin;

	for (unsigned int i = 0; i < lists->len; i++) {
		struct word stem = list_stem(lists->pdata[i]);
		g_autofree char *composite = NULL;
		const char *at;
		struct placed *parent;

		if (!stem.len || g_strv_contains(placer->names, lists->pdata[i]))
			continue;
		composite = g_strdup_printf("%.*s.o", (int)stem.len, stem.text);
		at = strcmp(placer->dir, ".") == 0
			     ? kbuild_printf(kbuild, "%s", composite)
			     : kbuild_printf(kbuild, "%s/%s", placer->dir, composite);
		parent = find_placed(placer, (struct word){ composite, stem.len + 2 }, at,
				     depth - 1);
		if (parent->fact &&
		    events_find(kbuild, kbuild->events, word, lists->pdata[i], &origin))
			return new_place(kbuild, &origin, item, parent->fact, parent->n_children++);
	}
	return NULL;
}

static struct placed *find_placed(struct placer *placer, struct word word, const char *item,
				  unsigned int depth)
{
	g_autofree char *key = g_strndup(word.text, word.len);
	struct placed *placed = g_hash_table_lookup(placer->placed, key);

	if (placed)
		return placed;
	placed = g_new0(struct placed, 1);
	g_hash_table_insert(placer->placed, g_steal_pointer(&key), placed);
	placed->fact = find_direct(placer, word, item);
	if (!placed->fact && depth)
		placed->fact = find_member(placer, word, item, depth);
	return placed;
}

const struct place_fact *placer_find(struct placer *placer, struct word word, const char *item)
{
	struct placed *placed;

	if (!placer->kbuild->events->by_word)
		events_index(placer->kbuild, placer->kbuild->events);
	placed = find_placed(placer, word, item, MAX_NESTED);
	if (!placed->fact) {
		kbuild_note(placer->kbuild, NOTE_DETAIL,
			    "%s: no Makefile line was found that adds it", item);
		placed->fact =
			new_place(placer->kbuild, NULL, item, placer->parent, placer->n_children++);
	}
	return placed->fact;
}

const struct place_fact *kbuild_top_place(struct kbuild *kbuild, const char *word, const char *item,
					  unsigned int rank)
{
	struct origin origin;

	if (!find_in_top(kbuild, (struct word){ word, strlen(word) }, &origin))
		return NULL;
	return new_place(kbuild, &origin, item, NULL, rank);
}
