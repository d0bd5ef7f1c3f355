/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * When during boot a function can first be called through a pointer: not before code has
 * run that hands it, or an object that holds it, to anybody. What no code hands out is in a
 * table that the linker makes, and is there from the start.
 *
 * Moments are numbers that grow; the walks that feed an activity must come in their order.
 */
#ifndef INITLINT_RULES_ENGINE_CONTEXT_ACTIVITY_H
#define INITLINT_RULES_ENGINE_CONTEXT_ACTIVITY_H

#include "rules/engine/program/program.h"

struct activity;

struct activity *activity_new(const struct program *program);
void activity_free(struct activity *activity);
typedef struct activity activity; /* g_autoptr() takes one word */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(activity, activity_free)

/* @function runs at @moment, and hands out what it names. */
void activity_run(struct activity *activity, int32_t function, uint32_t moment);
/* Whether a pointer to @function can be anywhere at @moment. */
bool activity_is_out(const struct activity *activity, int32_t function, uint32_t moment);

#endif
