/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Runs indexes in a separate process. A program with threads needs this: an index forks worker
 * processes, and fork() copies locks that other threads hold. A crash in an index ends only the
 * separate process.
 */
#ifndef INITLINT_ANALYZER_INDEX_INDEX_PROCESS_H
#define INITLINT_ANALYZER_INDEX_INDEX_PROCESS_H

#include <stdbool.h>
#include <glib.h>

#include "analyzer/index/index.h"

struct index_process;

/*
 * Forks the process. Aborts if the program has more than one thread. The process ends when its
 * parent ends. @cancel is the index_options.cancel of all indexes in the process. The program's
 * signal handler must set @cancel, because the process inherits the handler and gets the signals
 * too. Free the result with index_process_end(). Returns NULL with INITLINT_ERROR_FAILED on
 * failure.
 */
struct index_process *index_process_start(const volatile int *cancel, GError **error);

/*
 * Runs one index and waits for its end. Ignores options.cancel. Calls the callbacks in this thread.
 * If index_run() fails in the process, sets @error to its error. If the process has died, fails
 * with INITLINT_ERROR_FAILED; then all later calls fail too.
 */
bool index_process_run(struct index_process *process, const struct index_options *options,
		       const struct index_callbacks *callbacks, GError **error);

/* Ends the process, even if an index is running. @process may be NULL. */
void index_process_end(struct index_process *process);

#endif
