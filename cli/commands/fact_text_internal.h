/* SPDX-License-Identifier: GPL-2.0-only */
/* Formats a fact as an output line of the command "initlint facts". */
#ifndef INITLINT_CLI_COMMANDS_FACT_TEXT_INTERNAL_H
#define INITLINT_CLI_COMMANDS_FACT_TEXT_INTERNAL_H

#include "db/fact_layout.h"

/*
 * Returns one line of text with the kind of @fact and then the members of @fact. Most members are
 * separated by tabs; fact_layout() names the separators that are not tabs. Free with g_free().
 * @fact must have members that fact_layout() describes, so it must not be a FACT_OBJECT,
 * FACT_SHELL, FACT_UNIT_BEGIN or FACT_UNIT_END.
 */
char *fact_text(const struct fact *fact);

#endif
