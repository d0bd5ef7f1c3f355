// SPDX-License-Identifier: GPL-2.0-only
#include "analyzer/wire.h"

#include <string.h>

#include "db/error.h"

enum tag { TAG_INCLUDE = 1, TAG_FUNCTION, TAG_CALL, TAG_INITCALL };

#define WIRE_VERSION 2

void wire_init(struct wire *wire)
{
	wire->bytes = g_byte_array_new();
	wire->n = 0;
}

void wire_clear(struct wire *wire)
{
	g_clear_pointer(&wire->bytes, g_byte_array_unref);
	wire->n = 0;
}

void wire_reset(struct wire *wire)
{
	g_byte_array_set_size(wire->bytes, 0);
	wire->n = 0;
}

void wire_append(struct wire *wire, const struct wire *other)
{
	g_byte_array_append(wire->bytes, other->bytes->data, other->bytes->len);
	wire->n += other->n;
}

static void put_number(GByteArray *bytes, uint64_t value)
{
	uint8_t buffer[10];
	unsigned int n = 0;

	do {
		buffer[n] = (value & 0x7f) | (value > 0x7f ? 0x80 : 0);
		value >>= 7;
		n++;
	} while (value);
	g_byte_array_append(bytes, buffer, n);
}

/* Length with the NUL, so that a reader can point into the buffer; 0 is NULL. */
static void put_string(GByteArray *bytes, const char *s)
{
	size_t len = s ? strlen(s) + 1 : 0;

	put_number(bytes, len);
	if (len)
		g_byte_array_append(bytes, (const uint8_t *)s, (guint)len);
}

static GByteArray *put_tag(struct wire *wire, enum tag tag)
{
	put_number(wire->bytes, tag);
	wire->n++;
	return wire->bytes;
}

void wire_include(struct wire *wire, const char *path)
{
	put_string(put_tag(wire, TAG_INCLUDE), path);
}

void wire_function(struct wire *wire, const struct function_fact *fact)
{
	GByteArray *bytes = put_tag(wire, TAG_FUNCTION);

	put_string(bytes, fact->name);
	put_string(bytes, fact->file);
	put_number(bytes, fact->line);
	put_number(bytes, fact->end_line);
	put_number(bytes, (fact->is_static ? 1 : 0) | (fact->is_inline ? 2 : 0));
}

void wire_call(struct wire *wire, const struct call_fact *fact)
{
	GByteArray *bytes = put_tag(wire, TAG_CALL);

	put_string(bytes, fact->caller);
	put_string(bytes, fact->file);
	put_number(bytes, fact->target.kind);
	put_string(bytes, fact->target.name);
	put_string(bytes, fact->target.file);
	put_number(bytes, fact->line);
	put_number(bytes, fact->seq);
}

void wire_initcall(struct wire *wire, const struct initcall_fact *fact)
{
	GByteArray *bytes = put_tag(wire, TAG_INITCALL);

	put_number(bytes, fact->level);
	put_string(bytes, fact->function);
	put_string(bytes, fact->file);
	put_number(bytes, fact->line);
	put_string(bytes, fact->macro);
	put_number(bytes, fact->seq);
}

GByteArray *wire_pack(const struct wire_result *result, const struct wire *facts)
{
	GByteArray *bytes = g_byte_array_sized_new(facts->bytes->len + 256);

	put_number(bytes, WIRE_VERSION);
	put_number(bytes, result->unit.mode);
	put_number(bytes, result->unit.n_errors);
	put_string(bytes, result->unit.diagnostic);
	put_number(bytes, result->unit.cpu_us);
	put_number(bytes, result->rss_kb);
	put_number(bytes, facts->n);
	g_byte_array_append(bytes, facts->bytes->data, facts->bytes->len);
	return bytes;
}

/* A reader that stays at the end, with bad set, once something did not fit. */
struct reader {
	const uint8_t *at;
	const uint8_t *end;
	bool bad;
};

static uint64_t get_number(struct reader *r)
{
	uint64_t value = 0;

	for (unsigned int shift = 0; shift < 64 && r->at < r->end; shift += 7) {
		uint8_t byte = *r->at++;

		value |= (uint64_t)(byte & 0x7f) << shift;
		if (!(byte & 0x80))
			return value;
	}
	r->bad = true;
	r->at = r->end;
	return 0;
}

