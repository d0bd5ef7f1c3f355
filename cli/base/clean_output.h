/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Keeps what a kernel tree or a patch contains from controlling the terminal. A name, a message of
 * the compiler or the text of a $(warning) may have escape sequences in it.
 */
#ifndef INITLINT_CLI_BASE_CLEAN_OUTPUT_H
#define INITLINT_CLI_BASE_CLEAN_OUTPUT_H

#include <stdio.h>

/*
 * Replaces stdout and stderr. From then on, control characters are written as "\x1b", except for
 * newline and tab. So are bytes that are no UTF-8. Call it once, before anything is printed.
 */
void clean_output_begin(void);
/*
 * Writes @text to @stream (stdout or stderr) as it is. Only for escape sequences of our own.
 */
void clean_output_raw(FILE *stream, const char *text);
/* Returns the file descriptor of @stream (stdout or stderr). fileno() returns -1 for these streams. */
int clean_output_fd(FILE *stream);

#endif
