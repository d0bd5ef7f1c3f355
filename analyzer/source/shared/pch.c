// SPDX-License-Identifier: GPL-2.0-only
#include "analyzer/source/shared/pch.h"

#include <string.h>
#include <sys/stat.h>

#include "analyzer/base/hash.h"
#include "db/read_file.h"

/* First and last line of a .meta file. A .meta file without the last line is incomplete. */
#define META_HEAD "initlint shared header 3"
#define META_END  "end"

static void file_free(gpointer data)
{
	struct pch_file *file = data;

	g_free(file->path);
	g_free(file->actual);
	g_free(file->hash);
	g_ptr_array_unref(file->includes);
	g_free(file);
}

struct pch *pch_new(const char *base)
{
	struct pch *pch = g_new0(struct pch, 1);

	pch->base = g_strdup(base);
	pch->path = g_strconcat(base, ".pch", NULL);
	pch->files = g_ptr_array_new_with_free_func(file_free);
	pch->by_path = g_hash_table_new(g_str_hash, g_str_equal);
	pch->forced = g_ptr_array_new_null_terminated(4, g_free, TRUE);
	pch->sensitive = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	return pch;
}

void pch_free(struct pch *pch)
{
	if (!pch)
		return;
	g_free(pch->key);
	g_free(pch->tree);
	g_free(pch->base);
	g_free(pch->path);
	g_hash_table_unref(pch->by_path);
	g_ptr_array_unref(pch->files);
	g_ptr_array_unref(pch->forced);
	g_hash_table_unref(pch->sensitive);
	g_free(pch);
}

struct pch_file *pch_add_file(struct pch *pch, const char *path, const char *actual)
{
	struct pch_file *file = g_hash_table_lookup(pch->by_path, path);

	if (file)
		return file;
	file = g_new0(struct pch_file, 1);
	file->path = g_strdup(path);
	file->actual = g_strdup(actual);
	file->includes = g_ptr_array_new_null_terminated(8, g_free, TRUE);
	g_ptr_array_add(pch->files, file);
	g_hash_table_insert(pch->by_path, file->path, file);
	return file;
}

bool pch_has(const struct pch *pch, const char *path)
{
	return g_hash_table_contains(pch->by_path, path);
}

const char *const *pch_includes_of(const struct pch *pch, const char *path)
{
	const struct pch_file *file = g_hash_table_lookup(pch->by_path, path);

	return file ? (const char *const *)file->includes->pdata : NULL;
}

const char *const *pch_forced(const struct pch *pch)
{
	return (const char *const *)pch->forced->pdata;
}

bool pch_is_sensitive(const struct pch *pch, const char *macro)
{
	return g_hash_table_contains(pch->sensitive, macro);
}

bool pch_stat_file(struct pch_file *file, const char *real)
{
	g_autofree char *text = NULL;
	struct stat st;
	gsize len;

	if (stat(real, &st) != 0 || !read_file(real, &text, &len, NULL))
		return false;
	file->size = st.st_size;
	file->mtime_ns = hash_mtime(&st);
	g_free(file->hash);
	file->hash = g_compute_checksum_for_data(G_CHECKSUM_SHA256, (const guchar *)text, len);
	return true;
}

static void save_file(GString *text, const struct pch_file *file)
{
	g_string_append_printf(text, "file\t%s\t%s\t%" G_GINT64_FORMAT "\t%" G_GINT64_FORMAT "\t%s",
			       file->path, file->actual, file->size, file->mtime_ns, file->hash);
	for (const char *const *p = (const char *const *)file->includes->pdata; *p; p++)
		g_string_append_printf(text, "\t%s", *p);
	g_string_append_c(text, '\n');
}

bool pch_save(const struct pch *pch, GError **error)
{
	g_autoptr(GString) text = g_string_new(META_HEAD "\n");
	g_autofree char *path = g_strconcat(pch->base, ".meta", NULL);
	GHashTableIter iter;
	gpointer macro;

	g_string_append_printf(text, "base\t%s\nkey\t%s\ntree\t%s\nheaders\t%u\n", pch->base,
			       pch->key, pch->tree, pch->n_headers);
	for (unsigned int i = 0; i < pch->files->len; i++)
		save_file(text, g_ptr_array_index(pch->files, i));
	for (const char *const *p = pch_forced(pch); *p; p++)
		g_string_append_printf(text, "forced\t%s\n", *p);
	g_hash_table_iter_init(&iter, pch->sensitive);
	while (g_hash_table_iter_next(&iter, &macro, NULL))
		g_string_append_printf(text, "macro\t%s\n", (char *)macro);
	g_string_append(text, META_END "\n");
	return g_file_set_contents(path, text->str, (gssize)text->len, error);
}

