/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The child's side of extraction: a process of its own that reads one unit at a time
 * and sends back its facts. It dies with its parent, and may die of a unit. And what its
 * parents, worker_pool.c and worker_job.c, have in common.
 *
 * The parent sends a FRAME_REQUEST and gets a FRAME_ATTEMPT before each attempt, then
 * one FRAME_RESULT (see wire.h). The parent has one unit in flight per worker, so it
 * knows what a lost worker was doing.
 */
#ifndef INITLINT_ANALYZER_SOURCE_READ_WORKER_INTERNAL_H
#define INITLINT_ANALYZER_SOURCE_READ_WORKER_INTERNAL_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>
#include <glib.h>

#include "analyzer/source/read/extract.h"
#include "analyzer/source/shared/pch_class.h"

#define FRAME_MAGIC   0x1f1ac75u
#define FRAME_MAX_LEN (512u << 20)

enum frame_kind { FRAME_REQUEST = 1, FRAME_ATTEMPT, FRAME_RESULT };

struct frame_head {
	uint32_t magic;
	uint32_t kind;
	uint32_t unit;
	uint32_t value; /* request: modes to try, a bit each; attempt: the mode */
	uint32_t len;	/* of what follows */
};

/* What workers are forked with. */
struct worker_context {
	const struct extract_options *options;
	const struct extract_unit *units;
	const struct unit_plan *plan;
	struct paths *paths;
};

/* Whole writes and reads over interruptions; false on an error or the end. */
bool frame_write(int fd, const void *data, size_t len);
bool frame_read(int fd, void *data, size_t len);

/*
 * Forks a process that runs @main with a large stack and the build directory as its
 * working directory, quiet, without core dumps. @close_fds (-1 ends it): the parent's ends
 * of other workers. Gives the parent's end of a socket in @fd. Returns -1 on failure.
 */
typedef void (*worker_function)(const struct worker_context *context, void *data, int fd);
pid_t worker_fork(const struct worker_context *context, worker_function main, void *data,
		  const int *close_fds, int *fd);

/* --- of the parents --- */

#define WORKER_TICK_MS 100 /* so often they look at the clock */

unsigned int worker_timeout_s(const struct worker_context *context);
/* Sets @error if options.cancel is set. */
bool worker_is_cancelled(const struct worker_context *context, GError **error);
void worker_progress(const struct worker_context *context, unsigned int done, unsigned int total,
		     const char *what);
/* Waits for the end of @pid and takes account of what it used. Its status, as of wait(). */
int worker_reap(pid_t pid, struct extract_stats *stats);
/* Sets @error from errno; false. */
bool worker_cannot_start(GError **error);

/* --- worker_serve.c --- */

/* A worker_function: serves requests until the parent closes its end. */
void worker_serve(const struct worker_context *context, void *data, int fd);

#endif
