// SPDX-License-Identifier: GPL-2.0-only
/* Kconfig files and a .config. The first half of the input is Kconfig, the second half a .config. */
#include <string.h>

#include "analyzer/kconfig/kconfig.h"
#include "analyzer/kconfig/kconfig_change.h"
#include "analyzer/kconfig/kconfig_tree.h"
#include "tests/fuzz/fuzz.h"

struct input {
	const uint8_t *data;
	size_t size;
};

/* All files have the same content, so "source" lines form loops. */
static GBytes *read_kconfig(void *data, const char *path)
{
	const struct input *input = data;

	return strlen(path) < 16 ? g_bytes_new(input->data, input->size) : NULL;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct input input = { data, size / 2 };
	const struct kconfig_reader reader = { &input, read_kconfig };
	const char *path = fuzz_file(data + size / 2, size - size / 2, "config");
	struct kconfig *config = kconfig_load(path, NULL);
	struct kconfig_tree *before, *after;
	struct kconfig_change *change;

	if (!config)
		return 0;
	before = kconfig_tree_load(&reader, "x86");
	input.size /= 2;
	after = kconfig_tree_load(&reader, "x86");
	change = kconfig_change_new(before, after, config);
	kconfig_change_free(change);
	kconfig_tree_free(before);
	kconfig_tree_free(after);
	kconfig_free(config);
	return 0;
}
