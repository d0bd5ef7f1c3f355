/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Finds the functions that can return -EPROBE_DEFER. A function returns the number itself, or
 * passes on the result of such a function. Calls through pointers are not followed. Conditions
 * are not evaluated: each return statement counts.
 */
#ifndef INITLINT_RULES_ENGINE_CONTEXT_DEFER_H
#define INITLINT_RULES_ENGINE_CONTEXT_DEFER_H

#include "rules/engine/program/program.h"

struct defers;

/* @program must live as long as the result. Free with defers_free(). */
struct defers *defers_new(const struct program *program);
void defers_free(struct defers *defers);
typedef struct defers defers; /* g_autoptr() needs a type name of one word */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(defers, defers_free)

/*
 * Returns the number of calls from @function to a function that returns -EPROBE_DEFER itself. 0:
 * @function returns -EPROBE_DEFER itself. -1: @function is not known to return -EPROBE_DEFER.
 */
int defers_distance(const struct defers *defers, int32_t function);

/*
 * One function of a call chain. @line returns -EPROBE_DEFER, or passes on the result of the
 * function in the next step.
 */
struct defer_step {
	int32_t function;
	uint32_t line;
};

/*
 * Returns the shortest call chain from @function to a function that returns -EPROBE_DEFER itself:
 * GArray of struct defer_step, empty if there is none. Free with g_array_unref().
 */
GArray *defers_way(const struct defers *defers, int32_t function);

#endif
