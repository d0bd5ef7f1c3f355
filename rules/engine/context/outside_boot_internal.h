/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Finds functions that no boot runs:
 *   1. Functions that suspend, resume, hibernate or shut down the machine.
 *   2. Functions that are used only by functions that no boot runs.
 *
 * The kernel calls functions of kind 1 through pointers in fields, and models name these fields. A
 * function in a field that models name, for example in dev_pm_ops.suspend, is an operation. For
 * notifiers, models name the functions that register a notifier, such as register_pm_notifier(),
 * and the field with the callback. A reference to a function is a call to the function, or a place
 * in code or in a static initialiser that takes the function's address (references.h).
 * outside_boot_find() finds the functions of kind 2 from the references.
 */
#ifndef INITLINT_RULES_ENGINE_CONTEXT_OUTSIDE_BOOT_INTERNAL_H
#define INITLINT_RULES_ENGINE_CONTEXT_OUTSIDE_BOOT_INTERNAL_H

#include <glib.h>

#include "rules/engine/program/program.h"

/*
 * Returns an array with one entry for each function. The entry is 1 if no boot runs the function,
 * else 0. The elements of @models are struct model *. Free with g_free().
 *
 * A function leads out of the boot if it calls an operation through the operation's field, or if it
 * calls a function that leads out of the boot. Probes and functions in .init.text never lead out of
 * the boot.
 *
 * A function that leads out of the boot counts as "called from the boot" if one of these functions
 * calls it:
 *   - a probe, or a function in .init.text;
 *   - another function that leads out of the boot and counts as "called from the boot".
 *
 * References of a function to itself, and references that come from EXPORT_SYMBOL() or
 * module_exit(), do not count. Each other reference to a function f is in one of these groups:
 *   - Stores: the reference stores f as an operation or as the callback of a notifier.
 *   - Outside: the reference is not in the group "stores", and is in a function that no boot runs
 *     or that leads out of the boot.
 *   - Inside: all other references.
 *
 * The entry of f is 1 if these three conditions hold:
 *   - f is not in .init.text, and f is no probe.
 *   - No reference to f is in the group "inside".
 *   - A reference to f is in the group "stores". Or a reference to f is in the group "outside", and
 *     the function that contains this reference does not count as "called from the boot".
 */
uint8_t *outside_boot_find(const struct program *program, const GPtrArray *models);

#endif
