/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Finds variables that are switched on and off: one function sets the variable to a number, and
 * another function sets it back to 0. Such a variable is a state that comes and goes ("tasks are
 * frozen"). The boot does not set it up once. A module's exit function does not count, because
 * built-in code is never unloaded.
 */
#ifndef INITLINT_RULES_ENGINE_PROGRAM_SWITCHED_INTERNAL_H
#define INITLINT_RULES_ENGINE_PROGRAM_SWITCHED_INTERNAL_H

#include "rules/engine/program/program.h"
#include "rules/engine/program/resource.h"

/*
 * Returns a set of the switched variables. Its keys are resource number + 1, as pointers.
 * @variable is called with @data and returns the resource of a variable or field. Free with
 * g_hash_table_unref().
 */
GHashTable *switched_find(const struct program *program,
			  int32_t (*variable)(void *data, int32_t symbol, int32_t field),
			  void *data);

#endif
