/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Tells which functions a walk (walk.h) does not enter, because their code does not matter for the
 * order. These are all functions that no boot runs, and all functions that a model selects by name
 * or by attribute (such as the section of the scheduler). A model may also name the type of a
 * parameter, such as gfp_t. The type selects chains of calls in which each function has a parameter
 * of this type. A walk enters only the first few functions of a selected chain.
 */
#ifndef INITLINT_RULES_ENGINE_CONTEXT_STOPS_H
#define INITLINT_RULES_ENGINE_CONTEXT_STOPS_H

#include <glib.h>

#include "rules/engine/files/model.h"
#include "rules/engine/program/program.h"

struct stops {
	uint8_t *stopped; /* by function: true if a walk does not enter the function */
	/*
	 * By function: a walk enters only this many functions of a selected chain in which the
	 * function is. 0: the function is in no selected chain.
	 */
	uint8_t *depth;
	/*
	 * Set of calls: the index into facts->calls + 1, as pointer. Through these calls, an
	 * initcall runs the initcalls of a framework (frameworks.h). A walk does not follow these
	 * calls, because the called functions have contexts of their own.
	 */
	GHashTable *runs;
};

/*
 * Fills @stops from @program and @models (struct model *), and keeps no reference to them. Free the
 * contents of @stops with stops_clear().
 */
void stops_init(struct stops *stops, const struct program *program, const GPtrArray *models);
void stops_clear(struct stops *stops);

#endif
