// SPDX-License-Identifier: GPL-2.0-only
#include "analyzer/image/image.h"

#include <string.h>
#include <sys/stat.h>

#include "analyzer/image/image_internal.h"
#include "db/error.h"
#include "db/read_file.h"

char *image_text_line(struct image_text *text)
{
	const char *eol;
	size_t length;

	if (text->at >= text->end)
		return NULL;
	eol = memchr(text->at, '\n', (size_t)(text->end - text->at));
	length = (size_t)((eol ? eol : text->end) - text->at);
	char *line = g_strndup(text->at, length);

	text->at += length + (eol ? 1 : 0);
	text->line++;
	g_strchomp(line); /* serial consoles add one or more CR */
	return line;
}

void image_add(struct image_builder *builder, enum initcall_level level, char *function,
	       char *modname, unsigned int line, unsigned int at)
{
	struct image_initcall call = {
		.level = level,
		.function = function,
		.modname = modname,
		.line = line,
		.at = at,
	};

	g_array_append_val(builder->initcalls, call);
}

static void clear_initcall(void *data)
{
	struct image_initcall *call = data;

	g_free(call->function);
	g_free(call->modname);
}

/*
 * Finds the first line of @text that can be a line of a System.map or of a list of initcalls.
 * Returns the kind of file to which this line belongs. If there is no such line, returns
 * IMAGE_BOOT_LOG.
 */
static enum image_kind find_kind(struct image_text text)
{
	enum image_kind kind = IMAGE_BOOT_LOG;
	char *line;

	while (kind == IMAGE_BOOT_LOG && (line = image_text_line(&text))) {
		if (image_is_map_line(line))
			kind = IMAGE_SYSTEM_MAP;
		else if (image_is_list_line(line))
			kind = IMAGE_LIST;
		g_free(line);
	}
	return kind;
}

static bool read_text(GBytes *content, const char *path, struct image_builder *builder,
		      struct image *image, GError **error)
{
	size_t length;
	const char *at = g_bytes_get_data(content, &length);
	struct image_text text = { .at = at, .end = at + length };

	image->kind = find_kind(text);
	switch (image->kind) {
	case IMAGE_SYSTEM_MAP:
		return image_read_map(&text, path, builder, error);
	case IMAGE_LIST:
		return image_read_list(&text, path, builder, error);
	default:
		return image_read_log(&text, path, builder, image, error);
	}
}

/* True if @content is not text. The content may be a kernel, but may also be any other file. */
static bool is_binary(const char *content, size_t length)
{
	return memchr(content, 0, MIN(length, 4096)) != NULL ||
	       (length >= 2 && memcmp(content, "\x1f\x8b", 2) == 0);
}

static bool read_any(GBytes *bytes, const char *path, struct image_builder *builder,
		     struct image *image, GError **error)
{
	size_t length;
	const char *content = g_bytes_get_data(bytes, &length);

	if (length == 0) {
		g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_INPUT, "%s: the file is empty",
			    path);
		return false;
	}
	if (length >= 4 && memcmp(content, "\177ELF", 4) == 0) {
		image->kind = IMAGE_ELF;
		return image_read_elf(bytes, path, builder, image, error);
	}
	if (length >= 15 && memcmp(content, "SQLite format 3", 15) == 0) {
		g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_INPUT,
			    "%s: this is a database; expected a kernel or a boot log to compare "
			    "with it",
			    path);
		return false;
	}
	if (is_binary(content, length)) {
		image->kind = IMAGE_KERNEL;
		return image_read_kernel(bytes, path, builder, image, error);
	}
	return read_text(bytes, path, builder, image, error);
}

/*
 * Returns the content of the file at @path; NULL on error. Maps a regular file. Reads any other
 * file, such as a pipe with a boot log, to its end.
 */
static GBytes *read_content(const char *path, GError **error)
{
	g_autoptr(GMappedFile) file = NULL;
	struct stat st;
	char *text;
	gsize length;

	/* stat() says that the files in /proc are empty. */
	if (stat(path, &st) == 0 && S_ISREG(st.st_mode) && st.st_size) {
		file = g_mapped_file_new(path, FALSE, error);
		return file ? g_mapped_file_get_bytes(file) : NULL;
	}
	if (read_argument(path, IMAGE_MAX, &text, &length, error))
		return g_bytes_new_take(text, length);
	return NULL;
}

bool image_read(const char *path, struct image *image, GError **error)
{
	struct image_builder builder = { 0 };
	g_autoptr(GError) cause = NULL;
	g_autoptr(GBytes) content = NULL;
	bool ok;

	memset(image, 0, sizeof(*image));
	image->complete = true;
	content = read_content(path, &cause);
	if (!content) {
		g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_INPUT, "%s: cannot be read: %s",
			    path, cause->message);
		return false;
	}
	builder.initcalls = g_array_new(FALSE, FALSE, sizeof(struct image_initcall));
	g_array_set_clear_func(builder.initcalls, clear_initcall);
	ok = read_any(content, path, &builder, image, error);
	if (!ok) {
		g_array_unref(builder.initcalls);
		return false;
	}
	image->n = builder.initcalls->len;
	image->initcalls = (struct image_initcall *)g_array_free(builder.initcalls, FALSE);
	return true;
}

void image_clear(struct image *image)
{
	for (unsigned int i = 0; i < image->n; i++)
		clear_initcall(&image->initcalls[i]);
	g_free(image->initcalls);
	memset(image, 0, sizeof(*image));
}
