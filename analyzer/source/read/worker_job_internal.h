/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Runs jobs in worker processes, several at the same time. Each job has a process of its own. A job
 * uses libclang for other work than reading a unit, for example to build a shared header.
 */
#ifndef INITLINT_ANALYZER_SOURCE_READ_WORKER_JOB_INTERNAL_H
#define INITLINT_ANALYZER_SOURCE_READ_WORKER_JOB_INTERNAL_H

#include <stdbool.h>

#include "analyzer/source/read/worker_internal.h"

struct worker_job {
	void *data; /* passed to the worker_function */
	/* output of the job; NULL: no output. The caller frees @message with g_free() */
	char *message;
	bool crashed; /* the job crashed, timed out, or ended with an error status */
};

/*
 * Runs @main once for each of the @n elements of @jobs, and waits until all jobs have ended. @what:
 * a name for the progress callback. Returns false if a process cannot be started, or if the run was
 * cancelled. The caller must free worker_job.message of each job, also if the result is false.
 */
bool worker_run_jobs(const struct worker_context *context, worker_function main,
		     struct worker_job *jobs, unsigned int n, const char *what,
		     struct extract_stats *stats, GError **error);

#endif
