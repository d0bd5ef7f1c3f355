/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Compares two sequences of initcalls: which initcalls came or went, which have another level, and
 * which moved within their level. Function and file identify an initcall. If an initcall goes, the
 * positions of all later initcalls decrease by one. That is not a change.
 */
#ifndef INITLINT_RULES_ENGINE_FINDING_ORDER_CHANGE_H
#define INITLINT_RULES_ENGINE_FINDING_ORDER_CHANGE_H

#include <glib.h>

#include "db/facts.h"

/* A copy of an initcall. It does not depend on a database and owns its strings. */
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
	ORDER_LEVEL,	/* the initcall runs at another level */
	ORDER_MOVED,	/* the initcall runs at another place in the same level */
	ORDER_RELOCATED /* the initcall is in another file, with the same place in the order */
};

struct order_change {
	enum order_change_kind kind;
	const struct ordered_initcall *before; /* NULL: the initcall came */
	const struct ordered_initcall *after;  /* NULL: the initcall went */
};

void ordered_initcall_free(struct ordered_initcall *initcall);

/*
 * @before and @after: struct ordered_initcall *, in execution order. Returns struct order_change.
 * Reports the smallest number of moved initcalls that explains the new order. The result points
 * into @before and @after. Free with g_array_unref().
 */
GArray *order_changes(const GPtrArray *before, const GPtrArray *after);

#endif
