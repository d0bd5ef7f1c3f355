// SPDX-License-Identifier: GPL-2.0-only
#include "analyzer/kconfig/kconfig_change.h"

#include <string.h>

#include "analyzer/kconfig/kconfig_answer_internal.h"

/* If a symbol must be computed more than MAX_TURNS times, the symbol depends on itself. */
#define MAX_TURNS 16

/* A line of autoconf.h: "#define CONFIG_X 1", or "#define CONFIG_X_MODULE 1" for a module. */
#define DEFINE "#define "
#define MODULE "_MODULE"

struct work {
	const struct kconfig_tree *before, *after;
	const struct kconfig *config;
	/* @was: view of @before, the old tree. @is: view of @after, the new tree. */
	struct kconfig_view was, is;
	GHashTable *results; /* name -> struct kconfig_result */
	GHashTable *turns;   /* name of a symbol -> number of times the symbol was computed */
	GQueue queue;	     /* const char *: names of the symbols to compute */
	GHashTable *queued;  /* the names in @queue */
	GHashTable *users;   /* kconfig_tree_users() of @after; NULL: not needed yet */
};

static void result_free(gpointer data)
{
	kconfig_result_clear(data);
	g_free(data);
}

static void push(struct work *work, const char *name)
{
	if (g_hash_table_add(work->queued, (gpointer)name))
		g_queue_push_tail(&work->queue, (gpointer)name);
}

static bool is_same(const struct kconfig_symbol *a, const struct kconfig_symbol *b, bool raised)
{
	g_autofree char *a_text = kconfig_symbol_spelling(a, raised);
	g_autofree char *b_text = kconfig_symbol_spelling(b, raised);

	return strcmp(a_text, b_text) == 0;
}

/*
 * @a is a symbol of the tree work->before. @b is the symbol with the name of @a in the tree
 * work->after. True if lines of the kind @kind (select or imply) give the same known value to @a
 * and to @b.
 */
static bool is_raised_equally(struct work *work, const struct kconfig_symbol *a,
			      const struct kconfig_symbol *b, enum kconfig_line_kind kind)
{
	struct kconfig_span was = kconfig_raised(&work->was, a, kind);
	struct kconfig_span now = kconfig_raised(&work->is, b, kind);

	return kconfig_span_known(was) && kconfig_span_known(now) && was.low == now.low;
}

static bool has_changed(struct work *work, const struct kconfig_symbol *was,
			const struct kconfig_symbol *now)
{
	if (!is_same(was, now, false))
		return true;
	return !is_same(was, now, true) && !(is_raised_equally(work, was, now, KCONFIG_SELECT) &&
					     is_raised_equally(work, was, now, KCONFIG_IMPLY));
}

static void find_changed(struct work *work)
{
	g_autoptr(GPtrArray) old = kconfig_tree_symbols(work->before);
	g_autoptr(GPtrArray) new = kconfig_tree_symbols(work->after);

	for (guint i = 0; i < old->len; i++) {
		const struct kconfig_symbol *symbol = old->pdata[i];

		if (!kconfig_tree_find(work->after, symbol->name))
			push(work, symbol->name);
	}
	for (guint i = 0; i < new->len; i++) {
		const struct kconfig_symbol *symbol = new->pdata[i];
		const struct kconfig_symbol *was = kconfig_tree_find(work->before, symbol->name);

		if (!was || has_changed(work, was, symbol))
			push(work, symbol->name);
	}
}

static const char *config_value(const struct work *work, const char *name)
{
	g_autofree char *full = g_strconcat("CONFIG_", name, NULL);

	return kconfig_get(work->config, full);
}

static bool is_unset(const char *text)
{
	return !text || !*text || strcmp(text, "n") == 0;
}

/* True if the values @a and @b are equal. NULL, "" and "n" count as equal. */
static bool is_equal(const char *a, const char *b)
{
	return is_unset(a) ? is_unset(b) : g_strcmp0(a, b) == 0;
}

