/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The first 100 bytes of a database file, read without SQLite: cheap, and able to tell
 * a damaged database of ours from a file of someone else's that must not be replaced.
 */
#ifndef INITLINT_DB_HEADER_H
#define INITLINT_DB_HEADER_H

#include <stdbool.h>
#include <glib.h>

#define SCHEMA_VERSION 8

enum header_kind {
	HEADER_MISSING, /* no such file, or an empty one */
	HEADER_FOREIGN, /* no database of initlint's */
	HEADER_OLDER,
	HEADER_NEWER,
	HEADER_TRUNCATED,
	HEADER_GOOD,
};

/*
 * Looks at @path. Any kind but HEADER_GOOD comes with @error set, to be reported by
 * those who wanted to read it.
 */
enum header_kind header_check(const char *path, GError **error);

#endif
