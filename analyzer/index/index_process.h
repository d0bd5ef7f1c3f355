/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Runs indexes in a process of its own, for a program that has threads: an index forks worker
 * processes, and a fork copies the locks that other threads hold. A crash in an index ends that
 * process only.
 */
#ifndef INITLINT_ANALYZER_INDEX_INDEX_PROCESS_H
#define INITLINT_ANALYZER_INDEX_INDEX_PROCESS_H

#include <stdbool.h>
#include <glib.h>

#include "analyzer/index/index.h"

struct index_process;

/*
 * Forks the process. Aborts if the program has more than one thread. The process ends with its
 * parent. @cancel: as in index_options, for all indexes of the process; it must be a variable
 * that the program's signal handler sets, since the process handles the signals too.
 * NULL with @error set (INITLINT_ERROR_FAILED) on failure.
 */
struct index_process *index_process_start(const volatile int *cancel, GError **error);

/*
 * Runs one index and waits; options.cancel is not used. Callbacks are called in this thread. The
 * error of index_run() is @error. A process that has died is INITLINT_ERROR_FAILED, for this index
 * and for all later ones.
 */
bool index_process_run(struct index_process *process, const struct index_options *options,
		       const struct index_callbacks *callbacks, GError **error);

/* Ends the process, and an index that still runs. */
void index_process_end(struct index_process *process);

#endif
