/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A built kernel in memory: its symbols and its table of initcalls. kernel_write() writes a copy of
 * the kernel that runs the initcalls in another order.
 *
 * The file may be a raw kernel (arm64's Image), an ELF vmlinux, or a boot image that contains one
 * of these in compressed form (vmlinuz, bzImage, Image.gz, EFI zboot). kernel_write() writes the
 * unpacked kernel.
 *
 * Slot: an entry of the table of initcalls. The kernel runs the initcalls in the order of the slots.
 * An entry has one of two forms: the distance in bytes from the entry to the function (32 bits), or
 * the address of the function (32 or 64 bits).
 */
#ifndef INITLINT_ANALYZER_IMAGE_KERNEL_H
#define INITLINT_ANALYZER_IMAGE_KERNEL_H

#include <stdbool.h>
#include <glib.h>

#include "analyzer/image/image.h"

struct kernel;

/*
 * Opens the kernel in the file at @path. @map: a System.map of the kernel; NULL: the symbols come
 * from kallsyms in the kernel, which needs CONFIG_KALLSYMS_ALL. Fails with INITLINT_ERROR_INPUT if
 * a file cannot be read, is no kernel, has no symbols of initcalls, or if a slot does not refer to
 * the function that its symbol names. Free with kernel_free().
 */
struct kernel *kernel_open(const char *path, const char *map, GError **error);
void kernel_free(struct kernel *kernel);
typedef struct kernel kernel; /* g_autoptr() takes one word */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(kernel, kernel_free)

/*
 * Returns the initcalls in the order of the slots, without console initcalls, and sets *@n to their
 * number. The array belongs to @kernel.
 */
const struct image_initcall *kernel_initcalls(const struct kernel *kernel, unsigned int *n);
/*
 * Returns the kernel's banner, "Linux version 6.12.117 ... #1 SMP ...", without the newline. Returns
 * "" if the kernel has no banner. The string belongs to @kernel.
 */
const char *kernel_banner(const struct kernel *kernel);
/* Returns SHA-256 of the unpacked kernel, in hex. The string belongs to @kernel. */
const char *kernel_hash(const struct kernel *kernel);
/*
 * Returns the name of the symbol of the function @function in @kernel. The compiler may have made a
 * copy with another name, such as "foo.isra.0". Returns NULL if @kernel has no symbol of the
 * function, for example because the compiler has inlined it. The string belongs to @kernel.
 */
const char *kernel_symbol(const struct kernel *kernel, const char *function);
/*
 * Writes the kernel to a new file at @path, with another order of initcalls. @order has one number
 * for each slot: the slot i of the copy has the function that the slot @order[i] of @kernel has.
 */
bool kernel_write(const struct kernel *kernel, const unsigned int *order, const char *path,
		  GError **error);

#endif
