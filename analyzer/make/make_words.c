// SPDX-License-Identifier: GPL-2.0-only
/* Matches patterns. Implements make's functions for texts and lists of words. */
#include "analyzer/make/make_internal.h"

#include <stdlib.h>

bool make_match(struct word pattern, struct word word, struct word *stem)
{
	const char *percent = memchr(pattern.text, '%', pattern.len);
	size_t head, tail;

	if (!percent) {
		*stem = (struct word){ word.text, 0 };
		return word_eq(pattern, word);
	}
	head = (size_t)(percent - pattern.text);
	tail = pattern.len - head - 1;
	if (word.len < head + tail || memcmp(word.text, pattern.text, head) != 0 ||
	    memcmp(word.text + word.len - tail, percent + 1, tail) != 0)
		return false;
	*stem = (struct word){ word.text + head, word.len - head - tail };
	return true;
}

static void add_word(struct buf *out, size_t start, struct word word)
{
	if (out->len > start)
		buf_addc(out, ' ');
	buf_add(out, word.text, word.len);
}

void make_patsubst(struct word text, struct word from, struct word to, struct buf *out)
{
	const char *p = text.text, *end = p + text.len;
	const char *to_percent = memchr(to.text, '%', to.len);
	bool has_percent = memchr(from.text, '%', from.len) != NULL;
	size_t start = out->len;
	struct word word, stem;

	while (next_word(&p, end, &word)) {
		if (!make_match(from, word, &stem)) {
			add_word(out, start, word);
		} else if (to_percent && has_percent) {
			size_t head = (size_t)(to_percent - to.text);

			add_word(out, start, (struct word){ to.text, head });
			buf_add(out, stem.text, stem.len);
			buf_add(out, to_percent + 1, to.len - head - 1);
		} else {
			add_word(out, start, to);
		}
	}
}

static struct word as_word(const struct buf *buf)
{
	return (struct word){ buf->data, buf->len };
}

static void fn_patsubst(struct make *make, struct buf **argv, unsigned int n, struct buf *out)
{
	struct word from = strip(argv[0]->data, argv[0]->len),
		    to = strip(argv[1]->data, argv[1]->len);

	(void)make, (void)n;
	make_patsubst(as_word(argv[2]), from, to, out);
}

static void fn_subst(struct make *make, struct buf **argv, unsigned int n, struct buf *out)
{
	struct buf *from = argv[0], *to = argv[1], *text = argv[2];
	const char *p = text->data, *end = p + text->len;

	(void)make, (void)n;
	if (!from->len) {
		buf_add(out, p, text->len);
		buf_add(out, to->data, to->len);
		return;
	}
	for (;;) {
		const char *hit = memmem(p, (size_t)(end - p), from->data, from->len);

		buf_add(out, p, (size_t)((hit ? hit : end) - p));
		if (!hit)
			return;
		buf_add(out, to->data, to->len);
		p = hit + from->len;
	}
}

static void fn_strip(struct make *make, struct buf **argv, unsigned int n, struct buf *out)
{
	const char *p = argv[0]->data, *end = p + argv[0]->len;
	size_t start = out->len;
	struct word word;

	(void)make, (void)n;
	while (next_word(&p, end, &word))
		add_word(out, start, word);
}

static void fn_findstring(struct make *make, struct buf **argv, unsigned int n, struct buf *out)
{
	(void)make, (void)n;
	if (memmem(argv[1]->data, argv[1]->len, argv[0]->data, argv[0]->len))
		buf_add(out, argv[0]->data, argv[0]->len);
}

struct filter {
	GArray *patterns;  /* struct word: words with "%" */
	GArray *plain;	   /* struct word: words without "%" */
	GHashTable *table; /* the words in @plain; NULL if @plain has fewer than 16 words */
};

static void filter_init(struct filter *filter, const struct buf *patterns)
{
	const char *p = patterns->data, *end = p + patterns->len;
	struct word word;

	filter->patterns = g_array_new(FALSE, FALSE, sizeof(struct word));
	filter->plain = g_array_new(FALSE, FALSE, sizeof(struct word));
	filter->table = NULL;
	while (next_word(&p, end, &word)) {
		if (memchr(word.text, '%', word.len))
			g_array_append_val(filter->patterns, word);
		else
			g_array_append_val(filter->plain, word);
	}
	if (filter->plain->len < 16)
		return;
	filter->table = g_hash_table_new(word_hash, word_equal);
	for (unsigned int i = 0; i < filter->plain->len; i++)
		g_hash_table_add(filter->table, &g_array_index(filter->plain, struct word, i));
}

