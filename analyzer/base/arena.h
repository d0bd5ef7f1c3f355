/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Memory of the make evaluator: an arena (what belongs to one evaluation goes at once)
 * and the buffer that expansions are written to.
 */
#ifndef INITLINT_ANALYZER_BASE_ARENA_H
#define INITLINT_ANALYZER_BASE_ARENA_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct arena;

struct arena *arena_new(void);
void arena_free(struct arena *arena);
/* Forgets everything that was allocated; keeps the memory for the next use. */
void arena_reset(struct arena *arena);
/* Hands everything in @from over to @arena; @from is empty after. */
void arena_adopt(struct arena *arena, struct arena *from);
/* Zeroed, aligned for any type; never NULL. */
void *arena_alloc(struct arena *arena, size_t size);
char *arena_strndup(struct arena *arena, const char *text, size_t len);
char *arena_strdup(struct arena *arena, const char *text);
#define arena_new0(arena, type) ((type *)arena_alloc(arena, sizeof(type)))

/*
 * Text under construction, not terminated until buf_cstr(). @taint names the set of
 * un-run shell commands that the text may depend on (make_taint_internal.h), 0: none.
 */
struct buf {
	char *data;
	size_t len;
	size_t cap;
	unsigned int taint;
};

void buf_grow(struct buf *buf, size_t more);
void buf_clear(struct buf *buf);
const char *buf_cstr(struct buf *buf);

static inline void buf_add(struct buf *buf, const char *text, size_t len)
{
	if (buf->cap - buf->len <= len)
		buf_grow(buf, len);
	memcpy(buf->data + buf->len, text, len);
	buf->len += len;
}

static inline void buf_addc(struct buf *buf, char c)
{
	buf_add(buf, &c, 1);
}

/* A piece of text that somebody else owns. */
struct word {
	const char *text;
	size_t len;
};

static inline bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\v' || c == '\f';
}

/* The next blank-separated word at *@at; moves *@at past it. */
static inline bool next_word(const char **at, const char *end, struct word *word)
{
	const char *p = *at;

	while (p < end && is_blank(*p))
		p++;
	word->text = p;
	while (p < end && !is_blank(*p))
		p++;
	word->len = (size_t)(p - word->text);
	*at = p;
	return word->len > 0;
}

static inline bool word_eq(struct word a, struct word b)
{
	return a.len == b.len && memcmp(a.text, b.text, a.len) == 0;
}

/* For a GHashTable with struct word as keys, by content. */
unsigned int word_hash(const void *key);
int word_equal(const void *a, const void *b);

static inline bool word_is(struct word word, const char *text)
{
	return word.len == strlen(text) && memcmp(word.text, text, word.len) == 0;
}

static inline bool word_ends(struct word word, const char *suffix)
{
	size_t n = strlen(suffix);

	return word.len >= n && memcmp(word.text + word.len - n, suffix, n) == 0;
}

static inline bool word_starts(struct word word, const char *prefix)
{
	size_t n = strlen(prefix);

	return word.len >= n && memcmp(word.text, prefix, n) == 0;
}

/* @text without blanks at its ends. */
static inline struct word strip(const char *text, size_t len)
{
	while (len && is_blank(*text))
		text++, len--;
	while (len && is_blank(text[len - 1]))
		len--;
	return (struct word){ text, len };
}

#endif
