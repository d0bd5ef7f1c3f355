/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What has become of the findings of one state of a kernel in another: which came, which
 * went, which have another verdict. Findings are told apart by fingerprint; what is gone
 * from one file and new in another under the same names has moved.
 */
#ifndef INITLINT_RULES_ENGINE_FINDING_COMPARE_H
#define INITLINT_RULES_ENGINE_FINDING_COMPARE_H

#include <glib.h>

#include "rules/engine/finding/finding.h"

enum change_kind {
	CHANGE_NONE,	 /* as before */
	CHANGE_NEW,	 /* was not there */
	CHANGE_WORSE,	 /* was there with a better verdict */
	CHANGE_BETTER,	 /* was there with a worse verdict */
	CHANGE_MOVED,	 /* is another file's now; the verdict is as before */
	CHANGE_RESOLVED, /* is a problem no more */
};

/* "none", "new", "worse", "better", "moved", "resolved" */
const char *change_kind_name(enum change_kind kind);

/*
 * Verdicts of all that is known of a kernel, no problems too: fingerprint -> verdict + 1.
 * Free with g_hash_table_unref().
 */
GHashTable *verdicts_new(void);
/* Of several with one fingerprint the worst counts. */
void verdicts_add(GHashTable *verdicts, const struct finding *finding);
/* N_VERDICTS: nothing is known of it. */
enum verdict verdicts_get(GHashTable *verdicts, const char *fingerprint);

/* One state of a kernel, as far as it is compared. */
struct findings_state {
	const GPtrArray *findings; /* const struct finding *, problems or not */
	GHashTable *verdicts;	   /* of these and of whatever else is known */
};

struct finding_change {
	enum change_kind kind;
	const struct finding *before; /* NULL: it was no problem */
	const struct finding *after;  /* NULL: it is no problem */
	enum verdict was;	      /* N_VERDICTS: there was none */
	enum verdict now;	      /* N_VERDICTS: there is none */
};

/* A finding that a maintainer has to do something about. */
bool finding_is_problem(const struct finding *finding);

/*
 * The changes of problems, in the order of the findings of @after, then those resolved;
 * what is as before is left out. The result points into both. Free with g_array_unref().
 */
GArray *findings_compare(const struct findings_state *before, const struct findings_state *after);

#endif
