/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Where the help text of a Kconfig entry ends, which nothing but its indentation tells.
 */
#ifndef INITLINT_ANALYZER_KCONFIG_HELP_H
#define INITLINT_ANALYZER_KCONFIG_HELP_H

#include <stdbool.h>

/* How far a help text that is being skipped is indented, or: */
#define KCONFIG_NO_HELP	    (-1)
#define KCONFIG_HELP_STARTS (-2) /* its first line is still to come */

/* Whether @line belongs to the help text. Keeps *@indent. */
bool kconfig_in_help(int *indent, const char *line);

#endif
