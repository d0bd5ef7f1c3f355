/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Prints changes of findings and of the order as text, for series and diff.
 */
#ifndef INITLINT_CLI_SERIES_SERIES_TEXT_H
#define INITLINT_CLI_SERIES_SERIES_TEXT_H

#include "rules/engine/finding/compare.h"
#include "rules/engine/finding/order_change.h"

/*
 * Prints @change. Prints one line for a resolved or accepted finding, and any other finding
 * in full. @accepted: struct judged.accepted of the state after the change.
 */
void series_print_change(const struct finding_change *change, GHashTable *accepted);
/*
 * Returns the reason for which the finding of @change is accepted. Returns NULL if it is not
 * accepted or no longer a problem. @accepted is as for series_print_change().
 */
const char *series_accepted(const struct finding_change *change, GHashTable *accepted);
/* Prints the first @max of @moves (struct order_change) and the number of the rest. */
void series_print_moves(const GArray *moves, guint max);

#endif
