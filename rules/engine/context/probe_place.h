/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Finds the place of each probe: the initcall during which the probe runs. A probe runs when both
 * the driver and a device exist. The kernel may create the device later than it registers the
 * driver. If the probe returns -EPROBE_DEFER, the kernel calls the probe again later. Under
 * "retries", a model names the initcall during which the kernel first retries deferred probes.
 */
#ifndef INITLINT_RULES_ENGINE_CONTEXT_PROBE_PLACE_H
#define INITLINT_RULES_ENGINE_CONTEXT_PROBE_PLACE_H

#include "rules/engine/context/context.h"
#include "rules/engine/context/defer.h"
#include "rules/engine/program/usage.h"

/*
 * The suppliers of the devices of one machine. @await returns the initcall during which the last
 * supplier of a device gets its driver. The device is the one that the probe in context number
 * @context drives. @await returns NULL if the probe waits for no supplier. @await may read the
 * places of other contexts. @data: the first argument of @await.
 */
struct probe_suppliers {
	const struct initcall *(*await)(const void *data, guint context);
	const void *data;
};

/*
 * Sets @place and @deferred_by of each probe in @contexts. Then computes @contexts->moments again.
 * The elements of @models are struct model *. @suppliers: NULL if the machine is not known. Keeps no
 * reference to the arguments. Looks up resources in @resources, and adds each resource that is
 * missing there.
 */
void probes_place(struct contexts *contexts, const struct usage *usage, const struct defers *defers,
		  struct resources *resources, const GPtrArray *models,
		  const struct probe_suppliers *suppliers);

#endif
