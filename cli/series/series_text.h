/* SPDX-License-Identifier: GPL-2.0-only */
/* Prints changes of findings and of the initcall order as text, for "series" and "diff". */
#ifndef INITLINT_CLI_SERIES_SERIES_TEXT_H
#define INITLINT_CLI_SERIES_SERIES_TEXT_H

#include "rules/engine/finding/compare.h"
#include "rules/engine/finding/order_change.h"

/*
 * Prints @change. A resolved or accepted finding takes one line. Any other finding is printed in
 * full. @accepted: the member @accepted of the struct judged for the state after @change. The table
 * has the reason for each accepted finding; the key is the fingerprint.
 */
void series_print_change(const struct finding_change *change, GHashTable *accepted);
/*
 * Returns the reason why the finding change->after is accepted. Returns NULL if this finding is not
 * accepted, or if change->after is NULL. @accepted: as for series_print_change(). @accepted owns
 * the string.
 */
const char *series_accepted(const struct finding_change *change, GHashTable *accepted);
/*
 * Prints the first @max elements of @moves (struct order_change). If @moves has more elements,
 * prints the number of the remaining elements.
 */
void series_print_moves(const GArray *moves, guint max);

#endif
