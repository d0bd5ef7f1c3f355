/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Memory and texts for the make evaluator. An arena frees all its allocations at once. A struct buf
 * is a text that grows. A struct word is a part of a text.
 */
#ifndef INITLINT_ANALYZER_BASE_ARENA_H
#define INITLINT_ANALYZER_BASE_ARENA_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct arena;

struct arena *arena_new(void);
/* Frees @arena and everything allocated from it. @arena may be NULL. */
void arena_free(struct arena *arena);
/* Invalidates all allocations of @arena. Keeps the memory of @arena for later allocations. */
void arena_reset(struct arena *arena);
/*
 * Moves all allocations of @from to @arena. Pointers to the allocations stay valid. @from is empty
 * afterwards, and the caller still owns @from.
 */
void arena_adopt(struct arena *arena, struct arena *from);
/* Returns the number of bytes that the allocations of @arena take, rounded up. */
size_t arena_size(const struct arena *arena);
/* Returns zeroed memory that is aligned for any type. Never returns NULL. */
void *arena_alloc(struct arena *arena, size_t size);
/*
 * arena_strndup() copies the first @len bytes of @text. arena_strdup() copies the NUL-terminated
 * string @text. The copy is NUL-terminated, and @arena owns the copy. The result is never NULL.
 */
char *arena_strndup(struct arena *arena, const char *text, size_t len);
char *arena_strdup(struct arena *arena, const char *text);
#define arena_new0(arena, type) ((type *)arena_alloc(arena, sizeof(type)))

/*
 * A text that grows. Only buf_cstr() adds a terminating NUL. Free the text with buf_clear(). @taint
 * is the number of a set of shell commands (make_taint_internal.h). initlint did not run these
 * commands, and the text may depend on their output. 0 is the empty set.
 */
struct buf {
	char *data;
	size_t len;
	size_t cap;
	unsigned int taint;
};

/* Makes room for @more additional bytes and a terminating NUL. */
void buf_grow(struct buf *buf, size_t more);
/* Frees the text and empties @buf. */
void buf_clear(struct buf *buf);
/*
 * Returns the text with a terminating NUL. @buf owns the text. The pointer is valid until the next
 * change of @buf.
 */
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

/* A part of a text. A word does not own the text and is not NUL-terminated. */
struct word {
	const char *text;
	size_t len;
};

static inline bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\v' || c == '\f';
}

/*
 * Sets @word to the first word at or after *@at, and moves *@at past the word. Words are separated
 * by blanks. Returns false, and makes @word empty, if there is no word before @end.
 */
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

/*
 * The hash function and the compare function of a GHashTable whose keys are of type struct word *.
 */
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

/*
 * Returns the @len bytes at @text, without the blanks at both ends. The result points into @text.
 */
static inline struct word strip(const char *text, size_t len)
{
	while (len && is_blank(*text))
		text++, len--;
	while (len && is_blank(text[len - 1]))
		len--;
	return (struct word){ text, len };
}

#endif
