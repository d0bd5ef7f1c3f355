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
typedef struct machine machine; /* g_autoptr() needs a type name of one word */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(machine, machine_free)

/* True if the files of @machine contain a device with the identifier @id. */
bool machine_has(const struct machine *machine, const char *id);

#endif
