/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Functions at which the walk through the code ends. Models select these functions in three ways:
 * by name, by attribute (such as the section of the scheduler), or by the type of a parameter
 * (such as gfp_t). The walk enters only the first few functions of a chain that passes a parameter
 * of this type on.
 */
#ifndef INITLINT_RULES_ENGINE_CONTEXT_STOPS_H
#define INITLINT_RULES_ENGINE_CONTEXT_STOPS_H

#include <glib.h>

#include "rules/engine/files/model.h"
#include "rules/engine/program/program.h"

struct stops {
	uint8_t *stopped; /* by function: the walk does not enter it */
	/*
	 * By function: the limit for a chain of functions that pass a parameter of this type on.
	 * The walk enters this many functions of the chain. 0: the function has no such parameter.
	 */
	uint8_t *depth;
	/*
	 * Set of calls (index + 1, as pointer) by which an initcall runs the initcalls of a
	 * framework. The walk does not follow such a call: its targets have their own contexts.
	 */
	GHashTable *runs;
};

/* @models: struct model *. Keeps no reference to its arguments. Free with stops_clear(). */
void stops_init(struct stops *stops, const struct program *program, const GPtrArray *models);
void stops_clear(struct stops *stops);

#endif
