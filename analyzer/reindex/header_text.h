/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The text of a header as it is stored in the database: without comments and compressed. The next
 * index compares it with the header's new text.
 */
#ifndef INITLINT_ANALYZER_REINDEX_HEADER_TEXT_H
#define INITLINT_ANALYZER_REINDEX_HEADER_TEXT_H

#include <glib.h>

#include "analyzer/base/hash.h"
#include "analyzer/reindex/macro_names.h"

struct header_text {
	GBytes *packed;		  /* compressed text; NULL: unreadable file, or too large */
	GArray *macros;		  /* struct macro_name; NULL if packed is NULL */
	char hash[HASH_HEX_SIZE]; /* hash of the file's whole content, with comments */
};

/*
 * Reads @n files with @jobs threads. Free the packed member of each text with g_bytes_unref(), and
 * the macros member with g_array_unref().
 */
void header_texts_read(const char *const *paths, struct header_text *texts, unsigned int n,
		       unsigned int jobs);
/*
 * Uncompresses @packed. Returns the text with a terminator, and sets *@len to its length without
 * the terminator. Returns NULL if @packed is damaged. Free with g_free().
 */
char *header_text_unpack(GBytes *packed, gsize *len);
/*
 * Reads the present text of the file @path, without comments. Returns NULL if the file's content
 * does not have hash @hash. Free with g_free().
 */
char *header_text_now(const char *path, const char *hash, gsize *len);

#endif
