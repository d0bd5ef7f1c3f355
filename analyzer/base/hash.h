/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The content of files, as SHA-256.
 */
#ifndef INITLINT_ANALYZER_BASE_HASH_H
#define INITLINT_ANALYZER_BASE_HASH_H

#include <stdbool.h>
#include <stdint.h>
#include <glib.h>

#define HASH_HEX_SIZE 65

struct file_content {
	bool exists;
	int64_t size;
	int64_t mtime_ns;	  /* since 1970 */
	char hash[HASH_HEX_SIZE]; /* "" if it does not exist or was not asked for */
};

/*
 * Looks at the file at @path (a real one) and leaves the hash empty. What cannot be
 * looked at, or is no regular file, does not exist.
 */
void hash_stat(const char *path, struct file_content *content);
/* The same with the hash; what cannot be read does not exist. */
void hash_file(const char *path, struct file_content *content);
/* hash_file() for @n files, by @jobs threads. */
void hash_files(const char *const *paths, struct file_content *contents, unsigned int n,
		unsigned int jobs);

#endif
