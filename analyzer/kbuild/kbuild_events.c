// SPDX-License-Identifier: GPL-2.0-only
/*
 * Finds the Makefile line that adds a word to a list. A list is a make variable that contains file
 * names, such as obj-y. During the evaluation of a directory, each assignment is recorded as an
 * event. Afterwards, trace() finds the line that adds the word. trace() follows assignments that
 * rewrite a list (foo-y := $(patsubst ...,$(foo-y))), and variables that a line references
 * (obj-y += $(bar-objs)).
 */
#include "analyzer/kbuild/kbuild_internal.h"

enum { MAX_TRACE = 8 }; /* limit for the recursion of trace() */

struct list_event {
	struct make_assigned assigned;
	unsigned int index; /* position of this struct in events->list */
	GArray *words;	    /* struct word: the words of the value; NULL: not a list of files */
};

static void free_event(void *data)
{
	struct list_event *event = data;

	if (event->words)
		g_array_unref(event->words);
	g_free(event);
}

static void free_list(void *list)
{
	g_ptr_array_unref(list);
}

struct events *events_new(void)
{
	struct events *events = g_new0(struct events, 1);

	events->list = g_ptr_array_new_with_free_func(free_event);
	return events;
}

void events_free(struct events *events)
{
	if (!events)
		return;
	g_clear_pointer(&events->by_word, g_hash_table_unref);
	g_ptr_array_unref(events->list);
	g_free(events);
}

void events_add(struct events *events, struct make *make, const struct make_assigned *assigned)
{
	struct list_event *event = g_new0(struct list_event, 1);

	(void)make;
	event->assigned = *assigned;
	event->index = events->list->len;
	g_ptr_array_add(events->list, event);
}

/*
 * True if the name of @symbol looks like the name of a list of files. The values of other variables
 * are not expanded, because these values may be commands.
 */
static bool is_list(const struct make_symbol *symbol)
{
	struct word name = { symbol->name, symbol->len };

	return word_ends(name, "-y") || word_ends(name, "-m") || word_ends(name, "-objs") ||
	       memmem(name.text, name.len, "obj", 3) != NULL;
}

static bool is_plain(const struct make_tmpl *tmpl)
{
	return tmpl->n == 0 || (tmpl->n == 1 && tmpl->pieces[0].kind == PIECE_TEXT);
}

static void split_words(struct list_event *event, struct word text)
{
	const char *p = text.text, *end = p + text.len;
	struct word word;

	event->words = g_array_new(FALSE, FALSE, sizeof(struct word));
	while (next_word(&p, end, &word))
		g_array_append_val(event->words, word);
}

static void find_words(struct kbuild *kbuild, struct list_event *event)
{
	const struct make_assigned *assigned = &event->assigned;
	struct buf buf = { 0 };

	if (assigned->words.text) {
		split_words(event, assigned->words);
	} else if (assigned->value && is_plain(assigned->value)) {
		split_words(event, assigned->value->raw);
	} else if (assigned->value && is_list(assigned->symbol)) {
		make_expand(kbuild->make, assigned->value, &buf);
		split_words(event,
			    (struct word){ make_keep(kbuild->make, buf.data, buf.len), buf.len });
		buf_clear(&buf);
	}
}

void events_index(struct kbuild *kbuild, struct events *events)
{
	events->by_word = g_hash_table_new_full(word_hash, word_equal, NULL, free_list);
	for (unsigned int i = 0; i < events->list->len; i++) {
		struct list_event *event = events->list->pdata[i];

		find_words(kbuild, event);
		for (unsigned int j = 0; event->words && j < event->words->len; j++) {
			struct word *word = &g_array_index(event->words, struct word, j);
			GPtrArray *list = g_hash_table_lookup(events->by_word, word);

			if (!list) {
				list = g_ptr_array_new();
				g_hash_table_insert(events->by_word, word, list);
			}
			if (!list->len || list->pdata[list->len - 1] != event)
				g_ptr_array_add(list, event);
		}
	}
}

/* True if @tmpl references the variable @symbol. */
static bool refers_to(const struct make_tmpl *tmpl, const struct make_symbol *symbol)
{
	for (unsigned int i = 0; tmpl && i < tmpl->n; i++) {
		const struct make_piece *piece = &tmpl->pieces[i];

		if (piece->symbol == symbol || refers_to(piece->inner, symbol))
			return true;
		for (unsigned int j = 0; j < piece->n_args; j++)
			if (refers_to(piece->args[j], symbol))
				return true;
	}
	return false;
}

/* True if @wanted is a word in the text of @tmpl. Values of referenced variables do not count. */
static bool is_literal(const struct make_tmpl *tmpl, struct word wanted)
{
	for (unsigned int i = 0; tmpl && i < tmpl->n; i++) {
		const struct make_piece *piece = &tmpl->pieces[i];
		const char *p = piece->text.text, *end = p + piece->text.len;
		struct word word;

		if (piece->kind != PIECE_TEXT)
			continue;
		while (next_word(&p, end, &word))
			if (word_eq(word, wanted))
				return true;
	}
	return false;
}

/*
 * Finds the line that adds @word to the list @symbol, and stores the line in @origin. Searches only
 * events for which list_event.index is below @before. Returns false, and does not change @origin,
 * if no line adds @word. @depth is the number of nested calls that are still allowed.
 */
static bool trace(struct kbuild *kbuild, const struct events *events, struct word word,
		  const struct make_symbol *symbol, unsigned int before, unsigned int depth,
		  struct origin *origin);

