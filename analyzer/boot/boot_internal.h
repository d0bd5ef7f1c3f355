/* SPDX-License-Identifier: GPL-2.0-only */
/* Private parts of analyzer/boot/boot.h. */
#ifndef INITLINT_ANALYZER_BOOT_BOOT_INTERNAL_H
#define INITLINT_ANALYZER_BOOT_BOOT_INTERNAL_H

#include <sys/types.h>

#include "analyzer/boot/boot.h"

/*
 * Size in bytes of the memory that the machine shares with the host. SHARED_SIZE in
 * tools/guest/init.c must have the same value.
 */
#define SHARED_SIZE ((gsize)64 << 20)

/* The machine that QEMU emulates for the kernels of one architecture. */
struct boot_machine {
	const char *arch;    /* make's ARCH */
	const char *qemu;    /* name of the QEMU program */
	const char *target;  /* clang's target for the init program */
	const char *machine; /* arguments of QEMU that choose the machine, separated by blanks */
	const char *console; /* kernel parameters for the console */
};

/* Returns the machine for the kernels of @arch, make's ARCH; NULL: initlint cannot boot @arch. */
const struct boot_machine *boot_machine_find(const char *arch);
/* The paths of the files that one run of QEMU uses. */
struct boot_files {
	const char *image; /* the kernel */
	const char *initramfs;
	const char *log;    /* QEMU writes the output of the console to this file */
	const char *shared; /* the memory that the machine shares with the host */
};
/*
 * Returns the command line of QEMU, which ends with NULL. @append: more kernel parameters; may be
 * NULL. Free with g_strfreev().
 */
char **boot_machine_arguments(const struct boot_machine *machine,
			      const struct boot_options *options, const struct boot_files *files,
			      const char *append);

/*
 * Compiles the init program for @machine in the directory @scratch. Writes an initramfs that
 * contains the init program to @path.
 */
bool boot_guest_build(const struct boot_machine *machine, const char *scratch, const char *path,
		      GError **error);

#endif
