/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The findings that check, series and diff report, and which of these findings a format prints.
 * check_format.h has the formats. A finding fails if it makes the exit status 1. Below,
 * findings[index] is element @index of report->findings.
 */
#ifndef INITLINT_CLI_REPORT_CHECK_REPORT_H
#define INITLINT_CLI_REPORT_CHECK_REPORT_H

#include <stdbool.h>
#include <glib.h>

#include "rules/engine/finding/compare.h"
#include "rules/engine/finding/finding.h"

/* What series, diff, --baseline and --matrix add to a finding. */
struct report_note {
	enum change_kind change;
	/* verdict before the change; N_VERDICTS: there was none, or it is not known */
	enum verdict was;
	unsigned int patch;  /* number of the patch that made the change, from 1; 0: none */
	const char *subject; /* subject of patch number "patch", or NULL */
	unsigned int until;  /* number of the later patch that undoes the change; 0: none */
	/* file with the changed line that is nearest to the finding, or NULL */
	const char *file;
	unsigned int line;    /* the changed line in file */
	const char *accepted; /* reason for accepting the finding; NULL: it is not accepted */
	/* true: a comment in the source accepts the finding; false: the baseline does */
	bool in_source;
	/*
	 * names of the configurations that have the finding, then NULL; NULL: the report is not of
	 * a matrix
	 */
	const char *const *configurations;
};

/*
 * The data of one report. The struct owns nothing: the caller keeps its pointers valid while it is
 * in use. In a member, NULL or 0 means not known or not set.
 */
struct check_report {
	const char *command;	   /* "check", "series", "diff" */
	const GPtrArray *rules;	   /* struct rule *, all judged rules */
	const GPtrArray *models;   /* struct model *, for the help texts of inferred findings */
	const GPtrArray *findings; /* struct finding *, all findings, sorted */
	const struct report_note *notes; /* one note for each finding; NULL: no notes */
	bool compared;			 /* two states were compared; notes[].change is set */
	/* false: a finding does not fail if a later patch resolves or improves it */
	bool fail_on_passing;
	bool fail_on_old; /* false: if compared is set, an unchanged finding does not fail */
	/* findings with this verdict or a worse one fail; N_VERDICTS: no finding fails */
	enum verdict threshold;
	bool all; /* show all findings; see check_is_shown() */
	const char *arch;
	const char *version;	   /* kernel version */
	const char *configuration; /* "defconfig", or a hash of the .config */
	/*
	 * names of all configurations of a matrix, then NULL; if set, notes[].configurations is
	 * set too. NULL: no matrix
	 */
	const char *const *configurations;
	const char *tree; /* the kernel tree, as the user wrote its path */
	/* reasons why the analysis is partial, one sentence each, then NULL */
	const char *const *partial;
	/* the analysis may lack objects or sources, so findings may be missing */
	bool incomplete;
	/* number of findings by verdict, without resolved findings */
	unsigned int n_verdicts[N_VERDICTS];
	/* number of findings with not_judged set, without resolved findings */
	unsigned int n_not_judged;
};

/* Sets n_verdicts and n_not_judged. Warns about rules that are outdated or were not judged. */
void check_report_count(struct check_report *report);
/* Returns an enum exit_status. Call check_report_count() first. */
int check_report_status(const struct check_report *report);

/* Returns the note of findings[index]; NULL if the report has no notes. */
const struct report_note *check_note(const struct check_report *report, unsigned int index);
/* True if findings[index] was a problem in the older state and is not a problem any more. */
bool check_is_resolved(const struct check_report *report, unsigned int index);
/* True if findings[index] fails. */
bool check_is_failure(const struct check_report *report, unsigned int index);
/*
 * True if the formats for people (text and line) print findings[index]. If report->all is set,
 * they print every finding. Otherwise, they never print an accepted finding. If two states were
 * compared, they print the problems that have changed, and the improvements. Otherwise, they print
 * the problems.
 */
bool check_is_shown(const struct check_report *report, unsigned int index);
/*
 * True if the formats for programs (json, sarif and junit) print findings[index]. These formats
 * print the findings of check_is_shown(), and all problems, even accepted and unchanged ones.
 */
bool check_is_listed(const struct check_report *report, unsigned int index);
/* Returns "resolved" if findings[index] is resolved, else the name of its verdict. */
const char *check_verdict_word(const struct check_report *report, unsigned int index);
/*
 * Describes the change of findings[index], for example "new in patch 2 (subject)" or "was ordered,
 * now fragile". Free with g_free(). Returns NULL if findings[index] has not changed.
 */
char *check_describe_change(const struct check_report *report, unsigned int index);

/*
 * Returns a copy of @text that is safe to print on a terminal: valid UTF-8 without control
 * characters. @text may come from an untrusted source, such as the subject of a patch. Free with
 * g_free().
 */
char *check_clean(const char *text);

struct check_place {
	const char *file;
	unsigned int line; /* never 0 */
};

/*
 * Returns the file and line at which findings[index] is reported. Takes the first of these that is
 * known: the changed line of its note, the line of its consumer, a file that its rule names, the
 * top file "Kbuild". The string belongs to @report.
 */
struct check_place check_place(const struct check_report *report, unsigned int index);

/* Prints one finding in the text format, without its note. */
void check_print_finding(const struct finding *finding);

#endif
