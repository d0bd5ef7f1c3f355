/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Finds the functions that reach given target functions, through calls of any kind (enum
 * edge_kind). A walk (walk.h) that looks for the targets can skip the functions that reach no
 * target.
 */
#ifndef INITLINT_RULES_ENGINE_CONTEXT_REACHABILITY_H
#define INITLINT_RULES_ENGINE_CONTEXT_REACHABILITY_H

#include "rules/engine/flow/flow.h"
#include "rules/engine/program/program.h"

struct reachability;

/* Keeps no reference to @program and @flow. Free with reachability_free(). */
struct reachability *reachability_new(const struct program *program, const struct flow *flow);
void reachability_free(struct reachability *reachability);
typedef struct reachability reachability; /* g_autoptr() needs a type name of one word */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(reachability, reachability_free)

/*
 * @to has one entry for each function. Before the call, the caller sets to[f] to 1 for each target
 * function f. Then reachability_spread() also sets to[f] to 1 for each function f that reaches a
 * target.
 */
void reachability_spread(const struct reachability *reachability, uint8_t *to);

#endif
