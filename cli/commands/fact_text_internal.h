/* SPDX-License-Identifier: GPL-2.0-only */
/* A fact as a line of "initlint facts". */
#ifndef INITLINT_CLI_COMMANDS_FACT_TEXT_INTERNAL_H
#define INITLINT_CLI_COMMANDS_FACT_TEXT_INTERNAL_H

#include "db/fact_layout.h"

/* The kind, and the members with a tab before each. @fact has a fact_layout(). g_free() it. */
char *fact_text(const struct fact *fact);

#endif
