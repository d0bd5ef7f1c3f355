// SPDX-License-Identifier: GPL-2.0-only
/*
 * Finds the addresses of the symbols in kallsyms. The table of addresses has one of these places:
 * - Before kernel 6.4, kallsyms_relative_base and the number of names follow the table.
 * - Since kernel 6.4, the table follows the token index, and kallsyms_relative_base follows the
 *   table.
 * - Since the kernel's commit a081b5789255 ("kallsyms: Get rid of kallsyms relative base") of
 *   2026, the table still follows the token index, but there is no kallsyms_relative_base.
 * The table has no header, so this file finds the table by its contents: the addresses ascend.
 */
#include "analyzer/image/image_kallsyms_internal.h"

/* largest gap in bytes between the table of addresses and a neighbouring table of kallsyms */
#define MAX_GAP 32

/*
 * Returns the value of the entry at offset @at of @k->data. If the table has the kind @kind, the
 * values ascend from entry to entry. If @kind is OFFSETS_PERCPU, the entries of the per-CPU
 * variables are at the start of the table, and the value of each of these entries is 0.
 */
static gint64 value_at(const struct kallsyms *k, enum kallsyms_offsets_kind kind, gsize at)
{
	guint32 number = kallsyms_number(k, at);

	switch (kind) {
	case OFFSETS_DISTANCE:
		return (gint32)number + (gint64)at;
	case OFFSETS_PERCPU:
		return (gint32)number < 0 ? -1 - (gint64)(gint32)number : 0;
	default:
		return number;
	}
}

/*
 * Reads the table at @form->at into @offsets. Returns false if the bytes at @form->at cannot be a
 * table of the kind @form->kind, for example because the values do not ascend.
 */
static bool read_offsets(const struct kallsyms *k, guint32 *offsets,
			 const struct kallsyms_form *form)
{
	gint64 last = 0, first = 0;

	if (form->at + 4 * (gsize)k->count > k->n)
		return false;
	for (guint32 i = 0; i < k->count; i++) {
		gint64 value = value_at(k, form->kind, form->at + 4 * (gsize)i);

		if (i == 0)
			first = value;
		if (value < last || value < first || value - first > (gint64)KALLSYMS_SPAN)
			return false;
		last = value;
		offsets[i] = (guint32)(value - first);
	}
	/* A block of equal numbers passes the checks above, but is not the table of addresses. */
	return offsets[k->count - 1] >= k->count;
}

static bool try_at(const struct kallsyms *k, guint32 *offsets, struct kallsyms_form *form, gsize at,
		   enum kallsyms_offsets_kind kind)
{
	form->kind = kind;
	form->at = at;
	form->base_at = (at + 4 * (gsize)k->count + 7) & ~(gsize)7;
	return read_offsets(k, offsets, form);
}

bool kallsyms_offsets(const struct kallsyms *k, guint32 *offsets, struct kallsyms_form *form)
{
	gsize size = 4 * (gsize)k->count, after = (k->tables_end + 3) & ~(gsize)3;

	for (gsize pad = 0; pad <= MAX_GAP; pad += 4) {
		gsize before = k->count_at - MIN(k->count_at, size + pad);

		if (try_at(k, offsets, form, before, OFFSETS_BASE) ||
		    try_at(k, offsets, form, after + pad, OFFSETS_BASE) ||
		    try_at(k, offsets, form, after + pad, OFFSETS_DISTANCE) ||
		    try_at(k, offsets, form, before, OFFSETS_PERCPU) ||
		    try_at(k, offsets, form, after + pad, OFFSETS_PERCPU))
			return true;
	}
	return false;
}
