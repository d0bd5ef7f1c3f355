/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Something other than a unit, done by libclang in a process of its own: several such jobs
 * side by side.
 */
#ifndef INITLINT_ANALYZER_SOURCE_READ_WORKER_JOB_INTERNAL_H
#define INITLINT_ANALYZER_SOURCE_READ_WORKER_JOB_INTERNAL_H

#include <stdbool.h>

#include "analyzer/source/read/worker_internal.h"

struct worker_job {
	void *data;    /* what the function is given */
	char *message; /* what it wrote to its socket; NULL: nothing. Free with g_free() */
	bool crashed;  /* it was killed, by a signal or for its time, or ended with an error */
};

/*
 * Runs @main on each of the @n jobs and waits for all. @what: for the progress. False only if
 * one cannot be started or options.cancel was set; messages are to be freed even then.
 */
bool worker_run_jobs(const struct worker_context *context, worker_function main,
		     struct worker_job *jobs, unsigned int n, const char *what,
		     struct extract_stats *stats, GError **error);

#endif
