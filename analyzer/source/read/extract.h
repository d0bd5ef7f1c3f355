/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Reads translation units with libclang in worker processes, and passes their facts to a sink. Most
 * units are read with a shared precompiled header. If a unit has errors with it or cannot use it,
 * the unit is read again with the shim header, then with the minimal shim. A crash or a timeout
 * affects only the unit that causes it.
 */
#ifndef INITLINT_ANALYZER_SOURCE_READ_EXTRACT_H
#define INITLINT_ANALYZER_SOURCE_READ_EXTRACT_H

#include <stdbool.h>
#include <stdint.h>
#include <glib.h>

#include "analyzer/source/shared/unit.h"
#include "db/facts.h"

struct extract_options {
	const char *tree;
	const char *build;	    /* has generated headers; shared headers are stored there */
	unsigned int jobs;	    /* number of worker processes, at least 1 */
	unsigned int timeout_s;	    /* for each attempt to read a unit; 0: 60 */
	bool no_pch;		    /* use no shared header (for comparisons and measurements) */
	unsigned int pch_min_units; /* a smaller class of units gets no shared header; 0: 6 */
	/* Report the facts of a shared header only if its class has a stale unit. */
	bool only_used_pch;
	/* stats.pch_key of the shared headers whose facts the sink already has, or NULL. */
	const char *known_pch;
	/* Do not build shared headers. If one of them is not up to date, use none. */
	bool no_pch_build;
	const volatile int *cancel; /* set to non-zero by a signal handler; may be NULL */
	/* Called after each unit, and while waiting. @what: a source or a task. May be NULL. */
	void (*progress)(void *data, unsigned int done, unsigned int total, const char *what);
	void *progress_data;
};

struct extract_stats {
	unsigned int n_read;	/* all units, also failed ones */
	unsigned int n_whole;	/* read without errors */
	unsigned int n_shim;	/* read with the shim header */
	unsigned int n_minimal; /* read with the minimal shim */
	unsigned int n_partial; /* read with errors */
	unsigned int n_failed;	/* not read */
	unsigned int n_crashes; /* worker processes that crashed or exited */
	unsigned int n_timeouts;
	uint64_t cpu_us;	  /* of all worker processes, including those for shared headers */
	uint64_t peak_rss_kb;	  /* of the largest worker process */
	unsigned int pch_headers; /* number of headers in the shared headers */
	char pch_key[65];	  /* hash of the shared headers' content; "": none are used */
	char pch_choice[65];	  /* hash of the paths of their files, without the content */
	char *pch_problem;	  /* why a shared header could not be built; NULL: no problem */
};

/*
 * Reads the stale units of @units. The order in which the sink gets the units is undefined.
 *
 * The facts of functions in the shared headers form a unit of their own. Its object and target are
 * "", and its source is "$O/.initlint/pch.h". This unit comes first. It is left out if its key
 * equals options.known_pch.
 *
 * Fails with INITLINT_ERROR_FAILED if a worker process cannot be started, or if options.cancel is
 * set. A unit that cannot be read is not an error: the sink gets its unit_result. Free @stats with
 * extract_stats_clear(), also on failure.
 */
bool extract_units(const struct extract_options *options, const struct extract_unit *units,
		   unsigned int n_units, const struct facts_sink *sink, struct extract_stats *stats,
		   GError **error);
void extract_stats_clear(struct extract_stats *stats);

#endif
