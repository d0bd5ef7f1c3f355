// SPDX-License-Identifier: GPL-2.0-only
/*
 * Finds the initcall during which the last supplier of a device gets its driver, on a certain
 * machine. The kernel defers the probe of a device until the suppliers of the device have drivers.
 * The device tree of the machine names the suppliers (machine.h).
 *
 * The kernel has a driver for a supplier if a static initialiser contains an identifier of the
 * supplier. If the driver has no known probe, the supplier is ignored: many clock drivers have no
 * probe, because they run before all initcalls. If the kernel has no driver for a supplier, the
 * driver may be a module. Then the kernel does not call the probe of the device before the
 * initcalls have ended.
 */
#include "rules/engine/infer/infer_internal.h"

struct suppliers {
	const struct inference *inference;
	/* device identifier -> GArray of guint: the contexts of the probes for this identifier */
	GHashTable *probes;
	GHashTable *strings; /* set of const char *: the strings in static initialisers */
	/* by context: the device identifiers (const char *) of the driver; NULL: not a probe */
	GPtrArray **devices;
};

static const struct event *event_of(const struct inference *inference, guint context)
{
	return &g_array_index(inference->flow->events, struct event,
			      inference_context(inference, (int32_t)context)->event);
}

static void index_probe(struct suppliers *suppliers, guint context)
{
	GPtrArray *ids =
		infer_device_ids(suppliers->inference, event_of(suppliers->inference, context));

	suppliers->devices[context] = ids;
	for (guint i = 0; i < ids->len; i++) {
		GArray *probes = g_hash_table_lookup(suppliers->probes, ids->pdata[i]);

		if (!probes) {
			probes = g_array_new(FALSE, FALSE, sizeof(guint));
			g_hash_table_insert(suppliers->probes, ids->pdata[i], probes);
		}
		g_array_append_val(probes, context);
	}
}

static void note_strings(struct suppliers *suppliers)
{
	const struct facts *facts = suppliers->inference->facts;

	for (uint32_t i = 0; i < facts->n_globals; i++) {
		const struct facts_range *r = &facts->globals[i].stores;

		for (uint32_t s = r->first; s < r->first + r->n; s++)
			if (facts->stores[s].value.kind == VALUE_STRING)
				g_hash_table_add(
					suppliers->strings,
					(gpointer)facts->texts[facts->stores[s].value.number]);
	}
}

struct suppliers *infer_suppliers_new(const struct inference *inference)
{
	struct suppliers *suppliers = g_new0(struct suppliers, 1);

	suppliers->inference = inference;
	suppliers->probes =
		g_hash_table_new_full(g_str_hash, g_str_equal, NULL, (GDestroyNotify)g_array_unref);
	suppliers->strings = g_hash_table_new(g_str_hash, g_str_equal);
	note_strings(suppliers);
	suppliers->devices = g_new0(GPtrArray *, inference->contexts->list->len + 1);
	for (guint i = 0; i < inference->contexts->list->len; i++)
		if (inference_context(inference, (int32_t)i)->kind == CONTEXT_PROBE)
			index_probe(suppliers, i);
	return suppliers;
}

void infer_suppliers_free(struct suppliers *suppliers)
{
	for (guint i = 0; i < suppliers->inference->contexts->list->len; i++)
		g_clear_pointer(&suppliers->devices[i], g_ptr_array_unref);
	g_free(suppliers->devices);
	g_hash_table_unref(suppliers->probes);
	g_hash_table_unref(suppliers->strings);
	g_free(suppliers);
}

/*
 * Device @number is a supplier for which the probe @self waits. Returns the earliest place of the
 * probes for the supplier. Returns NULL if no probe for the supplier is known, if one of the probes
 * has no place, or if @self is one of the probes. @self is the number of a context.
 */
static const struct initcall *place_of_supplier(const struct suppliers *suppliers,
						const struct machine *machine, unsigned int number,
						guint self)
{
	const struct inference *inference = suppliers->inference;
	const struct machine_device *device = machine_device(machine, number);
	const struct initcall *first = NULL;

	for (guint i = 0; i < device->ids->len; i++) {
		const GArray *probes =
			g_hash_table_lookup(suppliers->probes, device->ids->pdata[i]);

		for (guint p = 0; probes && p < probes->len; p++) {
			guint index = g_array_index(probes, guint, p);
			const struct initcall *place =
				inference_context(inference, (int32_t)index)->place;

			/* @self would wait for itself. The kernel ignores such a cycle. */
			if (index == self || !place)
				return NULL;
			if (!first || place->position < first->position)
				first = place;
		}
	}
	return first;
}

