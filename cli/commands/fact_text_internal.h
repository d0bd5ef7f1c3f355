/* SPDX-License-Identifier: GPL-2.0-only */
/* Formats a fact as a line of "initlint facts". */
#ifndef INITLINT_CLI_COMMANDS_FACT_TEXT_INTERNAL_H
#define INITLINT_CLI_COMMANDS_FACT_TEXT_INTERNAL_H

#include "db/fact_layout.h"

/*
 * Returns the kind and the members of @fact, mostly separated by tabs. The kind of @fact must have
 * a layout: fact_layout() does not return NULL for it. Free with g_free().
 */
char *fact_text(const struct fact *fact);

#endif
