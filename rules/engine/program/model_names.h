/* SPDX-License-Identifier: GPL-2.0-only */
/* The names of functions in models, against the functions that a kernel has. */
#ifndef INITLINT_RULES_ENGINE_PROGRAM_MODEL_NAMES_H
#define INITLINT_RULES_ENGINE_PROGRAM_MODEL_NAMES_H

#include <glib.h>

#include "rules/engine/files/model.h"
#include "rules/engine/program/program.h"

/*
 * The functions that @name means: by itself, by a macro (program_named()), or, with a "*" in
 * it, all that match. GArray of int32_t, maybe empty. Free with g_array_unref().
 */
GArray *model_name_functions(const struct program *program, const char *name);

struct unknown_name {
	const struct model *model;
	const struct model_entry *entry;
	const char *name;
};

/*
 * The names that no function has. Of an entry that lists several spellings of one function,
 * nothing is unknown as long as one of them is there; stops list functions of their own.
 * GArray of struct unknown_name. Free with g_array_unref().
 */
GArray *models_unknown(const struct program *program, const GPtrArray *models);

#endif
