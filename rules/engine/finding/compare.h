/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Compares the findings in two states of a kernel, before and after a change. A finding says that
 * one initcall needs another initcall. The verdict of a finding tells whether the order of the two
 * initcalls is right. The fingerprint of a finding is a hash that identifies the finding. A problem
 * is a finding for which finding_is_problem() is true.
 *
 * A finding before the change and a finding after the change are the same finding if their
 * fingerprints are equal. File names are part of the fingerprint. So a finding that moves to
 * another file gets a new fingerprint. If a finding that disappears and a new finding have the same
 * rule id, functions and resource, the two findings are reported as one moved finding.
 */
#ifndef INITLINT_RULES_ENGINE_FINDING_COMPARE_H
#define INITLINT_RULES_ENGINE_FINDING_COMPARE_H

#include <glib.h>

#include "rules/engine/finding/finding.h"

enum change_kind {
	CHANGE_NONE,	 /* the verdict is the same as before */
	CHANGE_NEW,	 /* a problem now; the dependency was not known before */
	CHANGE_WORSE,	 /* a problem now; the verdict is worse than before */
	CHANGE_BETTER,	 /* still a problem, but the verdict is better than before */
	CHANGE_MOVED,	 /* in another file than before, with the same verdict */
	CHANGE_RESOLVED, /* a problem before, but not now */
};

/* Returns "none", "new", "worse", "better", "moved" or "resolved". */
const char *change_kind_name(enum change_kind kind);

/*
 * Returns an empty hash table: fingerprint (char *, owned by the table) -> 1 + verdict. Add with
 * verdicts_add(), look up with verdicts_get(). The table is for the verdicts of all known
 * dependencies, also of dependencies that are no problem. Free with g_hash_table_unref().
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

/* The findings before the change, or the findings after the change. */
struct findings_state {
	const GPtrArray *findings; /* struct finding *; not only problems */
	GHashTable *verdicts;	   /* verdicts of @findings and of all other known dependencies */
};

struct finding_change {
	enum change_kind kind;
	const struct finding *before; /* the problem before the change; NULL: no problem */
	const struct finding *after;  /* the problem after the change; NULL: no problem */
	/* verdict before the change; N_VERDICTS: the dependency was not known */
	enum verdict was;
	/* verdict after the change; N_VERDICTS: the dependency is not known */
	enum verdict now;
};

/*
 * True if the verdict of @finding is broken or fragile, and finding->is_conditional is
 * false. A maintainer must look at a problem.
 */
bool finding_is_problem(const struct finding *finding);

/*
 * Returns an array of struct finding_change, with one element for each problem that has changed.
 * First come the problems in @after that are new, worse, better or moved, in the order of
 * @after->findings. Then come the problems of @before that are resolved, in the order of
 * @before->findings. The elements point to the findings of @before and @after. Free with
 * g_array_unref().
 */
GArray *findings_compare(const struct findings_state *before, const struct findings_state *after);

#endif
