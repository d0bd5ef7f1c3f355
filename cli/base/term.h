/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Terminal output: colour, and a progress line on stderr. The progress line shows the number of
 * finished items, the rate and the remaining time. A stream that is not a terminal gets no colour
 * and no progress line. The environment variable NO_COLOR turns off colour. TERM=dumb turns off
 * colour and the progress line.
 */
#ifndef INITLINT_CLI_BASE_TERM_H
#define INITLINT_CLI_BASE_TERM_H

#include <stdbool.h>
#include <stdio.h>

enum term_style {
	TERM_PLAIN,
	TERM_BOLD,
	TERM_ERROR,
	TERM_WARNING,
	TERM_NOTE,
	TERM_GOOD,
	TERM_PATH
};

/*
 * Like fprintf(), but prints in @style if term_has_colour(@stream) is true. Returns the result of
 * fprintf().
 */
int term_print(FILE *stream, enum term_style style, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
/* True if @stream is a terminal, and neither $NO_COLOR nor TERM=dumb turns off colour. */
bool term_has_colour(FILE *stream);

struct term_number {
	char text[16];
};

/* Formats @value with commas between groups of three digits: "3,104". */
struct term_number term_number(unsigned int value);

struct progress;

/* Returns a progress line that is not drawn yet. Free with progress_free(). */
struct progress *progress_new(void);
/*
 * Draws the progress line, at most ten times a second.
 * @data: a struct progress, or NULL to draw nothing. The type of @data is void * so that the
 * function pointer extract_options.progress can point to progress_update().
 * @done: the number of finished items.
 * @total: the number of all items, or 0 if this number is unknown.
 * @label: the name of the current item or task. The function copies @label.
 */
void progress_update(void *data, unsigned int done, unsigned int total, const char *label);
/* Erases the progress line and frees @progress, which may be NULL. */
void progress_free(struct progress *progress);

#endif