/*
 * @event replaces an old list by a new list. Sets @word to the word at position @index of the old
 * list. Returns false if the old list and the new list have different numbers of words.
 */
static bool word_before(const struct events *events, const struct list_event *event,
			unsigned int index, struct word *word)
{
	g_autoptr(GArray) words = g_array_new(FALSE, FALSE, sizeof(struct word));

	for (unsigned int i = 0; i < event->index; i++) {
		const struct list_event *earlier = events->list->pdata[i];

		if (earlier->assigned.symbol != event->assigned.symbol || !earlier->words)
			continue;
		if (!earlier->assigned.appends)
			g_array_set_size(words, 0);
		g_array_append_vals(words, earlier->words->data, earlier->words->len);
	}
	if (words->len != event->words->len)
		return false;
	*word = g_array_index(words, struct word, index);
	return true;
}

/*
 * @event replaces an old list by a new list. The new list contains @word. If a line before @event
 * added @word, stores this line in @origin. Otherwise @event has replaced an old word by @word. The
 * old word has the position in the old list that @word has in the new list. In this case, stores in
 * @origin the line that added the old word. Returns false if no line is found.
 */
static bool trace_rewrite(struct kbuild *kbuild, const struct events *events, struct word word,
			  const struct list_event *event, unsigned int depth, struct origin *origin)
{
	const struct make_symbol *symbol = event->assigned.symbol;
	struct word old;

	if (trace(kbuild, events, word, symbol, event->index, depth, origin))
		return true;
	for (unsigned int i = 0; i < event->words->len; i++)
		if (word_eq(g_array_index(event->words, struct word, i), word))
			return word_before(events, event, i, &old) &&
			       trace(kbuild, events, old, symbol, event->index, depth, origin);
	return false;
}

/*
 * @event assigns a value that references variables. Finds the line that adds @word to one of these
 * variables, and stores the line in @origin. Returns false if no line is found.
 */
static bool trace_reference(struct kbuild *kbuild, const struct events *events, struct word word,
			    const struct list_event *event, unsigned int depth,
			    struct origin *origin)
{
	GPtrArray *list = g_hash_table_lookup(events->by_word, &word);

	for (unsigned int i = 0; list && i < list->len; i++) {
		const struct list_event *source = list->pdata[i];
		const struct make_symbol *symbol = source->assigned.symbol;

		if (symbol != event->assigned.symbol &&
		    refers_to(event->assigned.stmt->assign.value, symbol) &&
		    trace(kbuild, events, word, symbol, G_MAXUINT, depth, origin))
			return true;
	}
	return false;
}

static void add_origin(struct kbuild *kbuild, const struct list_event *event, struct word word,
		       struct origin *origin)
{
	const struct make_assigned *assigned = &event->assigned;

	if (!origin->place.file) {
		origin->place = assigned->stmt->place;
		origin->literal = is_literal(assigned->stmt->assign.value, word);
		if (assigned->stmt->assign.value)
			origin->raw = assigned->stmt->assign.value->raw;
	}
	conditions_add_stmt(kbuild, assigned->stmt, assigned->includes, origin->conditions);
	if (!is_literal(assigned->stmt->assign.value, word))
		conditions_add_tmpl(kbuild, assigned->stmt->assign.value, origin->conditions);
}

static bool trace(struct kbuild *kbuild, const struct events *events, struct word word,
		  const struct make_symbol *symbol, unsigned int before, unsigned int depth,
		  struct origin *origin)
{
	GPtrArray *list = g_hash_table_lookup(events->by_word, &word);

	if (!depth)
		return false;
	for (unsigned int i = 0; list && i < list->len; i++) {
		const struct list_event *event = list->pdata[i];
		const struct make_tmpl *value;

		if (event->assigned.symbol != symbol || event->index >= before)
			continue;
		value = event->assigned.stmt->assign.value;
		if (!event->assigned.appends && refers_to(value, symbol) &&
		    trace_rewrite(kbuild, events, word, event, depth - 1, origin))
			return true;
		if (!is_literal(value, word))
			trace_reference(kbuild, events, word, event, depth - 1, origin);
		add_origin(kbuild, event, word, origin);
		return true;
	}
	return false;
}

bool events_find(struct kbuild *kbuild, const struct events *events, struct word word,
		 const char *name, struct origin *origin)
{
	struct make_symbol *symbol = make_symbol_find(kbuild->make, name, strlen(name));

	*origin = (struct origin){ 0 };
	if (!symbol)
		return false;
	origin->conditions = g_ptr_array_new();
	if (trace(kbuild, events, word, symbol, G_MAXUINT, MAX_TRACE, origin))
		return true;
	origin_clear(origin);
	return false;
}

void origin_clear(struct origin *origin)
{
	g_clear_pointer(&origin->conditions, g_ptr_array_unref);
}

GPtrArray *events_lists_of(struct kbuild *kbuild, struct events *events, struct word word)
{
	GPtrArray *names = g_ptr_array_new();
	GPtrArray *list = g_hash_table_lookup(events->by_word, &word);

	(void)kbuild;
	for (unsigned int i = 0; list && i < list->len; i++) {
		const struct list_event *event = list->pdata[i];

		if (is_list(event->assigned.symbol) &&
		    !g_ptr_array_find(names, event->assigned.symbol->name, NULL))
			g_ptr_array_add(names, (char *)event->assigned.symbol->name);
	}
	return names;
}
