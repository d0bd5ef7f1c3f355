/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which functions lead to some others, by any edge: a walk in search of these need not look
 * into the rest.
 */
#ifndef INITLINT_RULES_ENGINE_CONTEXT_LEADING_H
#define INITLINT_RULES_ENGINE_CONTEXT_LEADING_H

#include "rules/engine/program/flow.h"
#include "rules/engine/program/program.h"

struct leading;

/* Keeps nothing of what it is given. */
struct leading *leading_new(const struct program *program, const struct flow *flow);
void leading_free(struct leading *leading);
typedef struct leading leading; /* g_autoptr() takes one word */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(leading, leading_free)

/* Sets to[f] for each function f that leads to one with to[]. */
void leading_spread(const struct leading *leading, uint8_t *to);

#endif
