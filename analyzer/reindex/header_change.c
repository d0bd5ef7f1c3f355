// SPDX-License-Identifier: GPL-2.0-only
#include "analyzer/reindex/header_change.h"

#include <string.h>

#include "analyzer/reindex/header_kind_internal.h"
#include "analyzer/base/c_scan.h"

/* Maximum number of cells of the table in match_middle(): (old items + 1) * (new items + 1). */
#define MAX_CELLS (4u << 20)

/* An item mentions a name if the name is a word in the text or the #if conditions of the item. */
enum item_state {
	SAME, /* text and #if conditions are unchanged; record_moves() also checks line breaks */
	/*
	 * A function with unchanged text before the body and unchanged #if conditions. The body or
	 * the line breaks have changed, or the body mentions a changed name. A changed name is a
	 * name with a changed declaration.
	 */
	BODY_CHANGED,
	CHANGED, /* any other item that has changed, or that mentions a changed name */
};

/* The items of the old and the new text, and the state of each item. */
struct header_diff {
	struct header_items *was;   /* items of the old text */
	struct header_items *now;   /* items of the new text */
	enum item_state *was_state; /* was_state[i] is the state of item i of @was */
	enum item_state *now_state; /* now_state[i] is the state of item i of @now */
	GHashTable *old_words;	    /* set of char *: all words of the old text */
};

static struct header_item *item_at(const struct header_items *items, guint i)
{
	return &g_array_index(items->items, struct header_item, i);
}

void header_names_init(struct header_names *names)
{
	names->declared = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	names->bodies = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	names->used = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
}

void header_names_clear(struct header_names *names)
{
	g_clear_pointer(&names->declared, g_hash_table_unref);
	g_clear_pointer(&names->bodies, g_hash_table_unref);
	g_clear_pointer(&names->used, g_hash_table_unref);
}

/* Adds a copy of @name to @set. Returns true if @name was not in @set before. */
static bool add_copy(GHashTable *set, const char *name)
{
	return !g_hash_table_contains(set, name) && g_hash_table_add(set, g_strdup(name));
}

static bool add_names(GHashTable *set, const struct header_item *item)
{
	bool added = false;

	for (guint i = 0; i < item->names->len; i++)
		added |= add_copy(set, item->names->pdata[i]);
	return added;
}

static void add_word(void *set, const char *word)
{
	add_copy(set, word);
}

static bool is_same_item(const struct header_item *a, const struct header_item *b)
{
	return strcmp(a->text, b->text) == 0 && strcmp(a->conditions, b->conditions) == 0;
}

/*
 * True if @a and @b are functions that can differ only in the body. A changed body changes the
 * facts of the function, but not the facts of code that uses the function.
 */
static bool is_same_head(const struct header_item *a, const struct header_item *b)
{
	gsize len;

	if (a->kind != ITEM_FUNCTION || b->kind != ITEM_FUNCTION ||
	    strcmp(a->conditions, b->conditions) != 0)
		return false;
	len = (gsize)(a->body - a->text);
	return len == (gsize)(b->body - b->text) && strncmp(a->text, b->text, len) == 0;
}

/* A range of old items and a range of new items. @was_end and @now_end are exclusive. */
struct range {
	guint was, was_end;
	guint now, now_end;
};

static void set_state(struct header_diff *d, guint was, guint now, enum item_state state)
{
	d->was_state[was] = state;
	d->now_state[now] = state;
}

/*
 * Finds the longest common subsequence of the old and the new items in @r. Marks the items of the
 * subsequence as SAME. If @r has too many items, marks no item.
 */
static void match_middle(struct header_diff *d, const struct range *r)
{
	guint n = r->was_end - r->was, m = r->now_end - r->now;
	g_autofree guint *best = NULL;
	guint i, j;

	if (!n || !m || (guint64)(n + 1) * (m + 1) > MAX_CELLS)
		return;
	best = g_new0(guint, (gsize)(n + 1) * (m + 1));
#define BEST(a, b) best[(gsize)(a) * (m + 1) + (b)]
	for (i = n; i-- > 0;)
		for (j = m; j-- > 0;)
			BEST(i, j) = is_same_item(item_at(d->was, r->was + i),
						  item_at(d->now, r->now + j))
					     ? BEST(i + 1, j + 1) + 1
					     : MAX(BEST(i + 1, j), BEST(i, j + 1));
	for (i = j = 0; i < n && j < m;) {
		if (is_same_item(item_at(d->was, r->was + i), item_at(d->now, r->now + j)))
			set_state(d, r->was + i++, r->now + j++, SAME);
		else if (BEST(i + 1, j) >= BEST(i, j + 1))
			i++;
		else
			j++;
	}
#undef BEST
}

