/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Where the walk through the code ends, as models say: at functions by name, at functions by
 * an attribute (the section of those that sleep, for one), and at functions with a parameter
 * of a type (gfp_t) that several of such functions have handed on to each other.
 */
#ifndef INITLINT_RULES_ENGINE_CONTEXT_STOPS_H
#define INITLINT_RULES_ENGINE_CONTEXT_STOPS_H

#include <glib.h>

#include "rules/engine/files/model.h"
#include "rules/engine/program/program.h"

struct stops {
	uint8_t *stopped; /* by function: its inside does not matter */
	/*
	 * By function: how many functions of a chain of such, this one last, may be entered. 0:
	 * it is in no such chain.
	 */
	uint8_t *depth;
	/*
	 * Calls (index + 1, as pointer) by which an initcall runs functions that are initcalls of
	 * a framework: these have contexts of their own.
	 */
	GHashTable *runs;
};

/* Of @models (struct model *). */
void stops_init(struct stops *stops, const struct program *program, const GPtrArray *models);
void stops_clear(struct stops *stops);

#endif
