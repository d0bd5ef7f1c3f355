/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A shared precompiled header (PCH). Units with the same common flags form a class (pch_class.h),
 * and can use the same shared header. A struct pch records which files the shared header was built
 * from. pch_load() and pch_still_stands() check without libclang that these files have not changed.
 *
 * The shared header of a class is stored as BUILD/.initlint/pch-<class>.pch. Three more files have
 * the same name with another suffix: .h (the source of the shared header), .facts (the facts of the
 * functions in the shared header) and .meta (struct pch).
 */
#ifndef INITLINT_ANALYZER_SOURCE_SHARED_PCH_H
#define INITLINT_ANALYZER_SOURCE_SHARED_PCH_H

#include <stdbool.h>
#include <stdint.h>
#include <glib.h>

#include "analyzer/base/paths.h"
#include "analyzer/source/wire/wire.h"

#define PCH_DIRECTORY "$O/.initlint"

/*
 * A file that the shared header was built from. Normal path: a path relative to the kernel tree, or
 * "$O/..." in the build directory, or an absolute path elsewhere (see paths_normal()).
 */
struct pch_file {
	char *path; /* normal path */
	/* the path by which libclang read the file; absolute, or relative to the build directory */
	char *actual;
	int64_t size;
	int64_t mtime_ns;
	char *hash; /* SHA-256 of the content, in hex */
	/* const char *: normal paths of the files that the file @path includes; NULL-terminated */
	GPtrArray *includes;
};

struct pch {
	/*
	 * hash of the id of the class, of the names of the chosen headers, and of the paths and
	 * contents of the files in @files that are not in PCH_DIRECTORY; shared headers with the
	 * same key have the same facts
	 */
	char *key;
	char *tree; /* kernel tree that the shared header was built from */
	char *base; /* BUILD/.initlint/pch-<class>: path of the stored files without suffix */
	char *path; /* path of the .pch file */
	/* number of chosen headers in the shared header; see pch_choose_headers() */
	unsigned int n_headers;
	GPtrArray *files; /* struct pch_file */
	/* normal path -> struct pch_file *, an element of @files */
	GHashTable *by_path;
	GPtrArray *forced; /* normal paths of the files of -include flags; NULL-terminated */
	/* set of char *: macros; the text of the files in @files depends on their definitions */
	GHashTable *sensitive;
};

/* Returns a struct pch without files. Copies @base to pch->base. Free with pch_free(). */
struct pch *pch_new(const char *base);
void pch_free(struct pch *pch);
typedef struct pch pch; /* g_autoptr() needs a type name of one word */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(pch, pch_free)

/*
 * Adds a file with the normal path @path. Sets pch_file.actual to @actual. Copies both strings. If
 * a file with @path was added before, returns that file without a change. The result belongs to
 * @pch. The caller fills all members of the result except pch_file.path and pch_file.actual.
 */
struct pch_file *pch_add_file(struct pch *pch, const char *path, const char *actual);

/* True if the shared header was built from the file with the normal path @path. */
bool pch_has(const struct pch *pch, const char *path);
/*
 * Returns the normal paths of the files that the file @path includes, NULL-terminated. Returns NULL
 * if the shared header was not built from @path.
 */
const char *const *pch_includes_of(const struct pch *pch, const char *path);
/* Returns pch->forced. */
const char *const *pch_forced(const struct pch *pch);
/* True if the declarations in the shared header depend on the definition of @macro. */
bool pch_is_sensitive(const struct pch *pch, const char *macro);

/*
 * Writes the .meta file. Call pch_save() after writing all other stored files: the .meta file means
 * that the other stored files are complete. Returns false and sets @error if the .meta file cannot
 * be written.
 */
bool pch_save(const struct pch *pch, GError **error);
/*
 * Loads the shared header that is stored as @base.pch, @base.meta and so on. Returns NULL if the
 * shared header must be built again: a stored file is missing or incomplete, or a file that the
 * shared header was built from has changed.
 *
 * The shared header may have been built from another tree than the tree of @paths. Then each file
 * that the shared header was built from must have the same content in both trees. On success, adds
 * pch->tree, the tree of the shared header, to @paths. Free the result with pch_free().
 */
struct pch *pch_load(const char *base, struct paths *paths);

/*
 * True if each file that the shared header was built from still has the size and the modification
 * time that @pch has recorded. Looks at the file at pch_file.actual.
 */
bool pch_still_stands(const struct pch *pch);

/*
 * Sets @file->size, @file->mtime_ns and @file->hash from the file at @real, a path of the file
 * system. If the file at @real cannot be read, returns false and does not change @file.
 */
bool pch_stat_file(struct pch_file *file, const char *real);

#endif
