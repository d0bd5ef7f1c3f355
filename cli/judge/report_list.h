/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Collects findings and their notes for a report that compares two states of a kernel.
 */
#ifndef INITLINT_CLI_JUDGE_REPORT_LIST_H
#define INITLINT_CLI_JUDGE_REPORT_LIST_H

#include "cli/report/check_report.h"
#include "cli/judge/judged.h"

/*
 * The findings in the list belong to a struct judged. The struct judged must outlive the list.
 */
struct report_list {
	GPtrArray *findings;	  /* const struct finding * */
	GArray *notes;		  /* struct report_note; element i is for element i of @findings */
	GHashTable *fingerprints; /* set of const char *: the fingerprints of @findings */
};

void report_list_init(struct report_list *list);
void report_list_clear(struct report_list *list);

/*
 * Adds @finding and a copy of @note to @list. @finding belongs to @state. Sets the member @accepted
 * of the copy to the reason for accepting @finding in @state, or to NULL if @finding is not
 * accepted there.
 */
void report_list_add(struct report_list *list, const struct finding *finding,
		     struct report_note note, const struct judged *state);
/* True if @list has a finding with the fingerprint of @finding. */
bool report_list_has(const struct report_list *list, const struct finding *finding);
/* Adds the problems of @state that are not in @list yet. Their notes have CHANGE_NONE. */
void report_list_add_rest(struct report_list *list, const struct judged *state);

#endif
