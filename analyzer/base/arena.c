// SPDX-License-Identifier: GPL-2.0-only
#include "analyzer/base/arena.h"

#include <stdint.h>
#include <glib.h>

enum { CHUNK_SIZE = 256 * 1024 };

struct chunk {
	struct chunk *next;
	size_t size;
	_Alignas(max_align_t) char data[];
};

struct arena {
	struct chunk *chunks; /* chunks in use, newest first */
	struct chunk *spare;  /* chunks that arena_reset() keeps for later allocations */
	size_t used;	      /* bytes used in the first chunk of @chunks */
	size_t size;	      /* the sum of the sizes of @chunks, in bytes */
};

struct arena *arena_new(void)
{
	return g_new0(struct arena, 1);
}

static void chunks_free(struct chunk *chunk)
{
	while (chunk) {
		struct chunk *next = chunk->next;

		g_free(chunk);
		chunk = next;
	}
}

void arena_free(struct arena *arena)
{
	if (!arena)
		return;
	chunks_free(arena->chunks);
	chunks_free(arena->spare);
	g_free(arena);
}

void arena_reset(struct arena *arena)
{
	while (arena->chunks) {
		struct chunk *chunk = arena->chunks;

		arena->chunks = chunk->next;
		if (chunk->size > CHUNK_SIZE) {
			g_free(chunk);
			continue;
		}
		chunk->next = arena->spare;
		arena->spare = chunk;
	}
	arena->used = 0;
	arena->size = 0;
}

size_t arena_size(const struct arena *arena)
{
	return arena->size;
}

void arena_adopt(struct arena *arena, struct arena *from)
{
	struct chunk **tail = arena->chunks ? &arena->chunks->next : &arena->chunks;

	/*
	 * arena_take() allocates from the first chunk in the list @arena->chunks. So this chunk
	 * must stay the first. Insert the chunks of @from in the list directly behind this chunk.
	 */
	while (from->chunks) {
		struct chunk *chunk = from->chunks;

		from->chunks = chunk->next;
		chunk->next = *tail;
		*tail = chunk;
		tail = &chunk->next;
	}
	if (tail == &arena->chunks || !arena->used)
		arena->used = arena->chunks ? arena->chunks->size : 0;
	from->used = 0;
	arena->size += from->size;
	from->size = 0;
}

static void chunk_add(struct arena *arena, size_t size)
{
	struct chunk *chunk = arena->spare;

	if (size <= CHUNK_SIZE && chunk) {
		arena->spare = chunk->next;
	} else {
		size = MAX(size, CHUNK_SIZE);
		chunk = g_malloc(sizeof(*chunk) + size);
		chunk->size = size;
	}
	chunk->next = arena->chunks;
	arena->chunks = chunk;
	arena->used = 0;
	arena->size += chunk->size;
}

static char *arena_take(struct arena *arena, size_t size, size_t align)
{
	size_t at = (arena->used + align - 1) & ~(align - 1);

	if (!arena->chunks || at > arena->chunks->size || arena->chunks->size - at < size) {
		chunk_add(arena, size);
		at = 0;
	}
	arena->used = at + size;
	return arena->chunks->data + at;
}

void *arena_alloc(struct arena *arena, size_t size)
{
	return memset(arena_take(arena, size, _Alignof(max_align_t)), 0, size);
}

char *arena_strndup(struct arena *arena, const char *text, size_t len)
{
	char *copy = arena_take(arena, len + 1, 1);

	memcpy(copy, text, len);
	copy[len] = '\0';
	return copy;
}

char *arena_strdup(struct arena *arena, const char *text)
{
	return arena_strndup(arena, text, strlen(text));
}

void buf_grow(struct buf *buf, size_t more)
{
	buf->cap = MAX(buf->cap * 2, buf->len + more + 64);
	buf->data = g_realloc(buf->data, buf->cap);
}

void buf_clear(struct buf *buf)
{
	g_free(buf->data);
	*buf = (struct buf){ 0 };
}

const char *buf_cstr(struct buf *buf)
{
	buf_addc(buf, '\0');
	buf->len--;
	return buf->data;
}

unsigned int word_hash(const void *key)
{
	const struct word *word = key;
	unsigned int hash = 2166136261U;

	for (size_t i = 0; i < word->len; i++)
		hash = (hash ^ (unsigned char)word->text[i]) * 16777619U;
	return hash;
}

int word_equal(const void *a, const void *b)
{
	return word_eq(*(const struct word *)a, *(const struct word *)b);
}
