/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The initcall order of a kernel that was built or booted: from System.map, a vmlinux
 * ELF file of any architecture, a vmlinuz or Image (by its kallsyms, or by the table of
 * initcalls where kallsyms has functions only), an initcall_debug boot log, or a list such as
 * "initlint order --format=tsv" prints. The kind of file is told from its content.
 */
#ifndef INITLINT_ANALYZER_IMAGE_IMAGE_H
#define INITLINT_ANALYZER_IMAGE_IMAGE_H

#include <stdbool.h>
#include <glib.h>

#include "db/facts.h"

enum image_kind { IMAGE_SYSTEM_MAP, IMAGE_ELF, IMAGE_KERNEL, IMAGE_BOOT_LOG, IMAGE_LIST };

struct image_initcall {
	enum initcall_level level; /* LEVEL_NONE: the file does not tell */
	char *function;
	char *modname;	   /* NULL: the file does not tell */
	unsigned int line; /* 0: the file does not tell */
	unsigned int at;   /* line in the file (text), or ordinal (ELF) */
};

struct image {
	enum image_kind kind;
	struct image_initcall *initcalls; /* in execution order, console initcalls last */
	unsigned int n;
	/* The kernel tells neither levels nor modules nor lines; console initcalls are the last. */
	bool only_functions;
	bool complete;		     /* false for a boot log that ends early or starts late */
	unsigned int n_module_calls; /* boot log: calls of module inits, left out */
};

/* Fails with INITLINT_ERROR_INPUT: unreadable, of no known kind, or without an initcall. */
bool image_read(const char *path, struct image *image, GError **error);
void image_clear(struct image *image);

#endif
