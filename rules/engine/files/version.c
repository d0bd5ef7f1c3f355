// SPDX-License-Identifier: GPL-2.0-only
#include "rules/engine/files/version.h"

#include <glib.h>

bool version_is_valid(const char *version)
{
	return g_regex_match_simple("^[0-9]{1,9}(\\.[0-9]{1,9})*(-[A-Za-z0-9.-]+)?$", version,
				    G_REGEX_DOLLAR_ENDONLY, 0);
}

/*
 * Returns the number at *@at. Moves *@at past the number, and past a dot that follows. If there is
 * no digit at *@at, returns 0 and does not move *@at.
 */
static guint64 take_number(const char **at)
{
	guint64 number;
	char *end;

	if (!g_ascii_isdigit(**at))
		return 0;
	number = g_ascii_strtoull(*at, &end, 10);
	*at = *end == '.' ? end + 1 : end;
	return number;
}

int version_compare(const char *a, const char *b)
{
	while (g_ascii_isdigit(*b)) {
		guint64 left = take_number(&a);
		guint64 right = take_number(&b);

		if (left != right)
			return left < right ? -1 : 1;
	}
	return 0;
}