static void set_undecidable(struct kconfig_result *result, char *why)
{
	g_clear_pointer(&result->value.text, g_free);
	result->value.span = (struct kconfig_span){ 0, 2 };
	result->unknown_by_dependency = false;
	g_free(result->why);
	result->why = why;
}

/*
 * Checks initlint's computation for the symbol @name. @result is the value that initlint has
 * computed for @name with the new tree. If @result differs from the value in the .config, also
 * computes the value of @name with the old tree. The .config was made for the old tree, so this
 * value should be the value in the .config. If these two values differ, either the .config does not
 * match the old tree, or initlint computes wrong values. In both cases, makes @result undecidable.
 */
static void check_before(struct work *work, const char *name, struct kconfig_result *result)
{
	const char *value = config_value(work, name);
	struct kconfig_result was;

	if (!kconfig_tree_find(work->before, name) || !result->value.text ||
	    is_equal(result->value.text, value))
		return;
	kconfig_answer(&work->was, &work->was, name, &was);
	if (was.value.text && !is_equal(was.value.text, value))
		set_undecidable(result,
				g_strdup_printf("the .config says %s, but the unchanged "
						"Kconfig files give %s (%s)",
						value ? value : "n", was.value.text, was.why));
	kconfig_result_clear(&was);
}

/*
 * Makes @result undecidable if the new tree does not define @name, but has more unreadable files
 * than the old tree. One of the unreadable files may define @name.
 */
static void check_removed(struct work *work, const char *name, struct kconfig_result *result)
{
	if (!kconfig_tree_find(work->after, name) &&
	    kconfig_tree_unread(work->after) > kconfig_tree_unread(work->before))
		set_undecidable(result, g_strdup("a file that is sourced cannot be read"));
}

static bool differs(const struct work *work, const char *name, const struct kconfig_result *result)
{
	const struct kconfig_result *last = g_hash_table_lookup(work->results, name);

	if (!last)
		return !result->value.text ||
		       !is_equal(result->value.text, config_value(work, name)) ||
		       !kconfig_tree_find(work->before, name);
	return g_strcmp0(last->value.text, result->value.text) != 0 ||
	       last->value.span.low != result->value.span.low ||
	       last->value.span.high != result->value.span.high;
}

/* Queues all tristates, because MODULES has changed. Without MODULES, no tristate can be m. */
static void push_tristates(struct work *work)
{
	g_autoptr(GPtrArray) all = kconfig_tree_symbols(work->after);

	for (guint i = 0; i < all->len; i++) {
		const struct kconfig_symbol *symbol = all->pdata[i];

		if (symbol->type == KCONFIG_TRISTATE)
			push(work, symbol->name);
	}
}

static void push_users(struct work *work, const char *name)
{
	const GPtrArray *users;

	if (strcmp(name, "MODULES") == 0)
		push_tristates(work);

	if (!work->users)
		work->users = kconfig_tree_users(work->after);
	users = g_hash_table_lookup(work->users, name);
	for (guint i = 0; users && i < users->len; i++)
		push(work, ((const struct kconfig_symbol *)users->pdata[i])->name);
}

static void recompute(struct work *work, const char *name)
{
	struct kconfig_result *result = g_new0(struct kconfig_result, 1);
	guint turn = GPOINTER_TO_UINT(g_hash_table_lookup(work->turns, name));

	if (turn > MAX_TURNS) {
		g_free(result);
		return;
	}
	g_hash_table_insert(work->turns, (gpointer)name, GUINT_TO_POINTER(turn + 1));
	kconfig_answer(&work->is, &work->was, name, result);
	check_before(work, name, result);
	check_removed(work, name, result);
	if (turn == MAX_TURNS)
		set_undecidable(result, g_strdup("depends on itself"));
	if (differs(work, name, result)) {
		/*
		 * work->results and work->is.answers are the same table. kconfig_eval.c reads each
		 * value of this table as a struct kconfig_value. So kconfig_result.value must stay
		 * the first member of struct kconfig_result.
		 */
		g_hash_table_insert(work->results, (gpointer)name, result);
		push_users(work, name);
	} else {
		result_free(result);
	}
}

