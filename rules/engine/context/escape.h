/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Escape analysis finds the moment of the boot from which a function can be called through a
 * pointer. A function escapes when the boot runs code that passes, stores or returns the
 * function's address. An object is a variable. An object escapes when the boot runs code that
 * names the object. When an object escapes, the functions and objects whose addresses are in its
 * static initialiser escape, too. If no code names an object, the analysis assumes that the object
 * is in a table that the linker builds. The objects and functions in a linker table escape at
 * moment 0.
 *
 * A moment is the number of a context (context.h) in the running order, from 1. From one call of
 * escape_run() to the next, @moment must not decrease.
 */
#ifndef INITLINT_RULES_ENGINE_CONTEXT_ESCAPE_H
#define INITLINT_RULES_ENGINE_CONTEXT_ESCAPE_H

#include "rules/engine/program/program.h"

struct escape;

/*
 * In the result, only the objects and functions in linker tables have escaped. @program must live
 * as long as the result. Free with escape_free().
 */
struct escape *escape_new(const struct program *program);
void escape_free(struct escape *escape);
typedef struct escape escape; /* g_autoptr() needs a type name of one word */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(escape, escape_free)

/*
 * Tells @escape that @function runs at @moment. The functions whose addresses @function passes,
 * stores or returns escape at @moment, and so do the objects that @function names. Only the first
 * call for a function has an effect.
 */
void escape_run(struct escape *escape, int32_t function, uint32_t moment);
/* True if @function escapes at @moment or earlier. */
bool escape_has_happened(const struct escape *escape, int32_t function, uint32_t moment);
/*
 * Returns the moment at which the object @symbol escapes. UINT32_MAX: the object does not escape.
 */
uint32_t escape_object_since(const struct escape *escape, int32_t symbol);

#endif
