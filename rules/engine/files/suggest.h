/* SPDX-License-Identifier: GPL-2.0-only */
/* Suggests the known word that is nearest to a misspelt word. */
#ifndef INITLINT_RULES_ENGINE_FILES_SUGGEST_H
#define INITLINT_RULES_ENGINE_FILES_SUGGEST_H

/*
 * Returns the word in @words (NULL-terminated) that is most similar to @word: fewest edits change
 * the word into @word. An edit inserts, removes or replaces one letter. Returns NULL if more than
 * three edits are needed, or more edits than a third of the length of @word. The result belongs to
 * @words.
 */
const char *suggest_nearest(const char *word, const char *const *words);

#endif
