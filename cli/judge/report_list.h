/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Collects findings and notes for a report that compares two states of a kernel. The states are the
 * kernel before and after patches, or two databases of the command "diff".
 */
#ifndef INITLINT_CLI_JUDGE_REPORT_LIST_H
#define INITLINT_CLI_JUDGE_REPORT_LIST_H

#include "cli/report/check_report.h"
#include "cli/judge/judged.h"

/*
 * A list of findings. Each finding belongs to the struct judged of one of the two states. The two
 * structs must outlive the list.
 */
struct report_list {
	GPtrArray *findings;	  /* const struct finding * */
	GArray *notes;		  /* struct report_note: notes[i] is the note of findings[i] */
	GHashTable *fingerprints; /* set of const char *: the fingerprints of @findings */
};

void report_list_init(struct report_list *list);
void report_list_clear(struct report_list *list);

/*
 * Adds @finding and a copy of @note to @list. @state: the owner of @finding. In the copy, sets the
 * member @accepted to the reason for which @state accepts @finding, or to NULL if @state does not
 * accept @finding.
 */
void report_list_add(struct report_list *list, const struct finding *finding,
		     struct report_note note, const struct judged *state);
/* True if @list has a finding with the fingerprint of @finding. */
bool report_list_has(const struct report_list *list, const struct finding *finding);
/*
 * Adds each problem of @state that is not in @list yet. A problem is a finding with the verdict
 * broken or fragile. The note of each added problem has the change CHANGE_NONE.
 */
void report_list_add_rest(struct report_list *list, const struct judged *state);

#endif