static bool filter_has(const struct filter *filter, struct word word)
{
	struct word stem;

	if (filter->table && g_hash_table_contains(filter->table, &word))
		return true;
	for (unsigned int i = 0; !filter->table && i < filter->plain->len; i++)
		if (word_eq(g_array_index(filter->plain, struct word, i), word))
			return true;
	for (unsigned int i = 0; i < filter->patterns->len; i++)
		if (make_match(g_array_index(filter->patterns, struct word, i), word, &stem))
			return true;
	return false;
}

/*
 * Handles a $(filter) or $(filter-out) that has only one pattern. Most calls have only one pattern.
 * One pattern needs no hash table.
 */
static void filter_simple(struct buf **argv, bool keep, struct word pattern, struct buf *out)
{
	const char *p = argv[1]->data, *end = p + argv[1]->len;
	size_t start = out->len;
	struct word word, stem;

	while (next_word(&p, end, &word))
		if (make_match(pattern, word, &stem) == keep)
			add_word(out, start, word);
}

static void filter_words(struct make *make, struct buf **argv, bool keep, struct buf *out)
{
	struct word pattern = strip(argv[0]->data, argv[0]->len), word;
	const char *p = argv[0]->data, *end = p + argv[0]->len;
	size_t start = out->len;
	struct filter filter;

	if (next_word(&p, end, &word) && word.len == pattern.len) {
		filter_simple(argv, keep, pattern, out);
		return;
	}
	filter_init(&filter, argv[0]);
	make_spend(make, (guint64)filter.patterns->len * argv[1]->len / 64);
	p = argv[1]->data;
	end = p + argv[1]->len;
	while (!make->error && next_word(&p, end, &word))
		if (filter_has(&filter, word) == keep)
			add_word(out, start, word);
	g_array_unref(filter.patterns);
	g_array_unref(filter.plain);
	g_clear_pointer(&filter.table, g_hash_table_unref);
}

static void fn_filter(struct make *make, struct buf **argv, unsigned int n, struct buf *out)
{
	(void)n;
	filter_words(make, argv, true, out);
}

static void fn_filter_out(struct make *make, struct buf **argv, unsigned int n, struct buf *out)
{
	(void)n;
	filter_words(make, argv, false, out);
}

static int compare_words(const void *a, const void *b)
{
	const struct word *x = a, *y = b;
	int order = memcmp(x->text, y->text, MIN(x->len, y->len));

	return order ? order : (x->len > y->len) - (x->len < y->len);
}

static void fn_sort(struct make *make, struct buf **argv, unsigned int n, struct buf *out)
{
	g_autoptr(GArray) words = g_array_new(FALSE, FALSE, sizeof(struct word));
	const char *p = argv[0]->data, *end = p + argv[0]->len;
	size_t start = out->len;
	struct word word;

	(void)make, (void)n;
	while (next_word(&p, end, &word))
		g_array_append_val(words, word);
	if (words->len > 1)
		qsort(words->data, words->len, sizeof(word), compare_words);
	for (unsigned int i = 0; i < words->len; i++) {
		struct word *at = &g_array_index(words, struct word, i);

		if (!i || !word_eq(at[-1], at[0]))
			add_word(out, start, *at);
	}
}

/*
 * Parses @arg as a number. Reports an error if @arg is negative or not a number. @function is the
 * name of make's function, for the message.
 */
static long parse_number(struct make *make, struct buf *arg, const char *function)
{
	struct word text = strip(arg->data, arg->len);
	g_autofree char *copy = g_strndup(text.text, text.len);
	char *end;
	long value = strtol(copy, &end, 10);

	if (!*copy || *end || value < 0)
		make_fail(make, "non-numeric argument to '%s': '%s'", function, copy);
	return value;
}

static void word_list(struct buf *list, long first, long last, struct buf *out)
{
	const char *p = list->data, *end = p + list->len;
	size_t start = out->len;
	struct word word;

	for (long i = 1; i <= last && next_word(&p, end, &word); i++)
		if (i >= first)
			add_word(out, start, word);
}

