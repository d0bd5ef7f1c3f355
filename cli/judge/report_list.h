/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Collects findings and their notes for a report that compares two states of a kernel.
 */
#ifndef INITLINT_CLI_JUDGE_REPORT_LIST_H
#define INITLINT_CLI_JUDGE_REPORT_LIST_H

#include "cli/report/check_report.h"
#include "cli/judge/judged.h"

/* Each finding belongs to a struct judged, which must outlive the list. */
struct report_list {
	GPtrArray *findings;	  /* const struct finding * */
	GArray *notes;		  /* struct report_note, one for each of findings */
	GHashTable *fingerprints; /* set of the fingerprints of findings */
};

void report_list_init(struct report_list *list);
void report_list_clear(struct report_list *list);

/*
 * Adds @finding, which belongs to @state, with a copy of @note. In the copy, sets "accepted" to
 * the reason for which @state accepts @finding, or to NULL.
 */
void report_list_add(struct report_list *list, const struct finding *finding,
		     struct report_note note, const struct judged *state);
/* True if the list has a finding with the fingerprint of @finding. */
bool report_list_has(const struct report_list *list, const struct finding *finding);
/* Adds the problems of @state that are not in the list yet, as unchanged (CHANGE_NONE). */
void report_list_add_rest(struct report_list *list, const struct judged *state);

#endif
