/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Checks the first 100 bytes and the size of a database file. This is cheaper than opening the file
 * with SQLite. The check distinguishes a damaged database, which initlint has written, from a
 * foreign file, which another program has written. initlint must not replace a foreign file.
 */
#ifndef INITLINT_DB_HEADER_H
#define INITLINT_DB_HEADER_H

#include <stdbool.h>
#include <glib.h>

#define SCHEMA_VERSION 12

enum header_kind {
	HEADER_MISSING,	  /* no such file, or an empty file */
	HEADER_FOREIGN,	  /* not a database of initlint, or not readable */
	HEADER_OLDER,	  /* the version of the schema is lower than SCHEMA_VERSION */
	HEADER_NEWER,	  /* the version of the schema is higher than SCHEMA_VERSION */
	HEADER_TRUNCATED, /* the size of the file differs from the size in the file's header */
	HEADER_GOOD,
};

/* Checks the file at @path. Sets @error if the result is not HEADER_GOOD. */
enum header_kind header_check(const char *path, GError **error);

#endif
