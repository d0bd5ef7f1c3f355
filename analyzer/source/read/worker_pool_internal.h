/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Runs in the parent of the workers. Gives units to the workers, and checks their timeouts.
 * Replaces workers that crashed, timed out, or use too much memory.
 */
#ifndef INITLINT_ANALYZER_SOURCE_READ_WORKER_POOL_INTERNAL_H
#define INITLINT_ANALYZER_SOURCE_READ_WORKER_POOL_INTERNAL_H

#include <stdbool.h>
#include <glib.h>

#include "analyzer/source/wire/wire.h"
#include "analyzer/source/read/worker_internal.h"

/*
 * Called once for each unit. @unit: the index of the unit in worker_context.units. @result and
 * @facts are valid only during the call. Returns false, with @error set, to stop worker_pool_run().
 */
typedef bool (*pool_deliver)(void *data, unsigned int unit, const struct wire_result *result,
			     const struct wire_view *facts, GError **error);

/*
 * Reads @n units. @queue: the indexes of these units in @context->units. Calls @deliver with @data
 * for each unit, in no particular order. Returns false if @deliver returns false, if a worker
 * cannot be started, or if the run was cancelled.
 */
bool worker_pool_run(const struct worker_context *context, const unsigned int *queue,
		     unsigned int n, pool_deliver deliver, void *data, struct extract_stats *stats,
		     GError **error);

#endif
