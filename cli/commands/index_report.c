// SPDX-License-Identifier: GPL-2.0-only
/* Prints the report of "initlint index". Statistics go to stdout, problems go to stderr. */
#include "cli/commands/index_report_internal.h"

#include <stdio.h>
#include <string.h>
#include <glib/gstdio.h>

#include "cli/base/term.h"
#include "db/query/query.h"

/* Without --verbose, print at most this many problems of each kind. */
#define MAX_PROBLEMS 5

/* @n: the number of problems of one kind. Returns how many of these problems are printed. */
static unsigned int limit(const struct index_report *report, unsigned int n)
{
	return report->common->verbose ? n : MIN(n, MAX_PROBLEMS);
}

static void report_hidden(unsigned int n, unsigned int n_shown, const char *noun)
{
	if (n > n_shown)
		fprintf(stderr, "  ... and %u more %s; --verbose shows all\n", n - n_shown, noun);
}

static void report_problems(const struct index_report *report, struct query *query)
{
	static const char *const read_as[] = {
		[UNIT_PCH] = "partial",		  [UNIT_SHIM] = "partial",
		[UNIT_MINIMAL] = "partial",	  [UNIT_FAILED] = "not read",
		[UNIT_RUST] = "unknown initcall",
	};
	unsigned int n;
	const struct unit_problem *problems = query_problems(query, &n, NULL);
	unsigned int n_shown = limit(report, n);

	for (unsigned int i = 0; i < n_shown; i++) {
		const struct unit_problem *problem = &problems[i];

		term_print(stderr, TERM_WARNING, "%s", read_as[problem->mode]);
		fprintf(stderr, ": %s (%s): %s\n", problem->source, problem->target,
			problem->diagnostic ? problem->diagnostic : "no diagnostic");
	}
	report_hidden(n, n_shown, "files");
}

/*
 * Prints the messages about the Makefiles. Returns the number of messages that are errors. If a
 * message is an error, objects may be missing from the database.
 */
static unsigned int report_notes(const struct index_report *report)
{
	unsigned int n;
	unsigned int n_errors = 0;
	unsigned int n_shown = 0;
	const struct kbuild_note *notes = kbuild_notes(report->summary->kbuild, &n);

	for (unsigned int i = 0; i < n; i++) {
		if (notes[i].kind == NOTE_DETAIL && !report->common->verbose)
			continue;
		n_errors += notes[i].kind == NOTE_ERROR;
		if (n_shown == limit(report, n))
			continue;
		n_shown++;
		term_print(stderr, notes[i].kind == NOTE_ERROR ? TERM_WARNING : TERM_NOTE,
			   "Makefile");
		fprintf(stderr, ": %s\n", notes[i].text);
	}
	report_hidden(n_errors, MIN(n_errors, n_shown), "problems in Makefiles");
	return n_errors;
}

/*
 * A $(shell) in a Makefile matters if this $(shell) was not run and its output may change the list
 * of objects. Returns the number of $(shell)s that matter. Prints a warning about each $(shell)
 * that matters, but no more warnings than limit() allows.
 */
static unsigned int report_shells(const struct index_report *report)
{
	unsigned int n;
	unsigned int n_matter = 0;
	const struct shell_fact *shells = kbuild_shells(report->summary->kbuild, &n);

	for (unsigned int i = 0; i < n; i++) {
		if (!shells[i].matters || ++n_matter > limit(report, n))
			continue;
		term_print(stderr, TERM_WARNING, "not run");
		fprintf(stderr, ": %s:%u: $(shell %s) could change which objects are built\n",
			shells[i].makefile, shells[i].line, shells[i].command);
	}
	report_hidden(n_matter, MIN(n_matter, limit(report, n)), "$(shell)s");
	return n_matter;
}

static void report_compiler(const struct index_report *report)
{
	if (report->summary->compiler)
		printf("configured with %s; its answers to Kconfig hold\n",
		       report->summary->compiler);
	for (guint i = 0; i < report->summary->refused->len; i++)
		printf("%s%s%s",
		       i ? ", "
			 : "clang cannot read the sources with these answers of the kernel's "
			   "compiler: ",
		       (const char *)report->summary->refused->pdata[i] + strlen("CONFIG_"),
		       i + 1 == report->summary->refused->len ? "\n" : "");
}

static void report_figures(const struct index_report *report, const struct coverage *coverage,
			   unsigned int n_initcalls)
{
	double seconds = (double)(g_get_monotonic_time() - report->start_us) / G_USEC_PER_SEC;
	const char *path = report->common->db;
	GStatBuf st = { 0 };

	printf("%s %s: %s initcall%s\n", kbuild_arch(report->summary->kbuild),
	       kbuild_version(report->summary->kbuild), term_number(n_initcalls).text,
	       n_initcalls == 1 ? "" : "s");
	printf("%s of %s files parsed whole; %s partial, %s not read",
	       term_number(coverage->n_whole).text, term_number(coverage->n_units).text,
	       term_number(coverage->n_partial).text, term_number(coverage->n_failed).text);
	if (coverage->n_fallback && coverage->n_fallback < coverage->n_units - coverage->n_failed)
		printf("; %s without the shared header", term_number(coverage->n_fallback).text);
	printf("\n");
	if (coverage->n_rust)
		printf("%s object%s written in Rust: only initcalls are read, %u of them unknown\n",
		       term_number(coverage->n_rust).text, coverage->n_rust == 1 ? "" : "s",
		       coverage->n_rust_unknown);
	report_compiler(report);
	if (report->summary->up_to_date)
		printf("up to date, nothing read; ");
	else
		printf("%s read now, %s kept; ", term_number(report->summary->n_read).text,
		       term_number(coverage->n_units -
				   MIN(report->summary->n_read, coverage->n_units))
			       .text);
	g_stat(path, &st);
	printf("%.1f s, %.1f MB in %s\n", seconds, (double)st.st_size / 1e6, path);
	if (report->common->verbose && report->summary->n_unaffected)
		printf("%s files include a changed header whose change does not concern them\n",
		       term_number(report->summary->n_unaffected).text);
	if (report->common->verbose && report->summary->n_read)
		printf("%.1f s of CPU for reading, shared header of %u headers, largest worker "
		       "%.0f MB, %u crashes, %u timeouts; %s compilations are not of C\n",
		       (double)report->summary->stats->cpu_us / 1e6,
		       report->summary->stats->pch_headers,
		       (double)report->summary->stats->peak_rss_kb / 1e3,
		       report->summary->stats->n_crashes, report->summary->stats->n_timeouts,
		       term_number(report->summary->n_not_c).text);
}

int index_report_print(const struct index_report *report)
{
	GError *error = NULL;
	g_autoptr(query) query = query_open(report->common->db, &error);
	struct coverage coverage;
	unsigned int n_initcalls;
	unsigned int n_errors;

	if (!query || !query_coverage(query, &coverage, &error) ||
	    !query_initcalls(query, &n_initcalls, &error))
		return command_fail("index", error);
	n_errors = report_notes(report);
	if (report->summary->stats->pch_problem)
		command_warn("index",
			     "a shared header could not be built, which costs time only: %s",
			     report->summary->stats->pch_problem);
	n_errors += report_shells(report);
	report_problems(report, query);
	report_figures(report, &coverage, n_initcalls);
	return n_errors || coverage.n_whole < coverage.n_units ? EXIT_INCOMPLETE : EXIT_CLEAN;
}
