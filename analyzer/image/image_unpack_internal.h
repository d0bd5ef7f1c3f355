/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Unpacks the kernel in a boot image, such as vmlinuz, Image.gz or an EFI zboot image. The boot
 * image begins with the code that decompresses the kernel. The compressed kernel follows this code,
 * at an unknown offset.
 */
#ifndef INITLINT_ANALYZER_IMAGE_IMAGE_UNPACK_INTERNAL_H
#define INITLINT_ANALYZER_IMAGE_IMAGE_UNPACK_INTERNAL_H

#include <glib.h>

/*
 * Unpacks the pieces of compressed data in @content, and returns the largest unpacked piece. Stops
 * unpacking a piece after about 512 MiB. Returns NULL if the largest unpacked piece is smaller than
 * 1 MiB, because every kernel is larger than 1 MiB. Free with g_bytes_unref().
 */
GBytes *image_unpack(GBytes *content);

#endif
