// SPDX-License-Identifier: GPL-2.0-only
#include "analyzer/base/tree.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "db/error.h"
#include "db/read_file.h"

/* Maximum number of references to follow from HEAD. git has this limit, too. */
#define MAX_SYMREFS 5

/*
 * True if @directory is a separate build directory. A separate build directory has a link "source"
 * to the kernel tree. make has created this link.
 */
static bool is_build_directory(const char *directory)
{
	g_autofree char *kconfig = g_build_filename(directory, "source", "Kconfig", NULL);

	return g_file_test(kconfig, G_FILE_TEST_EXISTS);
}

/* Fails if the part @path of a kernel tree cannot be looked at, although it may exist. */
static bool check_access(const char *path, GError **error)
{
	struct stat st;

	if (stat(path, &st) == 0 || errno == ENOENT || errno == ENOTDIR)
		return true;
	g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_INPUT, "%s: %s", path, g_strerror(errno));
	return false;
}

bool tree_check(const char *tree, GError **error)
{
	static const char *const parts[] = { "Makefile", "Kconfig", "arch", "init" };

	if (!g_file_test(tree, G_FILE_TEST_IS_DIR)) {
		g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_INPUT,
			    "%s: no such directory; name a kernel source tree with -k", tree);
		return false;
	}
	for (gsize i = 0; i < G_N_ELEMENTS(parts); i++) {
		g_autofree char *path = g_build_filename(tree, parts[i], NULL);

		if (g_file_test(path, G_FILE_TEST_EXISTS))
			continue;
		if (!check_access(path, error))
			return false;
		if (is_build_directory(tree)) {
			g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_INPUT,
				    "%s: a build directory, not a kernel source tree; use: "
				    "-k %s/source -o %s",
				    tree, tree, tree);
			return false;
		}
		g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_INPUT,
			    "%s: not a kernel source tree (it has no %s); name one with -k", tree,
			    parts[i]);
		return false;
	}
	return true;
}

char *tree_path(const char *tree, const char *build, const char *path)
{
	if (g_path_is_absolute(path))
		return g_strdup(path);
	if (g_str_has_prefix(path, "$O/"))
		return g_build_filename(build, path + strlen("$O/"), NULL);
	return g_build_filename(tree, path, NULL);
}

/* Returns the value from the line "@name = value" of @lines; "" if no line has this form. */
static const char *assigned_value(char *const *lines, const char *name)
{
	size_t len = strlen(name);

	for (; *lines; lines++) {
		const char *rest = *lines + len;

		if (strncmp(*lines, name, len) != 0)
			continue;
		rest += strspn(rest, " \t");
		if (*rest == '=')
			return rest + 1 + strspn(rest + 1, " \t");
	}
	return "";
}

char *tree_version(const char *tree)
{
	g_autofree char *path = g_build_filename(tree, "Makefile", NULL);
	g_autofree char *text = NULL;
	g_auto(GStrv) lines = NULL;

	if (!read_file(path, &text, NULL, NULL))
		return NULL;
	lines = g_strsplit(text, "\n", -1);
	if (!*assigned_value(lines, "VERSION"))
		return NULL;
	return g_strdup_printf("%s.%s.%s%s", assigned_value(lines, "VERSION"),
			       assigned_value(lines, "PATCHLEVEL"),
			       assigned_value(lines, "SUBLEVEL"),
			       assigned_value(lines, "EXTRAVERSION"));
}

/*
 * Returns the first line of @directory/@name; NULL if the file cannot be read. Free with g_free().
 */
static char *first_line(const char *directory, const char *name)
{
	g_autofree char *path = g_build_filename(directory, name, NULL);
	char *text = NULL;

	if (!read_file(path, &text, NULL, NULL))
		return NULL;
	text[strcspn(text, "\r\n")] = '\0';
	return text;
}

static char *resolve(const char *base, const char *path)
{
	return g_path_is_absolute(path) ? g_strdup(path) : g_build_filename(base, path, NULL);
}

/*
 * Returns the path of git's directory for @tree; NULL if @tree is no git checkout. In worktrees and
 * submodules, .git is a file that contains this path. Free with g_free().
 */
static char *git_directory(const char *tree)
{
	g_autofree char *dot_git = g_build_filename(tree, ".git", NULL);
	g_autofree char *line = NULL;

	if (g_file_test(dot_git, G_FILE_TEST_IS_DIR))
		return g_steal_pointer(&dot_git);
	line = first_line(tree, ".git");
	if (!line || !g_str_has_prefix(line, "gitdir: "))
		return NULL;
	return resolve(tree, line + strlen("gitdir: "));
}

static bool is_commit(const char *text)
{
	size_t n = strspn(text, "0123456789abcdef");

	return text[n] == '\0' && (n == 40 || n == 64);
}

static char *packed_commit(const char *common, const char *ref)
{
	g_autofree char *path = g_build_filename(common, "packed-refs", NULL);
	g_autofree char *text = NULL;
	g_auto(GStrv) lines = NULL;

	if (!read_file(path, &text, NULL, NULL))
		return NULL;
	lines = g_strsplit(text, "\n", -1);
	for (char **line = lines; *line; line++) {
		char *space = strchr(*line, ' ');

		if (!space || strcmp(space + 1, ref) != 0)
			continue;
		*space = '\0';
		return is_commit(*line) ? g_strdup(*line) : NULL;
	}
	return NULL;
}

char *tree_commit(const char *tree)
{
	g_autofree char *git = git_directory(tree);
	g_autofree char *commondir = git ? first_line(git, "commondir") : NULL;
	g_autofree char *common = commondir ? resolve(git, commondir) : g_strdup(git);
	g_autofree char *line = git ? first_line(git, "HEAD") : NULL;

	for (int i = 0; line && i < MAX_SYMREFS; i++) {
		g_autofree char *ref = NULL;

		if (is_commit(line))
			return g_steal_pointer(&line);
		if (!g_str_has_prefix(line, "ref: "))
			return NULL;
		ref = g_strdup(line + strlen("ref: "));
		g_free(line);
		line = first_line(git, ref);
		if (!line)
			line = first_line(common, ref);
		if (!line)
			return packed_commit(common, ref);
	}
	return NULL;
}
