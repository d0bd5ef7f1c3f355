// SPDX-License-Identifier: GPL-2.0-only
/* A mailbox: mail headers, MIME parts, encodings, and the order of a series. */
#include "analyzer/patch/mailbox.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *path = fuzz_file(data, size, "mbox");
	GPtrArray *warnings = g_ptr_array_new_with_free_func(g_free);
	GPtrArray *patches = mailbox_read(&path, 1, warnings, NULL);

	if (patches)
		g_ptr_array_unref(patches);
	g_ptr_array_unref(warnings);
	return 0;
}
