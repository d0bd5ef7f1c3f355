/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Explains why one initcall runs before another: by level, by the link order of two objects, or by
 * place in one translation unit. For the link order, finds the two Makefile lines that decide it.
 */
#ifndef INITLINT_RULES_ENGINE_FINDING_ORDER_H
#define INITLINT_RULES_ENGINE_FINDING_ORDER_H

#include <stdbool.h>
#include <glib.h>

#include "db/query/query.h"

enum order_reason {
	ORDER_BY_LEVEL,
	ORDER_BY_LINK,	   /* same level, different objects: the link order decides */
	ORDER_WITHIN_UNIT, /* same level, same object */
	ORDER_WITHIN_RUN,  /* the same initcall runs both, or one of the two runs the second */
	ORDER_BY_CONSOLE,  /* one is a console initcall, which runs before all other initcalls */
	ORDER_SAME,	   /* both are the same initcall */
};

struct order {
	enum order_reason reason;
	bool a_first;
	/* For ORDER_BY_LINK: the Makefile lines where the paths to the objects diverge; or NULL. */
	const struct place *a_place;
	const struct place *b_place;
};

/* True if @a runs before @b. */
bool order_precedes(const struct initcall *a, const struct initcall *b);
struct order order_compare(const struct initcall *a, const struct initcall *b);
/* Returns one line of text, for example "level rootfs runs before 6s". Free with g_free(). */
char *order_explain(const struct initcall *a, const struct initcall *b);

/*
 * Explains why a probe that @initcall registers runs during @place. @deferred_by is the initcall
 * that the probe waits for, or NULL. Returns NULL if the probe runs during its registration. Free
 * with g_free().
 */
char *order_explain_probe(const struct initcall *initcall, const struct initcall *place,
			  const struct initcall *deferred_by);

#endif
