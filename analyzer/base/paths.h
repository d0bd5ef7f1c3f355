/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Between the paths that the front end prints and those of db/facts.h: tree-relative,
 * "$O/..." for the build directory, absolute for anything else.
 */
#ifndef INITLINT_ANALYZER_BASE_PATHS_H
#define INITLINT_ANALYZER_BASE_PATHS_H

#include <stdbool.h>
#include <glib.h>

struct paths;

/* @tree and @build as the user wrote them; relative ones are relative to the current directory. */
struct paths *paths_new(const char *tree, const char *build);
void paths_free(struct paths *paths);
typedef struct paths paths; /* g_autoptr() takes one word */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(paths, paths_free)

/* Absolute. */
const char *paths_tree(const struct paths *paths);
const char *paths_build(const struct paths *paths);

/* Files below @tree count as the tree's too: a checkout that a shared header was built from. */
void paths_add_tree(struct paths *paths, const char *tree);

/*
 * The one spelling of @path, which may be relative to the build directory and contain
 * "..". Equal paths give the same pointer; it lives as long as @paths.
 */
const char *paths_normal(struct paths *paths, const char *path);

/*
 * Whether @path, by its "..", leads to another file than that of its normal path: from below a
 * link ".." does.
 */
bool paths_strays(struct paths *paths, const char *path);

/* The pointer that paths_normal() gives for a path that is normal already. */
const char *paths_intern(struct paths *paths, const char *normal);

/* Where the file of a normal path is. Free with g_free(). */
char *paths_real(const struct paths *paths, const char *normal);

#endif
