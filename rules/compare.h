/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What has become of the findings of one state of a kernel in another: which came, which
 * went, which have another verdict. Findings are told apart by fingerprint; what is gone
 * from one file and new in another under the same names has moved.
 */
#ifndef INITLINT_RULES_COMPARE_H
#define INITLINT_RULES_COMPARE_H

#include <glib.h>

#include "rules/finding.h"

enum change_kind {
	CHANGE_NONE,	 /* as before */
	CHANGE_NEW,	 /* was not there */
	CHANGE_WORSE,	 /* was there with a better verdict */
	CHANGE_BETTER,	 /* was there with a worse verdict */
	CHANGE_MOVED,	 /* is another file's now; the verdict is as before */
	CHANGE_RESOLVED, /* is not there any more */
};

/* "none", "new", "worse", "better", "moved", "resolved" */
const char *change_kind_name(enum change_kind kind);

#endif
