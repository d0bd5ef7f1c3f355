// SPDX-License-Identifier: GPL-2.0-only
#include "rules/engine/finding/order_change.h"

#include <string.h>

#define NOWHERE G_MAXUINT

/*
 * @before and @after are the sequences of initcalls before and after the change. An initcall in
 * @before and an initcall in @after are partners if they count as the same initcall
 * (order_change.h).
 */
struct pairing {
	const GPtrArray *before;
	const GPtrArray *after;
	guint *was; /* was[i]: index in @before of the partner of after[i]; NOWHERE: no partner */
	guint *now; /* now[i]: index in @after of the partner of before[i]; NOWHERE: no partner */
};

void ordered_initcall_free(struct ordered_initcall *initcall)
{
	g_free(initcall->function);
	g_free(initcall->file);
	g_free(initcall);
}

static const struct ordered_initcall *at(const GPtrArray *list, guint i)
{
	return list->pdata[i];
}

static char *name_of(const struct ordered_initcall *initcall, bool with_file, guint n)
{
	return g_strdup_printf("%s\n%s\n%u", initcall->function, with_file ? initcall->file : "",
			       n);
}

/*
 * Returns a name for @initcall that is not in @used. The name ends with a number, because a
 * function may be registered as an initcall several times. Free with g_free().
 */
static char *unused_name(GHashTable *used, const struct ordered_initcall *initcall, bool with_file)
{
	for (guint n = 0;; n++) {
		char *name = name_of(initcall, with_file, n);

		if (!g_hash_table_contains(used, name))
			return name;
		g_free(name);
	}
}

/*
 * Pairs the initcalls that have no partner yet. Two initcalls become partners if they have the same
 * @function and, if @with_file is true, the same @file.
 */
static void pair(struct pairing *p, bool with_file)
{
	g_autoptr(GHashTable) places = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

	for (guint i = 0; i < p->before->len; i++)
		if (p->now[i] == NOWHERE)
			g_hash_table_insert(places,
					    unused_name(places, at(p->before, i), with_file),
					    GUINT_TO_POINTER(i));
	for (guint i = 0; i < p->after->len; i++) {
		gpointer place;
		char *name;

		if (p->was[i] != NOWHERE)
			continue;
		name = unused_name(seen, at(p->after, i), with_file);
		if (g_hash_table_lookup_extended(places, name, NULL, &place)) {
			p->was[i] = GPOINTER_TO_UINT(place);
			p->now[p->was[i]] = i;
		}
		g_hash_table_add(seen, name);
	}
}

/*
 * Decides which initcalls count as not moved. Sets steady[i] to true if p->after[i] counts as not
 * moved. If a change swaps two initcalls, either initcall could count as moved. As few initcalls as
 * possible must count as moved. So this function searches for the largest set of initcalls that
 * keep their levels and run in the same sequence before and after the change. The initcalls of this
 * set count as not moved. To find this set, the function leaves out the entries of p->was for
 * initcalls without a partner and for initcalls whose level changes. The set is then the longest
 * increasing subsequence of p->was.
 */
static void mark_steady(const struct pairing *p, bool *steady)
{
	guint n = p->after->len, length = 0, i;
	g_autofree guint *tails = g_new(guint, n + 1);
	g_autofree guint *previous = g_new(guint, n + 1);

	for (i = 0; i < n; i++) {
		guint low = 0, high = length;

		if (p->was[i] == NOWHERE ||
		    at(p->after, i)->level != at(p->before, p->was[i])->level)
			continue;
		while (low < high) {
			guint middle = (low + high) / 2;

			if (p->was[tails[middle]] < p->was[i])
				low = middle + 1;
			else
				high = middle;
		}
		previous[i] = low ? tails[low - 1] : NOWHERE;
		tails[low] = i;
		if (low == length)
			length++;
	}
	for (i = length ? tails[length - 1] : NOWHERE; i != NOWHERE; i = previous[i])
		steady[i] = true;
}

static void add(GArray *changes, enum order_change_kind kind, const struct ordered_initcall *before,
		const struct ordered_initcall *after)
{
	struct order_change change = { kind, before, after };

	g_array_append_val(changes, change);
}

static void add_paired(GArray *changes, const struct ordered_initcall *before,
		       const struct ordered_initcall *after, bool steady)
{
	if (before->level != after->level)
		add(changes, ORDER_LEVEL, before, after);
	else if (!steady)
		add(changes, ORDER_MOVED, before, after);
	else if (strcmp(before->file, after->file) != 0)
		add(changes, ORDER_RELOCATED, before, after);
}

GArray *order_changes(const GPtrArray *before, const GPtrArray *after)
{
	GArray *changes = g_array_new(FALSE, FALSE, sizeof(struct order_change));
	g_autofree guint *was = g_new(guint, after->len + 1);
	g_autofree guint *now = g_new(guint, before->len + 1);
	g_autofree bool *steady = g_new0(bool, after->len + 1);
	struct pairing p = { before, after, was, now };

	memset(was, 0xff, after->len * sizeof(*was));
	memset(now, 0xff, before->len * sizeof(*now));
	pair(&p, true);
	pair(&p, false);
	mark_steady(&p, steady);
	for (guint i = 0; i < before->len; i++)
		if (now[i] == NOWHERE)
			add(changes, ORDER_WENT, at(before, i), NULL);
	for (guint i = 0; i < after->len; i++) {
		if (was[i] == NOWHERE)
			add(changes, ORDER_CAME, NULL, at(after, i));
		else
			add_paired(changes, at(before, was[i]), at(after, i), steady[i]);
	}
	return changes;
}
