/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The findings of a report that compares states, each with its note, while they are collected.
 */
#ifndef INITLINT_CLI_JUDGE_REPORT_LIST_H
#define INITLINT_CLI_JUDGE_REPORT_LIST_H

#include "cli/report/check_report.h"
#include "cli/judge/judged.h"

/* Findings are borrowed from the states. */
struct report_list {
	GPtrArray *findings; /* const struct finding * */
	GArray *notes;	     /* struct report_note, one for each */
	GHashTable *told;    /* fingerprints of these */
};

void report_list_init(struct report_list *list);
void report_list_clear(struct report_list *list);

/* @in: the state that has the finding, and tells why it is accepted. */
void report_list_add(struct report_list *list, const struct finding *finding,
		     struct report_note note, const struct judged *in);
bool report_list_has(const struct report_list *list, const struct finding *finding);
/* The problems of a state that are not in the list, as unchanged. */
void report_list_add_rest(struct report_list *list, const struct judged *state);

#endif
