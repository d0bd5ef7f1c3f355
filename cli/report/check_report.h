/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The report of check, series, diff and --matrix, and the choice of findings that a format
 * prints. check_format.h has the formats.
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
	enum verdict was;    /* verdict before the change; N_VERDICTS: the finding is new */
	unsigned int patch;  /* number of the patch that made the change, from 1; 0: none */
	const char *subject; /* subject of that patch, or NULL */
	unsigned int until;  /* number of the later patch that undoes the change; 0: none */
	const char *file;    /* file of a changed line that concerns the finding, or NULL */
	unsigned int line;
	const char *accepted; /* reason for accepting the finding; NULL: it is not accepted */
	bool in_source;	      /* accepted by a comment in the source, not by a baseline */
	const char *const *configurations; /* those that have the finding; NULL: no matrix */
};

/*
 * A whole report. The report owns nothing: its pointers must stay valid while it is in use.
 * NULL or 0 means not known or not set. check_report_count() fills the counters at the end.
 */
struct check_report {
	const char *command;	   /* "check", "series", "diff" */
	const GPtrArray *rules;	   /* struct rule *, all judged rules */
	const GPtrArray *models;   /* struct model *, for the help texts of inferred findings */
	const GPtrArray *findings; /* struct finding *, all findings, sorted */
	const struct report_note *notes; /* one note for each finding; NULL: no notes */
	bool compared;			 /* two states were compared; notes[].change is set */
	bool fail_on_passing;		 /* findings that a later patch undoes fail too */
	bool fail_on_old;		 /* if compared: unchanged findings fail too */
	enum verdict threshold; /* this verdict or a worse one fails; N_VERDICTS: none fails */
	bool all;		/* show findings that are no problem too */
	const char *arch;
	const char *version;		   /* kernel version */
	const char *configuration;	   /* "defconfig", or a hash of the .config */
	const char *const *configurations; /* all of a matrix; notes[].configurations is set */
	const char *tree;		   /* as the user wrote it */
	const char *const *partial;	   /* why the analysis is partial; one sentence each */
	bool incomplete; /* objects may be missing, so any finding may be missing */
	unsigned int n_verdicts[N_VERDICTS]; /* number of unresolved findings by verdict */
	unsigned int n_not_judged;	     /* number of moot findings with not_judged set */
};

/* Fills the counters. Warns about rules that are outdated or were not judged. */
void check_report_count(struct check_report *report);
/* Returns an enum exit_status. Call check_report_count() first. */
int check_report_status(const struct check_report *report);

/* Returns the note of findings[index]; NULL if the report has no notes. */
const struct report_note *check_note(const struct check_report *report, unsigned int index);
/* True if findings[index] was a problem and is no longer a problem. */
bool check_is_resolved(const struct check_report *report, unsigned int index);
/* True if findings[index] makes the exit status 1. */
bool check_is_failure(const struct check_report *report, unsigned int index);
/*
 * True if the formats for people print findings[index]. They print changes and problems, but
 * neither accepted nor unchanged findings. With report->all they print everything.
 */
bool check_is_shown(const struct check_report *report, unsigned int index);
/*
 * True if the formats for programs print findings[index]. They print accepted and unchanged
 * problems too.
 */
bool check_is_listed(const struct check_report *report, unsigned int index);
/* Returns "resolved" if findings[index] is resolved, else the name of its verdict. */
const char *check_verdict_word(const struct check_report *report, unsigned int index);
/*
 * Returns "new in patch 2 (subject)" or "was ordered, now fragile", to be freed with g_free().
 * Returns NULL if findings[index] has not changed.
 */
char *check_describe_change(const struct check_report *report, unsigned int index);

/*
 * Makes @text from an untrusted source (a patch's subject, a reason) safe to print on a
 * terminal: valid UTF-8 without control characters. Free with g_free().
 */
char *check_clean(const char *text);

struct check_place {
	const char *file;
	unsigned int line; /* never 0 */
};

/*
 * Returns the place to print findings[index] at: the changed line of its note, else the
 * consumer. If the consumer is not built, the place is the file that the rule names.
 */
struct check_place check_place(const struct check_report *report, unsigned int index);

/* Prints one finding in the text format, without its note. */
void check_print_finding(const struct finding *finding);

#endif
