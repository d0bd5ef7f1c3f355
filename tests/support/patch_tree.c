// SPDX-License-Identifier: GPL-2.0-only
#include <check.h>
#include <string.h>

#include "db/error.h"
#include "tests/support/patch_tree.h"

static GHashTable *files;    /* path to GBytes */
static GString *written;     /* "w PATH MODE\n", "r PATH\n" */
static const char *bad_path; /* "PATH" cannot be read, "write PATH" cannot be written */

static GBytes *read_file(void *data, const char *path, GError **error)
{
	GBytes *content = g_hash_table_lookup(data, path);

	if (g_strcmp0(path, bad_path) == 0) {
		g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_FAILED, "bad disk");
		return NULL;
	}
	return content ? g_bytes_ref(content) : NULL;
}

static bool write_file(void *data, const char *path, GBytes *content, unsigned int mode,
		       GError **error)
{
	if (bad_path && g_str_has_prefix(bad_path, "write ") &&
	    strcmp(path, bad_path + strlen("write ")) == 0) {
		g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_FAILED, "disk full");
		return false;
	}
	if (content)
		g_hash_table_replace(data, g_strdup(path), g_bytes_ref(content));
	else
		ck_assert(g_hash_table_remove(data, path));
	if (content)
		g_string_append_printf(written, "w %s %o\n", path, mode);
	else
		g_string_append_printf(written, "r %s\n", path);
	return true;
}

struct patch_target patch_tree_target(void)
{
	return (struct patch_target){ files, read_file, write_file };
}

void patch_tree_put(const char *path, const char *text)
{
	g_hash_table_replace(files, g_strdup(path), g_bytes_new(text, strlen(text)));
}

void patch_tree_remove(const char *path)
{
	g_hash_table_remove(files, path);
}

void patch_tree_set_bad(const char *path)
{
	bad_path = path;
}

const char *patch_tree_written(void)
{
	return written->str;
}

char *patch_tree_numbers(int from, int to)
{
	GString *text = g_string_new(NULL);

	for (int i = from; i <= to; i++)
		g_string_append_printf(text, "%d\n", i);
	return g_string_free(text, FALSE);
}

void patch_tree_setup(void)
{
	g_autofree char *ten = patch_tree_numbers(1, 10);

	files = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
				      (GDestroyNotify)g_bytes_unref);
	written = g_string_new(NULL);
	bad_path = NULL;
	patch_tree_put("d/ten", ten);
}

void patch_tree_teardown(void)
{
	g_hash_table_unref(files);
	g_string_free(written, TRUE);
}

void patch_tree_is(const char *path, const char *text)
{
	GBytes *content = g_hash_table_lookup(files, path);
	g_autofree char *is = NULL;

	if (!text) {
		ck_assert_ptr_null(content);
		return;
	}
	ck_assert_ptr_nonnull(content);
	if (g_bytes_get_size(content))
		is = g_strndup(g_bytes_get_data(content, NULL), g_bytes_get_size(content));
	else
		is = g_strdup("");
	ck_assert_str_eq(is, text);
}

struct patch *patch_tree_parse(const char *text)
{
	g_autoptr(GError) error = NULL;
	struct patch *patch = patch_parse(text, strlen(text), "p", &error);

	ck_assert_msg(patch, "%s", error ? error->message : "no error");
	return patch;
}

void patch_tree_refused(const char *text, const char *message)
{
	g_autoptr(GError) error = NULL;

	ck_assert_msg(!patch_parse(text, strlen(text), "p", &error), "taken: %s", text);
	ck_assert_ptr_nonnull(error);
	ck_assert(g_error_matches(error, INITLINT_ERROR, INITLINT_ERROR_INPUT));
	ck_assert_msg(strstr(error->message, message), "no \"%s\" in: %s", message, error->message);
	ck_assert_msg(g_str_has_prefix(error->message, "p"), "%s", error->message);
}

void patch_tree_applies(const char *text, unsigned int fuzz, const char *warnings)
{
	g_autoptr(patch) patch = patch_tree_parse(text);
	g_autoptr(GPtrArray) said = g_ptr_array_new_with_free_func(g_free);
	struct patch_target target = patch_tree_target();
	g_autoptr(GError) error = NULL;
	g_autofree char *all = NULL;

	ck_assert_msg(patch_apply(patch, &target, fuzz, said, &error), "%s",
		      error ? error->message : "no error");
	g_ptr_array_add(said, NULL);
	all = g_strjoinv("\n", (char **)said->pdata);
	ck_assert_str_eq(all, warnings);
}

void patch_tree_fails(const char *text, unsigned int fuzz, const char *message)
{
	g_autofree char *before = g_strdup(written->str);
	g_autoptr(patch) patch = patch_tree_parse(text);
	g_autoptr(GPtrArray) said = g_ptr_array_new_with_free_func(g_free);
	struct patch_target target = patch_tree_target();
	g_autoptr(GError) error = NULL;

	ck_assert(!patch_apply(patch, &target, fuzz, said, &error));
	ck_assert_ptr_nonnull(error);
	ck_assert_str_eq(error->message, message);
	ck_assert_uint_eq(said->len, 0);
	ck_assert_str_eq(written->str, before);
}
