/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A framework is kernel code with an initcall that calls a function in each of many objects, one
 * after the other. For example, security_initcall_late() calls the function in the field
 * lsm_info.initcall_late of each security module. Models name the initcalls and the fields. For
 * rules and inference, each function in the field is an initcall of its own. These initcalls are
 * called the initcalls of the framework. An initcall of a framework has the level and position of
 * the initcall that runs it (see "within" and "turn" in struct initcall).
 */
#ifndef INITLINT_RULES_ENGINE_CONTEXT_FRAMEWORKS_H
#define INITLINT_RULES_ENGINE_CONTEXT_FRAMEWORKS_H

#include <stdbool.h>
#include <glib.h>

#include "db/query/query_facts.h"
#include "rules/engine/finding/input.h"
#include "rules/engine/files/model.h"

/*
 * Returns the initcalls of @input and the initcalls of frameworks, in the order in which they
 * run: GArray of struct initcall. Free with g_array_unref(). Strings belong to @facts and @input,
 * which must live as long as the result. @models: struct model *.
 *
 * A model may name a Kconfig symbol whose value is a list of objects, such as CONFIG_LSM. Then the
 * functions of the objects in the list run in the order of the list. A model may also name a field
 * with the rank of an object. Functions of objects with a rank below 0 run before the list, and
 * functions of objects with a rank above 0 run after the list. Functions of all other objects do
 * not run. If the model names no list, the functions of all objects run. Link order decides between
 * objects of the same rank.
 */
GArray *frameworks_expand(const struct facts *facts, const GPtrArray *models,
			  const struct rule_input *input);
/* True if a model says that an initcall of @input runs initcalls of a framework. */
bool frameworks_run(const GPtrArray *models, const struct rule_input *input);

#endif
