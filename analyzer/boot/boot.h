/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Boots a kernel in QEMU, without hardware virtualization. The machine runs a small init program of
 * initlint (tools/guest/init.c), which lists the paths in /sys, /dev and /proc, copies the trace of
 * the boot, and switches the machine off.
 *
 * Needs the Debian packages qemu-system-arm or qemu-system-x86, and clang and lld, which compile
 * the init program for the kernel's architecture.
 */
#ifndef INITLINT_ANALYZER_BOOT_BOOT_H
#define INITLINT_ANALYZER_BOOT_BOOT_H

#include <stdbool.h>
#include <glib.h>

struct boot_options {
	const char *arch;	 /* make's ARCH of the kernel; initlint can boot arm64 and x86 */
	const char *device_tree; /* path of a device tree blob; NULL: QEMU's default */
	char *const *qemu;	 /* more arguments for QEMU, ends with NULL; NULL: none */
	const char *append;	 /* more kernel parameters; NULL: none */
	unsigned int timeout;	 /* seconds after which a boot is stopped */
};

/* Data that all boots of one kernel share: the options, the init program, a scratch directory. */
struct boot_kit;

/*
 * Compiles the init program into a new scratch directory. @options and what it points to must
 * outlive the kit. Fails with INITLINT_ERROR_INPUT if initlint cannot boot options->arch, or if a
 * program is not installed. Free with boot_kit_free(), which deletes the scratch directory.
 */
struct boot_kit *boot_kit_new(const struct boot_options *options, GError **error);
void boot_kit_free(struct boot_kit *kit);
typedef struct boot_kit boot_kit; /* g_autoptr() takes one word */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(boot_kit, boot_kit_free)

/*
 * Returns an unused path in the scratch directory. Does not create a file. boot_kit_free() deletes
 * the file that the caller creates at this path. Free with g_free().
 */
char *boot_kit_path(struct boot_kit *kit);

/* The results of a boot. struct boot_result owns all its strings. */
struct boot_result {
	char *log; /* the output of the console */
	/*
	 * The paths in /sys, /dev and /proc, one path a line. tools/guest/init.c describes the
	 * lines. "" if the init program did not finish, or if the kernel has no PCI support: the
	 * init program writes its results to the memory of a PCI device.
	 */
	char *paths;
	char *trace;	/* the trace, as the kernel prints it; "" in the same cases as @paths */
	bool timed_out; /* the boot was stopped after boot_options->timeout seconds */
};
void boot_result_clear(struct boot_result *result);

/* A running boot. */
struct boot;

/*
 * Starts QEMU with the kernel at @image, which must exist until the boot ends. @append: more kernel
 * parameters for this boot; may be NULL. @kit must outlive the boot. Free with boot_end().
 */
struct boot *boot_start(struct boot_kit *kit, const char *image, const char *append,
			GError **error);
/*
 * Waits until the boot has ended, and fills @result. Call boot_wait() once for each boot. A signal
 * handler may set *@stop. If *@stop is set, boot_wait() stops the boot and fails with
 * INITLINT_ERROR_FAILED. Free the contents of @result with boot_result_clear().
 */
bool boot_wait(struct boot *boot, const volatile int *stop, struct boot_result *result,
	       GError **error);
/*
 * Kills QEMU if QEMU still runs, deletes the files of the boot, and frees @boot. @boot may be NULL.
 */
void boot_end(struct boot *boot);

#endif
