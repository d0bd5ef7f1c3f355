// SPDX-License-Identifier: GPL-2.0-only
#include "analyzer/source/wire/wire_format.h"

#include <string.h>

#include "db/error.h"

/* A reader that stays at the end, with bad set, once something did not fit. */
struct reader {
	const uint8_t *at;
	const uint8_t *end;
	bool bad;
	const char *function, *file; /* of the last function */
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
	struct reader r = { .at = bytes, .end = bytes + len };

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

static int64_t get_signed(struct reader *r)
{
	uint64_t value = get_number(r);

	return (int64_t)(value >> 1) ^ -(int64_t)(value & 1);
}

static struct value get_value(struct reader *r)
{
	struct value value = { .kind = (enum value_kind)get_below(r, N_VALUES) };

	switch (value.kind) {
	case VALUE_NUMBER:
		value.number = get_signed(r);
		break;
	case VALUE_STRING:
		value.text = get_string(r);
		break;
	case VALUE_FUNCTION:
	case VALUE_RESULT:
		value.name = get_string(r);
		value.file = get_optional(r);
		break;
	case VALUE_OBJECT:
	case VALUE_GLOBAL:
		value.name = get_string(r);
		value.file = get_optional(r);
		value.field = get_optional(r);
		break;
	case VALUE_PARAM:
	case VALUE_LOADED:
		value.number = get_signed(r);
		value.field = get_optional(r);
		break;
	default:
		break;
	}
	return value;
}

/* @optional: what is said may be said of no function. */
static void get_owner(struct reader *r, const char **function, const char **file, bool optional)
{
	if (get_below(r, 2)) {
		*function = r->function;
		*file = r->file;
		r->bad |= !r->function;
		return;
	}
	*function = optional ? get_optional(r) : get_string(r);
	*file = get_string(r);
}

static bool read_function(struct reader *r, const struct facts_sink *sink, GError **error)
{
	struct function_fact fact = { 0 };
	unsigned int flags;

	fact.name = get_string(r);
	fact.file = get_string(r);
	fact.line = get_uint(r);
	fact.end_line = get_uint(r);
	flags = get_below(r, WIRE_ALL_FLAGS + 1);
	fact.is_static = flags & WIRE_STATIC;
	fact.is_inline = flags & WIRE_INLINE;
	fact.is_weak = flags & WIRE_WEAK;
	fact.alias = get_optional(r);
	fact.type = get_optional(r);
	fact.attributes = get_optional(r);
	r->function = fact.name;
	r->file = fact.file;
	return r->bad || !sink || sink->function(sink->data, &fact, error);
}

static bool read_global(struct reader *r, const struct facts_sink *sink, GError **error)
{
	struct global_fact fact = { 0 };
	unsigned int flags;

	fact.name = get_string(r);
	fact.file = get_string(r);
	fact.line = get_uint(r);
	flags = get_below(r, WIRE_ALL_FLAGS + 1);
	fact.is_static = flags & WIRE_STATIC;
	fact.is_weak = flags & WIRE_WEAK;
	fact.is_percpu = flags & WIRE_PERCPU;
	fact.has_initialiser = flags & WIRE_INITIALISER;
	fact.is_pointer = flags & WIRE_POINTER;
	fact.record = get_optional(r);
	return r->bad || !sink || sink->global(sink->data, &fact, error);
}

static bool read_call(struct reader *r, const struct facts_sink *sink, GError **error)
{
	struct call_fact fact = { 0 };

	get_owner(r, &fact.caller, &fact.file, false);
	fact.line = get_uint(r);
	fact.seq = get_uint(r);
	fact.target = get_value(r);
	return r->bad || !sink || sink->call(sink->data, &fact, error);
}

static bool read_argument(struct reader *r, const struct facts_sink *sink, GError **error)
{
	struct argument_fact fact = { 0 };

	get_owner(r, &fact.caller, &fact.file, false);
	fact.seq = get_uint(r);
	fact.index = get_uint(r);
	fact.value = get_value(r);
	return r->bad || !sink || sink->argument(sink->data, &fact, error);
}

static bool read_access(struct reader *r, const struct facts_sink *sink, GError **error)
{
	struct access_fact fact = { 0 };

	get_owner(r, &fact.function, &fact.file, false);
	fact.line = get_uint(r);
	fact.mode = (enum access_mode)get_below(r, N_ACCESSES);
	fact.name = get_string(r);
	fact.variable_file = get_optional(r);
	fact.field = get_optional(r);
	fact.value = get_value(r);
	return r->bad || !sink || sink->access(sink->data, &fact, error);
}

static bool read_store(struct reader *r, const struct facts_sink *sink, GError **error)
{
	struct store_fact fact = { 0 };

	get_owner(r, &fact.function, &fact.file, true);
	fact.line = get_uint(r);
	fact.base = get_value(r);
	fact.field = get_optional(r);
	fact.value = get_value(r);
	return r->bad || !sink || sink->store(sink->data, &fact, error);
}

static bool read_return(struct reader *r, const struct facts_sink *sink, GError **error)
{
	struct return_fact fact = { 0 };

	get_owner(r, &fact.function, &fact.file, false);
	fact.line = get_uint(r);
	fact.value = get_value(r);
	return r->bad || !sink || sink->returns(sink->data, &fact, error);
}

static bool read_guard(struct reader *r, const struct facts_sink *sink, GError **error)
{
	struct guard_fact fact = { 0 };

	get_owner(r, &fact.function, &fact.file, false);
	fact.line = get_uint(r);
	fact.from = get_uint(r);
	fact.to = get_uint(r);
	fact.atom = get_value(r);
	fact.when = get_below(r, 2);
	fact.exit = (enum guard_exit)get_below(r, N_GUARDS);
	fact.relation = (enum relation)get_below(r, N_RELATIONS);
	if (fact.relation != RELATION_NONE)
		fact.number = get_signed(r);
	fact.alternatives = get_uint(r);
	return r->bad || !sink || sink->guard(sink->data, &fact, error);
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

static bool read_accept(struct reader *r, const struct facts_sink *sink, GError **error)
{
	struct accept_fact fact = { 0 };

	fact.file = get_string(r);
	fact.line = get_uint(r);
	fact.rule = get_optional(r);
	fact.reason = get_optional(r);
	fact.comment_line = get_uint(r);
	return r->bad || !sink || sink->accept(sink->data, &fact, error);
}

static bool read_include(struct reader *r, const struct facts_sink *sink, GError **error)
{
	const char *path = get_string(r);

	return r->bad || !sink || sink->include(sink->data, path, error);
}

typedef bool (*fact_reader)(struct reader *r, const struct facts_sink *sink, GError **error);

static const fact_reader readers[] = {
	[TAG_INCLUDE] = read_include,	[TAG_FUNCTION] = read_function, [TAG_GLOBAL] = read_global,
	[TAG_CALL] = read_call,		[TAG_ARGUMENT] = read_argument, [TAG_ACCESS] = read_access,
	[TAG_STORE] = read_store,	[TAG_RETURN] = read_return,	[TAG_GUARD] = read_guard,
	[TAG_INITCALL] = read_initcall, [TAG_ACCEPT] = read_accept,
};

static bool read_fact(struct reader *r, const struct facts_sink *sink, GError **error)
{
	unsigned int tag = get_below(r, G_N_ELEMENTS(readers));

	if (r->bad || !readers[tag]) {
		r->bad = true;
		return true;
	}
	return readers[tag](r, sink, error);
}

bool wire_replay(const struct wire_view *view, const struct facts_sink *sink, GError **error)
{
	struct reader r = { .at = view->facts, .end = view->facts + view->len };

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
