/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Reads translation units with libclang in worker processes, and passes the facts of the units to a
 * sink. A crash or a timeout affects only the unit that causes it.
 *
 * Most units are read with a shared precompiled header. Units with the same common compiler flags
 * form a class, and all units of a class use one shared header. If a unit cannot use the shared
 * header, or has errors with the shared header, the unit is read with the shim: a header of
 * initlint's own that redefines macros of the kernel. If there are still errors, the unit is read
 * with the minimal shim, which redefines fewer macros.
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
	const char *origin;	  /* the tree to which links in @tree lead; NULL: none */
	const char *build_origin; /* the directory to which links in @build lead; NULL: none */
	/* build directory with the generated headers; shared headers are stored here */
	const char *build;
	unsigned int jobs;	/* number of worker processes, at least 1 */
	unsigned int timeout_s; /* seconds for each attempt to read a unit; 0 means 60 */
	bool no_pch;		/* use no shared header (for comparisons and measurements) */
	/* minimum number of units in a class that gets a shared header; 0 means 6 */
	unsigned int pch_min_units;
	/* Report the facts of a shared header only if a unit of its class must be read again. */
	bool only_used_pch;
	/*
	 * extract_stats.pch_key of the shared headers whose facts the sink already has; NULL: the
	 * sink has no facts of shared headers.
	 */
	const char *known_pch;
	/*
	 * Do not build shared headers. If any shared header is not up to date, use no shared
	 * header.
	 */
	bool no_pch_build;
	const volatile int *cancel; /* set to non-zero by a signal handler; may be NULL */
	/*
	 * Called after each unit, and while waiting. May be NULL. @done of @total units are read.
	 * @total is 0 if the number of units is unknown. @what: the source of the unit, or the name
	 * of a task.
	 */
	void (*progress)(void *data, unsigned int done, unsigned int total, const char *what);
	void *progress_data;
};

struct extract_stats {
	unsigned int n_read;	/* units that were tried, including failed units */
	unsigned int n_whole;	/* units that were read without errors */
	unsigned int n_shim;	/* units that were read with the shim */
	unsigned int n_minimal; /* units that were read with the minimal shim */
	unsigned int n_partial; /* units that were read with errors */
	unsigned int n_failed;	/* units that could not be read */
	unsigned int n_crashes; /* worker processes that crashed or exited while reading a unit */
	unsigned int n_timeouts;
	/* CPU time of all worker processes, also those that build shared headers */
	uint64_t cpu_us;
	uint64_t peak_rss_kb; /* memory of the largest worker process */
	/* number of kernel headers that the shared headers are made of; sum over all classes */
	unsigned int pch_headers;
	/* hash of the contents of the shared headers in use; "": no shared header is in use */
	char pch_key[65];
	/* hash of the paths of the files in the shared headers, without the files' content */
	char pch_choice[65];
	char *pch_problem; /* why a shared header could not be built; NULL: no problem */
};

/*
 * Reads the units in @units for which extract_unit.stale is true. Passes these units to @sink in an
 * undefined order.
 *
 * The facts of the functions in all shared headers form one additional unit. The object and the
 * target of this unit are "", and the source is "$O/.initlint/pch.h". @sink gets this unit first.
 * If @stats->pch_key is equal to @options->known_pch, @sink does not get this unit.
 *
 * Fails with INITLINT_ERROR_FAILED if a worker process cannot be started, or if the run was
 * cancelled through @options->cancel. A unit that cannot be read is not an error: @sink gets the
 * unit_result of the unit. Free @stats with extract_stats_clear(), also on failure.
 */
bool extract_units(const struct extract_options *options, const struct extract_unit *units,
		   unsigned int n_units, const struct facts_sink *sink, struct extract_stats *stats,
		   GError **error);
void extract_stats_clear(struct extract_stats *stats);

#endif
