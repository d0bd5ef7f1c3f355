/* SPDX-License-Identifier: GPL-2.0-only */
/* Private parts of analyzer/boot/boot.h. */
#ifndef INITLINT_ANALYZER_BOOT_BOOT_INTERNAL_H
#define INITLINT_ANALYZER_BOOT_BOOT_INTERNAL_H

#include <sys/types.h>

#include "analyzer/boot/boot.h"

/* Size in bytes of the memory that the machine shares with the host. tools/guest/init.c knows it. */
#define SHARED_SIZE ((gsize)64 << 20)

/* An architecture that can boot. */
struct boot_machine {
	const char *arch;    /* make's ARCH */
	const char *qemu;    /* program */
	const char *target;  /* clang's target for the init program */
	const char *machine; /* arguments of QEMU that choose the machine, separated by blanks */
	const char *console; /* kernel parameters for the console */
};

/* Returns the machine for make's architecture @arch; NULL if this architecture cannot boot. */
const struct boot_machine *boot_machine_find(const char *arch);
/*
 * Returns the arguments of QEMU, ending with NULL. @files: the paths of the kernel, the initramfs,
 * the log and the shared memory. @append: may be NULL. Free with g_strfreev().
 */
struct boot_files {
	const char *image;
	const char *initramfs;
	const char *log;
	const char *shared;
};
char **boot_machine_arguments(const struct boot_machine *machine,
			      const struct boot_options *options, const struct boot_files *files,
			      const char *append);

/*
 * Compiles the init program for @machine in the directory @scratch, and writes an initramfs with it
 * to @path.
 */
bool boot_guest_build(const struct boot_machine *machine, const char *scratch, const char *path,
		      GError **error);

#endif
