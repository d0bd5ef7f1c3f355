/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Initcalls of frameworks: functions that an initcall runs one after the other, because they
 * are in a field of objects (lsm_info.initcall_late, run by security_initcall_late()). Models
 * say which. To rules and inference such a function is an initcall of its own, at the level
 * and position of the one that runs it (struct initcall, within and turn).
 */
#ifndef INITLINT_RULES_ENGINE_CONTEXT_FRAMEWORKS_H
#define INITLINT_RULES_ENGINE_CONTEXT_FRAMEWORKS_H

#include <stdbool.h>
#include <glib.h>

#include "db/query/query_facts.h"
#include "rules/engine/finding/input.h"
#include "rules/engine/files/model.h"

/*
 * The initcalls of @input with those of frameworks among them, in the order in which they run:
 * GArray of struct initcall, free with g_array_unref(). Strings belong to @facts and @input,
 * which must live as long.
 *
 * Where a model names a list in the configuration, only what is in it runs, in its order, and
 * what the model's rank puts before or behind it. Without a list, all run in link order.
 */
GArray *frameworks_expand(const struct facts *facts, const GPtrArray *models,
			  const struct rule_input *input);
/* Whether an initcall of @input runs those of a framework. */
bool frameworks_run(const GPtrArray *models, const struct rule_input *input);

#endif
