// SPDX-License-Identifier: GPL-2.0-only
/* Reads files and directories of rules or models. */
#include "rules/engine/files/schema_internal.h"

#include <string.h>

#include "db/error.h"

static bool load_file(const char *path, const struct schema_kind *kind, GPtrArray *documents,
		      GError **error)
{
	struct schema_document *document = kind->load(path, error);

	if (!document)
		return false;
	for (unsigned int i = 0; i < documents->len; i++) {
		const struct schema_document *known = documents->pdata[i];

		if (strcmp(known->id, document->id) != 0)
			continue;
		g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_INPUT,
			    "%s: %s '%s' is also in %s; each id may be used once", path, kind->noun,
			    document->id, known->path);
		kind->free(document);
		return false;
	}
	g_ptr_array_add(documents, document);
	return true;
}

static bool load_directory(const char *path, const struct schema_kind *kind, GPtrArray *documents,
			   GError **error)
{
	g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
	unsigned int before = documents->len;
	const char *name;

	if (!dir) {
		g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_INPUT,
			    "%s: cannot read this directory of %ss", path, kind->noun);
		return false;
	}
	while ((name = g_dir_read_name(dir))) {
		g_autofree char *file = g_build_filename(path, name, NULL);

		if (g_str_has_suffix(name, ".yaml") && !load_file(file, kind, documents, error))
			return false;
	}
	if (documents->len == before) {
		g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_INPUT,
			    "%s: no %s (*.yaml) in this directory", path, kind->noun);
		return false;
	}
	return true;
}

static int by_id(const void *a, const void *b)
{
	const struct schema_document *const *left = a;
	const struct schema_document *const *right = b;

	return strcmp((*left)->id, (*right)->id);
}

GPtrArray *schema_load_all(const char *const *paths, const struct schema_kind *kind, GError **error)
{
	g_autoptr(GPtrArray) documents = g_ptr_array_new_with_free_func(kind->free);

	for (; *paths; paths++) {
		bool ok = g_file_test(*paths, G_FILE_TEST_IS_DIR)
				  ? load_directory(*paths, kind, documents, error)
				  : load_file(*paths, kind, documents, error);

		if (!ok)
			return NULL;
	}
	g_ptr_array_sort(documents, by_id);
	return g_steal_pointer(&documents);
}
