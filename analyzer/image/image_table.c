// SPDX-License-Identifier: GPL-2.0-only
/*
 * The initcalls of a kernel without CONFIG_KALLSYMS_ALL, which has names for functions only. The
 * linker puts the entries of all initcalls into one table: an address for each function, or since
 * 4.19, with HAVE_ARCH_PREL32_RELOCATIONS, the distance from the entry to the function. The
 * table is known by this: its entries lead to the beginning of functions, most of them in
 * .init.text, and they are not sorted, as other tables of functions are. Console initcalls are
 * its last entries; the table does not tell where they begin.
 */
#include "analyzer/image/image_kallsyms_internal.h"

#include <string.h>

#define LEAST_ENTRIES 64
#define LEAST_INIT    256     /* symbols in .init.text */
#define PAGE	      0x1000u /* to which a kernel's address is aligned */
#define MOST_TEXT     G_GUINT64_CONSTANT(0x20000000)
#define SAMPLE	      16 /* words that tell a table of functions from chance */

enum entry_kind {
	ENTRY_DISTANCE,
	ENTRY_ADDRESS_32,
	ENTRY_ADDRESS_64,
	N_ENTRY_KINDS,
};

struct finder {
	const struct kallsyms *k;
	guint32 *places;       /* by symbol: its distance from the lowest address, sorted */
	guint8 *types;	       /* by symbol */
	GHashTable *by_place;  /* place -> symbol + 1 of a function there */
	guint8 *is_function;   /* by place / 2, a bit each */
	GArray *by_page[PAGE]; /* place % PAGE -> guint32, places of functions; or NULL */
	/* A place is the address of an entry's target, or its offset into the file, minus this. */
	guint64 base;
	guint32 init; /* place of the first function in .init.text */
};

struct run {
	gsize at; /* offset into the file */
	gsize n;
	gsize n_init; /* entries that lead into .init.text */
};

static guint64 word(const struct finder *f, gsize at)
{
	guint64 low = kallsyms_number(f->k, at), high = kallsyms_number(f->k, at + 4);

	return f->k->big_endian ? low << 32 | high : high << 32 | low;
}

/* Addresses as numbers from the lowest one on, or as distances from where each stands. */
static bool read_places(struct finder *f, gsize at, bool is_distance)
{
	guint32 count = f->k->count;
	gint64 last = 0, first = 0;

	if (at + 4 * (gsize)count > f->k->n)
		return false;
	for (guint32 i = 0; i < count; i++) {
		gint64 place = kallsyms_number(f->k, at + 4 * (gsize)i);

		if (is_distance)
			place = (gint32)place + (gint64)(at + 4 * (gsize)i);
		if (i == 0)
			first = place;
		if (place < last || place < first || place - first > (gint64)MOST_TEXT)
			return false;
		last = place;
		f->places[i] = (guint32)(place - first);
	}
	/* A run of equal numbers is sorted too. */
	return f->places[count - 1] >= count;
}

/*
 * The addresses stand before the number of names, with the lowest address between the two, or,
 * since 6.4, behind the tables of tokens. In newer kernels they are distances.
 */
static bool find_places(struct finder *f)
{
	gsize size = 4 * (gsize)f->k->count, behind = (f->k->tables_end + 3) & ~(gsize)3;

	for (gsize pad = 0; pad <= 32; pad += 4)
		if (read_places(f, f->k->count_at - MIN(f->k->count_at, size + pad), false) ||
		    read_places(f, behind + pad, false) || read_places(f, behind + pad, true))
			return true;
	return false;
}

static void take_type(void *data, guint32 index, char type, const char *name)
{
	struct finder *f = data;

	(void)name;
	f->types[index] = (guint8)type;
}

/*
 * Between .text and .init.text stands data, which has no names here. A few marks of sections may
 * stand far behind.
 */
static void find_init(struct finder *f)
{
	guint32 gap = 0;

	for (guint32 i = f->k->count / 2; i + LEAST_INIT < f->k->count; i++)
		if (f->places[i] - f->places[i - 1] > gap) {
			gap = f->places[i] - f->places[i - 1];
			f->init = f->places[i];
		}
}

static void take_functions(struct finder *f)
{
	GArray **page;

	for (guint32 i = 0; i < f->k->count; i++) {
		if (!strchr("tTwW", f->types[i]))
			continue;
		page = &f->by_page[f->places[i] % PAGE];
		if (!*page)
			*page = g_array_new(FALSE, FALSE, sizeof(guint32));
		g_array_append_val(*page, f->places[i]);
		f->is_function[f->places[i] / 16] |= (guint8)(1 << (f->places[i] / 2 % 8));
		g_hash_table_insert(f->by_place, GUINT_TO_POINTER(f->places[i]),
				    GUINT_TO_POINTER(i + 1));
	}
}

static gsize width_of(enum entry_kind kind)
{
	return kind == ENTRY_ADDRESS_64 ? 8 : 4;
}

/* Where the entry at @at leads to: an address, or an offset into the file. */
static guint64 address(const struct finder *f, enum entry_kind kind, gsize at)
{
	if (kind == ENTRY_DISTANCE)
		return at + (guint64)(gint64)(gint32)kallsyms_number(f->k, at);
	return kind == ENTRY_ADDRESS_32 ? kallsyms_number(f->k, at) : word(f, at);
}

