/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Finds the functions that can return -EPROBE_DEFER. A function can return -EPROBE_DEFER if a
 * return statement of the function returns this number, or returns the result of another function
 * that can return -EPROBE_DEFER. Calls through pointers are not followed. Conditions are not
 * evaluated: each return statement counts.
 */
#ifndef INITLINT_RULES_ENGINE_CONTEXT_DEFER_H
#define INITLINT_RULES_ENGINE_CONTEXT_DEFER_H

#include "rules/engine/program/program.h"

struct defers;

/*
 * Analyses all functions of @program. @program must live as long as the result. Free with
 * defers_free().
 */
struct defers *defers_new(const struct program *program);
void defers_free(struct defers *defers);
typedef struct defers defers; /* g_autoptr() needs a type name of one word */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(defers, defers_free)

/*
 * Returns the length, in calls, of the shortest call chain from @function to a function that
 * returns -EPROBE_DEFER itself. The length is 0 if @function returns -EPROBE_DEFER itself. Returns
 * -1 if @function is not known to return -EPROBE_DEFER at all.
 */
int defers_distance(const struct defers *defers, int32_t function);

/*
 * One step of a call chain. On @line, @function returns the result of the function in the next
 * step. In the last step, @function returns -EPROBE_DEFER itself on @line.
 */
struct defer_step {
	int32_t function;
	uint32_t line;
};

/*
 * Returns the shortest call chain from @function to a function that returns -EPROBE_DEFER itself:
 * GArray of struct defer_step. The array is empty if defers_distance() of @function is -1. Free
 * with g_array_unref().
 */
GArray *defers_way(const struct defers *defers, int32_t function);

#endif
