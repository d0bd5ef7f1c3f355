// SPDX-License-Identifier: GPL-2.0-only
#include "analyzer/reindex/word_search.h"

#include <string.h>

#include "analyzer/base/parallel.h"
#include "db/read_file.h"

/*
 * The preprocessor may paste a name from several words with ##, as in "prefix_##name##_suffix". The
 * search finds a name that is pasted from at most MAX_PIECES words. The search misses a name that
 * is pasted from more words.
 */
#define MAX_PIECES 3
/*
 * Maximum number of bytes of one name (MAX_NAME) and of all names together (MAX_NAMES). Longer
 * names would make the hash table too large: the table has an entry for each substring of each
 * name.
 */
#define MAX_NAME  128
#define MAX_NAMES 16384

#define NO_PIECE   UINT32_MAX
#define HASH_START 2166136261u

/*
 * An entry of the hash table. @text is a piece, a macro, or both. A piece is a name or a part of a
 * name.
 */
struct entry {
	const char *text; /* NULL: the entry is unused */
	uint32_t hash;
	uint32_t len;
	uint32_t piece; /* number of the piece; NO_PIECE: @text is only a macro */
	bool is_macro;	/* @text is one of the macros to search for */
	bool is_name;	/* the piece is a whole name */
};

struct name {
	const char *text;
	unsigned int len;
};

struct word_search {
	GStringChunk *strings;
	GArray *names;	 /* struct name */
	GArray *entries; /* struct entry: a hash table; its size is a power of two */
	uint32_t n_pieces;
	/*
	 * bitmap: bit fold(entry.hash) is set for each entry in @entries; a word whose bit is not
	 * set has no entry
	 */
	uint8_t filter[8192];
	GArray *is_name;  /* is_name[piece], bool: the piece is a whole name */
	uint32_t *stamps; /* stamps[piece]: number of the last set that the piece was added to */
	uint32_t stamp;	  /* number of the current set (see word_search_begin()) */
};

static uint32_t hash_next(uint32_t hash, char c)
{
	return (hash ^ (guchar)c) * 16777619u;
}

static uint32_t hash_of(const char *text, gsize len)
{
	uint32_t hash = HASH_START;

	while (len--)
		hash = hash_next(hash, *text++);
	return hash;
}

static uint32_t fold(uint32_t hash)
{
	return hash >> 16 ^ (hash & 0xffff);
}

/*
 * Returns the entry of @text. If @text has no entry, returns the unused entry where @text belongs.
 */
static struct entry *find_entry(const struct word_search *search, const char *text, gsize len,
				uint32_t hash)
{
	guint mask = search->entries->len - 1;

	for (guint i = (hash ^ hash >> 15) & mask;; i = (i + 1) & mask) {
		struct entry *entry = &g_array_index(search->entries, struct entry, i);

		if (!entry->text || (entry->hash == hash && entry->len == len &&
				     memcmp(entry->text, text, len) == 0))
			return entry;
	}
}

static struct entry *add_entry(struct word_search *search, const char *text, gsize len)
{
	uint32_t hash = hash_of(text, len);
	struct entry *entry = find_entry(search, text, len, hash);

	if (entry->text)
		return entry;
	search->filter[fold(hash) >> 3] |= (uint8_t)(1u << (fold(hash) & 7));
	*entry = (struct entry){ text, hash, (uint32_t)len, NO_PIECE, false, false };
	return entry;
}

static void add_parts(struct word_search *search, const struct name *name)
{
	for (unsigned int i = 0; i < name->len; i++)
		for (unsigned int len = 1; i + len <= name->len; len++) {
			struct entry *entry = add_entry(search, name->text + i, len);

			if (entry->piece == NO_PIECE)
				entry->piece = search->n_pieces++;
			entry->is_name |= len == name->len;
		}
}

static void mark_names(struct word_search *search)
{
	g_array_set_size(search->is_name, search->n_pieces);
	for (guint i = 0; i < search->entries->len; i++) {
		const struct entry *entry = &g_array_index(search->entries, struct entry, i);

		if (entry->text && entry->piece != NO_PIECE)
			g_array_index(search->is_name, bool, entry->piece) = entry->is_name;
	}
}

struct word_search *word_search_new(const GPtrArray *names, GHashTable *macros)
{
	g_autoptr(word_search) search = g_new0(struct word_search, 1);
	gsize n_entries = g_hash_table_size(macros), total = 0, size = 1024;
	GHashTableIter iter;
	gpointer macro;

	search->strings = g_string_chunk_new(4096);
	search->names = g_array_new(FALSE, FALSE, sizeof(struct name));
	search->entries = g_array_new(FALSE, TRUE, sizeof(struct entry));
	search->is_name = g_array_new(FALSE, TRUE, sizeof(bool));
	for (guint i = 0; i < names->len; i++) {
		struct name name = { g_string_chunk_insert(search->strings, names->pdata[i]),
				     (unsigned int)strlen(names->pdata[i]) };

		total += name.len;
		n_entries += (gsize)name.len * (name.len + 1) / 2;
		if (name.len > MAX_NAME || total > MAX_NAMES)
			return NULL;
		g_array_append_val(search->names, name);
	}
	while (size < 2 * n_entries)
		size *= 2;
	g_array_set_size(search->entries, (guint)size);
	for (guint i = 0; i < search->names->len; i++)
		add_parts(search, &g_array_index(search->names, struct name, i));
	g_hash_table_iter_init(&iter, macros);
	while (g_hash_table_iter_next(&iter, &macro, NULL)) {
		const char *text = g_string_chunk_insert(search->strings, macro);

		add_entry(search, text, strlen(text))->is_macro = true;
	}
	mark_names(search);
	search->stamps = g_new0(uint32_t, search->n_pieces + 1);
	return g_steal_pointer(&search);
}

