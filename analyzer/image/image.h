/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Reads the initcall order of a kernel from a file. In this header, "the image file" is the file
 * that image_read() reads. The image file may be
 * - a System.map,
 * - a vmlinux ELF file of any architecture,
 * - a vmlinuz or Image of a kernel with CONFIG_KALLSYMS: the kernel then contains the names of its
 *   symbols (kallsyms). If kallsyms names functions only, image_read() reads the kernel's table of
 *   initcalls, an array of references to the initcall functions,
 * - a boot log of a kernel that was started with initcall_debug, or
 * - a list that "initlint order --format=tsv" has printed.
 * image_read() finds the kind of the image file from the content.
 */
#ifndef INITLINT_ANALYZER_IMAGE_IMAGE_H
#define INITLINT_ANALYZER_IMAGE_IMAGE_H

#include <stdbool.h>
#include <glib.h>

#include "db/facts.h"

enum image_kind { IMAGE_SYSTEM_MAP, IMAGE_ELF, IMAGE_KERNEL, IMAGE_BOOT_LOG, IMAGE_LIST };

struct image_initcall {
	enum initcall_level level; /* LEVEL_NONE: the image file does not give the level */
	char *function;
	char *modname; /* KBUILD_MODNAME; NULL: the image file does not give the name */
	/* line number in the C source; 0: the image file does not give this line number */
	unsigned int line;
	/*
	 * Where the image file gives the initcall. If the image file is a text, @at is the number
	 * of a line of the image file. Otherwise, @at is the number of a symbol, or of an entry in
	 * the kernel's table of initcalls. All these numbers count from 1.
	 */
	unsigned int at;
};

struct image {
	enum image_kind kind;
	struct image_initcall *initcalls; /* in execution order, but console initcalls are last */
	unsigned int n;
	/*
	 * True if the initcalls come from the kernel's table of initcalls. Then @level, @modname
	 * and @line of all initcalls are LEVEL_NONE, NULL and 0.
	 */
	bool only_functions;
	bool complete; /* false if a boot log lacks its beginning or its end */
	/*
	 * Boot log: number of calls of module init functions. @initcalls does not contain these
	 * calls.
	 */
	unsigned int n_module_calls;
};

/*
 * Reads the file at @path into @image. Free the contents of @image with image_clear(). Returns
 * false with INITLINT_ERROR_INPUT if the file is unreadable, is of an unknown kind, or contains no
 * initcall. @image then contains no initcalls.
 */
bool image_read(const char *path, struct image *image, GError **error);
/* Frees the contents of @image, but not @image itself. */
void image_clear(struct image *image);

#endif
