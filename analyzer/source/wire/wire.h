/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Encodes the facts of one unit as bytes. A worker process sends these bytes to its parent. The
 * facts of a shared header are stored in the same format. The reader checks every byte, so damaged
 * or incomplete data is an error and never gives a wrong fact.
 */
#ifndef INITLINT_ANALYZER_SOURCE_WIRE_WIRE_H
#define INITLINT_ANALYZER_SOURCE_WIRE_WIRE_H

#include <stdbool.h>
#include <stdint.h>
#include <glib.h>

#include "db/facts.h"

/*
 * The facts written so far. Set the struct to zero, then call wire_init(). Free with wire_clear().
 *
 * The facts of a body do not repeat the name and file of their function if it is the last function
 * written. So the strings of a FACT_FUNCTION must live until the next FACT_FUNCTION or
 * wire_reset().
 */
struct wire {
	GByteArray *bytes;
	unsigned int n;		     /* number of facts */
	const char *function, *file; /* the last function written; NULL: none or unknown */
};

void wire_init(struct wire *wire);
void wire_clear(struct wire *wire);
/* Removes all facts. */
void wire_reset(struct wire *wire);
/* Appends the facts of @other to @wire. */
void wire_append(struct wire *wire, const struct wire *other);

/* Appends @fact, whose kind must have a fact_layout(). */
void wire_write(struct wire *wire, const struct fact *fact);

/* The result for a unit, apart from its facts. */
struct wire_result {
	struct unit_result unit;
	uint64_t rss_kb; /* current memory of the worker process */
};

/* Returns a message: result, number of facts, facts. Free with g_byte_array_unref(). */
GByteArray *wire_pack(const struct wire_result *result, const struct wire *facts);

/*
 * Unpacks a message and checks its facts. Copies nothing: @view and the diagnostic of @result point
 * into @bytes. Fails with INITLINT_ERROR_FAILED if the message is damaged or incomplete.
 */
struct wire_view {
	const uint8_t *facts;
	size_t len;
	unsigned int n;
};
bool wire_unpack(const uint8_t *bytes, size_t len, struct wire_result *result,
		 struct wire_view *view, GError **error);

/* Checks all facts of @view. Fails with INITLINT_ERROR_FAILED if they are damaged. */
bool wire_check(const struct wire_view *view, GError **error);
/* Passes the facts to @sink in the order in which they were written. Checks them on the way. */
bool wire_replay(const struct wire_view *view, const struct facts_sink *sink, GError **error);

#endif
