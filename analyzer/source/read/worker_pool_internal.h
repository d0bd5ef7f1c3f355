/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The parent's side of extraction: keeps the workers busy, watches their time, and
 * replaces those that are lost or have grown too large.
 */
#ifndef INITLINT_ANALYZER_SOURCE_READ_WORKER_POOL_INTERNAL_H
#define INITLINT_ANALYZER_SOURCE_READ_WORKER_POOL_INTERNAL_H

#include <stdbool.h>
#include <glib.h>

#include "analyzer/source/wire/wire.h"
#include "analyzer/source/read/worker_internal.h"

/* Called with each whole unit. False with @error set stops the run. */
typedef bool (*pool_deliver)(void *data, unsigned int unit, const struct wire_result *result,
			     const struct wire_view *facts, GError **error);

/* Reads the @n units whose indexes are in @queue, in any order. */
bool worker_pool_run(const struct worker_context *context, const unsigned int *queue,
		     unsigned int n, pool_deliver deliver, void *data, struct extract_stats *stats,
		     GError **error);

#endif