static unsigned int get_below(struct reader *r, uint64_t limit)
{
	uint64_t value = get_number(r);

	if (value >= limit) {
		r->bad = true;
		return 0;
	}
	return (unsigned int)value;
}

static unsigned int get_uint(struct reader *r)
{
	return get_below(r, (uint64_t)UINT32_MAX + 1);
}

static const char *get_optional(struct reader *r)
{
	uint64_t len = get_number(r);
	const char *s = (const char *)r->at;

	if (len == 0)
		return NULL;
	if (len > (uint64_t)(r->end - r->at) || memchr(s, 0, len) != s + len - 1) {
		r->bad = true;
		r->at = r->end;
		return NULL;
	}
	r->at += len;
	return s;
}

static const char *get_string(struct reader *r)
{
	const char *s = get_optional(r);

	if (!s)
		r->bad = true;
	return s;
}

static bool damaged(const char *what, GError **error)
{
	g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_FAILED,
		    "facts of a unit are damaged or cut short (%s)", what);
	return false;
}

bool wire_unpack(const uint8_t *bytes, size_t len, struct wire_result *result,
		 struct wire_view *view, GError **error)
{
	struct reader r = { bytes, bytes + len, false };

	if (get_number(&r) != WIRE_VERSION)
		return damaged("not of this version", error);
	result->unit.mode = (enum unit_mode)get_below(&r, UNIT_FAILED + 1);
	result->unit.n_errors = get_uint(&r);
	result->unit.diagnostic = get_optional(&r);
	result->unit.cpu_us = get_uint(&r);
	result->rss_kb = get_number(&r);
	view->n = get_uint(&r);
	view->facts = r.at;
	view->len = (size_t)(r.end - r.at);
	if (r.bad)
		return damaged("in the head", error);
	return wire_check(view, error);
}

static bool read_function(struct reader *r, const struct facts_sink *sink, GError **error)
{
	struct function_fact fact = { 0 };
	unsigned int flags;

	fact.name = get_string(r);
	fact.file = get_string(r);
	fact.line = get_uint(r);
	fact.end_line = get_uint(r);
	flags = get_below(r, 4);
	fact.is_static = flags & 1;
	fact.is_inline = flags & 2;
	return r->bad || !sink || sink->function(sink->data, &fact, error);
}

static bool read_call(struct reader *r, const struct facts_sink *sink, GError **error)
{
	struct call_fact fact = { 0 };

	fact.caller = get_string(r);
	fact.file = get_string(r);
	fact.target.kind = (enum value_kind)get_below(r, N_VALUES);
	fact.target.name = get_string(r);
	fact.target.file = get_optional(r);
	fact.line = get_uint(r);
	fact.seq = get_uint(r);
	return r->bad || !sink || sink->call(sink->data, &fact, error);
}

static bool read_initcall(struct reader *r, const struct facts_sink *sink, GError **error)
{
	struct initcall_fact fact = { 0 };

	fact.level = (enum initcall_level)get_below(r, N_LEVELS);
	fact.function = get_string(r);
	fact.file = get_string(r);
	fact.line = get_uint(r);
	fact.macro = get_optional(r);
	fact.seq = get_uint(r);
	return r->bad || !sink || sink->initcall(sink->data, &fact, error);
}

static bool read_include(struct reader *r, const struct facts_sink *sink, GError **error)
{
	const char *path = get_string(r);

	return r->bad || !sink || sink->include(sink->data, path, error);
}

static bool read_fact(struct reader *r, const struct facts_sink *sink, GError **error)
{
	switch (get_number(r)) {
	case TAG_INCLUDE:
		return read_include(r, sink, error);
	case TAG_FUNCTION:
		return read_function(r, sink, error);
	case TAG_CALL:
		return read_call(r, sink, error);
	case TAG_INITCALL:
		return read_initcall(r, sink, error);
	default:
		r->bad = true;
		return true;
	}
}

bool wire_replay(const struct wire_view *view, const struct facts_sink *sink, GError **error)
{
	struct reader r = { view->facts, view->facts + view->len, false };

	for (unsigned int i = 0; i < view->n && !r.bad; i++)
		if (!read_fact(&r, sink, error))
			return false;
	if (r.bad)
		return damaged("in a fact", error);
	if (r.at != r.end)
		return damaged("more than were counted", error);
	return true;
}

bool wire_check(const struct wire_view *view, GError **error)
{
	return wire_replay(view, NULL, error);
}
