/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Initcalls of frameworks. Some initcalls run functions out of a field of objects, one after the
 * other: security_initcall_late() runs lsm_info.initcall_late. Models name these initcalls and
 * fields. For rules and inference each function in the field is an initcall of its own. It has the
 * level and position of the initcall that runs it (see "within" and "turn" in struct initcall).
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
 * which must live as long as the result.
 *
 * A model may name a list in the configuration. Then the functions in the list run in the order
 * of the list. Functions with a rank run before or after the list. Other functions do not run.
 * Without a list, all functions run in link order.
 */
GArray *frameworks_expand(const struct facts *facts, const GPtrArray *models,
			  const struct rule_input *input);
/* True if a model says that an initcall of @input runs initcalls of a framework. */
bool frameworks_run(const GPtrArray *models, const struct rule_input *input);

#endif
