/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Translates paths of the file system to normal paths, and back. A normal path is spelt as in
 * db/facts.h: relative to the tree, "$O/..." in the build directory, absolute elsewhere.
 */
#ifndef INITLINT_ANALYZER_BASE_PATHS_H
#define INITLINT_ANALYZER_BASE_PATHS_H

#include <stdbool.h>
#include <glib.h>

struct paths;

/* @tree and @build may be relative to the current directory. Free with paths_free(). */
struct paths *paths_new(const char *tree, const char *build);
void paths_free(struct paths *paths);
typedef struct paths paths; /* g_autoptr() takes one word */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(paths, paths_free)

/* Return absolute paths, which @paths owns. */
const char *paths_tree(const struct paths *paths);
const char *paths_build(const struct paths *paths);

/*
 * Adds a second checkout of the tree: normal paths of files below @tree are tree-relative too. A
 * shared precompiled header may have been built from another checkout.
 */
void paths_add_tree(struct paths *paths, const char *tree);

/*
 * Returns the normal path of @path. @path may be relative to the build directory and may contain
 * "..". Equal normal paths are the same pointer. @paths owns the string.
 */
const char *paths_normal(struct paths *paths, const char *path);

/*
 * True if @path and its normal path are different files. This happens if ".." follows a symbolic
 * link: the system resolves the link before "..", while paths_normal() removes "LINK/..".
 */
bool paths_strays(struct paths *paths, const char *path);

/* Returns the pointer that paths_normal() returns for @normal, which must be a normal path. */
const char *paths_intern(struct paths *paths, const char *normal);

/* Returns the file system path of @normal, a normal path. Free with g_free(). */
char *paths_real(const struct paths *paths, const char *normal);

#endif
