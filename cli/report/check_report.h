/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A report of the command "check", "series" or "diff". struct check_report has the findings and the
 * data of the report. The functions decide which findings are printed and which findings fail.
 * check_format.h declares the formats.
 *
 * A finding fails if this finding makes the exit status 1. A finding is conditional if it is true
 * only on a machine with a certain device, and it is not known whether the user's machine has this
 * device (finding->is_conditional). A problem is a finding with the verdict broken or
 * fragile that is not conditional. There are two ways to accept a finding: with a comment in the
 * source, or with an entry in a baseline file. Accepted findings and conditional findings do not
 * fail. A matrix is a list of configurations of one kernel.
 *
 * In the comments of this file, findings[index] means report->findings->pdata[index].
 */
#ifndef INITLINT_CLI_REPORT_CHECK_REPORT_H
#define INITLINT_CLI_REPORT_CHECK_REPORT_H

#include <stdbool.h>
#include <glib.h>

#include "rules/engine/finding/compare.h"
#include "rules/engine/finding/finding.h"

/*
 * Additional data about one finding, from the commands "series" and "diff", from the options
 * --baseline and --matrix, or from comments in the source that accept findings.
 */
struct report_note {
	enum change_kind change;
	/*
	 * verdict of the finding before the change; N_VERDICTS: there was no finding, or its
	 * verdict is not known
	 */
	enum verdict was;
	unsigned int patch;  /* number of the patch that made the change, from 1; 0: none */
	const char *subject; /* subject of patch number @patch, or NULL */
	/*
	 * Patch number @patch may add the finding or make the finding worse, although the series as
	 * a whole does not change the finding. Then @until is the number of the first patch after
	 * patch number @patch that resolves or improves the finding. In all other cases, @until is
	 * 0.
	 */
	unsigned int until;
	/*
	 * Of all lines that patch number @patch changes, line @line of @file is nearest to the
	 * finding. If no such line is known, @file is NULL.
	 */
	const char *file;
	unsigned int line;
	const char *accepted; /* reason for accepting the finding; NULL: not accepted */
	/*
	 * true: a comment in the source accepts the finding; false: an entry of the baseline
	 * accepts the finding, or @accepted is NULL
	 */
	bool in_source;
	/*
	 * NULL-terminated array: the names of the configurations that have the finding. If the
	 * report is not about a matrix, @configurations is NULL.
	 */
	const char *const *configurations;
};

/*
 * The data of one report. The members point to data of the caller, and the struct does not own this
 * data. The data must stay valid while the report is in use. A pointer may be NULL. NULL means that
 * the value is unknown, or that the report has no such value.
 */
struct check_report {
	const char *command;	   /* name of the command: "check", "series" or "diff" */
	const GPtrArray *rules;	   /* struct rule *: the declared rules that were judged */
	const GPtrArray *models;   /* struct model *, for the help texts of inferred findings */
	const GPtrArray *findings; /* struct finding *, all findings, sorted */
	const struct report_note *notes; /* notes[i]: the note of findings[i]; NULL: no notes */
	bool compared; /* true: two states were compared, and notes[].change is set */
	/* false: a finding does not fail if @until in the note of the finding is not 0 */
	bool fail_on_passing;
	bool fail_on_old; /* false: if @compared is true, only new and worse findings fail */
	/*
	 * Only findings with the verdict @threshold or a worse verdict can fail. N_VERDICTS: no
	 * finding fails.
	 */
	enum verdict threshold;
	bool all; /* true: show all findings; see check_is_shown() */
	const char *arch;
	const char *version; /* kernel version */
	/* name of the configuration, for example "defconfig" or a hash of the .config */
	const char *configuration;
	/*
	 * NULL-terminated array: the names of all configurations of the matrix. If the report is
	 * about a matrix, notes[].configurations is also set. If the report is not about a matrix,
	 * @configurations is NULL.
	 */
	const char *const *configurations;
	const char *tree; /* path of the kernel tree, as the user wrote the path */
	/*
	 * NULL-terminated array of sentences. Each sentence is a reason why the analysis is
	 * partial.
	 */
	const char *const *partial;
	/* true: objects or sources may be missing from the analysis, so findings may be missing */
	bool incomplete;
	/*
	 * n_verdicts[v]: number of findings with the verdict v; conditional findings and resolved
	 * findings do not count
	 */
	unsigned int n_verdicts[N_VERDICTS];
	/* number of conditional findings; resolved findings do not count */
	unsigned int n_conditional;
	/* number of findings with finding->not_judged set; resolved findings do not count */
	unsigned int n_not_judged;
};

/*
 * Sets report->n_verdicts, report->n_conditional and report->n_not_judged. Warns about each finding
 * whose rule no longer fits the kernel, and about each finding that was not judged.
 */
void check_report_count(struct check_report *report);
/* Returns the exit status (enum exit_status). Call check_report_count() first. */
int check_report_status(const struct check_report *report);

/* Returns the note of findings[index]. Returns NULL if the report has no notes. */
const struct report_note *check_note(const struct check_report *report, unsigned int index);
/* True if findings[index] was a problem before the change, and is not a problem now. */
bool check_is_resolved(const struct check_report *report, unsigned int index);
/* True if findings[index] fails. */
bool check_is_failure(const struct check_report *report, unsigned int index);
/*
 * True if the formats for people (text and line) print findings[index]. If report->all is true,
 * these formats print every finding. Otherwise:
 * - These formats do not print accepted findings.
 * - If the report compares two states, these formats print changed problems and improvements. An
 * improvement is a problem that is resolved or has a better verdict now.
 * - If the report has only one state, these formats print all problems.
 */
bool check_is_shown(const struct check_report *report, unsigned int index);
/*
 * True if the formats for programs (json, sarif and junit) print findings[index]. These formats
 * print all problems, even accepted problems and unchanged problems. These formats also print each
 * finding for which check_is_shown() is true. The format json prints more: also the conditional
 * findings with the verdict broken or fragile.
 */
bool check_is_listed(const struct check_report *report, unsigned int index);
/*
 * Returns "resolved" if findings[index] is resolved, else the name of the verdict of
 * findings[index]. The string is not to be freed.
 */
const char *check_verdict_word(const struct check_report *report, unsigned int index);
/*
 * Returns a description of the change of findings[index], for example "new in patch 2 (subject)" or
 * "was ordered, now fragile". Free with g_free(). Returns NULL if findings[index] has not changed.
 */
char *check_describe_change(const struct check_report *report, unsigned int index);

/*
 * Returns a copy of @text that is safe to print on a terminal. The copy is valid UTF-8 without
 * control characters. @text may come from an untrusted source, for example from the subject of a
 * patch. Free with g_free().
 */
char *check_clean(const char *text);

struct check_place {
	const char *file;
	unsigned int line; /* never 0 */
};

/*
 * Returns the file and line at which findings[index] is reported. This is the first of these places
 * that is known:
 * 1. the changed line in the note of the finding;
 * 2. the line of the consumer;
 * 3. the first file that the rule names for the consumer;
 * 4. the file that the rule cites as the source of the dependency;
 * 5. the file "Kbuild" at the top of the tree.
 * If the line is not known, the line in the result is 1. The string in the result is not to be
 * freed, and lives as long as the data of @report.
 */
struct check_place check_place(const struct check_report *report, unsigned int index);

/* Prints @finding in the text format, without the note of @finding. */
void check_print_finding(const struct finding *finding);

#endif
