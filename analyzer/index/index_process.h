/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Runs index_run() in a separate process, for two reasons:
 * - index_run() forks worker processes. fork() copies locks that other threads of the process hold,
 *   and these locks are never released in the worker. So a program with several threads cannot call
 *   index_run() in its own process.
 * - A crash in index_run() ends only the separate process.
 */
#ifndef INITLINT_ANALYZER_INDEX_INDEX_PROCESS_H
#define INITLINT_ANALYZER_INDEX_INDEX_PROCESS_H

#include <stdbool.h>
#include <glib.h>

#include "analyzer/index/index.h"

struct index_process;

/*
 * Forks the separate process. Aborts if the program has more than one thread. The separate process
 * ends when its parent ends. Free the result with index_process_end(). Returns NULL with
 * INITLINT_ERROR_FAILED on failure.
 *
 * @cancel becomes index_options.cancel of each run in the separate process. The program must have a
 * handler of SIGTERM that sets *@cancel. The separate process inherits this handler, so SIGTERM
 * cancels the run in the separate process.
 */
struct index_process *index_process_start(const volatile int *cancel, GError **error);

/*
 * Runs index_run() once in @process, and waits until index_run() has returned. Ignores
 * @options->cancel. Calls @callbacks in the thread of the caller. If index_run() fails, returns
 * false and sets @error to the error of index_run(). If the process has died, fails with
 * INITLINT_ERROR_FAILED, and all later calls with @process fail too.
 */
bool index_process_run(struct index_process *process, const struct index_options *options,
		       const struct index_callbacks *callbacks, GError **error);

/* Ends the process, even during a run, and frees @process. @process may be NULL. */
void index_process_end(struct index_process *process);

#endif
