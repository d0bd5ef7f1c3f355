/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The text of a header in the form that is stored in the database: compressed and without comments.
 * The next index run compares the stored text with the new text of the header.
 */
#ifndef INITLINT_ANALYZER_REINDEX_HEADER_TEXT_H
#define INITLINT_ANALYZER_REINDEX_HEADER_TEXT_H

#include <glib.h>

#include "analyzer/base/hash.h"
#include "analyzer/reindex/macro_names.h"

struct header_text {
	GBytes *packed;		  /* compressed text; NULL: the file is unreadable or too large */
	GArray *macros;		  /* struct macro_name; NULL if @packed is NULL */
	char hash[HASH_HEX_SIZE]; /* hash of the file's whole content, with comments */
};

/*
 * Reads @n files with @jobs threads. Fills @texts[i] from the file at @paths[i]. If
 * @texts[i].packed is not NULL, free @texts[i].packed with g_bytes_unref() and @texts[i].macros
 * with g_array_unref().
 */
void header_texts_read(const char *const *paths, struct header_text *texts, unsigned int n,
		       unsigned int jobs);
/*
 * Uncompresses @packed. Returns the text with a terminating NUL, and sets *@len to the length of
 * the text without the NUL. Returns NULL if @packed is damaged. Free with g_free().
 */
char *header_text_unpack(GBytes *packed, gsize *len);
/*
 * Returns the present text of the file @path without comments, and sets *@len to the length of this
 * text. Returns NULL if the file is unreadable or too large, or if the hash of the present content
 * is not @hash. Free with g_free().
 */
char *header_text_now(const char *path, const char *hash, gsize *len);

#endif
