/* SPDX-License-Identifier: GPL-2.0-only */
/* For the tests of the Kbuild walk: a mini tree for each test, and walks of the tree. */
#ifndef INITLINT_TESTS_MINI_WALK_H
#define INITLINT_TESTS_MINI_WALK_H

#include "analyzer/kbuild/kbuild.h"

/* Fixture of a test case: makes mini_tree in a temporary directory, and removes it. */
void mini_walk_setup(void);
void mini_walk_teardown(void);

/* The directory of the tree. It is valid until mini_walk_teardown(). */
const char *mini_walk_tree(void);

/* Writes @text to the file @name of the tree. */
void mini_walk_put(const char *name, const char *text);

/*
 * Walks the tree with the .config text @config_text; @flags: also finds sources and their
 * compiler flags. The caller frees the result. Returns NULL and sets @error on failure.
 */
struct kbuild *mini_walk_config(const char *config_text, bool flags, GError **error);

/* The same without flags. A failure of the walk fails the test. */
struct kbuild *mini_walk(const char *config_text);

/* Checks the paths of all objects, in order, with a blank between them; "|PATH" is a module. */
void mini_walk_check_objects(const struct kbuild *kbuild, const char *want);

/* The object at @path, owned by @kbuild. The test fails if there is none. */
const struct kbuild_object *mini_walk_find(const struct kbuild *kbuild, const char *path);

/*
 * Checks the places of the object at @path, from its own up to the top of the tree, as
 * "MAKEFILE:LINE CONDITION, ..."; "-" is no condition.
 */
void mini_walk_check_place(const struct kbuild *kbuild, const char *path, const char *want);

#endif
