// SPDX-License-Identifier: GPL-2.0-only
/* What index tells at its end: the figures on stdout, what is wrong on stderr. */
#include "cli/index/index_job.h"

#include <stdio.h>
#include <string.h>
#include <glib/gstdio.h>

#define MAX_PROBLEMS 5 /* of a kind, unless --verbose */

static unsigned int shown(const struct index_job *job, unsigned int n)
{
	return job->options->common.verbose ? n : MIN(n, MAX_PROBLEMS);
}

static void tell_more(unsigned int n, unsigned int n_shown, const char *what)
{
	if (n > n_shown)
		fprintf(stderr, "  ... and %u more %s; --verbose shows all\n", n - n_shown, what);
}

static void report_problems(const struct index_job *job, struct query *query)
{
	static const char *const read_as[] = {
		[UNIT_PCH] = "partial",		  [UNIT_SHIM] = "partial",
		[UNIT_MINIMAL] = "partial",	  [UNIT_FAILED] = "not read",
		[UNIT_RUST] = "unknown initcall",
	};
	unsigned int n;
	const struct unit_problem *problems = query_problems(query, &n, NULL);
	unsigned int n_shown = shown(job, n);

	for (unsigned int i = 0; i < n_shown; i++) {
		const struct unit_problem *problem = &problems[i];

		term_print(stderr, TERM_WARNING, "%s", read_as[problem->mode]);
		fprintf(stderr, ": %s (%s): %s\n", problem->source, problem->target,
			problem->diagnostic ? problem->diagnostic : "no diagnostic");
	}
	tell_more(n, n_shown, "files");
}

/* Returns how many of them make the result partial. */
static unsigned int report_notes(const struct index_job *job)
{
	unsigned int n;
	unsigned int n_errors = 0;
	unsigned int n_shown = 0;
	const struct kbuild_note *notes = kbuild_notes(job->kbuild, &n);

	for (unsigned int i = 0; i < n; i++) {
		if (notes[i].kind == NOTE_DETAIL && !job->options->common.verbose)
			continue;
		n_errors += notes[i].kind == NOTE_ERROR;
		if (n_shown == shown(job, n))
			continue;
		n_shown++;
		term_print(stderr, notes[i].kind == NOTE_ERROR ? TERM_WARNING : TERM_NOTE,
			   "Makefile");
		fprintf(stderr, ": %s\n", notes[i].text);
	}
	tell_more(n_errors, MIN(n_errors, n_shown), "problems in Makefiles");
	return n_errors;
}

/* Returns how many there are. */
static unsigned int report_shells(const struct index_job *job)
{
	unsigned int n;
	unsigned int n_matter = 0;
	const struct shell_fact *shells = kbuild_shells(job->kbuild, &n);

	for (unsigned int i = 0; i < n; i++) {
		if (!shells[i].matters || ++n_matter > shown(job, n))
			continue;
		term_print(stderr, TERM_WARNING, "not run");
		fprintf(stderr, ": %s:%u: $(shell %s) could change which objects are built\n",
			shells[i].makefile, shells[i].line, shells[i].command);
	}
	tell_more(n_matter, MIN(n_matter, shown(job, n)), "$(shell)s");
	return n_matter;
}

static void report_compiler(const struct index_job *job)
{
	if (job->compiler)
		printf("configured with %s; its answers to Kconfig hold\n", job->compiler);
	for (guint i = 0; i < job->refused->len; i++)
		printf("%s%s%s",
		       i ? ", "
			 : "clang cannot read the sources with these answers of the kernel's "
			   "compiler: ",
		       (const char *)job->refused->pdata[i] + strlen("CONFIG_"),
		       i + 1 == job->refused->len ? "\n" : "");
}

static void report_figures(const struct index_job *job, const struct coverage *coverage,
			   unsigned int n_initcalls)
{
	double seconds = (double)(g_get_monotonic_time() - job->start_us) / G_USEC_PER_SEC;
	const char *path = job->options->common.db;
	GStatBuf st = { 0 };

	printf("%s %s: %s initcall%s\n", kbuild_arch(job->kbuild), kbuild_version(job->kbuild),
	       term_number(n_initcalls).text, n_initcalls == 1 ? "" : "s");
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
	report_compiler(job);
	if (job->up_to_date)
		printf("up to date, nothing read; ");
	else
		printf("%s read now, %s kept; ", term_number(job->n_stale).text,
		       term_number(coverage->n_units - MIN(job->n_stale, coverage->n_units)).text);
	g_stat(path, &st);
	printf("%.1f s, %.1f MB in %s\n", seconds, (double)st.st_size / 1e6, path);
	if (job->options->common.verbose && job->n_unaffected)
		printf("%s files include a changed header whose change does not concern them\n",
		       term_number(job->n_unaffected).text);
	if (job->options->common.verbose && job->n_stale)
		printf("%.1f s of CPU for reading, shared header of %u headers, largest worker "
		       "%.0f MB, %u crashes, %u timeouts; %s compilations are not of C\n",
		       (double)job->stats.cpu_us / 1e6, job->stats.pch_headers,
		       (double)job->stats.peak_rss_kb / 1e3, job->stats.n_crashes,
		       job->stats.n_timeouts, term_number(job->n_not_c).text);
}

int index_report(const struct index_job *job)
{
	GError *error = NULL;
	g_autoptr(query) query = query_open(job->options->common.db, &error);
	struct coverage coverage;
	unsigned int n_initcalls;
	unsigned int n_errors;

	if (!query || !query_coverage(query, &coverage, &error) ||
	    !query_initcalls(query, &n_initcalls, &error))
		return command_fail("index", error);
	n_errors = report_notes(job);
	if (job->stats.pch_problem)
		command_warn("index",
			     "a shared header could not be built, which costs time only: %s",
			     job->stats.pch_problem);
	n_errors += report_shells(job);
	report_problems(job, query);
	report_figures(job, &coverage, n_initcalls);
	return n_errors || coverage.n_whole < coverage.n_units ? EXIT_INCOMPLETE : EXIT_CLEAN;
}