/*
 * Returns the latest place at which a supplier of device @number gets its driver. NULL: the device
 * waits for no supplier. @self is the context of the probe for the device.
 */
static const struct initcall *awaited_by_device(const struct suppliers *suppliers,
						const struct machine *machine, unsigned int number,
						guint self)
{
	const struct machine_device *device = machine_device(machine, number);
	const struct initcall *last = NULL;

	for (guint i = 0; i < device->suppliers->len; i++) {
		const struct initcall *place =
			place_of_supplier(suppliers, machine,
					  g_array_index(device->suppliers, unsigned int, i), self);

		if (place && (!last || place->position > last->position))
			last = place;
	}
	return last;
}

/*
 * Context @context is a probe. The probe waits until the suppliers of its device have drivers.
 * Returns the place at which the last supplier gets its driver. If @machine has several devices for
 * the probe, returns the earliest of the places for these devices. NULL: the probe does not wait
 * for a device, or @machine has no device for the probe.
 */
static const struct initcall *awaited_on(const struct suppliers *suppliers,
					 const struct machine *machine, guint context)
{
	const GPtrArray *ids = suppliers->devices[context];
	const struct initcall *first = NULL;
	bool any = false;

	for (guint i = 0; ids && i < ids->len; i++) {
		const GArray *numbers = machine_devices_with(machine, ids->pdata[i]);

		for (guint n = 0; numbers && n < numbers->len; n++) {
			const struct initcall *last =
				awaited_by_device(suppliers, machine,
						  g_array_index(numbers, unsigned int, n), context);

			/* The probe does not wait if one of its devices does not wait. */
			if (!last)
				return NULL;
			if (!any || last->position < first->position)
				first = last;
			any = true;
		}
	}
	return first;
}

const struct initcall *infer_awaited_supplier(const void *data, guint context)
{
	const struct suppliers *suppliers = data;

	return awaited_on(suppliers, suppliers->inference->machine, context);
}

/*
 * True if the kernel has a driver for @device: a static initialiser contains an identifier of
 * @device.
 */
static bool has_driver(const struct suppliers *suppliers, const struct machine_device *device)
{
	for (guint i = 0; i < device->ids->len; i++)
		if (g_hash_table_contains(suppliers->strings, device->ids->pdata[i]))
			return true;
	return false;
}

/* True if the kernel has a driver for each supplier of device @number. */
static bool is_supplied(const struct suppliers *suppliers, const struct machine *machine,
			unsigned int number)
{
	const struct machine_device *device = machine_device(machine, number);

	for (guint i = 0; i < device->suppliers->len; i++)
		if (!has_driver(suppliers, machine_device(machine, g_array_index(device->suppliers,
										 unsigned int, i))))
			return false;
	return true;
}

bool infer_is_never_supplied(const struct suppliers *suppliers, const struct machine *machine,
			     guint context)
{
	const GPtrArray *ids = suppliers->devices[context];
	bool any = false;

	for (guint i = 0; ids && i < ids->len; i++) {
		const GArray *numbers = machine_devices_with(machine, ids->pdata[i]);

		for (guint n = 0; numbers && n < numbers->len; n++) {
			if (is_supplied(suppliers, machine,
					g_array_index(numbers, unsigned int, n)))
				return false;
			any = true;
		}
	}
	return any;
}

bool infer_runs_at_once(const struct suppliers *suppliers, const struct machine *machine,
			guint context)
{
	const struct context *c = inference_context(suppliers->inference, (int32_t)context);
	const GPtrArray *ids = suppliers->devices[context];
	const struct initcall *awaited;
	bool has = false;

	for (guint i = 0; ids && i < ids->len && !has; i++)
		has = machine_has(machine, ids->pdata[i]);
	if (!has || infer_is_never_supplied(suppliers, machine, context))
		return false;
	awaited = awaited_on(suppliers, machine, context);
	return !awaited || !c->place || awaited->position <= c->place->position;
}
