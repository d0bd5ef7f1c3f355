// SPDX-License-Identifier: GPL-2.0-only
#include "analyzer/index/index_message_internal.h"

#include <string.h>

#include "analyzer/base/stream.h"

/* The first part of a message. The texts come after this part. */
struct head {
	uint32_t kind;
	uint32_t numbers[MESSAGE_N_NUMBERS];
	/* lens[i]: length of text i with the NUL; 0: text i is NULL */
	uint32_t lens[MESSAGE_N_TEXTS];
};

bool index_message_send(int fd, const struct index_message *message)
{
	struct head head = { .kind = message->kind };

	memcpy(head.numbers, message->numbers, sizeof(head.numbers));
	for (unsigned int i = 0; i < MESSAGE_N_TEXTS; i++)
		if (message->texts[i])
			head.lens[i] = (uint32_t)strlen(message->texts[i]) + 1;
	if (!stream_write(fd, &head, sizeof(head)))
		return false;
	for (unsigned int i = 0; i < MESSAGE_N_TEXTS; i++)
		if (!stream_write(fd, message->texts[i], head.lens[i]))
			return false;
	return true;
}

bool index_message_receive(int fd, struct index_message *message)
{
	struct head head;
	size_t len = 0;
	char *at;

	if (!stream_read(fd, &head, sizeof(head)))
		return false;
	for (unsigned int i = 0; i < MESSAGE_N_TEXTS; i++)
		len += head.lens[i];
	*message = (struct index_message){ .kind = (enum message_kind)head.kind };
	memcpy(message->numbers, head.numbers, sizeof(head.numbers));
	message->bytes = at = g_malloc(len + 1);
	if (!stream_read(fd, message->bytes, len)) {
		index_message_clear(message);
		return false;
	}
	for (unsigned int i = 0; i < MESSAGE_N_TEXTS; i++) {
		message->texts[i] = head.lens[i] ? at : NULL;
		at += head.lens[i];
	}
	return true;
}

void index_message_clear(struct index_message *message)
{
	g_clear_pointer(&message->bytes, g_free);
}

struct index_message index_message_request(const struct index_options *options)
{
	return (struct index_message){
		.kind = MESSAGE_REQUEST,
		.numbers = { options->build_given, options->jobs, options->timeout_s, options->full,
			     options->modules, options->temporary, options->changes_expected },
		.texts = { options->tree, options->build, options->db, options->arch,
			   options->config, options->origin, options->build_origin },
	};
}

struct index_options index_message_options(const struct index_message *request)
{
	return (struct index_options){
		.build_given = request->numbers[0],
		.jobs = request->numbers[1],
		.timeout_s = request->numbers[2],
		.full = request->numbers[3],
		.modules = request->numbers[4],
		.temporary = request->numbers[5],
		.changes_expected = request->numbers[6],
		.tree = request->texts[0],
		.build = request->texts[1],
		.db = request->texts[2],
		.arch = request->texts[3],
		.config = request->texts[4],
		.origin = request->texts[5],
		.build_origin = request->texts[6],
	};
}
