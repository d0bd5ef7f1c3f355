/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What `initlint check` prints, in each of its formats. Every writer writes the whole
 * report to stdout.
 */
#ifndef INITLINT_CLI_CHECK_REPORT_H
#define INITLINT_CLI_CHECK_REPORT_H

#include <stdbool.h>
#include <glib.h>

#include "rules/finding.h"

struct check_report {
	const GPtrArray *rules;	   /* struct rule *, all that were judged */
	const GPtrArray *findings; /* struct finding *, all, sorted */
	unsigned int n_verdicts[N_VERDICTS];
	unsigned int n_not_judged; /* of the moot ones */
	bool all;		   /* show those that are no problem too */
	const char *arch;	   /* NULL: not known */
	const char *version;	   /* of the kernel; NULL: not known */
	const char *tree;	   /* as the user wrote it */
};

/* The text form prints problems first and a closing line. */
void check_print_text(const struct check_report *report);
void check_print_finding(const struct finding *finding);
void check_print_json(const struct check_report *report);
void check_print_sarif(const struct check_report *report);

/* A finding that is printed without --all. */
bool check_is_problem(const struct finding *finding);

#endif
