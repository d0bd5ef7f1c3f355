/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Reads which devices a machine has. The tables of a driver contain an identifier for each device
 * that the driver supports. An identifier is a compatible string of the device tree
 * ("fsl,imx6q-pcie"), an ACPI id ("PNP0501"), or the name of a device.
 */
#ifndef INITLINT_RULES_ENGINE_FILES_MACHINE_H
#define INITLINT_RULES_ENGINE_FILES_MACHINE_H

#include <stdbool.h>
#include <glib.h>

#include "rules/engine/files/model.h"

struct machine;

/*
 * Reads the devices of one machine from the files @paths. The array @paths ends with NULL. A file
 * is a device tree blob (.dtb) or a text file. In a device tree, a node counts only if its status
 * is "okay" or "ok", or if it has no status. Each line of a text file is one modalias, as in
 * /sys/devices/.../modalias. Empty lines and lines that begin with "#" do not count.
 *
 * Free the result with machine_free(). On error, returns NULL and sets @error:
 *   INITLINT_ERROR_FAILED: a file cannot be read
 *   INITLINT_ERROR_INPUT: a file has another format, or adds no identifier to the result
 */
struct machine *machine_load(char *const *paths, GError **error);
void machine_free(struct machine *machine);
/*
 * machine_set_name() copies @name. machine_name() returns this copy, which belongs to @machine;
 * NULL: the machine has no name.
 */
void machine_set_name(struct machine *machine, const char *name);
const char *machine_name(const struct machine *machine);
typedef struct machine machine; /* g_autoptr() needs a type name of one word */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(machine, machine_free)

/* True if the files of @machine contain a device with the identifier @id. */
bool machine_has(const struct machine *machine, const char *id);

/*
 * True if a list of modaliases of @machine has a modalias that fits @pattern, in which "*" stands
 * for any text.
 */
bool machine_has_modalias(const struct machine *machine, const char *pattern);
/*
 * True if @machine has a modalias from a text file. Only modaliases name PCI and USB devices; a
 * device tree blob does not.
 */
bool machine_has_list(const struct machine *machine);

/*
 * A device of a device tree blob. A device that only a modalias names has no struct machine_device.
 * A supplier is another device that must have a driver before the kernel calls the probe of this
 * device.
 */
struct machine_device {
	GPtrArray *ids;	   /* const char *: the identifiers, the most specific first */
	GArray *suppliers; /* unsigned int: numbers of other devices */
};

/* Returns the number of devices; the devices have the numbers from 0. */
unsigned int machine_n_devices(const struct machine *machine);
/* Returns device @number. The result belongs to @machine. */
const struct machine_device *machine_device(const struct machine *machine, unsigned int number);
/*
 * Returns the numbers (unsigned int) of the devices that have the identifier @id; NULL: none. The
 * array belongs to @machine.
 */
const GArray *machine_devices_with(const struct machine *machine, const char *id);
/*
 * Finds the suppliers of all devices. A property of a device refers to suppliers if an entry of
 * kind MODEL_SUPPLIERS in @models names the property. The elements of @models are struct model *.
 * Replaces the suppliers of an earlier call.
 */
void machine_find_suppliers(struct machine *machine, const GPtrArray *models);

#endif
