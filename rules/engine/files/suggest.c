// SPDX-License-Identifier: GPL-2.0-only
#include "rules/engine/files/suggest.h"

#include <string.h>
#include <glib.h>

/*
 * Returns the Levenshtein distance of @a and @b. The usual algorithm fills a table with one row for
 * each letter of @a. This function keeps only one row of the table at a time.
 */
static unsigned int distance(const char *a, const char *b)
{
	size_t length = strlen(b);
	g_autofree unsigned int *row = g_new(unsigned int, length + 1);

	for (size_t j = 0; j <= length; j++)
		row[j] = j;
	for (size_t i = 0; a[i]; i++) {
		unsigned int diagonal = row[0];

		row[0] = i + 1;
		for (size_t j = 0; j < length; j++) {
			unsigned int replaced = diagonal + (a[i] != b[j]);

			diagonal = row[j + 1];
			row[j + 1] = MIN(replaced, MIN(row[j], row[j + 1]) + 1);
		}
	}
	return row[length];
}

const char *suggest_nearest(const char *word, const char *const *words)
{
	unsigned int best = MIN(strlen(word) / 3, 3) + 1;
	const char *nearest = NULL;

	for (; *words; words++) {
		unsigned int edits = distance(word, *words);

		if (edits < best) {
			best = edits;
			nearest = *words;
		}
	}
	return nearest;
}
