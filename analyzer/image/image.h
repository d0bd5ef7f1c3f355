/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Reads the initcall order of a kernel that was built or booted. The file may be
 * - a System.map,
 * - a vmlinux ELF file of any architecture,
 * - a vmlinuz or Image, which is read through its kallsyms. If kallsyms has functions only, the
 *   table of initcalls is read instead,
 * - a boot log with initcall_debug, or
 * - a list as "initlint order --format=tsv" prints it.
 * The kind of file is found from its content.
 */
#ifndef INITLINT_ANALYZER_IMAGE_IMAGE_H
#define INITLINT_ANALYZER_IMAGE_IMAGE_H

#include <stdbool.h>
#include <glib.h>

#include "db/facts.h"

enum image_kind { IMAGE_SYSTEM_MAP, IMAGE_ELF, IMAGE_KERNEL, IMAGE_BOOT_LOG, IMAGE_LIST };

struct image_initcall {
	enum initcall_level level; /* LEVEL_NONE: not in the file */
	char *function;
	char *modname;	   /* KBUILD_MODNAME; NULL: not in the file */
	unsigned int line; /* line in the C source; 0: not in the file */
	unsigned int at;   /* text: line number in the file; else: ordinal number from 1 */
};

struct image {
	enum image_kind kind;
	struct image_initcall *initcalls; /* in execution order, console initcalls last */
	unsigned int n;
	/* The file has only names of functions: no levels, modules or lines. */
	bool only_functions;
	bool complete;		     /* false if a boot log lacks its beginning or its end */
	unsigned int n_module_calls; /* boot log: number of module inits, which are left out */
};

/*
 * Reads the file at @path into @image. Free with image_clear(). Returns false with
 * INITLINT_ERROR_INPUT if the file is unreadable, of unknown kind, or without an initcall.
 */
bool image_read(const char *path, struct image *image, GError **error);
/* Frees the contents of @image, but not @image itself. */
void image_clear(struct image *image);

#endif
