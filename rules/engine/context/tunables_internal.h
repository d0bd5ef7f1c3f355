/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Finds tunables: variables that user space may change after the boot, such as the variables behind
 * the files in /proc/sys. Models name the fields that point to tunables (MODEL_USER_SPACE).
 */
#ifndef INITLINT_RULES_ENGINE_CONTEXT_TUNABLES_INTERNAL_H
#define INITLINT_RULES_ENGINE_CONTEXT_TUNABLES_INTERNAL_H

#include <glib.h>

#include "rules/engine/program/program.h"

/*
 * Returns an array with one entry for each symbol. The entry is 1 if the symbol is a tunable:
 * static initialisers store the address of the symbol in fields that models name, and nowhere else.
 * Otherwise, the entry is 0. The elements of @models are struct model *. Free with g_free().
 */
uint8_t *tunables_find(const struct program *program, const GPtrArray *models);

#endif
