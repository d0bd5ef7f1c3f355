/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Messages between index_process.c's two processes, which are one program: a kind, a few numbers
 * and a few texts of any bytes but NUL.
 */
#ifndef INITLINT_ANALYZER_INDEX_INDEX_MESSAGE_INTERNAL_H
#define INITLINT_ANALYZER_INDEX_INDEX_MESSAGE_INTERNAL_H

#include <stdint.h>

#include "analyzer/index/index.h"

enum message_kind {
	MESSAGE_REQUEST,  /* index_message_request() */
	MESSAGE_PROGRESS, /* numbers: done, total; text: what */
	MESSAGE_WARNING,  /* text */
	MESSAGE_ERROR,	  /* number: code of INITLINT_ERROR; text */
	MESSAGE_DONE,
};

#define MESSAGE_N_NUMBERS 7
#define MESSAGE_N_TEXTS	  5

struct index_message {
	enum message_kind kind;
	uint32_t numbers[MESSAGE_N_NUMBERS];
	const char *texts[MESSAGE_N_TEXTS]; /* NULL or the sender's; in @bytes when received */
	char *bytes;			    /* when received */
};

bool index_message_send(int fd, const struct index_message *message);
/* Waits for a whole message. False at the end of the stream. Free with index_message_clear(). */
bool index_message_receive(int fd, struct index_message *message);
void index_message_clear(struct index_message *message);

/* The options without cancel; strings are those of the argument. */
struct index_message index_message_request(const struct index_options *options);
struct index_options index_message_options(const struct index_message *request);

#endif
