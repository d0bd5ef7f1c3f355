/* SPDX-License-Identifier: GPL-2.0-only */
/* "Did you mean": the known word that is nearest to a misspelt one. */
#ifndef INITLINT_RULES_ENGINE_FILES_SUGGEST_H
#define INITLINT_RULES_ENGINE_FILES_SUGGEST_H

/*
 * The one of @words (NULL-terminated) that takes the fewest edits to get from @word, as
 * long as those are at most a third of it and no more than three; otherwise NULL.
 */
const char *suggest_nearest(const char *word, const char *const *words);

#endif
