// SPDX-License-Identifier: GPL-2.0-only
#include "cli/base/clean_output.h"

#include <errno.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

#include <glib.h>

/* What is behind one of the two streams. A stream takes no other data, so the structs are static. */
struct output {
	int fd;
	char pending[4]; /* the first bytes of a character whose other bytes are not written yet */
	unsigned int n_pending;
};

static struct output outputs[] = { { .fd = STDOUT_FILENO }, { .fd = STDERR_FILENO } };

static bool write_all(int fd, const char *text, gsize len)
{
	while (len) {
		ssize_t n = write(fd, text, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return false;
		text += n;
		len -= (gsize)n;
	}
	return true;
}

static void add_escaped(GString *clean, const char *text, gsize n)
{
	for (gsize i = 0; i < n; i++)
		g_string_append_printf(clean, "\\x%02x", (unsigned char)text[i]);
}

/* Appends the character at @text, or its first byte. Returns the number of bytes; 0: it is cut. */
static gsize add_character(GString *clean, const char *text, gsize len)
{
	gunichar c = g_utf8_get_char_validated(text, (gssize)len);
	gsize n;

	if (c == (gunichar)-2 && len < sizeof(outputs[0].pending))
		return 0;
	/* g_utf8_get_char_validated() takes a NUL for the end of the text. */
	if (!*text || c == (gunichar)-1 || c == (gunichar)-2) {
		add_escaped(clean, text, 1);
		return 1;
	}
	n = (gsize)(g_utf8_next_char(text) - text);
	if (g_unichar_iscntrl(c) && c != '\n' && c != '\t')
		add_escaped(clean, text, n);
	else
		g_string_append_len(clean, text, (gssize)n);
	return n;
}

static ssize_t write_clean(void *cookie, const char *text, size_t len)
{
	struct output *output = cookie;
	g_autoptr(GString) all = g_string_new_len(output->pending, output->n_pending);
	g_autoptr(GString) clean = g_string_new(NULL);
	gsize at = 0, n = 1;

	g_string_append_len(all, text, (gssize)len);
	while (at < all->len && n) {
		n = add_character(clean, all->str + at, all->len - at);
		at += n;
	}
	output->n_pending = (unsigned int)(all->len - at);
	memcpy(output->pending, all->str + at, output->n_pending);
	return write_all(output->fd, clean->str, clean->len) ? (ssize_t)len : 0;
}

static FILE *open_clean(struct output *output, int mode)
{
	const cookie_io_functions_t functions = { .write = write_clean };
	FILE *stream = fopencookie(output, "w", functions);

	if (!stream)
		g_error("fopencookie: %s", g_strerror(errno));
	setvbuf(stream, NULL, mode, BUFSIZ);
	return stream;
}

/* GLib's own handler prints nothing, because a stream of fopencookie() has no file descriptor. */
static void print_log(const char *domain, GLogLevelFlags level, const char *message,
		      G_GNUC_UNUSED gpointer data)
{
	if (!(level & (G_LOG_LEVEL_INFO | G_LOG_LEVEL_DEBUG)))
		fprintf(stderr, "initlint: %s%s%s\n", domain ? domain : "", domain ? ": " : "",
			message);
}

void clean_output_begin(void)
{
	g_log_set_default_handler(print_log, NULL);
	stdout = open_clean(&outputs[0], isatty(STDOUT_FILENO) ? _IOLBF : _IOFBF);
	stderr = open_clean(&outputs[1], _IONBF);
}

int clean_output_fd(FILE *stream)
{
	return stream == stderr ? STDERR_FILENO : STDOUT_FILENO;
}

void clean_output_raw(FILE *stream, const char *text)
{
	fflush(stream);
	/* Ignore errors: the next write to the stream reports them. */
	(void)write_all(clean_output_fd(stream), text, strlen(text));
}
