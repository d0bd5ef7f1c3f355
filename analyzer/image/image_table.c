// SPDX-License-Identifier: GPL-2.0-only
/*
 * Reads the initcalls of a kernel without CONFIG_KALLSYMS_ALL. In such a kernel, kallsyms (the
 * symbol names in the kernel) names functions only. The linker puts all initcalls into one table.
 * Each entry of the table refers to a function. Before kernel 4.19, each entry is the address of
 * the function. Since kernel 4.19, the architecture decides:
 * - With HAVE_ARCH_PREL32_RELOCATIONS, each entry is the distance in bytes from the entry to the
 *   function.
 * - Without HAVE_ARCH_PREL32_RELOCATIONS, each entry is the address of the function.
 *
 * The table has no symbol, so this file finds the table by its contents. Each entry refers to the
 * beginning of a function. Most of these functions are in .init.text. The entries are not sorted by
 * the addresses of the functions, while other tables of functions are sorted. The console initcalls
 * are the last entries, but nothing marks the first console initcall.
 *
 * In this file, the offset of a symbol is the address of the symbol minus the lowest address of all
 * symbols. A file position is the number of a byte in the file, from 0. A run is a sequence of
 * consecutive entries that all refer to functions.
 */
#include "analyzer/image/image_kallsyms_internal.h"

#include <string.h>

#define MIN_ENTRIES 64
#define MIN_INIT    256	    /* smallest number of symbols in .init.text */
#define PAGE	    0x1000u /* a kernel begins at a multiple of PAGE bytes */
#define SAMPLE	    16	    /* 16 consecutive entries that refer to functions are no coincidence */

/* What an entry of the table of initcalls contains. */
enum entry_kind {
	ENTRY_DISTANCE, /* the distance in bytes from the entry to the function, 32 bits */
	ENTRY_ADDRESS_32,
	ENTRY_ADDRESS_64,
	N_ENTRY_KINDS,
};

struct finder {
	const struct kallsyms *k;
	guint32 *offsets;      /* offset of each symbol, ascending */
	guint8 *types;	       /* type of each symbol, as in nm's output */
	GHashTable *by_offset; /* offset -> 1 + index of a function with this offset */
	guint8 *is_function;   /* bitmap: bit n is set if a function has the offset 2 * n */
	/* by_page[i]: offsets (guint32) of all functions with offset % PAGE == i; NULL: none */
	GArray *by_page[PAGE];
	/*
	 * ENTRY_ADDRESS_32 and ENTRY_ADDRESS_64: the lowest address of all symbols.
	 * ENTRY_DISTANCE: the file position of the symbol with the lowest address.
	 */
	guint64 base;
	guint32 init; /* offset of the first function in .init.text */
};

/* A sequence of consecutive entries that all refer to functions. */
struct run {
	gsize at; /* file position of the first entry */
	gsize n;  /* number of entries */
	/*
	 * number of entries that refer to a function in .init.text; 0: the run cannot be the table
	 * of initcalls
	 */
	gsize n_init;
};

static guint64 number_64(const struct finder *f, gsize at)
{
	guint64 low = kallsyms_number(f->k, at), high = kallsyms_number(f->k, at + 4);

	return f->k->big_endian ? low << 32 | high : high << 32 | low;
}

static void store_type(void *data, guint32 index, char type, const char *name)
{
	struct finder *f = data;

	(void)name;
	f->types[index] = (guint8)type;
}

/*
 * Sets @f->init. Data lies between .text and .init.text, and kallsyms of this kernel does not name
 * data. So the largest gap between two neighbouring symbols is before .init.text. find_init()
 * ignores the last MIN_INIT symbols: a few symbols that mark sections may lie far after .init.text,
 * and the gap before these symbols may be larger.
 */
static void find_init(struct finder *f)
{
	guint32 gap = 0;

	for (guint32 i = f->k->count / 2; i + MIN_INIT < f->k->count; i++)
		if (f->offsets[i] - f->offsets[i - 1] > gap) {
			gap = f->offsets[i] - f->offsets[i - 1];
			f->init = f->offsets[i];
		}
}

static void index_functions(struct finder *f)
{
	GArray **page;

	for (guint32 i = 0; i < f->k->count; i++) {
		if (!strchr("tTwW", f->types[i]))
			continue;
		page = &f->by_page[f->offsets[i] % PAGE];
		if (!*page)
			*page = g_array_new(FALSE, FALSE, sizeof(guint32));
		g_array_append_val(*page, f->offsets[i]);
		f->is_function[f->offsets[i] / 16] |= (guint8)(1 << (f->offsets[i] / 2 % 8));
		g_hash_table_insert(f->by_offset, GUINT_TO_POINTER(f->offsets[i]),
				    GUINT_TO_POINTER(i + 1));
	}
}

static gsize width_of(enum entry_kind kind)
{
	return kind == ENTRY_ADDRESS_64 ? 8 : 4;
}

/*
 * Returns the address that the entry at file position @at contains. An entry of the kind
 * ENTRY_DISTANCE contains no address. For such an entry, target_address() returns the file position
 * to which the entry refers.
 */
static guint64 target_address(const struct finder *f, enum entry_kind kind, gsize at)
{
	if (kind == ENTRY_DISTANCE)
		return at + (guint64)(gint64)(gint32)kallsyms_number(f->k, at);
	return kind == ENTRY_ADDRESS_32 ? kallsyms_number(f->k, at) : number_64(f, at);
}

