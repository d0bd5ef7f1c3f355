/* SPDX-License-Identifier: GPL-2.0-only */
/* Suggests the known word that is nearest to a misspelt word. */
#ifndef INITLINT_RULES_ENGINE_FILES_SUGGEST_H
#define INITLINT_RULES_ENGINE_FILES_SUGGEST_H

/*
 * Returns the word in @words (NULL-terminated) that differs from @word by the fewest edits. Returns
 * NULL if that takes more than three edits, or more than one edit for three letters of @word. The
 * result belongs to @words.
 */
const char *suggest_nearest(const char *word, const char *const *words);

#endif