static void fn_word(struct make *make, struct buf **argv, unsigned int n, struct buf *out)
{
	long i = parse_number(make, argv[0], "word");

	(void)n;
	if (i == 0)
		make_fail(make, "first argument to 'word' function must be greater than 0");
	word_list(argv[1], i, i, out);
}

static void fn_wordlist(struct make *make, struct buf **argv, unsigned int n, struct buf *out)
{
	long first = parse_number(make, argv[0], "wordlist"),
	     last = parse_number(make, argv[1], "wordlist");

	(void)n;
	if (first == 0)
		make_fail(make, "invalid first argument to 'wordlist' function: '0'");
	word_list(argv[2], first, last, out);
}

static void fn_words(struct make *make, struct buf **argv, unsigned int n, struct buf *out)
{
	const char *p = argv[0]->data, *end = p + argv[0]->len;
	unsigned int count = 0;
	struct word word;
	char text[16];

	(void)make, (void)n;
	while (next_word(&p, end, &word))
		count++;
	buf_add(out, text, (size_t)g_snprintf(text, sizeof(text), "%u", count));
}

static void fn_firstword(struct make *make, struct buf **argv, unsigned int n, struct buf *out)
{
	(void)make, (void)n;
	word_list(argv[0], 1, 1, out);
}

static void fn_lastword(struct make *make, struct buf **argv, unsigned int n, struct buf *out)
{
	struct word text = strip(argv[0]->data, argv[0]->len);
	size_t from = text.len;

	(void)make, (void)n;
	while (from && !is_blank(text.text[from - 1]))
		from--;
	buf_add(out, text.text + from, text.len - from);
}

static void fn_addprefix(struct make *make, struct buf **argv, unsigned int n, struct buf *out)
{
	const char *p = argv[1]->data, *end = p + argv[1]->len;
	size_t start = out->len;
	struct word word;

	(void)make, (void)n;
	while (next_word(&p, end, &word)) {
		add_word(out, start, as_word(argv[0]));
		buf_add(out, word.text, word.len);
	}
}

static void fn_addsuffix(struct make *make, struct buf **argv, unsigned int n, struct buf *out)
{
	const char *p = argv[1]->data, *end = p + argv[1]->len;
	size_t start = out->len;
	struct word word;

	(void)make, (void)n;
	while (next_word(&p, end, &word)) {
		add_word(out, start, word);
		buf_add(out, argv[0]->data, argv[0]->len);
	}
}

static void fn_join(struct make *make, struct buf **argv, unsigned int n, struct buf *out)
{
	const char *p = argv[0]->data, *p_end = p + argv[0]->len;
	const char *q = argv[1]->data, *q_end = q + argv[1]->len;
	size_t start = out->len;
	struct word a, b;

	(void)make, (void)n;
	for (;;) {
		bool has_a = next_word(&p, p_end, &a), has_b = next_word(&q, q_end, &b);

		if (!has_a && !has_b)
			return;
		add_word(out, start, has_a ? a : b);
		if (has_a && has_b)
			buf_add(out, b.text, b.len);
	}
}

const struct make_function make_text_functions[] = {
	{ "patsubst", 3, 3, 0, fn_patsubst, NULL },
	{ "subst", 3, 3, 0, fn_subst, NULL },
	{ "strip", 0, 1, 0, fn_strip, NULL },
	{ "findstring", 2, 2, 0, fn_findstring, NULL },
	{ "filter", 2, 2, 0, fn_filter, NULL },
	{ "filter-out", 2, 2, 0, fn_filter_out, NULL },
	{ "sort", 0, 1, 0, fn_sort, NULL },
	{ "word", 2, 2, 0, fn_word, NULL },
	{ "wordlist", 3, 3, 0, fn_wordlist, NULL },
	{ "words", 0, 1, 0, fn_words, NULL },
	{ "firstword", 0, 1, 0, fn_firstword, NULL },
	{ "lastword", 0, 1, 0, fn_lastword, NULL },
	{ "addprefix", 2, 2, 0, fn_addprefix, NULL },
	{ "addsuffix", 2, 2, 0, fn_addsuffix, NULL },
	{ "join", 2, 2, 0, fn_join, NULL },
	{ NULL, 0, 0, 0, NULL, NULL },
};
