/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Tells which functions a walk (walk.h) does not enter. The code of these functions does not matter
 * for the order of initcalls. A walk skips functions that no boot runs. A walk also skips functions
 * that a model selects by name or by attribute. For example, a section attribute selects the
 * functions of the scheduler. A model may also name the type of a parameter, such as gfp_t. The
 * type selects chains of calls in which each function has a parameter of this type. A walk enters
 * only the first few functions of a selected chain.
 */
#ifndef INITLINT_RULES_ENGINE_CONTEXT_STOPS_H
#define INITLINT_RULES_ENGINE_CONTEXT_STOPS_H

#include <glib.h>

#include "rules/engine/files/model.h"
#include "rules/engine/program/program.h"

struct stops {
	uint8_t *stopped; /* by function: true if a walk does not enter the function */
	/*
	 * depth[f]: a walk enters function f only if f is among the first depth[f] functions of a
	 * selected chain. 0: no model limits f.
	 */
	uint8_t *depth;
	/*
	 * Set of calls through which an initcall runs the initcalls of a framework (frameworks.h).
	 * The element for facts->calls[c] is GUINT_TO_POINTER(c + 1). A walk does not follow these
	 * calls, because the initcalls of a framework have contexts of their own.
	 */
	GHashTable *runs;
};

/*
 * Fills @stops from @program and @models (struct model *). Keeps no reference to @program and
 * @models. Free the contents of @stops with stops_clear().
 */
void stops_init(struct stops *stops, const struct program *program, const GPtrArray *models);
void stops_clear(struct stops *stops);

#endif
