/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Finds switched variables. A variable is switched if one function sets the variable to a number,
 * and another function sets the variable back to 0. A switched variable is a state that comes and
 * goes ("tasks are frozen"), and not a resource that the boot sets up once. The exit function of a
 * module does not count as a function that sets the variable to 0, because built-in code is never
 * unloaded.
 */
#ifndef INITLINT_RULES_ENGINE_FLOW_SWITCHED_INTERNAL_H
#define INITLINT_RULES_ENGINE_FLOW_SWITCHED_INTERNAL_H

#include "rules/engine/program/program.h"
#include "rules/engine/flow/resource.h"

/*
 * Returns the set of the switched variables of @program. An element of the set is 1 + the number of
 * a resource, as a pointer. The callback @variable returns the number of the resource for the field
 * @field of the variable @symbol. If @field is -1, the callback returns the number for the whole
 * variable. @data is the first argument of the callback. Free with g_hash_table_unref().
 */
GHashTable *switched_find(const struct program *program,
			  int32_t (*variable)(void *data, int32_t symbol, int32_t field),
			  void *data);

#endif
