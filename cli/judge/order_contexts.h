/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Functions that run during an initcall: the initcalls that a framework's initcall runs, and
 * the driver probes that run during the initcall.
 */
#ifndef INITLINT_CLI_JUDGE_ORDER_CONTEXTS_H
#define INITLINT_CLI_JUDGE_ORDER_CONTEXTS_H

#include "db/query/query.h"

struct order_contexts;

/* Analyses the whole program of @query, which must outlive the result. NULL on error. */
struct order_contexts *order_contexts_new(struct query *query, GError **error);
void order_contexts_free(struct order_contexts *contexts);
typedef struct order_contexts order_contexts; /* g_autoptr() takes one word */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(order_contexts, order_contexts_free)

/* One such function. Its strings live as long as the struct order_contexts. */
struct order_context {
	unsigned int position; /* position of the initcall during which the function runs */
	unsigned int turn;     /* order among the framework's initcalls, from 1; 0: a probe */
	const char *function;
	const char *file;
	unsigned int line;
	const char *of;	   /* the initcall that registers the probe, or runs the function */
	const char *waits; /* the provider for which the probe defers; NULL: none */
};

/* Returns all contexts in the order in which they run. Sets *@n to their number. */
const struct order_context *order_contexts_list(const struct order_contexts *contexts,
						unsigned int *n);

#endif
