// SPDX-License-Identifier: GPL-2.0-only
/* Stores hashes of files, and texts and macros of headers. */
#include "analyzer/index/index_internal.h"

#include <string.h>

#include "analyzer/reindex/header_text.h"
#include "analyzer/base/tree.h"
#include "db/error.h"

/*
 * Sets @record from @content. @start_ns: the start time of the index run. If the file has changed
 * after @start_ns, facts may come from the old content of the file. Then sets @record->hash to
 * NULL, so that the next index run takes the file as changed.
 */
static void file_record(const struct file_content *content, int64_t start_ns,
			struct file_state *record)
{
	bool is_certain = !content->exists || content->modified_ns < start_ns;

	*record = (struct file_state){
		.hash = is_certain ? content->hash : NULL,
		.size = content->size,
		.changed_ns = content->changed_ns,
	};
}

bool index_store_contents(struct index *index, struct store *store, GError **error)
{
	const struct index_options *options = &index->options;
	g_autoptr(GPtrArray) paths = store_unknown_files(store, error);
	g_autoptr(GPtrArray) real = g_ptr_array_new_with_free_func(g_free);
	g_autofree struct file_content *contents = NULL;

	if (!paths)
		return false;
	index_progress(index, "contents of files");
	for (guint i = 0; i < paths->len; i++)
		g_ptr_array_add(real, tree_path(options->tree, options->build, paths->pdata[i]));
	contents = g_new(struct file_content, paths->len + 1);
	hash_files((const char *const *)real->pdata, contents, paths->len, options->jobs);
	for (guint i = 0; i < paths->len; i++) {
		struct file_state record;

		file_record(&contents[i], index->start_ns, &record);
		if (!store_set_file(store, paths->pdata[i], record.hash, record.size,
				    record.changed_ns, error))
			return false;
	}
	return true;
}

static bool write_macros(struct store *store, const char *path, const GArray *macros,
			 GError **error)
{
	if (!store_clear_macros(store, path, error))
		return false;
	for (guint i = 0; i < macros->len; i++) {
		const struct macro_name *macro = &g_array_index(macros, struct macro_name, i);

		if (!store_add_macro(store, path, macro->name, macro->target, error))
			return false;
	}
	return true;
}

bool index_store_texts(struct index *index, struct store *store, GError **error)
{
	const struct index_options *options = &index->options;
	g_autoptr(GPtrArray) paths = store_textless_files(store, error);
	g_autoptr(GPtrArray) real = g_ptr_array_new_with_free_func(g_free);
	g_autofree struct header_text *texts = NULL;
	bool done = true;

	if (!paths)
		return false;
	for (guint i = 0; i < paths->len; i++)
		g_ptr_array_add(real, tree_path(options->tree, options->build, paths->pdata[i]));
	texts = g_new0(struct header_text, paths->len + 1);
	header_texts_read((const char *const *)real->pdata, texts, paths->len, options->jobs);
	for (guint i = 0; i < paths->len; i++) {
		if (!texts[i].packed)
			continue;
		done = done &&
		       store_set_text(store, paths->pdata[i], texts[i].hash, texts[i].packed,
				      error) &&
		       write_macros(store, paths->pdata[i], texts[i].macros, error);
		g_bytes_unref(texts[i].packed);
		g_array_unref(texts[i].macros);
	}
	return done;
}
