/* SPDX-License-Identifier: GPL-2.0-only */
/* The tables of CONFIG_KALLSYMS in a kernel, found by image_kallsyms.c. */
#ifndef INITLINT_ANALYZER_IMAGE_IMAGE_KALLSYMS_INTERNAL_H
#define INITLINT_ANALYZER_IMAGE_IMAGE_KALLSYMS_INTERNAL_H

#include "analyzer/image/image_internal.h"

#define N_TOKENS 256

/* Members of type gsize, except n, are offsets into data. */
struct kallsyms {
	const guint8 *data;
	gsize n;
	bool big_endian;
	gsize table;		/* where the token table begins */
	gsize tokens[N_TOKENS]; /* where each token begins */
	gsize tables_end;	/* end of the token index, which follows the token table */
	gsize count_at;		/* where the number of names is stored */
	guint32 count;		/* the number of names */
	gsize names;		/* where the names begin */
	bool long_names;	/* the length of a name may take two bytes */
};

/* Returns false if @content has no kallsyms. @content must live as long as @k is used. */
bool kallsyms_find(struct kallsyms *k, GBytes *content);
/* Returns the 32-bit number at offset @at, in the kernel's byte order. */
guint32 kallsyms_number(const struct kallsyms *k, gsize at);
/* Calls @report for each symbol in order of addresses. The letter @type is as in nm's output. */
void kallsyms_each(const struct kallsyms *k,
		   void (*report)(void *data, guint32 index, char type, const char *name),
		   void *data);

/*
 * Adds the initcalls of a kernel whose kallsyms has functions only (image_table.c). Finds the
 * table of initcalls by the functions that it points to. The initcalls have no levels. Returns
 * false and adds nothing if there is no such table.
 */
bool image_read_table(const struct kallsyms *k, struct image_builder *builder);

#endif
