/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Writes to a socket, and reads from a socket. stream_write() writes all @len bytes, and
 * stream_read() reads all @len bytes, even if a signal interrupts a system call.
 */
#ifndef INITLINT_ANALYZER_BASE_STREAM_H
#define INITLINT_ANALYZER_BASE_STREAM_H

#include <stdbool.h>
#include <stddef.h>

/* Returns false if the peer has closed the socket, or on an error. Raises no SIGPIPE. */
bool stream_write(int fd, const void *data, size_t len);
/* Returns false if the stream ends before @len bytes, or on an error. */
bool stream_read(int fd, void *data, size_t len);

#endif
