/* SPDX-License-Identifier: GPL-2.0-only */
/* Private parts of analyzer/image/kernel.h. */
#ifndef INITLINT_ANALYZER_IMAGE_KERNEL_INTERNAL_H
#define INITLINT_ANALYZER_IMAGE_KERNEL_INTERNAL_H

#include <stdint.h>

#include "analyzer/image/kernel.h"

struct kernel_symbol {
	uint64_t address;
	char *name;
	char type; /* the letter that nm prints */
};

/* @n bytes at address @address are at the offset @at of the file. */
struct kernel_segment {
	uint64_t address;
	uint64_t n;
	gsize at;
};

struct kernel {
	GBytes *content; /* the unpacked kernel */
	bool big_endian;
	/*
	 * struct kernel_segment. A raw kernel has one segment with address 0, until the symbols
	 * tell the address of the first byte.
	 */
	GArray *segments;
	GArray *symbols;       /* struct kernel_symbol */
	GHashTable *functions; /* name -> GArray of the addresses (uint64_t) of functions */
	/* function -> name of a copy that the compiler has made: "foo" -> "foo.isra.0" */
	GHashTable *copies;
	unsigned int width; /* bytes of a slot: 4 or 8 */
	bool relative;	    /* a slot contains the distance to the function */
	/* for each slot: its address, the address of its function, and the initcall */
	uint64_t *slots;
	uint64_t *targets;
	struct image_initcall *initcalls;
	unsigned int n; /* number of slots */
	char *banner;
	char *hash;
};

/*
 * Fills @kernel->segments and @kernel->big_endian from the ELF header of @kernel->content. If the
 * content is not ELF, adds the single segment of a raw kernel.
 */
bool kernel_read_segments(struct kernel *kernel, const char *path, GError **error);
/*
 * Returns the offset in the file of the @n bytes at @address. Returns -1 if the file does not have
 * these bytes.
 */
gssize kernel_offset(const struct kernel *kernel, uint64_t address, gsize n);
/*
 * Returns the address of the byte at the offset @at of the file. Returns 0 if @at is in no segment.
 */
uint64_t kernel_address(const struct kernel *kernel, gsize at);

/* Fills @kernel->symbols from the System.map at @map. */
bool kernel_read_map(struct kernel *kernel, const char *map, GError **error);
/*
 * Fills @kernel->symbols from kallsyms in @kernel->content. @path: the kernel, for the message of
 * an error.
 */
bool kernel_read_kallsyms(struct kernel *kernel, const char *path, GError **error);

/*
 * Fills the members of @kernel that describe the slots. Fails if the slots and the symbols do not
 * agree.
 */
bool kernel_read_slots(struct kernel *kernel, const char *path, GError **error);

#endif
