/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which functions reach certain others, by any edge. A walk that looks for these others skips
 * each function that reaches none of them.
 */
#ifndef INITLINT_RULES_ENGINE_CONTEXT_REACHABILITY_H
#define INITLINT_RULES_ENGINE_CONTEXT_REACHABILITY_H

#include "rules/engine/program/flow.h"
#include "rules/engine/program/program.h"

struct reachability;

/* Keeps no reference to @program and @flow. */
struct reachability *reachability_new(const struct program *program, const struct flow *flow);
void reachability_free(struct reachability *reachability);
typedef struct reachability reachability; /* g_autoptr() takes one word */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(reachability, reachability_free)

/* Sets to[f] for each function f that reaches a function with to[] set. */
void reachability_spread(const struct reachability *reachability, uint8_t *to);

#endif
