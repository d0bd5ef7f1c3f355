/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Functions that run during an initcall, in addition to the function of the initcall itself. There
 * are two kinds: driver probes, and functions that a framework runs. A framework is kernel code
 * that runs a list of functions from one initcall, such as the security framework (LSM).
 */
#ifndef INITLINT_CLI_JUDGE_ORDER_CONTEXTS_H
#define INITLINT_CLI_JUDGE_ORDER_CONTEXTS_H

#include "db/query/query.h"

struct order_contexts;

/*
 * Analyses the whole program in the database of @query. @query must outlive the result. Returns
 * NULL on error. Free with order_contexts_free().
 */
struct order_contexts *order_contexts_new(struct query *query, GError **error);
void order_contexts_free(struct order_contexts *contexts);
typedef struct order_contexts order_contexts; /* g_autoptr() needs a type name of one word */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(order_contexts, order_contexts_free)

/*
 * A probe, or a function that a framework runs. The strings live as long as the struct
 * order_contexts.
 */
struct order_context {
	unsigned int position; /* position of the initcall during which @function runs */
	/*
	 * 1: the first function that the framework runs, 2: the second function ...; 0: @function
	 * is a probe
	 */
	unsigned int turn;
	const char *function;
	const char *file;
	unsigned int line;
	/* name of the initcall that registers the probe or runs the framework */
	const char *of;
	const char *waits; /* the provider that a deferred probe waits for; NULL: none */
};

/*
 * Returns an array of all functions in @contexts, in the order in which the functions run. Sets *@n
 * to the number of functions. @contexts owns the array.
 */
const struct order_context *order_contexts_list(const struct order_contexts *contexts,
						unsigned int *n);

#endif
