/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What has become of the sequence of initcalls: which came, which went, which run at
 * another level or on the other side of others. Initcalls are told apart by function
 * and file; that all move up by one when one goes is no change.
 */
#ifndef INITLINT_RULES_ENGINE_FINDING_ORDER_CHANGE_H
#define INITLINT_RULES_ENGINE_FINDING_ORDER_CHANGE_H

#include <glib.h>

#include "db/facts.h"

/* An initcall that outlives its database. */
struct ordered_initcall {
	char *function;
	char *file;
	enum initcall_level level;
	unsigned int line;
	unsigned int position;
};

enum order_change_kind {
	ORDER_CAME,
	ORDER_WENT,
	ORDER_LEVEL,	/* runs at another level */
	ORDER_MOVED,	/* runs elsewhere among those of its level */
	ORDER_RELOCATED /* is in another file now; level and neighbours are as before */
};

struct order_change {
	enum order_change_kind kind;
	const struct ordered_initcall *before; /* NULL: came */
	const struct ordered_initcall *after;  /* NULL: went */
};

void ordered_initcall_free(struct ordered_initcall *initcall);

/*
 * @before and @after: struct ordered_initcall *, in execution order. Of those that changed
 * sides the fewest are told that explain it. The result points into both; free with
 * g_array_unref().
 */
GArray *order_changes(const GPtrArray *before, const GPtrArray *after);

#endif
