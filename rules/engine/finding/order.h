/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Explains why one initcall runs before another initcall: because of the levels, because of the
 * link order of two objects, or because of the sequence within one translation unit. If the link
 * order decides, finds the two Makefile lines that decide the link order.
 */
#ifndef INITLINT_RULES_ENGINE_FINDING_ORDER_H
#define INITLINT_RULES_ENGINE_FINDING_ORDER_H

#include <stdbool.h>
#include <glib.h>

#include "db/query/query.h"

/* The reason why @a or @b runs first. @a and @b are the arguments of order_compare(). */
enum order_reason {
	ORDER_BY_LEVEL,
	ORDER_BY_LINK,	   /* same level, different objects */
	ORDER_WITHIN_UNIT, /* same level, same object */
	/* a third initcall calls the functions of @a and @b, or @a calls @b, or @b calls @a */
	ORDER_WITHIN_RUN,
	ORDER_BY_CONSOLE, /* either @a or @b is a console initcall, and runs first */
	ORDER_SAME,	  /* @a and @b are the same initcall */
};

struct order {
	enum order_reason reason;
	bool a_first;
	/*
	 * Set if @reason is ORDER_BY_LINK. One path of Makefile lines leads from vmlinux to the
	 * object of @a, another path to the object of @b. @a_place and @b_place are the first lines
	 * at which the paths differ. NULL: @reason is not ORDER_BY_LINK, or one path is the
	 * beginning of the other path.
	 */
	const struct place *a_place;
	const struct place *b_place;
};

/*
 * Returns true if @a has a lower @position than @b, or an equal @position and a lower @turn.
 * Console initcalls have the highest positions, although they run first. This function ignores that
 * console initcalls run first; order_compare() does not.
 */
bool order_precedes(const struct initcall *a, const struct initcall *b);
/* Returns which of @a and @b runs first, and why. @a_first is false for ORDER_SAME. */
struct order order_compare(const struct initcall *a, const struct initcall *b);
/*
 * Returns the result of order_compare() as one line of text, for example "level rootfs runs before
 * 6s". Free with g_free().
 */
char *order_explain(const struct initcall *a, const struct initcall *b);

/*
 * @initcall registers a probe. Explains why the probe runs later, during @place. @deferred_by: the
 * probe returns -EPROBE_DEFER until this initcall has run; NULL: the probe is not deferred. Returns
 * NULL if the probe runs as soon as @initcall registers the probe. Free with g_free().
 */
char *order_explain_probe(const struct initcall *initcall, const struct initcall *place,
			  const struct initcall *deferred_by);

#endif
