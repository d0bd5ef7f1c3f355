/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What runs at the place of an initcall beside itself: initcalls of a framework that it runs,
 * and the probes that take place in its run.
 */
#ifndef INITLINT_CLI_JUDGE_ORDER_CONTEXTS_H
#define INITLINT_CLI_JUDGE_ORDER_CONTEXTS_H

#include "db/query/query.h"

struct order_contexts;

/* Analyses the whole program of @query, which must live longer. */
struct order_contexts *order_contexts_new(struct query *query, GError **error);
void order_contexts_free(struct order_contexts *contexts);
typedef struct order_contexts order_contexts; /* g_autoptr() takes one word */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(order_contexts, order_contexts_free)

/* Something that runs there; strings live as long as the contexts. */
struct order_context {
	unsigned int position; /* of the initcall in whose run it takes place */
	unsigned int turn;     /* of an initcall of a framework, from 1; 0: a probe */
	const char *function;
	const char *file;
	unsigned int line;
	const char *of;	   /* the initcall that registers the probe, or runs the function */
	const char *waits; /* for what the probe waits with -EPROBE_DEFER; NULL: for nothing */
};

/* All of them in their order. */
const struct order_context *order_contexts_list(const struct order_contexts *contexts,
						unsigned int *n);

#endif
