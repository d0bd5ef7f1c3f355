/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What check, series, diff and --matrix have to report, and what of it is told to whom.
 * The formats are in check_format.h.
 */
#ifndef INITLINT_CLI_REPORT_CHECK_REPORT_H
#define INITLINT_CLI_REPORT_CHECK_REPORT_H

#include <stdbool.h>
#include <glib.h>

#include "rules/engine/finding/compare.h"
#include "rules/engine/finding/finding.h"

/* What series, diff, --baseline and --matrix know of a finding beyond itself. */
struct report_note {
	enum change_kind change;
	enum verdict was;    /* before; N_VERDICTS: it was not there */
	unsigned int patch;  /* number in the series, from 1; 0: of no series */
	const char *subject; /* of that patch; or NULL */
	unsigned int until;  /* number of the patch that takes it back; 0: it stays */
	const char *file;    /* a changed line that has to do with it; or NULL */
	unsigned int line;
	const char *accepted; /* the reason given for accepting it; NULL: it is not accepted */
	bool in_source;	      /* accepted by a comment in the source, not by a baseline */
	const char *const *configurations; /* where it holds; NULL: there is but one */
};

/*
 * All of a report. What is NULL or 0 is not known, or not so; nothing is owned but by who
 * made it. The last counters are filled by check_report_count().
 */
struct check_report {
	const char *command;	   /* "check", "series", "diff" */
	const GPtrArray *rules;	   /* struct rule *, all that were judged */
	const GPtrArray *models;   /* struct model *, for what reports say of inferred rules */
	const GPtrArray *findings; /* struct finding *, all, sorted */
	const struct report_note *notes; /* one for each of findings; NULL: there are none */
	bool compared;		/* the notes tell what has changed: what has not is no news */
	bool fail_on_passing;	/* what a later patch takes back fails too */
	bool fail_on_old;	/* of what was compared, what was there before fails too */
	enum verdict threshold; /* as bad as this, or worse, fails; N_VERDICTS: nothing does */
	bool all;		/* show those that are no problem too */
	const char *arch;
	const char *version;		     /* of the kernel */
	const char *configuration;	     /* "defconfig", or a hash of the .config */
	const char *const *configurations;   /* all of a matrix; then the notes tell which */
	const char *tree;		     /* as the user wrote it */
	const char *const *partial;	     /* why the analysis is not whole, a sentence each */
	bool incomplete;		     /* so much so that findings can be missing anywhere */
	unsigned int n_verdicts[N_VERDICTS]; /* of those that are still there */
	unsigned int n_not_judged;	     /* of the moot ones */
};

/* Fills the counters. Warns, as the report's command, of rules outdated or not judged. */
void check_report_count(struct check_report *report);
/* An enum exit_status: findings that fail, incomplete, or clean. After check_report_count(). */
int check_report_status(const struct check_report *report);

/* The note of findings[index]; NULL if there are none. */
const struct report_note *check_note(const struct check_report *report, unsigned int index);
/* Whether findings[index] is there no more. */
bool check_is_resolved(const struct check_report *report, unsigned int index);
/* Whether findings[index] counts for the exit status. */
bool check_is_failure(const struct check_report *report, unsigned int index);
/* What people are shown: problems that are news and are not accepted; with --all everything. */
bool check_is_shown(const struct check_report *report, unsigned int index);
/* What programs are given: problems that are no news, or accepted, too. */
bool check_is_listed(const struct check_report *report, unsigned int index);
/* The verdict's name, or "resolved". */
const char *check_verdict_word(const struct check_report *report, unsigned int index);
/* "new in patch 2 (subject)", "was ordered, now fragile"; NULL: nothing changed. g_free(). */
char *check_describe_change(const struct check_report *report, unsigned int index);

/*
 * What somebody else wrote (a patch's subject, a reason), fit for a terminal: valid UTF-8
 * without control characters. g_free().
 */
char *check_clean(const char *text);

struct check_place {
	const char *file;
	unsigned int line; /* never 0 */
};

/*
 * Where to show findings[index]: the changed line if there is one, else the consumer; what
 * is built nowhere, where the rule expects it.
 */
struct check_place check_place(const struct check_report *report, unsigned int index);

/* The text form of one finding, without notes. */
void check_print_finding(const struct finding *finding);

#endif
