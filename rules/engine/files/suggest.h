/* SPDX-License-Identifier: GPL-2.0-only */
/* Suggests the known word that is nearest to a misspelt word. */
#ifndef INITLINT_RULES_ENGINE_FILES_SUGGEST_H
#define INITLINT_RULES_ENGINE_FILES_SUGGEST_H

/*
 * Returns the word in @words (NULL-terminated) that becomes @word with the fewest edits. An edit
 * inserts, removes or replaces one letter. The number of edits may be at most 3, and at most a
 * third of the number of letters in @word. Returns NULL if every word in @words needs more edits.
 * The result belongs to @words.
 */
const char *suggest_nearest(const char *word, const char *const *words);

#endif
