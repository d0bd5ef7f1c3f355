// SPDX-License-Identifier: GPL-2.0-only
#include "db/read_file.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "db/error.h"

#define CHUNK 65536

static bool fail(GError **error, const char *text)
{
	g_set_error_literal(error, INITLINT_ERROR, INITLINT_ERROR_INPUT, text);
	return false;
}

static bool read_all(int fd, gsize max, GString *text, GError **error)
{
	for (;;) {
		gsize before = text->len;
		ssize_t n;

		g_string_set_size(text, before + CHUNK);
		do
			n = read(fd, text->str + before, CHUNK);
		while (n < 0 && errno == EINTR);
		if (n < 0)
			return fail(error, g_strerror(errno));
		g_string_set_size(text, before + (gsize)n);
		if (!n)
			return true;
		if (text->len > max) {
			g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_INPUT,
				    "more than %u MB; expected a smaller file",
				    (unsigned int)(max >> 20));
			return false;
		}
	}
}

static bool read_fd(int fd, gsize max, char **text, gsize *len, GError **error)
{
	GString *content = g_string_new(NULL);
	bool ok = read_all(fd, max, content, error);

	close(fd);
	if (ok && len)
		*len = content->len;
	if (ok)
		*text = g_string_free(content, FALSE);
	else
		g_string_free(content, TRUE);
	return ok;
}

bool read_file(const char *path, char **text, gsize *len, GError **error)
{
	/* O_NONBLOCK: open() must not wait for the writer of a FIFO. */
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	struct stat st;

	if (fd < 0)
		return fail(error, g_strerror(errno));
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode))
		return read_fd(fd, READ_FILE_MAX, text, len, error);
	close(fd);
	return fail(error, S_ISDIR(st.st_mode) ? "it is a directory; expected a file"
					       : "it is a pipe or a device; expected a file");
}

bool read_argument(const char *path, gsize max, char **text, gsize *len, GError **error)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);

	if (fd < 0)
		return fail(error, g_strerror(errno));
	return read_fd(fd, max, text, len, error);
}

/*
 * Brackets in strings count, too. This does no harm: strings with so many unmatched brackets are
 * not in files that people write.
 */
static bool is_nested_too_deep(const char *text, gsize len)
{
	int depth = 0;

	for (gsize i = 0; i < len && depth <= READ_MAX_NESTING; i++) {
		if (text[i] == '[' || text[i] == '{')
			depth++;
		else if ((text[i] == ']' || text[i] == '}') && depth)
			depth--;
	}
	return depth > READ_MAX_NESTING;
}

bool read_document(const char *path, char **text, gsize *len, GError **error)
{
	g_autofree char *content = NULL;
	gsize size;

	if (!read_argument(path, READ_FILE_MAX, &content, &size, error))
		return false;
	if (is_nested_too_deep(content, size))
		return fail(error, "more than 200 nested brackets");
	*text = g_steal_pointer(&content);
	*len = size;
	return true;
}
