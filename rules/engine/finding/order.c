// SPDX-License-Identifier: GPL-2.0-only
#include "rules/engine/finding/order.h"

#include <string.h>

/*
 * Returns the Makefile lines (struct place *) on the path from vmlinux to @place. The line of the
 * top Makefile comes first. The caller owns the array, but not the lines.
 */
static GPtrArray *place_path(const struct place *place)
{
	GPtrArray *path = g_ptr_array_new();

	for (; place; place = place->parent)
		g_ptr_array_insert(path, 0, (void *)place);
	return path;
}

static bool same_place(const struct place *a, const struct place *b)
{
	return a == b ||
	       (a->rank == b->rank && a->line == b->line && g_strcmp0(a->item, b->item) == 0 &&
		g_strcmp0(a->makefile, b->makefile) == 0);
}

/*
 * Sets @order->a_place and @order->b_place to the first Makefile lines at which the path to @a and
 * the path to @b differ. Sets nothing if one path is the beginning of the other path.
 */
static void find_divergence(struct order *order, const struct place *a, const struct place *b)
{
	g_autoptr(GPtrArray) a_path = place_path(a);
	g_autoptr(GPtrArray) b_path = place_path(b);

	for (unsigned int i = 0; i < a_path->len && i < b_path->len; i++) {
		if (same_place(a_path->pdata[i], b_path->pdata[i]))
			continue;
		order->a_place = a_path->pdata[i];
		order->b_place = b_path->pdata[i];
		return;
	}
}

bool order_precedes(const struct initcall *a, const struct initcall *b)
{
	return a->position != b->position ? a->position < b->position : a->turn < b->turn;
}

/*
 * If @initcall is an initcall of a framework (frameworks.h), returns the initcall that calls the
 * function of @initcall. Else returns @initcall.
 */
static const struct initcall *runner(const struct initcall *initcall)
{
	return initcall->within ? initcall->within : initcall;
}

struct order order_compare(const struct initcall *a, const struct initcall *b)
{
	struct order order = { .a_first = order_precedes(a, b) };

	if (a == b || (a->position == b->position && a->turn == b->turn)) {
		order.reason = ORDER_SAME;
		order.a_first = false;
	} else if (a->position == b->position) {
		order.reason = ORDER_WITHIN_RUN;
	} else if ((a->level == LEVEL_CON) != (b->level == LEVEL_CON)) {
		order.reason = ORDER_BY_CONSOLE;
		order.a_first = a->level == LEVEL_CON;
	} else if (a->level != b->level) {
		order.reason = ORDER_BY_LEVEL;
		order.a_first = a->level < b->level;
	} else if (runner(a)->object == runner(b)->object) {
		order.reason = ORDER_WITHIN_UNIT;
	} else {
		order.reason = ORDER_BY_LINK;
		find_divergence(&order, runner(a)->object->place, runner(b)->object->place);
	}
	return order;
}

static char *describe_line(const struct place *place)
{
	if (!place->makefile)
		return g_strdup("no single line");
	return g_strdup_printf("%s:%u", place->makefile, place->line);
}

static char *explain_places(const struct initcall *first, const struct initcall *second,
			    const struct place *first_place, const struct place *second_place)
{
	g_autofree char *first_line = describe_line(first_place);
	g_autofree char *second_line = describe_line(second_place);
	const char *level = initcall_level_name(first->level);

	/*
	 * In the Makefile, the item of @first_place comes after the item of @second_place. But
	 * @first is linked before @second. Only a head object can cause this: the kernel links head
	 * objects before all other objects.
	 */
	if (first_place->parent == second_place->parent && first_place->rank > second_place->rank)
		return g_strdup_printf("both at level %s; %s is linked before %s, although %s (%s) "
				       "comes after %s (%s): it is a head object",
				       level, first->object->path, second->object->path,
				       first_place->item, first_line, second_place->item,
				       second_line);
	return g_strdup_printf("both at level %s; %s is linked before %s (%s and %s)", level,
			       first_place->item, second_place->item, first_line, second_line);
}

