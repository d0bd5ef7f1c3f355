/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Finds the place of probes in the initcall order. A probe runs when both the driver and a device
 * exist, which may be later than the registration. If the probe returns -EPROBE_DEFER, it runs
 * again later. The first retry is at the initcall that a model names under "retries".
 */
#ifndef INITLINT_RULES_ENGINE_CONTEXT_PROBE_PLACE_H
#define INITLINT_RULES_ENGINE_CONTEXT_PROBE_PLACE_H

#include "rules/engine/context/context.h"
#include "rules/engine/context/defer.h"
#include "rules/engine/program/usage.h"

/* Sets place and deferred_by of all probes in @contexts, and computes the moments again. */
void probes_place(struct contexts *contexts, const struct usage *usage, const struct defers *defers,
		  struct resources *resources, const GPtrArray *models);

#endif
