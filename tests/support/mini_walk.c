// SPDX-License-Identifier: GPL-2.0-only
#include <check.h>
#include <string.h>

#include "tests/support/mini_tree.h"
#include "tests/support/mini_walk.h"
#include "tests/support/temp_dir.h"

static char *tree; /* of the running test */

void mini_walk_setup(void)
{
	tree = temp_dir_new();
	mini_tree_fill(tree, mini_tree);
}

void mini_walk_teardown(void)
{
	temp_dir_free(tree);
}

const char *mini_walk_tree(void)
{
	return tree;
}

void mini_walk_put(const char *name, const char *text)
{
	mini_tree_put(tree, name, text);
}

struct kbuild *mini_walk_config(const char *config_text, bool flags, GError **error)
{
	g_autofree char *path = g_build_filename(tree, ".config", NULL);
	g_autofree char *text =
		g_strconcat("# Linux/arm64 6.12.0 Kernel Configuration\n", config_text, NULL);
	g_autoptr(kconfig) config = NULL;
	struct kbuild_options options = { .tree = tree, .flags = flags };

	ck_assert(g_file_set_contents(path, text, -1, NULL));
	config = kconfig_load(path, error);
	options.config = config;
	return config ? kbuild_walk(&options, error) : NULL;
}

struct kbuild *mini_walk(const char *config_text)
{
	g_autoptr(GError) error = NULL;
	struct kbuild *kbuild = mini_walk_config(config_text, false, &error);

	ck_assert_msg(kbuild, "%s", error ? error->message : "");
	return kbuild;
}

void mini_walk_check_objects(const struct kbuild *kbuild, const char *want)
{
	g_autoptr(GString) text = g_string_new(NULL);
	unsigned int n;
	const struct kbuild_object *objects = kbuild_objects(kbuild, &n);

	for (unsigned int i = 0; i < n; i++) {
		bool module = objects[i].fact.kind == OBJECT_MODULE;

		ck_assert_int_eq(objects[i].fact.position, module ? -1 : (int)i);
		g_string_append_printf(text, "%s%s%s", i ? " " : "", module ? "|" : "",
				       objects[i].fact.path);
	}
	ck_assert_str_eq(text->str, want);
}

const struct kbuild_object *mini_walk_find(const struct kbuild *kbuild, const char *path)
{
	unsigned int n;
	const struct kbuild_object *objects = kbuild_objects(kbuild, &n);

	for (unsigned int i = 0; i < n; i++)
		if (strcmp(objects[i].fact.path, path) == 0)
			return &objects[i];
	ck_abort_msg("%s is not there", path);
	return NULL;
}

void mini_walk_check_place(const struct kbuild *kbuild, const char *path, const char *want)
{
	g_autoptr(GString) text = g_string_new(NULL);
	const struct place_fact *place = mini_walk_find(kbuild, path)->fact.place;

	for (; place; place = place->parent)
		g_string_append_printf(text, "%s%s:%u %s", text->len ? ", " : "",
				       place->makefile ? place->makefile : "?", place->line,
				       place->condition ? place->condition : "-");
	ck_assert_str_eq(text->str, want);
}
