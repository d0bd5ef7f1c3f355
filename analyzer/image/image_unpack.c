// SPDX-License-Identifier: GPL-2.0-only
#include "analyzer/image/image_unpack_internal.h"

#include <stdbool.h>
#include <string.h>

#include <archive.h>
#include <archive_entry.h>

#define MIN_SIZE ((gsize)1 << 20)
#define MAX_SIZE ((gsize)512 << 20)
/*
 * image_unpack() tries to unpack data wherever the bytes look like the start of compressed data.
 * MAX_ATTEMPTS is the maximum number of attempts in one file. A few attempts are enough for a boot
 * image.
 */
#define MAX_ATTEMPTS 64

static const struct {
	const char *bytes;
	gsize n;
} magics[] = {
	{ "\x1f\x8b\x08", 3 },
	{ "\xfd"
	  "7zXZ\0",
	  6 },
	{ "\x28\xb5\x2f\xfd", 4 },
	{ "\x02\x21\x4c\x18", 4 },
	{ "\x04\x22\x4d\x18", 4 },
	{ "BZh9", 4 },
};

/*
 * Unpacks the compressed data that begins at @data, and ignores the bytes after the compressed
 * data. After an error, returns the bytes that were unpacked before the error. Free with
 * g_byte_array_unref().
 */
static GByteArray *unpack_at(const guint8 *data, gsize n)
{
	struct archive *archive = archive_read_new();
	struct archive_entry *entry;
	GByteArray *out = g_byte_array_new();
	guint8 buffer[65536];
	la_ssize_t got = 1;

	archive_read_support_filter_all(archive);
	archive_read_support_format_raw(archive);
	if (archive_read_open_memory(archive, data, n) == ARCHIVE_OK &&
	    archive_read_next_header(archive, &entry) == ARCHIVE_OK)
		while (out->len < MAX_SIZE &&
		       (got = archive_read_data(archive, buffer, sizeof(buffer))) > 0)
			g_byte_array_append(out, buffer, (guint)got);
	archive_read_free(archive);
	return out;
}

static bool has_magic(const guint8 *data, gsize n)
{
	for (gsize i = 0; i < G_N_ELEMENTS(magics); i++)
		if (n >= magics[i].n && memcmp(data, magics[i].bytes, magics[i].n) == 0)
			return true;
	return false;
}

GBytes *image_unpack(GBytes *content)
{
	gsize n;
	const guint8 *data = g_bytes_get_data(content, &n);
	g_autoptr(GByteArray) largest = g_byte_array_new();
	unsigned int attempts = 0;

	for (gsize at = 0; at + 8 < n && attempts < MAX_ATTEMPTS; at++) {
		GByteArray *found;

		if (!has_magic(data + at, n - at))
			continue;
		attempts++;
		found = unpack_at(data + at, n - at);
		if (found->len > largest->len) {
			GByteArray *smaller = largest;

			largest = found;
			found = smaller;
		}
		g_byte_array_unref(found);
		/* Unpacked data larger than the whole boot image must be the kernel. */
		if (largest->len > n)
			break;
	}
	return largest->len < MIN_SIZE ? NULL
				       : g_byte_array_free_to_bytes(g_steal_pointer(&largest));
}
