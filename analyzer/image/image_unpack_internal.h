/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Unpacks the kernel in a boot image: vmlinuz, Image.gz, an EFI zboot image. The compressed kernel
 * lies at an unknown offset, behind the code that decompresses it.
 */
#ifndef INITLINT_ANALYZER_IMAGE_IMAGE_UNPACK_INTERNAL_H
#define INITLINT_ANALYZER_IMAGE_IMAGE_UNPACK_INTERNAL_H

#include <glib.h>

/*
 * Returns the largest compressed data in @content, unpacked. Unpacks at most 512 MB. Returns NULL
 * if nothing in @content is as large as a kernel. Free with g_bytes_unref().
 */
GBytes *image_unpack(GBytes *content);

#endif
