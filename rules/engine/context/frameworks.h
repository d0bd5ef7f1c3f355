/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A framework is kernel code with an initcall that calls one function for each of many objects. For
 * example, security_initcall_late() calls the function in the field lsm_info.initcall_late of each
 * security module. Models name the initcalls and the fields. For rules and inference, each function
 * in the field is an initcall of its own. An "initcall of a framework" is one of these functions,
 * not the initcall that calls these functions. An initcall of a framework has the level and
 * position of the initcall that calls the function (see @within and @turn of struct initcall).
 */
#ifndef INITLINT_RULES_ENGINE_CONTEXT_FRAMEWORKS_H
#define INITLINT_RULES_ENGINE_CONTEXT_FRAMEWORKS_H

#include <stdbool.h>
#include <glib.h>

#include "db/query/query_facts.h"
#include "rules/engine/finding/input.h"
#include "rules/engine/files/model.h"

/*
 * Returns the initcalls of @input and the initcalls of frameworks, in the order in which they run:
 * GArray of struct initcall. Free with g_array_unref(). Strings belong to @facts and @input. @facts
 * and @input must live as long as the result. The elements of @models are struct model *.
 *
 * A model may name a Kconfig symbol whose value is a list of objects, such as CONFIG_LSM. A model
 * may also name a field that contains the rank of an object. An object without this field has rank
 * 0. The functions of the objects run in this order:
 *   1. Objects with a rank below 0, in link order.
 *   2. Objects with rank 0 that are in the list, in the order of the list. If the model names no
 *      list: all objects with rank 0, in link order.
 *   3. Objects with a rank above 0, in link order.
 * The functions of all other objects do not run.
 */
GArray *frameworks_expand(const struct facts *facts, const GPtrArray *models,
			  const struct rule_input *input);
/*
 * True if a model file says that an initcall of @input calls one function for each of many objects.
 * For example, security_initcall_late() calls a function of each security module.
 */
bool frameworks_run(const GPtrArray *models, const struct rule_input *input);

#endif