void word_search_free(struct word_search *search)
{
	if (!search)
		return;
	g_string_chunk_free(search->strings);
	g_array_unref(search->names);
	g_array_unref(search->entries);
	g_array_unref(search->is_name);
	g_free(search->stamps);
	g_free(search);
}

static bool ends_with(const char *text, const char *at, const char *word)
{
	gsize len = strlen(word);

	return (gsize)(at - text) >= len && memcmp(at - len, word, len) == 0;
}

/* True if the word at @at is the operand of a #define or #undef. */
static bool is_defined_at(const char *text, const char *at)
{
	while (at > text && (at[-1] == ' ' || at[-1] == '\t'))
		at--;
	return ends_with(text, at, "define") || ends_with(text, at, "undef");
}

/* True if @c may be part of a word. Any byte beyond ASCII may be part of a word. */
static bool is_word_char(guchar c)
{
	return g_ascii_isalnum(c) || c == '_' || c == '$' || c >= 0x80;
}

static void search_text(const struct word_search *search, const char *text, gsize len,
			uint8_t *seen, struct word_hits *hits)
{
	const char *end = text + len, *at = text;

	while (at < end) {
		const char *start = at;
		uint32_t hash = HASH_START;
		const struct entry *entry;

		while (at < end && is_word_char((guchar)*at))
			hash = hash_next(hash, *at++);
		if (at == start) {
			at++;
			continue;
		}
		if (!(search->filter[fold(hash) >> 3] >> (fold(hash) & 7) & 1))
			continue;
		entry = find_entry(search, start, (gsize)(at - start), hash);
		if (!entry->text)
			continue;
		if (entry->is_macro && !hits->defines)
			hits->defines = is_defined_at(text, start);
		if (entry->piece != NO_PIECE && !seen[entry->piece]) {
			seen[entry->piece] = 1;
			g_array_append_val(hits->pieces, entry->piece);
		}
	}
	for (guint i = 0; i < hits->pieces->len; i++)
		seen[g_array_index(hits->pieces, uint32_t, i)] = 0;
}

void word_search_text(struct word_search *search, const char *text, gsize len,
		      struct word_hits *hits)
{
	g_autofree uint8_t *seen = g_new0(uint8_t, search->n_pieces + 1);

	*hits = (struct word_hits){ .pieces = g_array_new(FALSE, FALSE, sizeof(uint32_t)) };
	search_text(search, text, len, seen, hits);
}

struct searching {
	struct word_search *search;
	const char *const *paths;
	struct word_hits *hits;
};

static void search_share(const struct share *share, void *data)
{
	const struct searching *searching = data;
	g_autofree uint8_t *seen = g_new0(uint8_t, searching->search->n_pieces + 1);

	foreach_in_share(i, share) {
		struct word_hits *hits = &searching->hits[i];
		char *text = NULL;
		gsize len;

		*hits = (struct word_hits){ .pieces = g_array_new(FALSE, FALSE, sizeof(uint32_t)) };
		hits->unreadable = !read_file(searching->paths[i], &text, &len, NULL);
		if (!hits->unreadable)
			search_text(searching->search, text, len, seen, hits);
		g_free(text);
	}
}

void word_search_files(struct word_search *search, const char *const *paths, unsigned int n,
		       unsigned int jobs, struct word_hits *hits)
{
	struct searching searching = { search, paths, hits };

	parallel_run("search", n, jobs, search_share, &searching);
}

void word_hits_clear(struct word_hits *hits)
{
	g_clear_pointer(&hits->pieces, g_array_unref);
}

void word_search_begin(struct word_search *search)
{
	search->stamp++;
}

void word_search_add(struct word_search *search, const struct word_hits *hits, bool declares)
{
	for (guint i = 0; i < hits->pieces->len; i++) {
		uint32_t piece = g_array_index(hits->pieces, uint32_t, i);

		if (!declares || !g_array_index(search->is_name, bool, piece))
			search->stamps[piece] = search->stamp;
	}
}

static bool has_word(const struct word_search *search, const char *text, gsize len)
{
	const struct entry *entry = find_entry(search, text, len, hash_of(text, len));

	return entry->text && entry->piece != NO_PIECE &&
	       search->stamps[entry->piece] == search->stamp;
}

bool word_search_finds(const struct word_search *search, unsigned int i)
{
	const struct name *name = &g_array_index(search->names, struct name, i);
	/*
	 * pieces[len]: the least number of words that make the first len bytes of the name; 0: no
	 * words make these bytes.
	 */
	uint8_t pieces[MAX_NAME + 1];

	memset(pieces, 0, sizeof(pieces));
	for (unsigned int from = 0; from < name->len; from++) {
		unsigned int n = pieces[from] + 1u;

		if ((from > 0 && !pieces[from]) || n > MAX_PIECES)
			continue;
		for (unsigned int to = from + 1; to <= name->len; to++)
			if ((!pieces[to] || pieces[to] > n) &&
			    has_word(search, name->text + from, to - from))
				pieces[to] = (uint8_t)n;
	}
	return pieces[name->len] > 0;
}
