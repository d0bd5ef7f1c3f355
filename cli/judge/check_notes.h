/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Finds the findings that comments in the source or a baseline accept, and makes a report
 * note for each finding.
 */
#ifndef INITLINT_CLI_JUDGE_CHECK_NOTES_H
#define INITLINT_CLI_JUDGE_CHECK_NOTES_H

#include "cli/judge/baseline.h"
#include "cli/report/check_report.h"

struct check_notes;

/*
 * Makes a note for each of @findings. @findings and @query must outlive the notes. Reads the
 * comments from @query.
 * @baseline: a baseline to apply, which must outlive the notes, or NULL.
 * @write: path of a baseline to write and then to apply, or NULL. The new baseline has the
 * problems that no comment accepts.
 * At least one of @baseline and @write must be NULL. Returns NULL on error.
 */
struct check_notes *check_notes_new(const GPtrArray *findings, struct query *query,
				    struct baseline *baseline, const char *write, GError **error);
void check_notes_free(struct check_notes *notes);
typedef struct check_notes check_notes; /* g_autoptr() takes one word */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(check_notes, check_notes_free)

/*
 * Returns one note for each finding, in the order of the findings, for a report. Returns NULL
 * if no comment accepts a finding and there is no baseline.
 */
const struct report_note *check_notes_list(const struct check_notes *notes);

/*
 * Warns about malformed comments. Warns about comments and baseline entries that accept no
 * finding, but only if @report says that the analysis is whole and the rule was judged.
 * @inferred: true if the run inferred dependencies, at least down to medium confidence.
 */
void check_notes_warn(const struct check_notes *notes, const struct check_report *report,
		      bool inferred);

#endif
