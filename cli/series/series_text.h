/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Changes of findings and of the order in words, as series and diff print them.
 */
#ifndef INITLINT_CLI_SERIES_SERIES_TEXT_H
#define INITLINT_CLI_SERIES_SERIES_TEXT_H

#include "rules/engine/finding/compare.h"
#include "rules/engine/finding/order_change.h"

/*
 * One line; with the finding in full if it is still a problem. @accepted: struct judged's, of
 * the state after.
 */
void series_print_change(const struct finding_change *change, GHashTable *accepted);
/* The reason that was given for it; NULL: it is not accepted, or is no problem any more. */
const char *series_accepted(const struct finding_change *change, GHashTable *accepted);
/* @moves: struct order_change. The first @max, and how many there are. */
void series_print_moves(const GArray *moves, guint max);

#endif
