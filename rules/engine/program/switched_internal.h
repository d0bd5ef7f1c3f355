/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Variables that are switched on and off: set to a number by one function, and back to 0 by
 * another. Such a variable is a state that comes and goes ("tasks are frozen"), and nothing
 * that is set up once. A module's exit does not count: built-in code is never unloaded.
 */
#ifndef INITLINT_RULES_ENGINE_PROGRAM_SWITCHED_INTERNAL_H
#define INITLINT_RULES_ENGINE_PROGRAM_SWITCHED_INTERNAL_H

#include "rules/engine/program/program.h"
#include "rules/engine/program/resource.h"

/*
 * Resources (as pointer, + 1) that are such variables. @variable gives the resource of a
 * variable and field. Free with g_hash_table_unref().
 */
GHashTable *switched_find(const struct program *program,
			  int32_t (*variable)(void *data, int32_t symbol, int32_t field),
			  void *data);

#endif
