/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Reads which devices a machine has. A driver names its devices by identifiers in its tables: a compatible
 * string of the device tree ("fsl,imx6q-pcie"), an ACPI id ("PNP0501"), or the name of a device.
 */
#ifndef INITLINT_RULES_ENGINE_FILES_MACHINE_H
#define INITLINT_RULES_ENGINE_FILES_MACHINE_H

#include <stdbool.h>
#include <glib.h>

struct machine;

/*
 * Reads the devices of one machine from @paths, which ends with NULL. Each file is a device tree blob
 * (.dtb), or a text with one modalias a line, as in /sys/devices/.../modalias. In a device tree, nodes
 * with a status other than "okay" do not count. Returns NULL with INITLINT_ERROR_INPUT if a file has another
 * format or names no device, and with INITLINT_ERROR_FAILED if a file cannot be read. Free with
 * machine_free().
 */
struct machine *machine_load(char *const *paths, GError **error);
void machine_free(struct machine *machine);
typedef struct machine machine; /* g_autoptr() needs a type name of one word */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(machine, machine_free)

/* True if the machine has a device with the identifier @id. */
bool machine_has(const struct machine *machine, const char *id);

#endif
