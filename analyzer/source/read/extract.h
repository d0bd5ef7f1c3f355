/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Reads translation units with libclang in worker processes and hands their facts to
 * a sink. One shared precompiled header serves most units; those it does not suit are
 * read with the shim header in front, then with the minimal shim. A crash or a hang
 * costs the unit it happened on and nothing else.
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
	const char *build;	    /* for generated headers; the shared header is kept in it too */
	unsigned int jobs;	    /* worker processes, at least 1 */
	unsigned int timeout_s;	    /* per unit and attempt; 0: 60 */
	bool no_pch;		    /* never use the shared header (to compare and to measure) */
	unsigned int pch_min_units; /* of the same flags, to be worth a shared header; 0: 20 */
	/* Only facts of shared headers that one of the units to be read may be read under. */
	bool only_used_pch;
	const char *known_pch; /* the shared header whose own facts the sink already has, or NULL */
	/* Where a shared header would have to be built, do without all of them. */
	bool no_pch_build;
	const volatile int *cancel; /* set to non-zero by a signal handler; may be NULL */
	/* After each unit and while waiting; may be NULL. */
	void (*progress)(void *data, unsigned int done, unsigned int total, const char *what);
	void *progress_data;
};

struct extract_stats {
	unsigned int n_read;
	unsigned int n_whole;
	unsigned int n_shim; /* read without the shared header */
	unsigned int n_minimal;
	unsigned int n_partial;
	unsigned int n_failed;
	unsigned int n_crashes; /* workers lost */
	unsigned int n_timeouts;
	uint64_t cpu_us;      /* workers and shared header together */
	uint64_t peak_rss_kb; /* of the largest worker */
	unsigned int pch_headers;
	char pch_key[65];    /* the shared header in use; "" if none */
	char pch_choice[65]; /* equal ones are of the same files, whatever these hold */
	char *pch_problem;   /* why a shared header could not be built; NULL: none was missed */
};

/*
 * Facts of the shared header's own inline functions are handed over as a unit of their
 * own, with object and target "", source "$O/.initlint/pch.h", unless its key equals known_pch.
 * Fails with INITLINT_ERROR_FAILED if libclang cannot be used at all or options.cancel
 * was set; units that fail are facts (unit_result), not errors. Units come to the sink
 * in no certain order. Free @stats with extract_stats_clear() in any case.
 */
bool extract_units(const struct extract_options *options, const struct extract_unit *units,
		   unsigned int n_units, const struct facts_sink *sink, struct extract_stats *stats,
		   GError **error);
void extract_stats_clear(struct extract_stats *stats);

#endif
