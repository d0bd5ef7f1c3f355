// SPDX-License-Identifier: GPL-2.0-only
#include "analyzer/reindex/header_text.h"

#include <string.h>
#include <gio/gio.h>

#include "analyzer/reindex/header_items.h"
#include "analyzer/base/parallel.h"
#include "db/read_file.h"

/*
 * Maximum size of a header in bytes. The text of a larger header is not stored. Headers of this
 * size are generated lists of registers, which rarely change.
 */
#define MAX_SIZE (4u << 20)
/* The fastest compression level. Higher levels save little more space. */
#define LEVEL 1

static GBytes *convert(GConverter *converter, const char *data, gsize len)
{
	g_autoptr(GByteArray) out = g_byte_array_new();
	GConverterResult result = G_CONVERTER_CONVERTED;
	guint8 buffer[16384];

	while (result != G_CONVERTER_FINISHED) {
		gsize n_read, n_written;

		result = g_converter_convert(converter, data, len, buffer, sizeof(buffer),
					     G_CONVERTER_INPUT_AT_END, &n_read, &n_written, NULL);
		if (result == G_CONVERTER_ERROR || out->len > 2 * MAX_SIZE)
			return NULL;
		g_byte_array_append(out, buffer, (guint)n_written);
		data += n_read;
		len -= n_read;
	}
	return g_byte_array_free_to_bytes(g_steal_pointer(&out));
}

/*
 * Returns the text of the file @path without comments. Sets *@len to the length of this text, and
 * @hash (HASH_HEX_SIZE bytes) to the hash of the file's whole content. Returns NULL if the file is
 * unreadable or too large. Free with g_free().
 */
static char *read_stripped(const char *path, char *hash, gsize *len)
{
	g_autofree char *text = NULL;
	GChecksum *sum;
	gsize size;

	if (!read_file(path, &text, &size, NULL) || size > MAX_SIZE)
		return NULL;
	sum = g_checksum_new(G_CHECKSUM_SHA256);
	g_checksum_update(sum, (const guchar *)text, (gssize)size);
	g_strlcpy(hash, g_checksum_get_string(sum), HASH_HEX_SIZE);
	g_checksum_free(sum);
	return header_strip(text, size, len);
}

char *header_text_now(const char *path, const char *hash, gsize *len)
{
	char found[HASH_HEX_SIZE];
	char *text = read_stripped(path, found, len);

	if (text && strcmp(found, hash) != 0)
		g_clear_pointer(&text, g_free);
	return text;
}

char *header_text_unpack(GBytes *packed, gsize *len)
{
	g_autoptr(GZlibDecompressor) inflate =
		g_zlib_decompressor_new(G_ZLIB_COMPRESSOR_FORMAT_ZLIB);
	gsize size;
	const char *data = g_bytes_get_data(packed, &size);
	g_autoptr(GBytes) bytes = convert(G_CONVERTER(inflate), data, size);

	if (!bytes)
		return NULL;
	*len = g_bytes_get_size(bytes);
	return g_strndup(*len ? g_bytes_get_data(bytes, NULL) : "", *len);
}

struct reading {
	const char *const *paths;
	struct header_text *texts;
};

static void read_share(const struct share *share, void *data)
{
	const struct reading *reading = data;

	foreach_in_share(i, share) {
		struct header_text *text = &reading->texts[i];
		g_autoptr(GZlibCompressor) deflate =
			g_zlib_compressor_new(G_ZLIB_COMPRESSOR_FORMAT_ZLIB, LEVEL);
		gsize len;
		g_autofree char *stripped = NULL;

		*text = (struct header_text){ 0 };
		stripped = read_stripped(reading->paths[i], text->hash, &len);
		if (stripped)
			text->packed = convert(G_CONVERTER(deflate), stripped, len);
		if (text->packed)
			text->macros = macro_names(stripped, len);
	}
}

void header_texts_read(const char *const *paths, struct header_text *texts, unsigned int n,
		       unsigned int jobs)
{
	struct reading reading = { paths, texts };

	parallel_run("texts", n, jobs, read_share, &reading);
}
