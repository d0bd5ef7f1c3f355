/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Compares the findings of two states of a kernel: which findings are new or resolved, and which
 * have another verdict. The fingerprint identifies a finding. If a finding disappears from one
 * file, and a finding with the same names appears in another file, the finding has moved.
 */
#ifndef INITLINT_RULES_ENGINE_FINDING_COMPARE_H
#define INITLINT_RULES_ENGINE_FINDING_COMPARE_H

#include <glib.h>

#include "rules/engine/finding/finding.h"

enum change_kind {
	CHANGE_NONE,	 /* the finding is the same as before */
	CHANGE_NEW,	 /* the finding did not exist before */
	CHANGE_WORSE,	 /* the verdict is worse than before */
	CHANGE_BETTER,	 /* the verdict is better than before */
	CHANGE_MOVED,	 /* the finding is in another file, with the same verdict */
	CHANGE_RESOLVED, /* the finding is not a problem any more */
};

/* "none", "new", "worse", "better", "moved", "resolved" */
const char *change_kind_name(enum change_kind kind);

/*
 * Returns an empty table for the verdicts of all known dependencies, problems or not: fingerprint
 * (char *, owned by the table) -> verdict + 1. Free with g_hash_table_unref().
 */
GHashTable *verdicts_new(void);
/* Adds the verdict of @finding. If the table has its fingerprint, keeps the worse verdict. */
void verdicts_add(GHashTable *verdicts, const struct finding *finding);
/* Returns N_VERDICTS if @verdicts does not have @fingerprint. */
enum verdict verdicts_get(GHashTable *verdicts, const char *fingerprint);

/* The findings for one state of a kernel. */
struct findings_state {
	const GPtrArray *findings; /* const struct finding *, problems or not */
	GHashTable *verdicts;	   /* of the findings and of all other known dependencies */
};

struct finding_change {
	enum change_kind kind;
	const struct finding *before; /* NULL: there was no problem before */
	const struct finding *after;  /* NULL: there is no problem now */
	enum verdict was;	      /* the verdict before; N_VERDICTS: none */
	enum verdict now;	      /* the verdict now; N_VERDICTS: none */
};

/* True if a maintainer has to act on @finding. */
bool finding_is_problem(const struct finding *finding);

/*
 * Returns the changes of problems (struct finding_change): first the findings of @after in their
 * order, then the resolved findings of @before. Unchanged findings are left out. The result points
 * into @before and @after. Free with g_array_unref().
 */
GArray *findings_compare(const struct findings_state *before, const struct findings_state *after);

#endif
