/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A tree in memory for patches to be applied to, and a log of what was written.
 */
#ifndef INITLINT_TESTS_PATCH_TREE_H
#define INITLINT_TESTS_PATCH_TREE_H

#include <check.h>
#include <string.h>

#include "analyzer/patch/patch.h"
#include "db/error.h"

static GHashTable *tree_files; /* path to GBytes */
static GString *tree_log;      /* "w PATH MODE\n", "r PATH\n" */
static const char *tree_bad;   /* reading or writing it fails */

static GBytes *tree_read(void *data, const char *path, GError **error)
{
	GBytes *content = g_hash_table_lookup(data, path);

	if (g_strcmp0(path, tree_bad) == 0) {
		g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_FAILED, "bad disk");
		return NULL;
	}
	return content ? g_bytes_ref(content) : NULL;
}

static bool tree_write(void *data, const char *path, GBytes *content, unsigned int mode,
		       GError **error)
{
	if (tree_bad && g_str_has_prefix(tree_bad, "write ") &&
	    strcmp(path, tree_bad + strlen("write ")) == 0) {
		g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_FAILED, "disk full");
		return false;
	}
	if (content)
		g_hash_table_replace(data, g_strdup(path), g_bytes_ref(content));
	else
		ck_assert(g_hash_table_remove(data, path));
	if (content)
		g_string_append_printf(tree_log, "w %s %o\n", path, mode);
	else
		g_string_append_printf(tree_log, "r %s\n", path);
	return true;
}

static inline void tree_put(const char *path, const char *text)
{
	g_hash_table_replace(tree_files, g_strdup(path), g_bytes_new(text, strlen(text)));
}

/* @from to @to, a line each. */
static inline char *numbers(int from, int to)
{
	GString *text = g_string_new(NULL);

	for (int i = from; i <= to; i++)
		g_string_append_printf(text, "%d\n", i);
	return g_string_free(text, FALSE);
}

static void tree_setup(void)
{
	g_autofree char *ten = numbers(1, 10);

	tree_files = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
					   (GDestroyNotify)g_bytes_unref);
	tree_log = g_string_new(NULL);
	tree_bad = NULL;
	tree_put("d/ten", ten);
}

static void tree_teardown(void)
{
	g_hash_table_unref(tree_files);
	g_string_free(tree_log, TRUE);
}

static inline void tree_is(const char *path, const char *text)
{
	GBytes *content = g_hash_table_lookup(tree_files, path);
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

static inline struct patch *parse(const char *text)
{
	g_autoptr(GError) error = NULL;
	struct patch *patch = patch_parse(text, strlen(text), "p", &error);

	ck_assert_msg(patch, "%s", error ? error->message : "no error");
	return patch;
}

/* Parsing @text fails with @message in the error. */
static inline void refused(const char *text, const char *message)
{
	g_autoptr(GError) error = NULL;

	ck_assert_msg(!patch_parse(text, strlen(text), "p", &error), "taken: %s", text);
	ck_assert_ptr_nonnull(error);
	ck_assert(g_error_matches(error, INITLINT_ERROR, INITLINT_ERROR_INPUT));
	ck_assert_msg(strstr(error->message, message), "no \"%s\" in: %s", message, error->message);
	ck_assert_msg(g_str_has_prefix(error->message, "p"), "%s", error->message);
}

/* Applies @text; @warnings: all of them, a line each. */
static inline void applies(const char *text, unsigned int fuzz, const char *warnings)
{
	g_autoptr(patch) patch = parse(text);
	g_autoptr(GPtrArray) said = g_ptr_array_new_with_free_func(g_free);
	struct patch_target target = { tree_files, tree_read, tree_write };
	g_autoptr(GError) error = NULL;
	g_autofree char *all = NULL;

	ck_assert_msg(patch_apply(patch, &target, fuzz, said, &error), "%s",
		      error ? error->message : "no error");
	g_ptr_array_add(said, NULL);
	all = g_strjoinv("\n", (char **)said->pdata);
	ck_assert_str_eq(all, warnings);
}

/* Applying @text fails with @message, and nothing more is written. */
static inline void fails(const char *text, unsigned int fuzz, const char *message)
{
	g_autofree char *written = g_strdup(tree_log->str);
	g_autoptr(patch) patch = parse(text);
	g_autoptr(GPtrArray) said = g_ptr_array_new_with_free_func(g_free);
	struct patch_target target = { tree_files, tree_read, tree_write };
	g_autoptr(GError) error = NULL;

	ck_assert(!patch_apply(patch, &target, fuzz, said, &error));
	ck_assert_ptr_nonnull(error);
	ck_assert_str_eq(error->message, message);
	ck_assert_uint_eq(said->len, 0);
	ck_assert_str_eq(tree_log->str, written);
}

#endif
