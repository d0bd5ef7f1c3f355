/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Finds the place of each probe: the initcall during which the probe runs. A probe runs when both
 * the driver and a device exist. The kernel may create the device later than it registers the
 * driver. If the probe returns -EPROBE_DEFER, the kernel calls the probe again later. The "retries"
 * entry of a model names the initcall during which the kernel first retries deferred probes.
 */
#ifndef INITLINT_RULES_ENGINE_CONTEXT_PROBE_PLACE_H
#define INITLINT_RULES_ENGINE_CONTEXT_PROBE_PLACE_H

#include "rules/engine/context/context.h"
#include "rules/engine/context/defer.h"
#include "rules/engine/flow/usage.h"

/*
 * Tells until when a probe waits for suppliers, on one machine. The probe of context number
 * @context drives a device. await() returns the initcall during which the last supplier of this
 * device gets a driver; NULL if the probe waits for no supplier. await() may read the places of
 * other contexts. @data is the first argument of await().
 */
struct probe_suppliers {
	const struct initcall *(*await)(const void *data, guint context);
	const void *data;
};

/*
 * Sets @place, @deferred_by, @has_device, @maker and @made of each probe in @contexts. Then
 * computes @contexts->moments again. The elements of @models are struct model *. @suppliers is NULL
 * if the machine is not known. Adds the resources that the search needs to @resources. Keeps no
 * reference to the arguments.
 */
void probes_place(struct contexts *contexts, const struct usage *usage, const struct defers *defers,
		  struct resources *resources, const GPtrArray *models,
		  const struct probe_suppliers *suppliers);

#endif
