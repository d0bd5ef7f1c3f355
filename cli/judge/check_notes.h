/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which findings of a check are accepted: by a comment in the source, or by a baseline.
 */
#ifndef INITLINT_CLI_JUDGE_CHECK_NOTES_H
#define INITLINT_CLI_JUDGE_CHECK_NOTES_H

#include "cli/judge/baseline.h"
#include "cli/report/check_report.h"

struct check_notes;

/*
 * Of the problems among @findings, which, as the comments of @query, must live longer.
 * @baseline: a file to take a baseline from; @write: one to write it to, with what no comment
 * accepts, and then to go by. Each may be NULL, one of them must be.
 */
struct check_notes *check_notes_new(const GPtrArray *findings, struct query *query,
				    const char *baseline, const char *write, GError **error);
void check_notes_free(struct check_notes *notes);
typedef struct check_notes check_notes; /* g_autoptr() takes one word */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(check_notes, check_notes_free)

/* For a report, one for each of the findings; NULL if there is nothing to say of any. */
const struct report_note *check_notes_list(const struct check_notes *notes);

/*
 * Warns of comments that are not understood, and, as far as @report tells that their rule
 * was judged and the analysis is whole, of comments and entries that accept nothing.
 * @inferred: what is inferred was looked for, from medium confidence on.
 */
void check_notes_warn(const struct check_notes *notes, const struct check_report *report,
		      bool inferred);

#endif
