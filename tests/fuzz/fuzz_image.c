// SPDX-License-Identifier: GPL-2.0-only
/* A System.map, a boot log, a vmlinux or another image. */
#include "analyzer/image/image.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct image image = { 0 };

	if (image_read(fuzz_file(data, size, "image"), &image, NULL))
		image_clear(&image);
	return 0;
}
