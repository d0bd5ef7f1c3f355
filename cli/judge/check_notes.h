/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Makes a report note for each finding. The note says whether the finding is accepted, and whether
 * a comment in the source or an entry of the baseline accepts the finding. A problem is a finding
 * with the verdict broken or fragile.
 */
#ifndef INITLINT_CLI_JUDGE_CHECK_NOTES_H
#define INITLINT_CLI_JUDGE_CHECK_NOTES_H

#include "cli/judge/baseline.h"
#include "cli/report/check_report.h"

struct check_notes;

/*
 * Makes a note for each of @findings (struct finding *). Reads the comments that accept findings
 * from the database of @query. @findings and @query must outlive the result.
 * @baseline: the baseline to apply, or NULL. @baseline must outlive the result.
 * @write: the path of a new baseline, or NULL. If @write is not NULL, first writes a new baseline,
 * and then applies it. The new baseline has an entry for each problem that no comment accepts.
 * At least one of @baseline and @write must be NULL. Returns NULL on error. Free with
 * check_notes_free().
 */
struct check_notes *check_notes_new(const GPtrArray *findings, struct query *query,
				    struct baseline *baseline, const char *write, GError **error);
void check_notes_free(struct check_notes *notes);
typedef struct check_notes check_notes; /* g_autoptr() needs a type name of one word */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(check_notes, check_notes_free)

/*
 * Returns an array of notes. Element i is the note of finding i. @notes owns the array. Returns
 * NULL if no comment accepts a finding and there is no baseline.
 */
const struct report_note *check_notes_list(const struct check_notes *notes);

/*
 * Warns about malformed comments. If the analysis of @report is complete, also warns about each
 * comment and each baseline entry that accepts no finding. If the rule of the comment or entry was
 * not judged, does not warn about the comment or entry.
 * @inferred: true if this run has inferred dependencies, and has not ignored the dependencies of
 * medium confidence. If @inferred is false, an unused comment or entry may be for a finding that
 * this run has not inferred or has ignored. So inferred rules then count as not judged.
 */
void check_notes_warn(const struct check_notes *notes, const struct check_report *report,
		      bool inferred);

#endif
