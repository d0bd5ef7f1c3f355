/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Runs index_run() in a separate process. A program with threads needs this, because index_run()
 * forks worker processes, and fork() copies locks that other threads hold. A crash in index_run()
 * ends only the separate process.
 */
#ifndef INITLINT_ANALYZER_INDEX_INDEX_PROCESS_H
#define INITLINT_ANALYZER_INDEX_INDEX_PROCESS_H

#include <stdbool.h>
#include <glib.h>

#include "analyzer/index/index.h"

struct index_process;

/*
 * Forks the separate process. Aborts if the program has more than one thread. The process ends when
 * its parent ends. Free the result with index_process_end(). Returns NULL with
 * INITLINT_ERROR_FAILED on failure.
 *
 * @cancel becomes index_options.cancel of each run in the separate process. The program must have a
 * handler of SIGTERM that sets *@cancel. The separate process inherits this handler, so SIGTERM
 * cancels its run.
 */
struct index_process *index_process_start(const volatile int *cancel, GError **error);

/*
 * Runs index_run() once in @process, and waits for its end. Ignores options.cancel. Calls the
 * callbacks in the thread of the caller. If index_run() fails, sets @error to the error of
 * index_run(). If the process has died, fails with INITLINT_ERROR_FAILED, and all later calls fail
 * too.
 */
bool index_process_run(struct index_process *process, const struct index_options *options,
		       const struct index_callbacks *callbacks, GError **error);

/* Ends the process, even if it is running an index. @process may be NULL. */
void index_process_end(struct index_process *process);

#endif
