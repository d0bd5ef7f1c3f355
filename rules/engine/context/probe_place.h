/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Where probes really run. A probe is not where it is registered: it runs when a device is
 * there, and if it then returns -EPROBE_DEFER, when it is tried again, for the first time
 * when a model's "retries" initcall runs.
 */
#ifndef INITLINT_RULES_ENGINE_CONTEXT_PROBE_PLACE_H
#define INITLINT_RULES_ENGINE_CONTEXT_PROBE_PLACE_H

#include "rules/engine/context/context.h"
#include "rules/engine/context/defer.h"
#include "rules/engine/program/usage.h"

/* Sets place and deferred_by of all probes in @contexts, and the moments anew. */
void probes_place(struct contexts *contexts, const struct usage *usage, const struct defers *defers,
		  struct resources *resources, const GPtrArray *models);

#endif