/*
 * Compares the old items with the new items: from the beginning to the first difference, and from
 * the end to the last difference. Marks equal items as SAME. Returns the range of unmarked items.
 */
static struct range match_ends(struct header_diff *d)
{
	struct range r = { 0, d->was->items->len, 0, d->now->items->len };

	for (; r.was < r.was_end && r.now < r.now_end; r.was++, r.now++) {
		if (!is_same_item(item_at(d->was, r.was), item_at(d->now, r.now)))
			break;
		set_state(d, r.was, r.now, SAME);
	}
	for (; r.was < r.was_end && r.now < r.now_end; r.was_end--, r.now_end--) {
		if (!is_same_item(item_at(d->was, r.was_end - 1), item_at(d->now, r.now_end - 1)))
			break;
		set_state(d, r.was_end - 1, r.now_end - 1, SAME);
	}
	return r;
}

/*
 * @gap: a range in which no item is SAME. Finds the functions in @gap whose text before the body is
 * unchanged. Marks these functions as BODY_CHANGED.
 */
static void match_gap(struct header_diff *d, const struct range *gap)
{
	guint now = gap->now;

	for (guint was = gap->was; was < gap->was_end; was++)
		for (guint k = now; k < gap->now_end; k++) {
			if (!is_same_head(item_at(d->was, was), item_at(d->now, k)))
				continue;
			set_state(d, was, k, BODY_CHANGED);
			now = k + 1;
			break;
		}
}

static void match_heads(struct header_diff *d)
{
	struct range gap = { 0 };

	while (gap.was_end < d->was->items->len || gap.now_end < d->now->items->len) {
		while (gap.was_end < d->was->items->len && d->was_state[gap.was_end] != SAME)
			gap.was_end++;
		while (gap.now_end < d->now->items->len && d->now_state[gap.now_end] != SAME)
			gap.now_end++;
		match_gap(d, &gap);
		gap.was = ++gap.was_end;
		gap.now = ++gap.now_end;
	}
}

/*
 * Makes an item ITEM_OPAQUE if @items also has a macro with one of the names of the item. Reason:
 * the macro may expand to anything, so the names that the item declares are unknown. The macro
 * itself stays ITEM_MACRO.
 */
static void mark_macro_names(struct header_items *items)
{
	g_autoptr(GHashTable) macros = g_hash_table_new(g_str_hash, g_str_equal);

	for (guint i = 0; i < items->items->len; i++) {
		struct header_item *item = item_at(items, i);
		g_autofree char *itself = NULL;
		char *name;

		if (item->kind != ITEM_MACRO)
			continue;
		/* "#define f f" does not change f. The kernel uses this to make #ifdef f true. */
		name = item->names->pdata[0];
		itself = g_strdup_printf("#define %s %s", name, name);
		if (strcmp(item->text, itself) != 0)
			g_hash_table_add(macros, name);
	}
	for (guint i = 0; i < items->items->len; i++) {
		struct header_item *item = item_at(items, i);

		for (guint n = 0; item->kind != ITEM_MACRO && n < item->names->len; n++)
			if (g_hash_table_contains(macros, item->names->pdata[n]))
				item->kind = ITEM_OPAQUE;
	}
}

static void add_move(struct header_change *change, const struct header_item *was,
		     const struct header_item *now)
{
	struct line_move move = { was->first, was->last, (int)now->first - (int)was->first };
	const struct line_move *last =
		change->moves->len
			? &g_array_index(change->moves, struct line_move, change->moves->len - 1)
			: NULL;

	/*
	 * If two items share a line of the old text but have moved by different numbers of lines,
	 * the change is undecidable: a struct line_move can only move whole lines.
	 */
	if (last && last->last >= move.first && last->by != move.by)
		change->decidable = false;
	g_array_append_val(change->moves, move);
}

/*
 * Looks at each SAME item with @has_lines set. The line breaks of the item may have changed, and
 * one move cannot describe this. So if the line breaks of a function have changed, the function
 * becomes BODY_CHANGED. If the line breaks of an opaque item (ITEM_OPAQUE) have changed, clears
 * @change->decidable. If the item is still SAME, adds a move to @change->moves: the number of lines
 * by which the first line of the item has moved.
 */
