/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Compares two sequences of initcalls, before and after a change of the kernel. Reports which
 * initcalls are added, removed, at another level than before, or moved within their level.
 *
 * An initcall before the change and an initcall after the change count as the same initcall if
 * their functions and files are equal. The remaining initcalls are matched by function only,
 * because a patch may move a function to another file.
 *
 * If an initcall is added or removed, the positions of all later initcalls change. These later
 * initcalls do not count as moved.
 */
#ifndef INITLINT_RULES_ENGINE_FINDING_ORDER_CHANGE_H
#define INITLINT_RULES_ENGINE_FINDING_ORDER_CHANGE_H

#include <glib.h>

#include "db/facts.h"

/* A copy of an initcall. The copy owns its strings, so it does not depend on a database. */
struct ordered_initcall {
	char *function;
	char *file;
	enum initcall_level level;
	unsigned int line;
	unsigned int position;
};

enum order_change_kind {
	ORDER_CAME,	/* the initcall exists only after the change */
	ORDER_WENT,	/* the initcall exists only before the change */
	ORDER_LEVEL,	/* the initcall runs at another level than before */
	ORDER_MOVED,	/* the level is the same, but the sequence within the level is not */
	ORDER_RELOCATED /* the initcall is in another file; level and sequence are the same */
};

struct order_change {
	enum order_change_kind kind;
	const struct ordered_initcall *before; /* NULL for ORDER_CAME */
	const struct ordered_initcall *after;  /* NULL for ORDER_WENT */
};

void ordered_initcall_free(struct ordered_initcall *initcall);

/*
 * @before and @after are arrays of struct ordered_initcall *, in execution order. Returns an array
 * of struct order_change. First come the changes of kind ORDER_WENT, in the order of @before. Then
 * come all other changes, in the order of @after. Reports as few moved initcalls as possible. The
 * result points to the initcalls of @before and @after. Free with g_array_unref().
 */
GArray *order_changes(const GPtrArray *before, const GPtrArray *after);

#endif
