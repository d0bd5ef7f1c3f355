/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The terminal: colour, and a progress line on stderr (files done, rate, time left).
 * Nothing of either when the stream is no terminal; no colour with NO_COLOR set.
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

/* Prints "text" in the style if @stream shows colour. Returns what fprintf returns. */
int term_print(FILE *stream, enum term_style style, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
bool term_has_colour(FILE *stream);

struct term_number {
	char text[16];
};

/* With a comma before each three digits: "3,104". */
struct term_number term_number(unsigned int value);

struct progress;

struct progress *progress_new(void);
/* @total 0: unknown. Signature fits extract_options.progress. */
void progress_update(void *progress, unsigned int done, unsigned int total, const char *what);
/* Takes the line away. */
void progress_free(struct progress *progress);

#endif
