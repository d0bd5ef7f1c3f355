/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The shared precompiled header of one class of units: where it is, what is known of
 * it without libclang, and whether it still stands. It is kept in BUILD/.initlint as
 * pch-<class>.pch, with .h (its text), .facts (those of its functions) and .meta (this).
 */
#ifndef INITLINT_ANALYZER_SOURCE_SHARED_PCH_H
#define INITLINT_ANALYZER_SOURCE_SHARED_PCH_H

#include <stdbool.h>
#include <stdint.h>
#include <glib.h>

#include "analyzer/base/paths.h"
#include "analyzer/source/wire/wire.h"

#define PCH_DIRECTORY "$O/.initlint"

/* A file that the header was built from. */
struct pch_file {
	char *path;   /* normal */
	char *actual; /* as the front end knows it: it looks at this one when it loads the header */
	int64_t size;
	int64_t mtime_ns;
	char *hash;	     /* SHA-256 in hex */
	GPtrArray *includes; /* const char *: normal paths, NULL-terminated */
};

struct pch {
	char *key;  /* of the content: equal keys, equal facts */
	char *tree; /* that it was built from */
	char *base; /* BUILD/.initlint/pch-<class>: the files' path without suffix */
	char *path; /* of the .pch */
	unsigned int n_headers;
	GPtrArray *files; /* struct pch_file */
	GHashTable *by_path;
	GPtrArray *forced; /* normal paths that each unit includes by its flags; NULL-terminated */
	GHashTable *sensitive; /* macro names that its headers depend on */
};

struct pch *pch_new(const char *base);
void pch_free(struct pch *pch);
typedef struct pch pch; /* g_autoptr() takes one word */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(pch, pch_free)

/* Takes over nothing; @includes is filled later through the result. */
struct pch_file *pch_add_file(struct pch *pch, const char *path, const char *actual);

bool pch_has(const struct pch *pch, const char *path);
/* Normal paths of what @path includes, NULL-terminated; NULL if it is not in the header. */
const char *const *pch_includes_of(const struct pch *pch, const char *path);
const char *const *pch_forced(const struct pch *pch);
/* Whether the header's text would read differently with another definition of @macro. */
bool pch_is_sensitive(const struct pch *pch, const char *macro);

/* Writes .meta; the other files must be in place. */
bool pch_save(const struct pch *pch, GError **error);
/*
 * The header at @base if it is whole and each of its files is as it was, in the tree
 * that @paths names too; NULL otherwise: it has to be built anew.
 */
struct pch *pch_load(const char *base, struct paths *paths);

/* Whether size and time of each of its files are still what they were. */
bool pch_still_stands(const struct pch *pch);

/* Size, time and hash of @file's content. False if it cannot be read. */
bool pch_stat_file(struct pch_file *file, const char *real);

#endif
