/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Compares the findings of two states of a kernel, before and after a change. Reports which
 * findings are new, which are resolved, which have another verdict than before, and which have
 * moved to another file.
 *
 * A finding before and a finding after are the same finding if their fingerprints are equal.
 * Because file names are part of the fingerprint, a finding has moved if its fingerprint
 * disappears, and a new finding has the same rule id, the same two functions and the same resource.
 */
#ifndef INITLINT_RULES_ENGINE_FINDING_COMPARE_H
#define INITLINT_RULES_ENGINE_FINDING_COMPARE_H

#include <glib.h>

#include "rules/engine/finding/finding.h"

enum change_kind {
	CHANGE_NONE,	 /* the verdict is the same as before */
	CHANGE_NEW,	 /* the dependency was not known before */
	CHANGE_WORSE,	 /* the verdict is worse than before */
	CHANGE_BETTER,	 /* the verdict is better than before */
	CHANGE_MOVED,	 /* the finding is in another file than before; the verdict is the same */
	CHANGE_RESOLVED, /* the finding was a problem before and is not a problem now */
};

/* Returns "none", "new", "worse", "better", "moved" or "resolved". */
const char *change_kind_name(enum change_kind kind);

/*
 * Returns an empty table for the verdicts of all known dependencies, also of those that are no
 * problem. The table maps a fingerprint (char *, owned by the table) to the verdict + 1. Free with
 * g_hash_table_unref().
 */
GHashTable *verdicts_new(void);
/*
 * Adds the verdict of @finding. If @verdicts already has a verdict for the fingerprint of @finding,
 * keeps the worse of the two verdicts.
 */
void verdicts_add(GHashTable *verdicts, const struct finding *finding);
/*
 * Returns the verdict for @fingerprint. Returns N_VERDICTS if @verdicts has no verdict for
 * @fingerprint.
 */
enum verdict verdicts_get(GHashTable *verdicts, const char *fingerprint);

/* The findings for one state of a kernel. */
struct findings_state {
	const GPtrArray *findings; /* const struct finding *; not all of them must be problems */
	GHashTable *verdicts;	   /* verdicts of @findings and of all other known dependencies */
};

struct finding_change {
	enum change_kind kind;
	const struct finding *before; /* the problem before; NULL: there was no problem */
	const struct finding *after;  /* the problem now; NULL: there is no problem */
	enum verdict was; /* the verdict before; N_VERDICTS: the dependency was not known */
	enum verdict now; /* the verdict now; N_VERDICTS: the dependency is not known */
};

/* True if the verdict is broken, fragile or unordered: a maintainer has to act on @finding. */
bool finding_is_problem(const struct finding *finding);

/*
 * Returns an array of struct finding_change, with one element for each problem that has changed.
 * First come the problems of @after, in the order of @after->findings. Then come the resolved
 * problems of @before, in the order of @before->findings. The result points to the findings of
 * @before and @after. Free with g_array_unref().
 */
GArray *findings_compare(const struct findings_state *before, const struct findings_state *after);

#endif
