/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Reads a whole file into memory. A kernel tree may be hostile: a Makefile may be a FIFO, a link to
 * /dev/zero, or a huge file. These functions never wait for a writer, and never read more than the
 * limit.
 */
#ifndef INITLINT_DB_READ_FILE_H
#define INITLINT_DB_READ_FILE_H

#include <stdbool.h>
#include <glib.h>

/* The limit of read_file() and read_argument(), in bytes. */
#define READ_FILE_MAX ((gsize)64 << 20)

/*
 * Reads the regular file @path of a tree or a build directory. Sets *@text to the content, with a NUL
 * behind it; free with g_free(). Sets *@len to the number of bytes without this NUL. @len may be
 * NULL. Returns false with INITLINT_ERROR_INPUT, and changes neither *@text nor *@len, if @path is
 * no regular file, has more than READ_FILE_MAX bytes or cannot be read. The message does not name
 * @path.
 */
bool read_file(const char *path, char **text, gsize *len, GError **error);
/*
 * Reads a file that the user has named. Works as read_file(), but the file may also be a pipe, as in
 * "initlint series <(git format-patch ...)", or a device. @max: the limit in bytes.
 */
bool read_argument(const char *path, gsize max, char **text, gsize *len, GError **error);
/*
 * Reads a YAML or JSON file that the user has named. Works as read_argument() with READ_FILE_MAX.
 * Also fails if more than READ_MAX_NESTING brackets are open at one place: the parsers of such files
 * need much time or stack for them.
 */
#define READ_MAX_NESTING 200
bool read_document(const char *path, char **text, gsize *len, GError **error);

#endif
