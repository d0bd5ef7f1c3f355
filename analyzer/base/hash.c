// SPDX-License-Identifier: GPL-2.0-only
#include "analyzer/base/hash.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "analyzer/base/parallel.h"

#define CHUNK ((gsize)256 * 1024)

static int64_t nanoseconds(const struct timespec *time)
{
	return (int64_t)time->tv_sec * 1000000000 + time->tv_nsec;
}

int64_t hash_mtime(const struct stat *st)
{
	return nanoseconds(&st->st_mtim);
}

int64_t hash_time(const struct stat *st)
{
	return MAX(hash_mtime(st), nanoseconds(&st->st_ctim));
}

static void fill(struct file_content *content, const struct stat *st)
{
	*content = (struct file_content){
		.exists = true,
		.size = st->st_size,
		.changed_ns = hash_time(st),
		.modified_ns = hash_mtime(st),
	};
}

void hash_stat(const char *path, struct file_content *content)
{
	struct stat st;

	*content = (struct file_content){ .exists = false };
	if (stat(path, &st) == 0 && S_ISREG(st.st_mode))
		fill(content, &st);
}

static bool hash_fd(int fd, struct file_content *content)
{
	g_autofree guchar *buffer = g_malloc(CHUNK);
	GChecksum *sum = g_checksum_new(G_CHECKSUM_SHA256);
	ssize_t n;

	while ((n = read(fd, buffer, CHUNK)) > 0)
		g_checksum_update(sum, buffer, n);
	if (n == 0)
		g_strlcpy(content->hash, g_checksum_get_string(sum), sizeof(content->hash));
	g_checksum_free(sum);
	return n == 0;
}

void hash_file(const char *path, struct file_content *content)
{
	/* O_NONBLOCK: open() must not wait if @path is now a FIFO. */
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	struct stat st;

	*content = (struct file_content){ .exists = false };
	if (fd < 0)
		return;
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode)) {
		fill(content, &st);
		if (!hash_fd(fd, content))
			*content = (struct file_content){ .exists = false };
	}
	close(fd);
}

struct hashing {
	const char *const *paths;
	struct file_content *contents;
};

static void hash_share(const struct share *share, void *data)
{
	const struct hashing *hashing = data;

	foreach_in_share(i, share)
		hash_file(hashing->paths[i], &hashing->contents[i]);
}

void hash_files(const char *const *paths, struct file_content *contents, unsigned int n,
		unsigned int jobs)
{
	struct hashing hashing = { paths, contents };

	parallel_run("hash", n, jobs, hash_share, &hashing);
}
