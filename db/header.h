/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Checks the first 100 bytes of a database file without SQLite. The check is cheap. It tells a
 * damaged database of initlint from a foreign file, which initlint must not replace.
 */
#ifndef INITLINT_DB_HEADER_H
#define INITLINT_DB_HEADER_H

#include <stdbool.h>
#include <glib.h>

#define SCHEMA_VERSION 8

enum header_kind {
	HEADER_MISSING, /* no such file, or an empty one */
	HEADER_FOREIGN, /* not a database of initlint */
	HEADER_OLDER,
	HEADER_NEWER,
	HEADER_TRUNCATED,
	HEADER_GOOD,
};

/* Checks the file at @path. Sets @error unless it returns HEADER_GOOD. */
enum header_kind header_check(const char *path, GError **error);

#endif
