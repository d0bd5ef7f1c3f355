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

/* A range of addresses: the @n bytes from @address on are at the offset @at of kernel->content. */
struct kernel_segment {
	uint64_t address;
	uint64_t n;
	gsize at;
};

struct kernel {
	GBytes *content; /* the unpacked kernel */
	bool big_endian;
	/*
	 * struct kernel_segment. A raw kernel has one segment. The address of this segment is the
	 * address of the symbol _text in the System.map, or 0 without a System.map.
	 */
	GArray *segments;
	GArray *symbols; /* struct kernel_symbol */
	/* name -> GArray of uint64_t: the addresses of the functions with this name */
	GHashTable *functions;
	/* function -> name of a copy that the compiler has made: "foo" -> "foo.isra.0" */
	GHashTable *copies;
	unsigned int width; /* bytes of a slot: 4 or 8 */
	bool relative;	    /* true: a slot contains a distance; false: an address; see kernel.h */
	/* @slots, @targets and @initcalls have one element for each slot. */
	uint64_t *slots;		  /* address of the slot */
	uint64_t *targets;		  /* address of the function to which the slot refers */
	struct image_initcall *initcalls; /* the initcall that is named in the slot's symbol */
	unsigned int n;			  /* number of slots */
	char *banner;
	char *hash;
};

/*
 * Fills @kernel->segments and @kernel->big_endian from the ELF header of @kernel->content. If the
 * content is not ELF, adds the single segment of a raw kernel.
 */
bool kernel_read_segments(struct kernel *kernel, const char *path, GError **error);
/*
 * Returns the offset in @kernel->content of the @n bytes at @address. Returns -1 if no segment
 * contains all these bytes.
 */
gssize kernel_offset(const struct kernel *kernel, uint64_t address, gsize n);
/*
 * Returns the address of the byte at the offset @at of @kernel->content. Returns 0 if @at is in no
 * segment.
 */
uint64_t kernel_address(const struct kernel *kernel, gsize at);

/* Fills @kernel->symbols from the System.map at @map. */
bool kernel_read_map(struct kernel *kernel, const char *map, GError **error);
/*
 * Fills @kernel->symbols from kallsyms in @kernel->content. @path: the path of the kernel, for
 * error messages.
 */
bool kernel_read_kallsyms(struct kernel *kernel, const char *path, GError **error);

/*
 * A slot is an entry of the kernel's table of initcalls. A slot has a symbol, and the name of the
 * symbol contains the name of a function. Fills the members of @kernel that describe the slots.
 * Fails if the symbols of the slots do not form a table. Also fails if a slot does not refer to
 * the function that is named in its symbol.
 */
bool kernel_read_slots(struct kernel *kernel, const char *path, GError **error);

#endif
