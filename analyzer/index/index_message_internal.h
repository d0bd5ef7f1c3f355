/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Messages between the two processes of index_process.c. A message has a kind, numbers and texts.
 * Both processes run the same program, so a message has the machine's byte order.
 */
#ifndef INITLINT_ANALYZER_INDEX_INDEX_MESSAGE_INTERNAL_H
#define INITLINT_ANALYZER_INDEX_INDEX_MESSAGE_INTERNAL_H

#include <stdint.h>

#include "analyzer/index/index.h"

enum message_kind {
	/*
	 * The parent process asks the child process to call index_run(), which updates the
	 * database. See index_message_request().
	 */
	MESSAGE_REQUEST,
	/* numbers: @done, @total; text: @what (see index_callbacks.progress) */
	MESSAGE_PROGRESS,
	MESSAGE_WARNING, /* text: the warning */
	/* index_run() has failed; number: code of INITLINT_ERROR; text: the error message */
	MESSAGE_ERROR,
	MESSAGE_DONE, /* index_run() has succeeded */
};

#define MESSAGE_N_NUMBERS 7
#define MESSAGE_N_TEXTS	  7

struct index_message {
	enum message_kind kind;
	uint32_t numbers[MESSAGE_N_NUMBERS];
	/* Any text may be NULL. In a received message, the texts point into @bytes. */
	const char *texts[MESSAGE_N_TEXTS];
	char *bytes; /* owns the texts of a received message */
};

/* Returns false if @message cannot be written. */
bool index_message_send(int fd, const struct index_message *message);
/*
 * Waits for a complete message. Returns false at the end of the stream, or on an error. If the
 * result is true, clear @message with index_message_clear().
 */
bool index_message_receive(int fd, struct index_message *message);
void index_message_clear(struct index_message *message);

/*
 * Returns a MESSAGE_REQUEST with all members of @options except @options->cancel. The texts of the
 * result are the strings of @options, not copies of the strings.
 */
struct index_message index_message_request(const struct index_options *options);
/*
 * Returns the options in @request, a MESSAGE_REQUEST. In the result, index_options.cancel is NULL.
 * The strings of the result belong to @request.
 */
struct index_options index_message_options(const struct index_message *request);

#endif
