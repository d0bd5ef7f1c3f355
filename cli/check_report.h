/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What `initlint check` prints, in each of its formats. Every writer writes the whole
 * report to stdout.
 */
#ifndef INITLINT_CLI_CHECK_REPORT_H
#define INITLINT_CLI_CHECK_REPORT_H

#include <stdbool.h>
#include <glib.h>

#include "rules/compare.h"
#include "rules/finding.h"

/* What series, diff, --baseline and --matrix know of a finding beyond itself. */
struct report_note {
	enum change_kind change;
	enum verdict was;    /* before; N_VERDICTS: it was not there */
	unsigned int patch;  /* number in the series, from 1; 0: of no series */
	const char *subject; /* of that patch; or NULL */
	const char *file;    /* a changed line that has to do with it; or NULL */
	unsigned int line;
	const char *accepted; /* the reason given for accepting it; NULL: it is not accepted */
	const char *const *configurations; /* where it holds; NULL: there is but one */
};

struct check_report {
	const GPtrArray *rules;		 /* struct rule *, all that were judged */
	const GPtrArray *findings;	 /* struct finding *, all, sorted */
	const struct report_note *notes; /* one for each of findings; NULL: there are none */
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
