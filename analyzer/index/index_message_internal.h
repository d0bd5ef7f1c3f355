/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Messages between the two processes of index_process.c. A message has a kind, numbers and texts.
 * Both processes run the same program, so the format depends on the machine.
 */
#ifndef INITLINT_ANALYZER_INDEX_INDEX_MESSAGE_INTERNAL_H
#define INITLINT_ANALYZER_INDEX_INDEX_MESSAGE_INTERNAL_H

#include <stdint.h>

#include "analyzer/index/index.h"

enum message_kind {
	MESSAGE_REQUEST,  /* index_message_request() */
	MESSAGE_PROGRESS, /* numbers: done, total; text: the current unit or task */
	MESSAGE_WARNING,  /* text */
	MESSAGE_ERROR,	  /* number: code of INITLINT_ERROR; text */
	MESSAGE_DONE,
};

#define MESSAGE_N_NUMBERS 7
#define MESSAGE_N_TEXTS	  5

struct index_message {
	enum message_kind kind;
	uint32_t numbers[MESSAGE_N_NUMBERS];
	/* Any text may be NULL. In a received message, texts point into @bytes. */
	const char *texts[MESSAGE_N_TEXTS];
	char *bytes; /* owns the texts of a received message */
};

bool index_message_send(int fd, const struct index_message *message);
/*
 * Waits for a complete message. Returns false at the end of the stream, or on an error. Free the
 * message with index_message_clear().
 */
bool index_message_receive(int fd, struct index_message *message);
void index_message_clear(struct index_message *message);

/* Convert options, except cancel. The strings of the result belong to the argument. */
struct index_message index_message_request(const struct index_options *options);
struct index_options index_message_options(const struct index_message *request);

#endif
