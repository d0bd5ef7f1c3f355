// SPDX-License-Identifier: GPL-2.0-only
#include "rules/compare.h"

const char *change_kind_name(enum change_kind kind)
{
	static const char *const names[] = {
		[CHANGE_NONE] = "none",	  [CHANGE_NEW] = "new",
		[CHANGE_WORSE] = "worse", [CHANGE_BETTER] = "better",
		[CHANGE_MOVED] = "moved", [CHANGE_RESOLVED] = "resolved",
	};

	return names[kind];
}
