/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The shared precompiled header (PCH) of a class of units. This file records which files the
 * header was built from, and checks without libclang that they have not changed. The header
 * is stored in BUILD/.initlint as pch-<class>.pch, with these files beside it: .h (its
 * source), .facts (the facts of its functions) and .meta (struct pch).
 */
#ifndef INITLINT_ANALYZER_SOURCE_SHARED_PCH_H
#define INITLINT_ANALYZER_SOURCE_SHARED_PCH_H

#include <stdbool.h>
#include <stdint.h>
#include <glib.h>

#include "analyzer/base/paths.h"
#include "analyzer/source/wire/wire.h"

#define PCH_DIRECTORY "$O/.initlint"

/* A file that the header was built from. Normal paths are those of paths_normal(). */
struct pch_file {
	char *path;   /* normal path */
	char *actual; /* path that libclang checks when it loads the header */
	int64_t size;
	int64_t mtime_ns;
	char *hash;	     /* SHA-256 in hex */
	GPtrArray *includes; /* const char *: normal paths, NULL-terminated */
};

struct pch {
	char *key;  /* hash of the content: headers with equal keys have equal facts */
	char *tree; /* kernel tree that the header was built from */
	char *base; /* BUILD/.initlint/pch-<class>: path of the stored files without suffix */
	char *path; /* path of the .pch file */
	unsigned int n_headers; /* number of headers chosen by pch_choose_headers() */
	GPtrArray *files;	/* struct pch_file */
	GHashTable *by_path;	/* normal path -> struct pch_file *, which belongs to files */
	GPtrArray *forced;	/* normal paths of files included by -include; NULL-terminated */
	GHashTable *sensitive;	/* names of macros that the text of the headers depends on */
};

/* Returns a struct pch without files. @base becomes pch->base. Free with pch_free(). */
struct pch *pch_new(const char *base);
void pch_free(struct pch *pch);
typedef struct pch pch; /* g_autoptr() takes one word */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(pch, pch_free)

/*
 * Adds a file with these two paths, which are copied. Returns the existing file if @path was
 * added before. The caller fills the other members of the result.
 */
struct pch_file *pch_add_file(struct pch *pch, const char *path, const char *actual);

/* True if the header was built from the file with the normal path @path. */
bool pch_has(const struct pch *pch, const char *path);
/*
 * Returns the normal paths of the files that @path includes, NULL-terminated. Returns NULL if
 * the header was not built from @path.
 */
const char *const *pch_includes_of(const struct pch *pch, const char *path);
/* Returns pch->forced. */
const char *const *pch_forced(const struct pch *pch);
/* True if another definition of @macro could change what the header declares. */
bool pch_is_sensitive(const struct pch *pch, const char *macro);

/* Writes the .meta file. Call it last: a .meta file means that the other files are complete. */
bool pch_save(const struct pch *pch, GError **error);
/*
 * Loads the header at @base. Returns NULL if the header must be built again: its files are
 * incomplete, or a file that it was built from has changed. If the header was built from
 * another tree than that of @paths, the files of both trees must be equal. On success, adds
 * the tree of the header to @paths.
 */
struct pch *pch_load(const char *base, struct paths *paths);

/* True if no file that the header was built from has changed its size or time. */
bool pch_still_stands(const struct pch *pch);

/* Sets size, time and hash of @file from the file at @real. False if it cannot be read. */
bool pch_stat_file(struct pch_file *file, const char *real);

#endif