/*
 * @text is the value of the symbol @name. Returns the value as a .config spells it: a string gets
 * quotes. Returns "n" if @text is NULL or empty. Free with g_free().
 */
static char *spell(const struct kconfig_tree *tree, const char *name, const char *text)
{
	const struct kconfig_symbol *symbol = kconfig_tree_find(tree, name);
	GString *out;

	if (!symbol || symbol->type != KCONFIG_STRING || !text || !*text)
		return g_strdup(text && *text ? text : "n");
	out = g_string_new("\"");
	for (; *text; text++) {
		if (*text == '"' || *text == '\\')
			g_string_append_c(out, '\\');
		g_string_append_c(out, *text);
	}
	g_string_append_c(out, '"');
	return g_string_free(out, FALSE);
}

static void answer_free(gpointer data)
{
	struct kconfig_answer *answer = data;

	g_free(answer->symbol);
	g_free(answer->was);
	g_free(answer->now);
	g_free(answer->file);
	g_free(answer->why);
	g_free(answer);
}

static void add_answer(struct kconfig_change *change, const struct work *work, const char *name,
		       const struct kconfig_result *result)
{
	const struct kconfig_symbol *old = kconfig_tree_find(work->before, name);
	const struct kconfig_node *node = result->node;
	const char *value = config_value(work, name);
	struct kconfig_answer *answer;

	if (result->value.text && is_equal(result->value.text, value))
		return;
	if (!result->value.text && result->unknown_by_dependency) {
		g_ptr_array_add(change->followers, g_strconcat("CONFIG_", name, NULL));
		return;
	}
	if (!node && old)
		node = old->nodes->pdata[0];
	answer = g_new0(struct kconfig_answer, 1);
	answer->symbol = g_strconcat("CONFIG_", name, NULL);
	answer->was = value ? spell(old ? work->before : work->after, name, value) : g_strdup("n");
	if (result->value.text)
		answer->now = spell(work->after, name, result->value.text);
	answer->is_new = !old;
	answer->file = node ? g_strdup(node->file) : NULL;
	answer->line = node ? node->line : 0;
	answer->why = g_strdup(result->why ? result->why : "");
	change->n_undecidable += !answer->now;
	g_ptr_array_add(change->answers, answer);
}

static gint by_symbol(gconstpointer a, gconstpointer b)
{
	const struct kconfig_answer *const *left = a, *const *right = b;

	return strcmp((*left)->symbol, (*right)->symbol);
}

static gint by_text(gconstpointer a, gconstpointer b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void run(struct work *work)
{
	const char *name;

	find_changed(work);
	while ((name = g_queue_pop_head(&work->queue))) {
		g_hash_table_remove(work->queued, name);
		recompute(work, name);
	}
}

struct kconfig_change *kconfig_change_new(const struct kconfig_tree *before,
					  const struct kconfig_tree *after,
					  const struct kconfig *config)
{
	struct kconfig_change *change = g_new0(struct kconfig_change, 1);
	struct work work = {
		.before = before,
		.after = after,
		.config = config,
		.was = { .tree = before, .config = config },
		.is = { .tree = after, .config = config },
		.results = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, result_free),
		.turns = g_hash_table_new(g_str_hash, g_str_equal),
		.queued = g_hash_table_new(g_str_hash, g_str_equal),
	};
	GHashTableIter iter;
	gpointer name, result;

	change->answers = g_ptr_array_new_with_free_func(answer_free);
	change->followers = g_ptr_array_new_with_free_func(g_free);
	work.is.answers = work.results;
	run(&work);
	g_hash_table_iter_init(&iter, work.results);
	while (g_hash_table_iter_next(&iter, &name, &result))
		add_answer(change, &work, name, result);
	g_ptr_array_sort(change->answers, by_symbol);
	g_ptr_array_sort(change->followers, by_text);
	kconfig_view_reset(&work.was);
	kconfig_view_reset(&work.is);
	g_hash_table_unref(work.results);
	g_hash_table_unref(work.turns);
	g_hash_table_unref(work.queued);
	g_clear_pointer(&work.users, g_hash_table_unref);
	return change;
}