/* The place of the function that the entry at @at leads to; -1: to none. */
static gint64 target(const struct finder *f, enum entry_kind kind, gsize at)
{
	guint64 place = address(f, kind, at) - f->base;

	if (place > f->places[f->k->count - 1] || place % 2)
		return -1;
	return f->is_function[place / 16] & 1 << (place / 2 % 8) ? (gint64)place : -1;
}

static bool all_lead(const struct finder *f, enum entry_kind kind, gsize at)
{
	for (int i = 0; i < SAMPLE; i++, at += width_of(kind))
		if (target(f, kind, at) < 0)
			return false;
	return true;
}

/* Whether a sample of words from @at on can be addresses of functions: different, but near. */
static bool are_near(const struct finder *f, enum entry_kind kind, gsize at)
{
	guint64 first = address(f, kind, at), last = 0;

	for (int i = 0; i < SAMPLE; i++, at += width_of(kind)) {
		guint64 next = address(f, kind, at);

		/* Unsigned: true for a difference of more than MOST_TEXT up or down. */
		if (next == last || next - first + MOST_TEXT > 2 * MOST_TEXT)
			return false;
		last = next;
	}
	return true;
}

/*
 * Finds the base: the one by which a sample of words leads to functions. The kernel begins at a
 * page, in memory and in the file, so only functions at the same offset in a page are tried.
 */
static bool find_base(struct finder *f, enum entry_kind kind)
{
	gsize width = width_of(kind);

	for (gsize at = 0; at + SAMPLE * width <= f->k->n; at += width) {
		guint64 first = address(f, kind, at);
		const GArray *page = f->by_page[first & (PAGE - 1)];

		if (!page || !are_near(f, kind, at))
			continue;
		for (guint i = 0; i < page->len; i++) {
			f->base = first - g_array_index(page, guint32, i);
			if (all_lead(f, kind, at))
				return true;
		}
	}
	return false;
}

/* The run that begins at @at, up to the first entry that leads to no function. */
static struct run run_at(const struct finder *f, enum entry_kind kind, gsize at)
{
	struct run run = { .at = at };
	gint64 place, last = -1;
	gsize n_down = 0;

	for (; at + 8 <= f->k->n && (place = target(f, kind, at)) >= 0; at += width_of(kind)) {
		run.n++;
		run.n_init += place >= f->init;
		n_down += place < last;
		last = place;
	}
	if (run.n < LEAST_ENTRIES || n_down < run.n / 64 || run.n_init < run.n / 2)
		run.n_init = 0;
	return run;
}

/* The best run of the whole file. find_base() has set the base. */
static struct run find_run(const struct finder *f, enum entry_kind kind)
{
	gsize width = width_of(kind);
	struct run best = { 0 };

	for (gsize at = 0; at + 8 <= f->k->n;) {
		struct run run = run_at(f, kind, at);

		if (run.n_init > best.n_init)
			best = run;
		at += width * (run.n + 1);
	}
	return best;
}

/* @data: symbol + 1 -> its name, once it is seen. */
static void take_name(void *data, guint32 index, char type, const char *name)
{
	GHashTable *wanted = data;
	gpointer key = GUINT_TO_POINTER(index + 1);

	(void)type;
	if (g_hash_table_contains(wanted, key))
		g_hash_table_insert(wanted, key, g_strdup(name));
}

static void add_run(const struct finder *f, const struct run *run, enum entry_kind kind,
		    struct image_builder *builder)
{
	g_autoptr(GHashTable) wanted = g_hash_table_new_full(NULL, NULL, NULL, g_free);
	g_autofree gpointer *symbols = g_new(gpointer, run->n);

	for (gsize i = 0; i < run->n; i++) {
		gint64 place = target(f, kind, run->at + i * width_of(kind));

		symbols[i] = g_hash_table_lookup(f->by_place, GUINT_TO_POINTER((guint)place));
		g_hash_table_insert(wanted, symbols[i], NULL);
	}
	kallsyms_each(f->k, take_name, wanted);
	for (gsize i = 0; i < run->n; i++)
		image_add(builder, LEVEL_NONE, g_strdup(g_hash_table_lookup(wanted, symbols[i])),
			  NULL, 0, (unsigned int)i + 1);
}

static bool read_table(struct finder *f, struct image_builder *builder)
{
	enum entry_kind kind = 0;
	struct run run = { 0 };

	if (!find_places(f))
		return false;
	kallsyms_each(f->k, take_type, f);
	f->is_function = g_new0(guint8, f->places[f->k->count - 1] / 16 + 1);
	take_functions(f);
	find_init(f);
	for (; kind < N_ENTRY_KINDS; kind++) {
		if (find_base(f, kind))
			run = find_run(f, kind);
		if (run.n_init)
			break;
	}
	if (!run.n_init)
		return false;
	add_run(f, &run, kind, builder);
	return true;
}

bool image_read_table(const struct kallsyms *k, struct image_builder *builder)
{
	struct finder f = {
		.k = k,
		.places = g_new0(guint32, k->count),
		.types = g_new0(guint8, k->count),
		.by_place = g_hash_table_new(NULL, NULL),
	};
	bool found = read_table(&f, builder);

	g_free(f.places);
	g_free(f.types);
	g_free(f.is_function);
	g_hash_table_unref(f.by_place);
	for (gsize i = 0; i < PAGE; i++)
		g_clear_pointer(&f.by_page[i], g_array_unref);
	return found;
}
