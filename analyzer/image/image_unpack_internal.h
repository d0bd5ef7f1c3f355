/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The kernel in a boot image: vmlinuz, Image.gz, an EFI zboot image. Each of them holds the
 * kernel compressed with one of several programs, somewhere behind code that unpacks it.
 */
#ifndef INITLINT_ANALYZER_IMAGE_IMAGE_UNPACK_INTERNAL_H
#define INITLINT_ANALYZER_IMAGE_IMAGE_UNPACK_INTERNAL_H

#include <glib.h>

/*
 * The largest thing that can be unpacked from @content; NULL if there is nothing of a kernel's
 * size. Free with g_bytes_unref(). At most 512 MB are unpacked.
 */
GBytes *image_unpack(GBytes *content);

#endif
