/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Escape analysis finds the moment of the boot from which a function can be called through a
 * pointer. A function escapes when code runs that passes or stores its address, or the address of
 * an object that holds it. An object that no code names is in a table that the linker makes. The
 * functions in such an object have escaped from the start.
 *
 * A moment is the number of a context in the running order (struct contexts). Call escape_run()
 * with moments that never decrease.
 */
#ifndef INITLINT_RULES_ENGINE_CONTEXT_ESCAPE_H
#define INITLINT_RULES_ENGINE_CONTEXT_ESCAPE_H

#include "rules/engine/program/program.h"

struct escape;

/* @program must live as long as the result. Free with escape_free(). */
struct escape *escape_new(const struct program *program);
void escape_free(struct escape *escape);
typedef struct escape escape; /* g_autoptr() needs a type name of one word */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(escape, escape_free)

/* @function runs at @moment. The functions and objects that @function names escape. */
void escape_run(struct escape *escape, int32_t function, uint32_t moment);
/* True if @function has escaped by @moment. */
bool escape_has_happened(const struct escape *escape, int32_t function, uint32_t moment);

#endif
