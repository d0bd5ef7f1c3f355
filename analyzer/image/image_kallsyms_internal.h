/* SPDX-License-Identifier: GPL-2.0-only */
/* kallsyms: the tables that CONFIG_KALLSYMS puts into a kernel. image_kallsyms.c finds them. */
#ifndef INITLINT_ANALYZER_IMAGE_IMAGE_KALLSYMS_INTERNAL_H
#define INITLINT_ANALYZER_IMAGE_IMAGE_KALLSYMS_INTERNAL_H

#include "analyzer/image/image_internal.h"

#define N_TOKENS 256

/* @data has @n bytes. All other members of type gsize are offsets into @data. */
struct kallsyms {
	const guint8 *data;
	gsize n;
	bool big_endian;
	gsize table;		/* where the token table begins */
	gsize tokens[N_TOKENS]; /* where each token begins */
	gsize tables_end; /* end of the token index; the token index follows the token table */
	gsize count_at;	  /* where the number of names is stored */
	guint32 count;	  /* the number of names */
	gsize names;	  /* where the names begin */
	bool long_names;  /* the length of a name may take two bytes */
};

/*
 * Finds kallsyms in @content and fills @k. @content must live as long as @k is used. Returns false
 * if @content has no kallsyms.
 */
bool kallsyms_find(struct kallsyms *k, GBytes *content);
/* Returns the 32-bit number at offset @at of @k->data, in the kernel's byte order. */
guint32 kallsyms_number(const struct kallsyms *k, gsize at);
/*
 * Calls @report for each symbol, in the order of addresses. @index is the number of the symbol,
 * from 0. @type is the letter that nm prints for the symbol. @name is valid until @report returns.
 */
void kallsyms_each(const struct kallsyms *k,
		   void (*report)(void *data, guint32 index, char type, const char *name),
		   void *data);

/* The maximum number of bytes between two symbols of a kernel. */
#define KALLSYMS_SPAN G_GUINT64_CONSTANT(0x20000000)

/* What an entry of kallsyms' table of addresses contains. All entries have 32 bits. */
enum kallsyms_offsets_kind {
	OFFSETS_BASE, /* the address of the symbol minus kallsyms_relative_base */
	/*
	 * CONFIG_KALLSYMS_ABSOLUTE_PERCPU: a number that is not negative is the address of a per-CPU
	 * variable. A negative number n stands for the address kallsyms_relative_base - 1 - n.
	 */
	OFFSETS_PERCPU,
	OFFSETS_DISTANCE, /* the distance in bytes from the entry to the symbol */
};

/*
 * Place and kind of kallsyms' table of addresses. @at and @base_at are offsets into @data of struct
 * kallsyms.
 */
struct kallsyms_form {
	enum kallsyms_offsets_kind kind;
	gsize at;      /* the first entry */
	gsize base_at; /* where kallsyms_relative_base may be; OFFSETS_DISTANCE: unused */
};

/*
 * Finds kallsyms' table of addresses, and describes the table in @form. @offsets has room for
 * @k->count numbers, one number for each symbol. Sets each number to the address of the symbol
 * minus the lowest address of all symbols. If @form->kind is OFFSETS_PERCPU, per-CPU variables do
 * not count for the lowest address, and the number of each per-CPU variable is 0. Returns false if
 * the table is not found.
 */
bool kallsyms_offsets(const struct kallsyms *k, guint32 *offsets, struct kallsyms_form *form);

/*
 * Reads the initcalls of a kernel whose kallsyms names functions only (image_table.c). Finds the
 * kernel's table of initcalls, an array of references to the initcall functions. Adds the initcalls
 * in the table to @builder, with the level LEVEL_NONE. Returns false and adds nothing if the table
 * is not found.
 */
bool image_read_table(const struct kallsyms *k, struct image_builder *builder);

#endif
