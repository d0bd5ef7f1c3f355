/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What is kept of a header's text to compare a later version with: the text without
 * comments, deflated.
 */
#ifndef INITLINT_ANALYZER_REINDEX_HEADER_TEXT_H
#define INITLINT_ANALYZER_REINDEX_HEADER_TEXT_H

#include <glib.h>

#include "analyzer/base/hash.h"
#include "analyzer/reindex/macro_names.h"

struct header_text {
	GBytes *packed;		  /* NULL: the file cannot be read, or is too large to be kept */
	GArray *macros;		  /* struct macro_name; NULL with packed */
	char hash[HASH_HEX_SIZE]; /* of the whole content that it is of */
};

/*
 * Reads @n files with @jobs threads. Release each packed with g_bytes_unref(),
 * each macros with g_array_unref().
 */
void header_texts_read(const char *const *paths, struct header_text *texts, unsigned int n,
		       unsigned int jobs);
/* The text, NUL-terminated; NULL if it is damaged. Free with g_free(). */
char *header_text_unpack(GBytes *packed, gsize *len);
/* The same of a file as it is now; NULL unless its content has @hash. */
char *header_text_now(const char *path, const char *hash, gsize *len);

#endif
