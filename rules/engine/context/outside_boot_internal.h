/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Functions that no boot runs: those that suspend, resume, hibernate or shut the machine down,
 * and what is called from them alone. Models name the operations and the notifiers by which the
 * kernel runs such code; the rest follows from who names whom.
 */
#ifndef INITLINT_RULES_ENGINE_CONTEXT_OUTSIDE_BOOT_INTERNAL_H
#define INITLINT_RULES_ENGINE_CONTEXT_OUTSIDE_BOOT_INTERNAL_H

#include <glib.h>

#include "rules/engine/program/program.h"

/*
 * By function, 1: runs outside of the boot only. @models is struct model *. Free with g_free().
 *
 * A function that calls through such an operation, or calls one that does, leads out of the
 * boot. A function runs outside of the boot if all code that names it does, or leads out of it,
 * and if some of that code is not called by the boot. Code in .init.text, and probes, run in
 * the boot whatever they call.
 */
uint8_t *outside_boot_find(const struct program *program, const GPtrArray *models);

#endif
