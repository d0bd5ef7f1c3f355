/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Worker processes. A worker reads one unit (translation unit) at a time and sends the facts to its
 * parent. A unit may crash the worker that reads it. The kernel kills a worker if the parent of the
 * worker dies. This header declares the code of the workers. It also declares functions for the
 * parent, which worker_pool.c and worker_job.c use.
 *
 * An attempt is one try to read a unit in one mode (enum unit_mode): with the shared header, with
 * the shim, or with the minimal shim. A frame is a message between parent and worker: a struct
 * frame_head and the bytes after it. For each unit, worker_pool.c sends a FRAME_REQUEST. The worker
 * sends a FRAME_ATTEMPT before each attempt, and one FRAME_RESULT at the end (see wire.h). The
 * parent sends a worker only one request at a time. So the parent knows which attempt crashed a
 * worker.
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
	uint32_t unit; /* index into worker_context.units */
	/* FRAME_REQUEST: bit mask of the modes to try; FRAME_ATTEMPT: the mode; FRAME_RESULT: 0 */
	uint32_t value;
	uint32_t len; /* number of bytes after the head */
};

/* Data that a worker inherits from its parent by fork(). */
struct worker_context {
	const struct extract_options *options;
	const struct extract_unit *units;
	const struct unit_plan *plan;
	struct paths *paths;
};

/* The main function of a worker process. @data: from worker_fork(). @fd: a socket to the parent. */
typedef void (*worker_function)(const struct worker_context *context, void *data, int fd);
/*
 * Forks a process that runs @main with @context and @data on a large stack. The working directory
 * of the process is the build directory, its standard streams are /dev/null, and it writes no core
 * dumps. The process is confined (confine.h): it reads the tree, the build directory and the headers
 * of the compiler. If @writes is true, it also writes initlint's own files in the build directory.
 * @close_fds: the parent's sockets to other workers, which the child closes; the last
 * element is -1.
 *
 * Returns the id of the process. Sets *@fd to the parent's end of a socket to the child. The caller
 * closes *@fd. Returns -1 on failure.
 */
pid_t worker_fork(const struct worker_context *context, worker_function main, void *data,
		  bool writes, const int *close_fds, int *fd);

/* --- for parents of workers --- */

#define WORKER_TICK_MS 100 /* milliseconds between two checks of the timeouts */

/* Returns the time limit of one attempt to read a unit, in seconds. */
unsigned int worker_timeout_s(const struct worker_context *context);
/* Returns true and sets @error if the run was cancelled: *@context->options->cancel is not zero. */
bool worker_is_cancelled(const struct worker_context *context, GError **error);
/* Calls @context->options->progress, unless this callback is NULL. */
void worker_progress(const struct worker_context *context, unsigned int done, unsigned int total,
		     const char *what);
/*
 * Waits until the process @pid ends. Adds the CPU time of the process to @stats->cpu_us. Sets
 * @stats->peak_rss_kb to the peak memory of the process, unless @stats->peak_rss_kb is already
 * larger. Returns the status of the process, as wait() does.
 */
int worker_reap(pid_t pid, struct extract_stats *stats);
/* Sets @error from errno: a worker process cannot be started. Returns false. */
bool worker_cannot_start(GError **error);

/* --- worker_serve.c --- */

/* A worker_function. Serves requests until the parent closes the parent's end of the socket. */
void worker_serve(const struct worker_context *context, void *data, int fd);

#endif
