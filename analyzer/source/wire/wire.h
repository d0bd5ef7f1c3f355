/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Facts of one unit as bytes: what a worker process sends to its parent, and what is
 * kept of a shared header beside it. Reading checks everything: a damaged or cut
 * stream is an error, never a wrong fact.
 */
#ifndef INITLINT_ANALYZER_SOURCE_WIRE_WIRE_H
#define INITLINT_ANALYZER_SOURCE_WIRE_WIRE_H

#include <stdbool.h>
#include <stdint.h>
#include <glib.h>

#include "db/facts.h"

/*
 * Facts written so far. Zero-initialise, then wire_init(). The facts of a body do not repeat
 * name and file of the function that was written last: these strings must live until the next
 * function, or wire_reset().
 */
struct wire {
	GByteArray *bytes;
	unsigned int n; /* facts */
	const char *function, *file;
};

void wire_init(struct wire *wire);
void wire_clear(struct wire *wire);
void wire_reset(struct wire *wire);
void wire_append(struct wire *wire, const struct wire *other);

/* Appends a fact of a unit: one that has a fact_layout(). */
void wire_write(struct wire *wire, const struct fact *fact);

/* What a worker says about a unit, besides its facts. */
struct wire_result {
	struct unit_result unit;
	uint64_t rss_kb; /* of the worker, now */
};

/* The whole message: result, number of facts, facts. Free with g_byte_array_unref(). */
GByteArray *wire_pack(const struct wire_result *result, const struct wire *facts);

/*
 * Takes a message apart without copying: @facts and the diagnostic point into @bytes.
 * Fails with INITLINT_ERROR_FAILED if it is not whole.
 */
struct wire_view {
	const uint8_t *facts;
	size_t len;
	unsigned int n;
};
bool wire_unpack(const uint8_t *bytes, size_t len, struct wire_result *result,
		 struct wire_view *view, GError **error);

/* Checks all facts of @view without handing them to anyone. */
bool wire_check(const struct wire_view *view, GError **error);
/* Hands the facts to @sink in the order in which they were written. */
bool wire_replay(const struct wire_view *view, const struct facts_sink *sink, GError **error);

#endif
