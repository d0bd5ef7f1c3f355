/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Why one initcall runs before another: by level, by the link order of two objects
 * (the two Makefile lines that decide it), or by place in one translation unit.
 */
#ifndef INITLINT_RULES_ENGINE_FINDING_ORDER_H
#define INITLINT_RULES_ENGINE_FINDING_ORDER_H

#include <stdbool.h>
#include <glib.h>

#include "db/query/query.h"

enum order_reason {
	ORDER_BY_LEVEL,
	ORDER_BY_LINK,	   /* same level, different objects: an accident of link order */
	ORDER_WITHIN_UNIT, /* same level, same object */
	ORDER_WITHIN_RUN,  /* one initcall runs both, or one of them is that initcall */
	ORDER_BY_CONSOLE,  /* one is a console initcall: run before all others */
	ORDER_SAME,	   /* the very same initcall */
};

struct order {
	enum order_reason reason;
	bool a_first;
	/* ORDER_BY_LINK: the two lines in the Makefile where their ways part; may be NULL. */
	const struct place *a_place;
	const struct place *b_place;
};

/* Whether @a runs before @b. */
bool order_precedes(const struct initcall *a, const struct initcall *b);
struct order order_compare(const struct initcall *a, const struct initcall *b);
/* One line of prose: "level rootfs runs before 6s", "drivers/Makefile:12 ...". Free with g_free(). */
char *order_explain(const struct initcall *a, const struct initcall *b);

/*
 * Why a probe that @initcall registers runs in @place: NULL if it runs in the registration.
 * @deferred_by: what it waits for; NULL if it does not. Free with g_free().
 */
char *order_explain_probe(const struct initcall *initcall, const struct initcall *place,
			  const struct initcall *deferred_by);

#endif
