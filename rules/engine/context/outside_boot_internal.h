/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Finds functions that run outside of the boot only. These functions suspend, resume, hibernate or
 * shut down the machine, or are called only for that. Models name the operations and notifiers
 * through which the kernel starts such code. The references between functions tell the rest.
 */
#ifndef INITLINT_RULES_ENGINE_CONTEXT_OUTSIDE_BOOT_INTERNAL_H
#define INITLINT_RULES_ENGINE_CONTEXT_OUTSIDE_BOOT_INTERNAL_H

#include <glib.h>

#include "rules/engine/program/program.h"

/*
 * Returns an array with the function as index. 1: the function runs outside of the boot only.
 * @models: struct model *. Free with g_free().
 *
 * A function leads out of the boot if it calls through such an operation, or if it calls a function
 * that leads out of the boot. A function runs outside of the boot if all code that names the
 * function runs outside of the boot or leads out of the boot. In addition, some of that code must
 * be code that the boot does not call. Functions in .init.text and probes always run in the boot.
 */
uint8_t *outside_boot_find(const struct program *program, const GPtrArray *models);

#endif
