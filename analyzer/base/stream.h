/* SPDX-License-Identifier: GPL-2.0-only */
/* Whole writes to a socket and whole reads from it, over interruptions by signals. */
#ifndef INITLINT_ANALYZER_BASE_STREAM_H
#define INITLINT_ANALYZER_BASE_STREAM_H

#include <stdbool.h>
#include <stddef.h>

/* Returns false if the other side has closed the socket, or on an error. Raises no SIGPIPE. */
bool stream_write(int fd, const void *data, size_t len);
/* Returns false at the end of the stream, or on an error. */
bool stream_read(int fd, void *data, size_t len);

#endif