void kconfig_change_free(struct kconfig_change *change)
{
	if (!change)
		return;
	g_ptr_array_unref(change->answers);
	g_ptr_array_unref(change->followers);
	g_free(change);
}

/* Returns the symbols with a decided answer, a set of char * that belong to @change. */
static GHashTable *decided_symbols(const struct kconfig_change *change)
{
	GHashTable *decided = g_hash_table_new(g_str_hash, g_str_equal);

	for (guint i = 0; i < change->answers->len; i++) {
		const struct kconfig_answer *answer = change->answers->pdata[i];

		if (answer->now)
			g_hash_table_add(decided, answer->symbol);
	}
	return decided;
}

/* Returns the symbol that a line of a .config sets; another text if it sets none. Free with g_free(). */
static char *config_symbol(const char *line)
{
	const char *at = g_str_has_prefix(line, "# CONFIG_") ? line + 2 : line;

	return g_strndup(at, strcspn(at, "= \n"));
}

/* Returns the symbol that a line of autoconf.h sets; "": none. Free with g_free(). */
static char *header_symbol(const char *line)
{
	const char *at = g_str_has_prefix(line, DEFINE) ? line + strlen(DEFINE) : "";
	char *symbol = g_strndup(at, strcspn(at, " \n"));

	if (g_str_has_suffix(symbol, MODULE))
		symbol[strlen(symbol) - strlen(MODULE)] = '\0';
	return symbol;
}

static void append_config(GString *out, const char *symbol, const char *value)
{
	if (strcmp(value, "n") == 0)
		g_string_append_printf(out, "# %s is not set\n", symbol);
	else
		g_string_append_printf(out, "%s=%s\n", symbol, value);
}

static void append_header(GString *out, const char *symbol, const char *value)
{
	if (strcmp(value, "m") == 0)
		g_string_append_printf(out, DEFINE "%s" MODULE " 1\n", symbol);
	else if (strcmp(value, "n") != 0)
		g_string_append_printf(out, DEFINE "%s %s\n", symbol,
				       strcmp(value, "y") == 0 ? "1" : value);
}

/*
 * Copies the lines of @text whose symbol has no decided answer, and appends the decided answers.
 * @symbol_of returns the symbol of a line. @append writes the line of a symbol.
 */
static char *apply(const struct kconfig_change *change, const char *text,
		   char *(*symbol_of)(const char *line),
		   void (*append)(GString *out, const char *symbol, const char *value))
{
	g_autoptr(GHashTable) decided = decided_symbols(change);
	GString *out = g_string_new(NULL);

	while (*text) {
		size_t length = strcspn(text, "\n");
		g_autofree char *symbol = symbol_of(text);

		length += text[length] == '\n';
		if (!g_hash_table_contains(decided, symbol))
			g_string_append_len(out, text, (gssize)length);
		text += length;
	}
	for (guint i = 0; i < change->answers->len; i++) {
		const struct kconfig_answer *answer = change->answers->pdata[i];

		if (answer->now)
			append(out, answer->symbol, answer->now);
	}
	return g_string_free(out, FALSE);
}

char *kconfig_change_apply(const struct kconfig_change *change, const char *text)
{
	return apply(change, text, config_symbol, append_config);
}

char *kconfig_change_apply_header(const struct kconfig_change *change, const char *text)
{
	return apply(change, text, header_symbol, append_header);
}
