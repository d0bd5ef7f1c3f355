/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Escape: from which moment of the boot a function can be called through a pointer. A function
 * escapes when code runs that passes or stores its address, or an object that holds it. The
 * address of a function that no code passes on is in a table that the linker makes. Such a
 * function has escaped from the start.
 *
 * Moments are numbers that grow. The walks that report what runs must come in their order.
 */
#ifndef INITLINT_RULES_ENGINE_CONTEXT_ESCAPE_H
#define INITLINT_RULES_ENGINE_CONTEXT_ESCAPE_H

#include "rules/engine/program/program.h"

struct escape;

struct escape *escape_new(const struct program *program);
void escape_free(struct escape *escape);
typedef struct escape escape; /* g_autoptr() takes one word */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(escape, escape_free)

/* @function runs at @moment. What it names escapes. */
void escape_run(struct escape *escape, int32_t function, uint32_t moment);
/* Whether @function has escaped by @moment. */
bool escape_has_happened(const struct escape *escape, int32_t function, uint32_t moment);

#endif
