// SPDX-License-Identifier: GPL-2.0-only
#include "db/header.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "db/error.h"

/* https://www.sqlite.org/fileformat2.html#the_database_header */
#define HEADER_SIZE	    100
#define OFFSET_PAGE_SIZE    16
#define OFFSET_PAGES	    28
#define OFFSET_USER_VERSION 60
#define OFFSET_APPLICATION  68

#define APPLICATION_ID 0x496e4c74 /* the application_id in schema.sql */

static uint32_t big_endian(const uint8_t *bytes, unsigned int n)
{
	uint32_t value = 0;

	for (unsigned int i = 0; i < n; i++)
		value = value << 8 | bytes[i];
	return value;
}

static enum header_kind report(enum header_kind kind, const char *path, const char *problem,
			       GError **error)
{
	g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_INPUT, "%s: %s", path, problem);
	return kind;
}

static enum header_kind classify(const uint8_t *header, uint64_t size, const char *path,
				 GError **error)
{
	uint32_t version = big_endian(header + OFFSET_USER_VERSION, 4);
	uint64_t page_size = big_endian(header + OFFSET_PAGE_SIZE, 2);

	if (page_size == 1)
		page_size = 65536;
	if (memcmp(header, "SQLite format 3", 16) != 0 ||
	    big_endian(header + OFFSET_APPLICATION, 4) != APPLICATION_ID)
		return report(HEADER_FOREIGN, path, "is not a database made by initlint index",
			      error);
	if (version < SCHEMA_VERSION)
		return report(HEADER_OLDER, path,
			      "was made by an older initlint; run initlint index again", error);
	if (version > SCHEMA_VERSION)
		return report(HEADER_NEWER, path,
			      "was made by a newer initlint; use the newer initlint, or index into "
			      "another file with --db",
			      error);
	if (size != page_size * big_endian(header + OFFSET_PAGES, 4))
		return report(HEADER_TRUNCATED, path,
			      "is damaged (its size is not what its header says); run initlint "
			      "index again",
			      error);
	return HEADER_GOOD;
}

enum header_kind header_check(const char *path, GError **error)
{
	uint8_t header[HEADER_SIZE] = { 0 };
	struct stat st;
	ssize_t n = -1;
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd >= 0 && fstat(fd, &st) == 0)
		n = read(fd, header, sizeof(header));
	if (n < 0) {
		int code = errno;

		if (fd >= 0)
			close(fd);
		g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_INPUT, "%s: %s; %s", path,
			    g_strerror(code),
			    code == ENOENT ? "make it with initlint index, or name one with --db"
					   : "expected a database made by initlint index");
		return code == ENOENT ? HEADER_MISSING : HEADER_FOREIGN;
	}
	close(fd);
	if (n == 0 && S_ISREG(st.st_mode))
		return report(HEADER_MISSING, path, "is empty; run initlint index", error);
	return classify(header, (uint64_t)st.st_size, path, error);
}
