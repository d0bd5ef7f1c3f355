/* SPDX-License-Identifier: GPL-2.0-only */
/* The tables of CONFIG_KALLSYMS in a kernel, as image_kallsyms.c finds them. */
#ifndef INITLINT_ANALYZER_IMAGE_IMAGE_KALLSYMS_INTERNAL_H
#define INITLINT_ANALYZER_IMAGE_IMAGE_KALLSYMS_INTERNAL_H

#include "analyzer/image/image_internal.h"

#define N_TOKENS 256

/* Places are offsets into the data. */
struct kallsyms {
	const guint8 *data;
	gsize n;
	bool big_endian;
	gsize table;		/* of tokens */
	gsize tokens[N_TOKENS]; /* where each begins */
	gsize tables_end;	/* behind the index of tokens */
	gsize count_at;		/* of the number of names */
	guint32 count;
	gsize names;
	bool long_names; /* a length may take two bytes */
};

/* False if @content has no such tables. It must live as long as @k is used. */
bool kallsyms_find(struct kallsyms *k, GBytes *content);
/* The number of 32 bits at @at, in the kernel's order of bytes. */
guint32 kallsyms_number(const struct kallsyms *k, gsize at);
/* Calls @see with each symbol in the order of addresses; @type as nm prints it. */
void kallsyms_each(const struct kallsyms *k,
		   void (*see)(void *data, guint32 index, char type, const char *name), void *data);

/*
 * image_table.c: finds the table of initcalls by the functions that it points to, for a kernel
 * whose symbols are of functions only. Gives no levels. False, and adds nothing, if there is no
 * such table.
 */
bool image_read_table(const struct kallsyms *k, struct image_builder *builder);

#endif
