/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Translates paths of the file system to normal paths, and normal paths to paths of the file
 * system. The normal path of a file in the kernel tree is relative to the tree. The normal path of
 * a file in the build directory is "$O/...". All other normal paths are absolute. The paths in
 * facts (db/facts.h) are normal paths.
 */
#ifndef INITLINT_ANALYZER_BASE_PATHS_H
#define INITLINT_ANALYZER_BASE_PATHS_H

#include <stdbool.h>
#include <glib.h>

struct paths;

/* @tree and @build may be relative to the current directory. Free with paths_free(). */
struct paths *paths_new(const char *tree, const char *build);
void paths_free(struct paths *paths);
typedef struct paths paths; /* g_autoptr() needs a type name of one word */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(paths, paths_free)

/*
 * paths_tree() returns the absolute path of the tree. paths_build() returns the absolute path of
 * the build directory. @paths owns the strings.
 */
const char *paths_tree(const struct paths *paths);
const char *paths_build(const struct paths *paths);

/*
 * Adds @tree, a second checkout of the kernel tree. From then on, the normal path of a file below
 * @tree is relative to @tree. initlint calls paths_add_tree() if it built a shared precompiled
 * header from @tree.
 */
void paths_add_tree(struct paths *paths, const char *tree);

/*
 * Returns the directories whose files have a normal path that is not absolute: the trees and the build
 * directory. NULL at the end. Free the array with g_free(), not the strings.
 */
const char **paths_directories(const struct paths *paths);

/*
 * Returns the normal path of @path. @path may be relative to the build directory and may contain
 * "..". Calls that return equal strings return the same pointer. @paths owns the string.
 */
const char *paths_normal(struct paths *paths, const char *path);

/*
 * True if @path leads to a file, and the normal path of @path does not lead to the same file. This
 * happens if ".." follows a symbolic link LINK: the system resolves LINK before "..", while
 * paths_normal() removes "LINK/.." from the text.
 */
bool paths_strays(struct paths *paths, const char *path);

/*
 * Returns a copy of @normal, a normal path. @paths owns the copy. If paths_intern() and
 * paths_normal() return equal strings, the pointers are equal, too.
 */
const char *paths_intern(struct paths *paths, const char *normal);

/* Returns the file system path of @normal, a normal path. Free with g_free(). */
char *paths_real(const struct paths *paths, const char *normal);

#endif