static char *explain_link(const struct initcall *first, const struct initcall *second,
			  const struct place *first_place, const struct place *second_place)
{
	const char *level = initcall_level_name(first->level);

	if (first->object->kind == OBJECT_BUILTIN && second->object->kind != OBJECT_BUILTIN)
		return g_strdup_printf("both at level %s; %s is in a lib.a, linked after %s", level,
				       second->object->path, first->object->path);
	if (first_place && second_place)
		return explain_places(first, second, first_place, second_place);
	return g_strdup_printf("both at level %s; %s is linked before %s", level,
			       first->object->path, second->object->path);
}

static char *explain_unit(const struct initcall *first, const struct initcall *second)
{
	const char *level = initcall_level_name(first->level);

	/*
	 * On architectures where an initcall is a plain variable, gcc reverses the order of the
	 * initcalls in a file.
	 */
	if (first->seq > second->seq)
		return g_strdup_printf(
			"both at level %s in %s; %s:%u is after %s:%u, but the compiler "
			"of this configuration lays a file's initcalls out backwards",
			level, first->object->path, first->file, first->line, second->file,
			second->line);
	return g_strdup_printf("both at level %s in %s; %s:%u comes before %s:%u", level,
			       first->object->path, first->file, first->line, second->file,
			       second->line);
}

static char *explain_run(const struct initcall *first, const struct initcall *second)
{
	if (!first->within)
		return g_strdup_printf("%s runs %s", first->function, second->function);
	return g_strdup_printf("%s runs both, %s before %s", first->within->function,
			       first->function, second->function);
}

/*
 * If a framework runs @initcall, returns for example "security_initcall_late runs init_ima; ". Else
 * returns an empty string. Free with g_free().
 */
static char *explain_within(const struct initcall *initcall)
{
	return initcall->within ? g_strdup_printf("%s runs %s; ", initcall->within->function,
						  initcall->function)
				: g_strdup("");
}

static char *explain(const struct order *order, const struct initcall *a, const struct initcall *b)
{
	const struct initcall *first = runner(order->a_first ? a : b);
	const struct initcall *second = runner(order->a_first ? b : a);

	switch (order->reason) {
	case ORDER_SAME:
		return g_strdup("both are the same initcall");
	case ORDER_BY_CONSOLE:
		return g_strdup("console initcalls run before all others");
	case ORDER_BY_LEVEL:
		return g_strdup_printf("level %s runs before %s", initcall_level_name(first->level),
				       initcall_level_name(second->level));
	case ORDER_WITHIN_UNIT:
		return explain_unit(first, second);
	case ORDER_WITHIN_RUN:
		return order->a_first ? explain_run(a, b) : explain_run(b, a);
	case ORDER_BY_LINK:
		break;
	}
	return explain_link(first, second, order->a_first ? order->a_place : order->b_place,
			    order->a_first ? order->b_place : order->a_place);
}

char *order_explain(const struct initcall *a, const struct initcall *b)
{
	struct order order = order_compare(a, b);
	g_autofree char *of_a = explain_within(a), *of_b = explain_within(b);
	g_autofree char *text = explain(&order, a, b);

	if (order.reason == ORDER_WITHIN_RUN)
		return g_steal_pointer(&text);
	return g_strconcat(of_a, of_b, text, NULL);
}

char *order_explain_probe(const struct initcall *initcall, const struct initcall *place,
			  const struct initcall *deferred_by)
{
	if (deferred_by && place == deferred_by)
		return g_strdup_printf(
			"the probe of %s's driver returns -EPROBE_DEFER until %s (%s) "
			"has run, and is tried again some time after that",
			initcall->function, deferred_by->function,
			initcall_level_name(deferred_by->level));
	if (deferred_by)
		return g_strdup_printf(
			"the probe of %s's driver returns -EPROBE_DEFER until %s (%s) "
			"has run; %s (%s) is the first to try it again after that",
			initcall->function, deferred_by->function,
			initcall_level_name(deferred_by->level), place->function,
			initcall_level_name(place->level));
	if (place == initcall)
		return NULL;
	return g_strdup_printf("the probe of %s's driver runs when %s (%s) makes devices",
			       initcall->function, place->function,
			       initcall_level_name(place->level));
}
