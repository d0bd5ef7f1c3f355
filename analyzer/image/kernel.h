/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A built kernel in memory: its symbols and its table of initcalls. kernel_write() writes a copy of
 * the kernel that runs the initcalls in another order.
 *
 * kernel_open() reads a raw kernel (arm64's Image), an ELF vmlinux, or a boot image. A boot image
 * contains a compressed raw kernel or a compressed vmlinux: vmlinuz, bzImage, Image.gz, EFI zboot.
 * kernel_write() writes the unpacked kernel.
 *
 * Slot: an entry of the table of initcalls. The kernel runs the initcalls in the order of the
 * slots. A slot has one of two forms: the distance in bytes from the slot to the function (32
 * bits), or the address of the function (32 or 64 bits).
 */
#ifndef INITLINT_ANALYZER_IMAGE_KERNEL_H
#define INITLINT_ANALYZER_IMAGE_KERNEL_H

#include <stdbool.h>
#include <glib.h>

#include "analyzer/image/image.h"

struct kernel;

/*
 * Opens the kernel in the file at @path. @map is the path of the kernel's System.map. If @map is
 * NULL, the symbols come from kallsyms in the kernel, and the kernel must have CONFIG_KALLSYMS_ALL.
 * Fails with INITLINT_ERROR_INPUT if a file cannot be read, if the file at @path is no kernel, if
 * the symbols do not name initcalls, or if a slot does not refer to the function that is named in
 * its symbol. Free with kernel_free().
 */
struct kernel *kernel_open(const char *path, const char *map, GError **error);
void kernel_free(struct kernel *kernel);
typedef struct kernel kernel; /* g_autoptr() takes one word */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(kernel, kernel_free)

/*
 * Returns the initcalls in the order of the slots, without console initcalls. Sets *@n to the
 * number of returned initcalls. The array belongs to @kernel.
 */
const struct image_initcall *kernel_initcalls(const struct kernel *kernel, unsigned int *n);
/*
 * Returns the kernel's banner, "Linux version 6.12.117 ... #1 SMP ...", without the newline.
 * Returns "" if the kernel has no banner. The string belongs to @kernel.
 */
const char *kernel_banner(const struct kernel *kernel);
/* Returns SHA-256 of the unpacked kernel, in hex. The string belongs to @kernel. */
const char *kernel_hash(const struct kernel *kernel);
/*
 * Returns the name of the symbol in @kernel that stands for the function @function. The name is
 * @function if @kernel has this symbol. Otherwise, the name is that of a copy that the compiler has
 * made, such as "foo.isra.0" for "foo". Returns NULL if @kernel has none of these symbols, for
 * example because the compiler has inlined the function. The string belongs to @kernel.
 */
const char *kernel_symbol(const struct kernel *kernel, const char *function);
/*
 * Writes a copy of the kernel with another order of initcalls to @path. @order has one number for
 * each slot: slot i of the copy refers to the function to which slot @order[i] of @kernel refers.
 */
bool kernel_write(const struct kernel *kernel, const unsigned int *order, const char *path,
		  GError **error);

#endif
