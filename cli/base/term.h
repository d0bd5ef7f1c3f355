/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Terminal output: colour, and a progress line on stderr (files done, rate, time left).
 * Both are off if the stream is not a terminal. $NO_COLOR turns colour off.
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

/* fprintf() in @style. The style has no effect if @stream shows no colour. */
int term_print(FILE *stream, enum term_style style, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
bool term_has_colour(FILE *stream);

struct term_number {
	char text[16];
};

/* Formats @value with a comma between groups of three digits: "3,104". */
struct term_number term_number(unsigned int value);

struct progress;

/* Free with progress_free(). */
struct progress *progress_new(void);
/*
 * Draws the progress line at most ten times a second. @data is a struct progress *, so
 * that the function fits extract_options.progress; NULL does nothing. @total is 0 if it is
 * unknown. @label names the current work and is copied.
 */
void progress_update(void *data, unsigned int done, unsigned int total, const char *label);
/* Erases the progress line. @progress may be NULL. */
void progress_free(struct progress *progress);

#endif