/*
 * Returns the offset of the function to which the entry at file position @at refers. Returns -1 if
 * the entry does not refer to a function. find_base() must have set @f->base.
 */
static gint64 target_offset(const struct finder *f, enum entry_kind kind, gsize at)
{
	guint64 offset = target_address(f, kind, at) - f->base;

	if (offset > f->offsets[f->k->count - 1] || offset % 2)
		return -1;
	return f->is_function[offset / 16] & 1 << (offset / 2 % 8) ? (gint64)offset : -1;
}

/*
 * True if SAMPLE consecutive entries all refer to functions. The first entry is at file position
 * @at. @f->base must be set.
 */
static bool are_functions(const struct finder *f, enum entry_kind kind, gsize at)
{
	for (int i = 0; i < SAMPLE; i++, at += width_of(kind))
		if (target_offset(f, kind, at) < 0)
			return false;
	return true;
}

/*
 * Checks SAMPLE consecutive entries quickly, without @f->base. The first entry is at file position
 * @at. Returns false if two neighbouring entries refer to the same address. Also returns false if
 * the addresses of the first entry and of another entry are more than KALLSYMS_SPAN bytes apart.
 */
static bool may_be_functions(const struct finder *f, enum entry_kind kind, gsize at)
{
	guint64 first = target_address(f, kind, at), last = 0;

	for (int i = 0; i < SAMPLE; i++, at += width_of(kind)) {
		guint64 next = target_address(f, kind, at);

		/*
		 * If next is more than KALLSYMS_SPAN below first, the unsigned sum wraps to a very
		 * large number.
		 */
		if (next == last || next - first + KALLSYMS_SPAN > 2 * KALLSYMS_SPAN)
			return false;
		last = next;
	}
	return true;
}

/*
 * Sets @f->base. Searches for SAMPLE consecutive entries and a base with which all these entries
 * refer to functions. In memory and in the file, the kernel begins at a multiple of PAGE. So the
 * address in an entry and the offset of the function at this address are equal modulo PAGE.
 * Therefore find_base() tries only the functions in @f->by_page[address % PAGE]. Returns false if
 * no base fits.
 */
static bool find_base(struct finder *f, enum entry_kind kind)
{
	gsize width = width_of(kind);

	for (gsize at = 0; at + SAMPLE * width <= f->k->n; at += width) {
		guint64 first = target_address(f, kind, at);
		const GArray *page = f->by_page[first & (PAGE - 1)];

		if (!page || !may_be_functions(f, kind, at))
			continue;
		for (guint i = 0; i < page->len; i++) {
			f->base = first - g_array_index(page, guint32, i);
			if (are_functions(f, kind, at))
				return true;
		}
	}
	return false;
}

/*
 * Returns the run that begins at file position @at. Sets run.n_init to 0 if the run cannot be the
 * table of initcalls. A run cannot be this table if the run is too short, if its entries are
 * almost sorted by the addresses of the functions, or if fewer than half of its entries refer to
 * functions in .init.text. @f->base must be set.
 */
static struct run run_at(const struct finder *f, enum entry_kind kind, gsize at)
{
	struct run run = { .at = at };
	gint64 offset, last = -1;
	gsize n_down = 0;

	for (; at + 8 <= f->k->n && (offset = target_offset(f, kind, at)) >= 0;
	     at += width_of(kind)) {
		run.n++;
		run.n_init += offset >= f->init;
		n_down += offset < last;
		last = offset;
	}
	if (run.n < MIN_ENTRIES || n_down < run.n / 64 || run.n_init < run.n / 2)
		run.n_init = 0;
	return run;
}

/*
 * Returns the run with the largest run.n_init of all runs in the file. In the returned run,
 * run.n_init is 0 if the table of initcalls is not found. @f->base must be set.
 */
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

/*
 * Callback of kallsyms_each(). @data is a hash table: 1 + index of a symbol -> name of the symbol.
 * If the hash table contains the key 1 + @index, sets the value of this key to a copy of @name.
 */
static void store_name(void *data, guint32 index, char type, const char *name)
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
		gint64 offset = target_offset(f, kind, run->at + i * width_of(kind));

		symbols[i] = g_hash_table_lookup(f->by_offset, GUINT_TO_POINTER((guint)offset));
		g_hash_table_insert(wanted, symbols[i], NULL);
	}
	kallsyms_each(f->k, store_name, wanted);
	for (gsize i = 0; i < run->n; i++)
		image_add(builder, LEVEL_NONE, g_strdup(g_hash_table_lookup(wanted, symbols[i])),
			  NULL, 0, (unsigned int)i + 1);
}

static bool read_table(struct finder *f, struct image_builder *builder)
{
	struct kallsyms_form form;
	enum entry_kind kind = 0;
	struct run run = { 0 };

	if (!kallsyms_offsets(f->k, f->offsets, &form) || form.kind == OFFSETS_PERCPU)
		return false;
	kallsyms_each(f->k, store_type, f);
	f->is_function = g_new0(guint8, f->offsets[f->k->count - 1] / 16 + 1);
	index_functions(f);
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
		.offsets = g_new0(guint32, k->count),
		.types = g_new0(guint8, k->count),
		.by_offset = g_hash_table_new(NULL, NULL),
	};
	bool found = read_table(&f, builder);

	g_free(f.offsets);
	g_free(f.types);
	g_free(f.is_function);
	g_hash_table_unref(f.by_offset);
	for (gsize i = 0; i < PAGE; i++)
		g_clear_pointer(&f.by_page[i], g_array_unref);
	return found;
}
