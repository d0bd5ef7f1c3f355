// SPDX-License-Identifier: GPL-2.0-only
/* A diff: the scanner, libgit2's parser behind it, and the application to a file. */
#include <glib.h>
#include <string.h>

#include "analyzer/patch/patch.h"
#include "tests/fuzz/fuzz.h"

/*
 * libgit2 1.5 loses a few bytes if a header is damaged, for example if a quoted name has no end. The
 * program ends with an error then. Leaks of objects that libgit2 has made for us are ignored, too; the
 * unit tests find them.
 */
const char *__lsan_default_suppressions(void);

const char *__lsan_default_suppressions(void)
{
	return "leak:libgit2";
}

/* Each file of the tree has the same content. */
static GBytes *read_file_of_tree(void *data, const char *path, GError **error)
{
	(void)data, (void)error;
	return strstr(path, "new") ? NULL : g_bytes_new_static("a\nb\nc\nd\ne\nf\n", 12);
}

static bool write_file_of_tree(void *data, const char *path, GBytes *content, unsigned int mode,
			       GError **error)
{
	(void)data, (void)path, (void)content, (void)mode, (void)error;
	return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct patch_target target = { NULL, read_file_of_tree, write_file_of_tree };
	struct patch *patch = patch_parse((const char *)data, size, "fuzz", NULL);

	if (!patch)
		return 0;
	patch_apply(patch, &target, 2, NULL, NULL);
	patch_free(patch);
	return 0;
}
