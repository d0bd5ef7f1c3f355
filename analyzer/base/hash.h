/* SPDX-License-Identifier: GPL-2.0-only */
/* Sizes, times and SHA-256 hashes of files. */
#ifndef INITLINT_ANALYZER_BASE_HASH_H
#define INITLINT_ANALYZER_BASE_HASH_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/stat.h>
#include <glib.h>

#define HASH_HEX_SIZE 65

struct file_content {
	bool exists;
	int64_t size;
	int64_t changed_ns;	  /* see hash_time() */
	int64_t modified_ns;	  /* st_mtime, in nanoseconds since 1970 */
	char hash[HASH_HEX_SIZE]; /* SHA-256 in hex; "": the file does not exist or was not read */
};

/*
 * Returns the time of the last change, in nanoseconds since 1970: the later one of st_mtime and
 * st_ctime. A program can set st_mtime to any value, but not st_ctime.
 */
int64_t hash_time(const struct stat *st);
/* Returns st_mtime in nanoseconds since 1970. */
int64_t hash_mtime(const struct stat *st);
/*
 * Fills @content from stat(). Does not read the file, so @content->hash is "". @path must be a path
 * that open() understands. @path must not begin with "$O/", initlint's abbreviation for the build
 * directory. @content->exists is false if stat() fails, or if @path is not a regular file.
 */
void hash_stat(const char *path, struct file_content *content);
/*
 * Fills @content as hash_stat() does. Also reads the file and sets @content->hash. If the file
 * cannot be read, sets @content->exists to false, even if the file exists.
 */
void hash_file(const char *path, struct file_content *content);
/* Calls hash_file() with @paths[i] and &@contents[i] for all i < @n, in at most @jobs threads. */
void hash_files(const char *const *paths, struct file_content *contents, unsigned int n,
		unsigned int jobs);

#endif
