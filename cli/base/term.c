// SPDX-License-Identifier: GPL-2.0-only
#include "cli/base/term.h"

#include <glib.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "cli/base/clean_output.h"

struct progress {
	bool on;
	bool shown;
	gint64 start_us; /* when the current phase of the work began */
	gint64 last_us;	 /* when the progress line was last drawn */
	unsigned int total;
	char *label;
};

#define REDRAW_US 100000

static const char *const escapes[] = {
	[TERM_PLAIN] = "",	     [TERM_BOLD] = "\033[1m",
	[TERM_ERROR] = "\033[1;31m", [TERM_WARNING] = "\033[1;35m",
	[TERM_NOTE] = "\033[1;36m",  [TERM_GOOD] = "\033[1;32m",
	[TERM_PATH] = "\033[1m",
};

bool term_has_colour(FILE *stream)
{
	const char *no_color = getenv("NO_COLOR");
	const char *term = getenv("TERM");

	return isatty(clean_output_fd(stream)) && !(no_color && *no_color) &&
	       g_strcmp0(term, "dumb") != 0;
}

int term_print(FILE *stream, enum term_style style, const char *format, ...)
{
	bool colour = style != TERM_PLAIN && term_has_colour(stream);
	va_list args;
	int n;

	if (colour)
		clean_output_raw(stream, escapes[style]);
	va_start(args, format);
	n = vfprintf(stream, format, args);
	va_end(args);
	if (colour)
		clean_output_raw(stream, "\033[0m");
	return n;
}

struct progress *progress_new(void)
{
	struct progress *progress = g_new0(struct progress, 1);

	progress->on = isatty(STDERR_FILENO) && g_strcmp0(getenv("TERM"), "dumb") != 0;
	return progress;
}

/*
 * Returns the width of the terminal in columns, or 80 if the width is unknown. The progress line
 * must fit into one row of the terminal, because "\r" cannot return to an earlier row.
 */
static int columns(void)
{
	struct winsize size;

	return ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col ? size.ws_col : 80;
}

static void draw(struct progress *progress, unsigned int done, unsigned int total, gint64 now)
{
	double seconds = (double)(now - progress->start_us) / G_USEC_PER_SEC;
	g_autoptr(GString) line = g_string_new(NULL);

	if (total)
		g_string_append_printf(line, "%u of %u", done, total);
	if (total && done && seconds >= 1) {
		unsigned int left = (unsigned int)((total - done) * seconds / done + 0.5);

		g_string_append_printf(line, ", %.0f/s, %u:%02u left", done / seconds, left / 60,
				       left % 60);
	}
	g_string_append_printf(line, "%s%s", line->len ? ": " : "", progress->label);
	if (!total && seconds >= 1)
		g_string_append_printf(line, " (%.0f s)", seconds);
	clean_output_raw(stderr, "\r\033[K");
	fprintf(stderr, "%.*s", columns() - 1, line->str);
	fflush(stderr);
	progress->shown = true;
	progress->last_us = now;
}

void progress_update(void *data, unsigned int done, unsigned int total, const char *label)
{
	struct progress *progress = data;
	bool label_changed;
	gint64 now;

	if (!progress || !progress->on)
		return;
	now = g_get_monotonic_time();
	label_changed = g_strcmp0(progress->label, label) != 0;
	if (label_changed) {
		g_free(progress->label);
		progress->label = g_strdup(label);
	}
	/*
	 * If @total changes, a new phase of the work begins. If @total is 0, @label is the name of
	 * the phase, so a change of @label begins a new phase too. If @total is not 0, @label is
	 * only the name of the current item.
	 */
	if (total != progress->total || (label_changed && !total)) {
		progress->total = total;
		progress->start_us = now;
		progress->last_us = 0;
	}
	if (now - progress->last_us >= REDRAW_US)
		draw(progress, done, total, now);
}

void progress_free(struct progress *progress)
{
	if (!progress)
		return;
	if (progress->shown)
		clean_output_raw(stderr, "\r\033[K");
	g_free(progress->label);
	g_free(progress);
}

struct term_number term_number(unsigned int value)
{
	struct term_number n;

	if (value >= 1000000)
		g_snprintf(n.text, sizeof(n.text), "%u,%03u,%03u", value / 1000000,
			   value / 1000 % 1000, value % 1000);
	else if (value >= 1000)
		g_snprintf(n.text, sizeof(n.text), "%u,%03u", value / 1000, value % 1000);
	else
		g_snprintf(n.text, sizeof(n.text), "%u", value);
	return n;
}