static void record_moves(struct header_change *change)
{
	struct header_diff *d = change->diff;
	guint j = 0;

	for (guint i = 0; i < d->was->items->len; i++) {
		const struct header_item *was = item_at(d->was, i);

		if (d->was_state[i] == CHANGED)
			continue;
		while (d->now_state[j] == CHANGED)
			j++;
		if (was->has_lines && d->was_state[i] == SAME &&
		    strcmp(was->layout, item_at(d->now, j)->layout) != 0) {
			if (was->kind == ITEM_FUNCTION)
				set_state(d, i, j, BODY_CHANGED);
			else if (was->kind == ITEM_OPAQUE)
				change->decidable = false;
		}
		if (was->has_lines && d->was_state[i] == SAME)
			add_move(change, was, item_at(d->now, j));
		j++;
	}
}

/*
 * True if the word from @at to @end in @text is a struct or union tag, or the name of a parameter.
 * In C, such a word needs no earlier declaration.
 */
static bool needs_no_declaration(const char *text, const char *at, const char *end)
{
	const char *next = end + strspn(end, " ");

	if (g_str_has_suffix(text, ";") && *next && strchr(",)[", *next) && at > text + 1 &&
	    at[-1] != '(' && at[-2] != '(' && at[-2] != ',')
		return true;
	return (at - text >= 7 && strncmp(at - 7, "struct ", 7) == 0) ||
	       (at - text >= 6 && strncmp(at - 6, "union ", 6) == 0);
}

/*
 * True if @text has a new word that must be declared before its use, such as the name of a type. A
 * word is new if neither the old text of the header nor @names->declared has the word. A unit that
 * includes the header may lack the declaration of a new word.
 */
static bool has_new_words(const struct header_change *change, const char *text,
			  const struct header_names *names)
{
	const char *end;

	for (const char *at = text; *at; at = end) {
		g_autofree char *word = NULL;

		for (end = at; g_ascii_isalnum(*end) || *end == '_';)
			end++;
		if (end == at || g_ascii_isdigit(*at)) {
			end += end == at;
			continue;
		}
		word = g_strndup(at, (gsize)(end - at));
		if (!header_is_keyword(word) && !needs_no_declaration(text, at, end) &&
		    !g_hash_table_contains(change->diff->old_words, word) &&
		    !g_hash_table_contains(names->declared, word))
			return true;
	}
	return false;
}

/*
 * True if an #if in @conditions uses a new macro with arguments. A macro is new if the old text of
 * the header does not have the name of the macro. A unit that includes the header may lack the
 * definition of a new macro.
 */
