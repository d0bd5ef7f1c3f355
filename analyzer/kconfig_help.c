// SPDX-License-Identifier: GPL-2.0-only
#include "analyzer/kconfig_help.h"

#include <string.h>

static int indent_of(const char *line)
{
	int indent = 0;

	for (; *line == ' ' || *line == '\t'; line++)
		indent = *line == '\t' ? (indent | 7) + 1 : indent + 1;
	return indent;
}

/* Help ends at the first line that is less indented than its first one. */
bool kconfig_in_help(int *help, const char *line)
{
	int indent = indent_of(line);

	if (*help == KCONFIG_NO_HELP)
		return false;
	if (!line[strspn(line, " \t")])
		return true;
	if (*help == KCONFIG_HELP_STARTS)
		*help = indent > 0 ? indent : KCONFIG_NO_HELP;
	else if (indent < *help)
		*help = KCONFIG_NO_HELP;
	return *help != KCONFIG_NO_HELP;
}
