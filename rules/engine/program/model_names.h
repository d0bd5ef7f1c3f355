/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Models contain names of functions and fields. Finds the functions and fields of the kernel that
 * have these names.
 */
#ifndef INITLINT_RULES_ENGINE_PROGRAM_MODEL_NAMES_H
#define INITLINT_RULES_ENGINE_PROGRAM_MODEL_NAMES_H

#include <glib.h>

#include "rules/engine/files/model.h"
#include "rules/engine/program/program.h"

/*
 * Returns the functions that @name selects: GArray of int32_t (indexes into facts->functions). The
 * array may be empty. Free with g_array_unref(). @name is the name of a function, the name of a
 * macro (see program_named()), or a pattern with "*".
 */
GArray *model_name_functions(const struct program *program, const char *name);

/*
 * Sets fields[f] to 1 for each field f of @facts that a pattern in @patterns matches. Leaves the
 * other elements as they are. @fields has one element for each field. The patterns are GLib
 * patterns with "*". @patterns ends with NULL. If @patterns is NULL, does nothing.
 */
void model_mark_fields(const struct facts *facts, char **patterns, uint8_t *fields);

/*
 * Returns an array, by field of @facts: 1 if a pattern of an entry of @kind in @models (struct model
 * *) matches the field; else 0. Free with g_free().
 */
uint8_t *models_fields(const struct facts *facts, const GPtrArray *models, enum model_kind kind);

struct unknown_name {
	const struct model *model;
	const struct model_entry *entry;
	const char *name;
};

/*
 * A name in a model is unknown if it selects no function of the kernel. Returns the unknown names
 * in @models: GArray of struct unknown_name. The elements point into @models. Free with
 * g_array_unref().
 *
 * In an entry of kind "stops", the names stand for different functions. So the result contains each
 * unknown name. In an entry of another kind, the names are old and new names of one function. So
 * the result contains the names of this entry only if all names of the entry are unknown.
 */
GArray *models_unknown(const struct program *program, const GPtrArray *models);

#endif
