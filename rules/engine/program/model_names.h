/* SPDX-License-Identifier: GPL-2.0-only */
/* Finds the functions of a kernel that the names in models mean. */
#ifndef INITLINT_RULES_ENGINE_PROGRAM_MODEL_NAMES_H
#define INITLINT_RULES_ENGINE_PROGRAM_MODEL_NAMES_H

#include <glib.h>

#include "rules/engine/files/model.h"
#include "rules/engine/program/program.h"

/*
 * Returns the functions that @name means: GArray of int32_t, maybe empty. Free with
 * g_array_unref(). @name is the name of a function, the name of a macro (see program_named()), or
 * a pattern with "*".
 */
GArray *model_name_functions(const struct program *program, const char *name);

struct unknown_name {
	const struct model *model;
	const struct model_entry *entry;
	const char *name;
};

/*
 * Returns the names in @models that mean no function of the kernel: GArray of struct
 * unknown_name, which points into @models. Free with g_array_unref().
 *
 * An entry may list several spellings of one function. Its names are unknown only if the kernel
 * has none of them. The names of a "stops" entry are different functions: each counts alone.
 */
GArray *models_unknown(const struct program *program, const GPtrArray *models);

#endif
