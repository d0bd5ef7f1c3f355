/* SPDX-License-Identifier: GPL-2.0-only */
/* A mini tree for each test, walks of it and what they found. */
#ifndef TEST_KBUILD_FIXTURE_H
#define TEST_KBUILD_FIXTURE_H

#include <check.h>
#include <string.h>
#include <glib/gstdio.h>

#include "analyzer/kbuild/kbuild.h"
#include "tests/support/mini_tree.h"
#include "tests/support/scratch.h"

static char *tree; /* of the test that runs */

static inline void setup(void)
{
	tree = scratch_new();
	mini_tree_fill(tree, mini_tree);
}

static inline void teardown(void)
{
	scratch_free(tree);
}

static inline void put(const char *name, const char *text)
{
	mini_tree_put(tree, name, text);
}

static inline struct kbuild *walk_config(const char *config_text, bool flags, GError **error)
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

static inline struct kbuild *walk(const char *config_text)
{
	g_autoptr(GError) error = NULL;
	struct kbuild *kbuild = walk_config(config_text, false, &error);

	ck_assert_msg(kbuild, "%s", error ? error->message : "");
	return kbuild;
}

/* "path ..." of all objects; modules behind "| ". */
static inline void check_objects(const struct kbuild *kbuild, const char *want)
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

static inline const struct kbuild_object *find(const struct kbuild *kbuild, const char *path)
{
	unsigned int n;
	const struct kbuild_object *objects = kbuild_objects(kbuild, &n);

	for (unsigned int i = 0; i < n; i++)
		if (strcmp(objects[i].fact.path, path) == 0)
			return &objects[i];
	ck_abort_msg("%s is not there", path);
	return NULL;
}

/* "Makefile:line condition" of each place on the way, from the object up. */
static inline void check_place(const struct kbuild *kbuild, const char *path, const char *want)
{
	g_autoptr(GString) text = g_string_new(NULL);
	const struct place_fact *place = find(kbuild, path)->fact.place;

	for (; place; place = place->parent)
		g_string_append_printf(text, "%s%s:%u %s", text->len ? ", " : "",
				       place->makefile ? place->makefile : "?", place->line,
				       place->condition ? place->condition : "-");
	ck_assert_str_eq(text->str, want);
}

#endif
