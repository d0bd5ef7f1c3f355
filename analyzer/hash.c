// SPDX-License-Identifier: GPL-2.0-only
#include "analyzer/hash.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#define CHUNK (256 * 1024)

/* Below this many files a thread costs more than it saves. */
#define FILES_PER_THREAD 64

static void fill(struct file_content *content, const struct stat *st)
{
	*content = (struct file_content){
		.exists = true,
		.size = st->st_size,
		.mtime_ns = (int64_t)st->st_mtim.tv_sec * 1000000000 + st->st_mtim.tv_nsec,
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
	/* O_NONBLOCK: a name may have become that of a FIFO. */
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

struct share {
	const char *const *paths;
	struct file_content *contents;
	unsigned int first;
	unsigned int end;
	unsigned int step;
};

static gpointer hash_share(gpointer data)
{
	const struct share *share = data;

	for (unsigned int i = share->first; i < share->end; i += share->step)
		hash_file(share->paths[i], &share->contents[i]);
	return NULL;
}

void hash_files(const char *const *paths, struct file_content *contents, unsigned int n,
		unsigned int jobs)
{
	unsigned int n_threads = CLAMP(n / FILES_PER_THREAD, 1, MAX(jobs, 1));
	g_autofree struct share *shares = g_new(struct share, n_threads);
	g_autofree GThread **threads = g_new0(GThread *, n_threads);

	for (unsigned int i = 0; i < n_threads; i++) {
		shares[i] = (struct share){ paths, contents, i, n, n_threads };
		if (i > 0)
			threads[i] = g_thread_new("hash", hash_share, &shares[i]);
	}
	hash_share(&shares[0]);
	for (unsigned int i = 1; i < n_threads; i++)
		g_thread_join(threads[i]);
}