static bool load_file(struct pch *pch, char **fields, unsigned int n)
{
	struct pch_file *file;

	if (n < 6)
		return false;
	file = pch_add_file(pch, fields[1], fields[2]);
	file->size = g_ascii_strtoll(fields[3], NULL, 10);
	file->mtime_ns = g_ascii_strtoll(fields[4], NULL, 10);
	g_free(file->hash);
	file->hash = g_strdup(fields[5]);
	for (unsigned int i = 6; i < n; i++)
		g_ptr_array_add(file->includes, g_strdup(fields[i]));
	return true;
}

static bool load_line(struct pch *pch, const char *line)
{
	g_auto(GStrv) fields = g_strsplit(line, "\t", -1);
	unsigned int n = g_strv_length(fields);

	if (n >= 2 && strcmp(fields[0], "file") == 0)
		return load_file(pch, fields, n);
	if (n != 2)
		return false;
	/* A copy of the build directory needs its own: the .pch file has the paths of the original. */
	if (strcmp(fields[0], "base") == 0)
		return strcmp(fields[1], pch->base) == 0;
	if (strcmp(fields[0], "key") == 0)
		pch->key = g_strdup(fields[1]);
	else if (strcmp(fields[0], "tree") == 0)
		pch->tree = g_strdup(fields[1]);
	else if (strcmp(fields[0], "headers") == 0)
		pch->n_headers = (unsigned int)g_ascii_strtoull(fields[1], NULL, 10);
	else if (strcmp(fields[0], "forced") == 0)
		g_ptr_array_add(pch->forced, g_strdup(fields[1]));
	else if (strcmp(fields[0], "macro") == 0)
		g_hash_table_add(pch->sensitive, g_strdup(fields[1]));
	else
		return false;
	return true;
}

static bool load_meta(struct pch *pch)
{
	g_autofree char *path = g_strconcat(pch->base, ".meta", NULL);
	g_autofree char *text = NULL;
	char *line, *save = NULL;

	if (!read_file(path, &text, NULL, NULL))
		return false;
	line = strtok_r(text, "\n", &save);
	if (!line || strcmp(line, META_HEAD) != 0)
		return false;
	while ((line = strtok_r(NULL, "\n", &save))) {
		if (strcmp(line, META_END) == 0)
			return pch->key && pch->tree;
		if (!load_line(pch, line))
			return false;
	}
	return false;
}

static bool same_stat(const struct pch_file *file, const struct stat *st)
{
	return st->st_size == file->size && hash_mtime(st) == file->mtime_ns;
}

static bool same_content(const struct pch_file *file, const char *path)
{
	struct pch_file now = { 0 };
	bool same = pch_stat_file(&now, path) && strcmp(now.hash, file->hash) == 0;

	g_free(now.hash);
	return same;
}

/*
 * True if @file has not changed. @built_ns: when the shared header was built. Makes three checks:
 *   1. The shared header was built from the file at @file->actual. This file must still have the
 *      recorded size and modification time. Otherwise, pch_still_stands() would later reject the
 *      shared header.
 *   2. If the file was touched after @built_ns, it must have the recorded content. An edit may
 *      restore the modification time, but not st_ctime.
 *   3. In the tree of @paths, the file has the path @file->path. If the shared header was built
 *      from this tree, both paths lead to one file, and the first check is enough. If the shared
 *      header was built from another tree, the tree of @paths has its own copy of the file. This
 *      copy must exist and must have the recorded size and content.
 */
static bool file_is_unchanged(const struct pch_file *file, const struct paths *paths,
			      int64_t built_ns)
{
	g_autofree char *actual = g_canonicalize_filename(file->actual, paths_build(paths));
	g_autofree char *real = paths_real(paths, file->path);
	struct stat then_st, now_st;

	if (stat(actual, &then_st) != 0 || !same_stat(file, &then_st))
		return false;
	if (hash_time(&then_st) >= built_ns && !same_content(file, actual))
		return false;
	if (stat(real, &now_st) != 0)
		return false;
	if (now_st.st_dev == then_st.st_dev && now_st.st_ino == then_st.st_ino)
		return true;
	return now_st.st_size == file->size && same_content(file, real);
}

bool pch_still_stands(const struct pch *pch)
{
	for (unsigned int i = 0; i < pch->files->len; i++) {
		const struct pch_file *file = g_ptr_array_index(pch->files, i);
		struct stat st;

		if (stat(file->actual, &st) != 0 || !same_stat(file, &st))
			return false;
	}
	return true;
}

struct pch *pch_load(const char *base, struct paths *paths)
{
	g_autofree char *meta = g_strconcat(base, ".meta", NULL);
	g_autoptr(pch) pch = pch_new(base);
	struct stat st;

	if (stat(meta, &st) != 0 || !load_meta(pch) ||
	    !g_file_test(pch->path, G_FILE_TEST_IS_REGULAR))
		return NULL;
	for (unsigned int i = 0; i < pch->files->len; i++)
		if (!file_is_unchanged(g_ptr_array_index(pch->files, i), paths, hash_mtime(&st)))
			return NULL;
	paths_add_tree(paths, pch->tree);
	return g_steal_pointer(&pch);
}
