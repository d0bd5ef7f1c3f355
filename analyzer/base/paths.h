/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Translates paths of the file system to normal paths, and back. The normal path of a file in the
 * kernel tree is relative to the tree. The normal path of a file in the build directory is
 * "$O/...". All other normal paths are absolute. db/facts.h uses normal paths.
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

/* Return the absolute path of the tree or of the build directory. @paths owns the string. */
const char *paths_tree(const struct paths *paths);
const char *paths_build(const struct paths *paths);

/*
 * Adds @tree, a second checkout of the kernel tree. The normal path of a file below @tree is then
 * relative to @tree. This is for a shared precompiled header that was built from the second
 * checkout.
 */
void paths_add_tree(struct paths *paths, const char *tree);

/*
 * Returns the normal path of @path. @path may be relative to the build directory and may contain
 * "..". Calls that return equal strings return the same pointer. @paths owns the string.
 */
const char *paths_normal(struct paths *paths, const char *path);

/*
 * True if @path and its normal path lead to different files. This happens if ".." follows a
 * symbolic link. The system resolves the link before "..", while paths_normal() removes "LINK/..".
 */
bool paths_strays(struct paths *paths, const char *path);

/* Returns the string that paths_normal() returns for the normal path @normal. */
const char *paths_intern(struct paths *paths, const char *normal);

/* Returns the file system path of @normal, a normal path. Free with g_free(). */
char *paths_real(const struct paths *paths, const char *normal);

#endif
