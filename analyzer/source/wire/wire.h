/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Encodes the facts of one unit as bytes. A fact is one thing that the visitor reports about a
 * source, such as a call (db/facts.h). A unit is one compilation of one source. A worker process
 * sends the bytes to its parent process. The facts of a shared precompiled header are stored in
 * the same format. wire_unpack(), wire_check() and wire_replay() check every byte, and report
 * damaged or incomplete data as an error.
 */
#ifndef INITLINT_ANALYZER_SOURCE_WIRE_WIRE_H
#define INITLINT_ANALYZER_SOURCE_WIRE_WIRE_H

#include <stdbool.h>
#include <stdint.h>
#include <glib.h>

#include "db/facts.h"

/*
 * The facts written so far. Set the struct to zero, then call wire_init(). Free the memory with
 * wire_clear().
 *
 * A FACT_FUNCTION describes a function. A fact about the body of a function, such as a call,
 * contains the name and file of the function. wire_write() leaves out the name and file if the last
 * FACT_FUNCTION has the same name and file. For this comparison, struct wire keeps pointers to
 * the name and file of the last FACT_FUNCTION. These two strings must live until the next
 * FACT_FUNCTION, wire_append() or wire_reset().
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
/* Removes all facts from @wire. */
void wire_reset(struct wire *wire);
/* Appends the facts of @other to @wire. Does not change @other. */
void wire_append(struct wire *wire, const struct wire *other);

/* Appends @fact to @wire. fact_layout(fact->kind) must not be NULL. */
void wire_write(struct wire *wire, const struct fact *fact);

/* The data that a worker process reports about a unit in addition to the facts. */
struct wire_result {
	struct unit_result unit;
	uint64_t rss_kb; /* resident memory of the worker process, in kilobytes */
};

/*
 * Returns a message that contains @result, the number of facts, and @facts. Free the message with
 * g_byte_array_unref().
 */
GByteArray *wire_pack(const struct wire_result *result, const struct wire *facts);

/* Encoded facts. The struct does not own the bytes. */
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
 * Stops at the first damaged fact, and returns false with INITLINT_ERROR_FAILED. If @sink fails,
 * stops and returns false with the error of @sink. If @sink is NULL, only checks the facts.
 */
bool wire_replay(const struct wire_view *view, const struct facts_sink *sink, GError **error);

#endif
