/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Encodes the facts of one unit as bytes. A unit is one compilation of one source. A worker process
 * sends the bytes to its parent process. The facts of a shared precompiled header are stored in
 * this format too. The reader checks every byte, so damaged or incomplete data is an error and
 * never gives a wrong fact.
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
 * A fact about the body of a function, such as a call, names the function. If the last
 * FACT_FUNCTION written is this function, the name and file are not written again. To compare the
 * names, struct wire keeps pointers to the strings of the last FACT_FUNCTION. The strings must live
 * until the next FACT_FUNCTION, wire_append() or wire_reset().
 */
struct wire {
	GByteArray *bytes;
	unsigned int n; /* number of facts */
	/* Name and file of the last FACT_FUNCTION written; NULL: none or unknown. */
	const char *function, *file;
};

void wire_init(struct wire *wire);
/* Frees the memory of @wire. */
void wire_clear(struct wire *wire);
/* Removes all facts. */
void wire_reset(struct wire *wire);
/* Appends the facts of @other to @wire. Does not change @other. */
void wire_append(struct wire *wire, const struct wire *other);

/* Appends @fact to @wire. fact_layout() must not return NULL for the kind of @fact. */
void wire_write(struct wire *wire, const struct fact *fact);

/* A worker process reports this about a unit, in addition to the facts. */
struct wire_result {
	struct unit_result unit;
	uint64_t rss_kb; /* resident memory of the worker process, in kilobytes */
};

/*
 * Returns a message that contains @result, the number of facts, and @facts. Free the message with
 * g_byte_array_unref().
 */
GByteArray *wire_pack(const struct wire_result *result, const struct wire *facts);

/* The encoded facts of a message. */
struct wire_view {
	const uint8_t *facts;
	size_t len;	/* number of bytes */
	unsigned int n; /* number of facts */
};
/*
 * Unpacks the message @bytes into @result and @view, and checks all facts. Copies nothing:
 * @view->facts and @result->unit.diagnostic point into @bytes. Returns false, with
 * INITLINT_ERROR_FAILED in @error, if the message is damaged or incomplete.
 */
bool wire_unpack(const uint8_t *bytes, size_t len, struct wire_result *result,
		 struct wire_view *view, GError **error);

/* Checks all facts of @view. Returns false, with INITLINT_ERROR_FAILED, if a fact is damaged. */
bool wire_check(const struct wire_view *view, GError **error);
/*
 * Checks each fact of @view and passes it to @sink, in the order in which the facts were written.
 * Stops at the first damaged fact, and returns false with INITLINT_ERROR_FAILED. Also stops and
 * returns false, with the error of the sink, if the sink fails. If @sink is NULL,
 * only checks the facts.
 */
bool wire_replay(const struct wire_view *view, const struct facts_sink *sink, GError **error);

#endif