static bool condition_has_new_words(const struct header_change *change, const char *conditions)
{
	static const char *const keywords[] = { "defined", "if", "elif", NULL };

	for (const char *p = strchr(conditions, '('); p; p = strchr(p + 1, '(')) {
		const char *start = p;
		g_autofree char *word = NULL;

		while (start > conditions && start[-1] == ' ')
			start--;
		while (start > conditions && (g_ascii_isalnum(start[-1]) || start[-1] == '_'))
			start--;
		word = g_strndup(start, strspn(start, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_"));
		if (*word && !g_strv_contains(keywords, word) &&
		    !g_hash_table_contains(change->diff->old_words, word))
			return true;
	}
	return false;
}

static void add_new_text(struct header_change *change, const struct header_item *item,
			 struct header_names *names)
{
	scan_identifiers(item->conditions, add_word, names->used);
	change->adds_words |= condition_has_new_words(change, item->conditions);
	/* The words in a macro's body need no declaration until the macro is used. */
	if (item->kind == ITEM_MACRO)
		return;
	scan_identifiers(item->text, add_word, names->used);
	change->adds_words |= has_new_words(change, item->text, names);
}

static void add_difference(struct header_change *change, const struct header_item *item,
			   enum item_state state, struct header_names *names)
{
	if (state == SAME)
		return;
	if (item->kind == ITEM_OPAQUE)
		change->decidable = false;
	change->defines |= item->kind == ITEM_FUNCTION;
	add_names(state == CHANGED ? names->declared : names->bodies, item);
	/* If the declaration has changed, the facts of the function may have changed too. */
	if (item->kind == ITEM_FUNCTION)
		add_names(names->bodies, item);
}

static void add_differences(struct header_change *change, struct header_names *names)
{
	struct header_diff *d = change->diff;

	for (guint i = 0; i < d->was->items->len; i++)
		add_difference(change, item_at(d->was, i), d->was_state[i], names);
	for (guint i = 0; i < d->now->items->len; i++)
		add_difference(change, item_at(d->now, i), d->now_state[i], names);
	for (guint i = 0; i < d->now->items->len; i++)
		if (d->now_state[i] != SAME)
			add_new_text(change, item_at(d->now, i), names);
}

struct header_change *header_change_new(const char *was, gsize was_len, const char *now,
					gsize now_len, struct header_names *names)
{
	struct header_change *change = g_new0(struct header_change, 1);
	struct header_diff *d = g_new0(struct header_diff, 1);
	struct range middle;

	change->diff = d;
	change->moves = g_array_new(FALSE, FALSE, sizeof(struct line_move));
	d->was = header_items_new(was, was_len);
	d->now = header_items_new(now, now_len);
	change->decidable = !d->was->broken && !d->now->broken;
	mark_macro_names(d->was);
	mark_macro_names(d->now);
	d->was_state = g_new(enum item_state, d->was->items->len + 1);
	d->now_state = g_new(enum item_state, d->now->items->len + 1);
	for (guint i = 0; i <= d->was->items->len; i++)
		d->was_state[i] = CHANGED;
	for (guint i = 0; i <= d->now->items->len; i++)
		d->now_state[i] = CHANGED;
	d->old_words = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	scan_identifiers(was, add_word, d->old_words);
	middle = match_ends(d);
	match_middle(d, &middle);
	match_heads(d);
	record_moves(change);
	add_differences(change, names);
	return change;
}

void header_change_free(struct header_change *change)
{
	if (!change)
		return;
	header_items_free(change->diff->was);
	header_items_free(change->diff->now);
	g_hash_table_unref(change->diff->old_words);
	g_free(change->diff->was_state);
	g_free(change->diff->now_state);
	g_free(change->diff);
	g_array_unref(change->moves);
	g_free(change);
}

struct mention {
	GHashTable *names;
	bool found;
};

static void check_mention(void *data, const char *word)
{
	struct mention *mention = data;

	mention->found |= g_hash_table_contains(mention->names, word);
}

static bool mentions(const char *text, GHashTable *names)
{
	struct mention mention = { names, false };

	scan_identifiers(text, check_mention, &mention);
	return mention.found;
}

static bool head_mentions(const struct header_item *item, GHashTable *names)
{
	g_autofree char *head = g_strndup(item->text, (gsize)(item->body - item->text));

	return mentions(head, names);
}

/*
 * If @item mentions a name in @names->declared, updates *@state. If only the body of a function
 * mentions such a name, SAME becomes BODY_CHANGED. Otherwise, the state becomes CHANGED. If the
 * state changes, adds the names of @item to @names. If @item mentions no name in @names->declared,
 * but its text mentions a name in @names->bodies, adds the names of @item to @names->bodies.
 * Returns true if *@state has changed, or if a name was added to @names.
 */
static bool close_item(struct header_change *change, const struct header_item *item,
		       enum item_state *state, struct header_names *names)
{
	bool in_conditions = mentions(item->conditions, names->declared);
	bool in_text = in_conditions || mentions(item->text, names->declared);
	enum item_state now = *state;
	bool added = false;

	if (in_text)
		now = item->kind == ITEM_FUNCTION && !in_conditions &&
				      !head_mentions(item, names->declared)
			      ? MAX(now, BODY_CHANGED)
			      : CHANGED;
	if (now != *state) {
		*state = now;
		add_difference(change, item, now, names);
		added = true;
	}
	if (in_text || !mentions(item->text, names->bodies))
		return added;
	/*
	 * @item uses a function with a changed body, directly or through other items. So the change
	 * concerns each unit that uses @item. If @item is opaque, the names of @item are unknown,
	 * and any unit may use @item.
	 */
	if (item->kind == ITEM_OPAQUE)
		change->adds_words = true;
	return add_names(names->bodies, item) || added;
}

void header_changes_close(struct header_change *const *changes, unsigned int n,
			  struct header_names *names)
{
	bool again = true;

	while (again) {
		again = false;
		for (unsigned int c = 0; c < n; c++) {
			const struct header_items *items = changes[c]->diff->now;

			for (guint i = 0; i < items->items->len && changes[c]->decidable; i++)
				again |= close_item(changes[c], item_at(items, i),
						    &changes[c]->diff->now_state[i], names);
		}
	}
}
