// SPDX-License-Identifier: GPL-2.0-only
#include "analyzer/base/paths.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "analyzer/base/tree.h"

/*
 * A directory, and the prefix that the normal paths of its files have in place of "@dir/". A normal
 * path is initlint's spelling of a path: "init/main.c" for a file in the kernel tree, "$O/.config"
 * for a file in the build directory. The prefix of a kernel tree is "". All other prefixes begin
 * with "$O/".
 */
struct root {
	char *dir; /* absolute, no slash at the end */
	size_t len;
	const char *prefix;
};

struct paths {
	char *tree;
	char *build;
	/*
	 * struct root, longest @dir first. A path belongs to the first root that matches. The order
	 * matters if the build directory is in the tree.
	 */
	GArray *roots;
	/* argument of paths_normal() -> normal path; both strings are in @chunk */
	GHashTable *normal;
	GStringChunk *chunk;
};

static int root_compare(gconstpointer a, gconstpointer b)
{
	const struct root *ra = a, *rb = b;

	if (ra->len != rb->len)
		return ra->len > rb->len ? -1 : 1;
	/*
	 * In an in-place build, the tree is also the build directory, so two roots have the same
	 * @dir. The root with the prefix "" comes before the root with the prefix "$O/", so all
	 * files count as files of the tree.
	 */
	return strcmp(ra->prefix, rb->prefix);
}

static void add_root(struct paths *paths, const char *dir, const char *prefix)
{
	struct root root = { g_strdup(dir), strlen(dir), prefix };

	for (unsigned int i = 0; i < paths->roots->len; i++) {
		const struct root *old = &g_array_index(paths->roots, struct root, i);

		if (strcmp(old->dir, dir) == 0 && strcmp(old->prefix, prefix) == 0) {
			g_free(root.dir);
			return;
		}
	}
	g_array_append_val(paths->roots, root);
	g_array_sort(paths->roots, root_compare);
}

/*
 * Adds two roots for @dir: @dir as given, and @dir with symbolic links resolved. Both roots are
 * needed, because make prints resolved paths, while the shell's pwd keeps symbolic links. Returns
 * the absolute path of @dir without resolving symbolic links. Free with g_free().
 */
static char *add_directory(struct paths *paths, const char *dir, const char *prefix)
{
	char *absolute = g_canonicalize_filename(dir, NULL);
	char *real = realpath(absolute, NULL);

	add_root(paths, absolute, prefix);
	if (real)
		add_root(paths, real, prefix);
	free(real);
	return absolute;
}

static void root_clear(gpointer data)
{
	g_free(((struct root *)data)->dir);
}

struct paths *paths_new(const char *tree, const char *build)
{
	struct paths *paths = g_new0(struct paths, 1);
	g_autofree char *own_files = NULL;

	paths->roots = g_array_new(FALSE, FALSE, sizeof(struct root));
	g_array_set_clear_func(paths->roots, root_clear);
	paths->normal = g_hash_table_new(g_str_hash, g_str_equal);
	paths->chunk = g_string_chunk_new(64 << 10);
	paths->tree = add_directory(paths, tree, "");
	paths->build = add_directory(paths, build, "$O/");
	/* Files that initlint writes have the prefix TREE_OWN_FILES even in an in-place build. */
	own_files = g_build_filename(build, ".initlint", NULL);
	g_free(add_directory(paths, own_files, TREE_OWN_FILES));
	return paths;
}

void paths_free(struct paths *paths)
{
	if (!paths)
		return;
	g_array_unref(paths->roots);
	g_hash_table_unref(paths->normal);
	g_string_chunk_free(paths->chunk);
	g_free(paths->tree);
	g_free(paths->build);
	g_free(paths);
}

const char *paths_tree(const struct paths *paths)
{
	return paths->tree;
}

const char *paths_build(const struct paths *paths)
{
	return paths->build;
}

void paths_add_tree(struct paths *paths, const char *tree)
{
	g_free(add_directory(paths, tree, ""));
	g_hash_table_remove_all(paths->normal);
}

const char **paths_directories(const struct paths *paths)
{
	const char **directories = g_new0(const char *, paths->roots->len + 1);

	for (unsigned int i = 0; i < paths->roots->len; i++)
		directories[i] = g_array_index(paths->roots, struct root, i).dir;
	return directories;
}

static const char *normalise(struct paths *paths, const char *path)
{
	g_autofree char *full = g_canonicalize_filename(path, paths->build);
	g_autofree char *prefixed = NULL;

	for (unsigned int i = 0; i < paths->roots->len; i++) {
		const struct root *root = &g_array_index(paths->roots, struct root, i);
		const char *rest = full + root->len;

		if (strncmp(full, root->dir, root->len) != 0 || *rest != '/')
			continue;
		if (!*root->prefix)
			return g_string_chunk_insert_const(paths->chunk, rest + 1);
		prefixed = g_strconcat(root->prefix, rest + 1, NULL);
		return g_string_chunk_insert_const(paths->chunk, prefixed);
	}
	return g_string_chunk_insert_const(paths->chunk, full);
}

const char *paths_normal(struct paths *paths, const char *path)
{
	const char *normal = g_hash_table_lookup(paths->normal, path);

	if (!normal) {
		normal = normalise(paths, path);
		g_hash_table_insert(paths->normal, g_string_chunk_insert_const(paths->chunk, path),
				    (gpointer)normal);
	}
	return normal;
}

bool paths_strays(struct paths *paths, const char *path)
{
	g_autofree char *real = NULL;
	g_autofree char *full = NULL;
	struct stat given_file, normal_file;

	if (!strstr(path, "/../"))
		return false;
	real = paths_real(paths, paths_normal(paths, path));
	full = g_path_is_absolute(path) ? g_strdup(path)
					: g_build_filename(paths->build, path, NULL);
	return stat(full, &given_file) == 0 &&
	       (stat(real, &normal_file) != 0 || given_file.st_dev != normal_file.st_dev ||
		given_file.st_ino != normal_file.st_ino);
}

const char *paths_intern(struct paths *paths, const char *normal)
{
	return g_string_chunk_insert_const(paths->chunk, normal);
}

char *paths_real(const struct paths *paths, const char *normal)
{
	if (g_path_is_absolute(normal))
		return g_strdup(normal);
	if (g_str_has_prefix(normal, "$O/"))
		return g_build_filename(paths->build, normal + 3, NULL);
	return g_build_filename(paths->tree, normal, NULL);
}
