/* SPDX-License-Identifier: GPL-2.0-only */
/* Suggests the known word that is nearest to a misspelt word. */
#ifndef INITLINT_RULES_ENGINE_FILES_SUGGEST_H
#define INITLINT_RULES_ENGINE_FILES_SUGGEST_H

/*
 * An edit inserts, removes or replaces one letter. Returns the word in @words (NULL-terminated)
 * that needs the fewest edits to become @word. Returns NULL if this word needs more than three
 * edits, or more edits than a third of the length of @word. The result belongs to @words.
 */
const char *suggest_nearest(const char *word, const char *const *words);

#endif
