/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which functions can return -EPROBE_DEFER: those that say so themselves, and those that
 * hand on what such a function has returned. Calls through pointers are not followed, and
 * nothing is known of what other values decide.
 */
#ifndef INITLINT_RULES_ENGINE_CONTEXT_DEFER_H
#define INITLINT_RULES_ENGINE_CONTEXT_DEFER_H

#include "rules/engine/program/program.h"

struct defers;

/* @program must live as long as the result. */
struct defers *defers_new(const struct program *program);
void defers_free(struct defers *defers);
typedef struct defers defers; /* g_autoptr() takes one word */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(defers, defers_free)

/* Over how many calls @function gets it: 0, it says so itself; -1: not that it is known. */
int defers_distance(const struct defers *defers, int32_t function);

/* The line of a function on which it is said, or that hands on what the next one returned. */
struct defer_step {
	int32_t function;
	uint32_t line;
};

/*
 * The shortest way from @function to where it is said: GArray of struct defer_step, empty
 * if there is none. Free with g_array_unref().
 */
GArray *defers_way(const struct defers *defers, int32_t function);

#endif
