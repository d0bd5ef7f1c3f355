// SPDX-License-Identifier: GPL-2.0-only
#include "analyzer/source/wire/wire_format.h"

#include <string.h>

#include "db/error.h"

struct reader {
	const uint8_t *at;
	const uint8_t *end;
	bool bad;		     /* the data is damaged: the sink gets no more facts */
	const char *function, *file; /* name and file of the last FACT_FUNCTION; or NULL */
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

static bool damaged(const char *detail, GError **error)
{
	g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_FAILED,
		    "facts of a unit are damaged or incomplete (%s)", detail);
	return false;
}

bool wire_unpack(const uint8_t *bytes, size_t len, struct wire_result *result,
		 struct wire_view *view, GError **error)
{
	struct reader r = { .at = bytes, .end = bytes + len };

	if (get_number(&r) != WIRE_VERSION)
		return damaged("unknown version", error);
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
	case VALUE_MEMBER:
		value.field = get_string(r);
		break;
	default:
		break;
	}
	return value;
}

static struct test get_test(struct reader *r)
{
	struct test test = { .relation = (enum relation)get_below(r, N_RELATIONS) };

	if (test.relation != RELATION_NONE)
		test.number = get_signed(r);
	return test;
}

static struct variable get_variable(struct reader *r)
{
	struct variable variable = { .name = get_optional(r) };

	variable.file = get_optional(r);
	variable.field = get_optional(r);
	return variable;
}

static void get_member(struct reader *r, const struct fact_member *member, void *data)
{
	switch (member->type) {
	case MEMBER_NAME:
		*(const char **)data = get_string(r);
		break;
	case MEMBER_TEXT:
		*(const char **)data = get_optional(r);
		break;
	case MEMBER_NUMBER:
		*(unsigned int *)data = get_uint(r);
		break;
	case MEMBER_ENUM:
		*(unsigned int *)data = get_below(r, member->limit);
		break;
	case MEMBER_FLAG:
		*(bool *)data = get_below(r, 2);
		break;
	case MEMBER_VARIABLE:
		*(struct variable *)data = get_variable(r);
		break;
	case MEMBER_VALUE:
		*(struct value *)data = get_value(r);
		break;
	case MEMBER_TEST:
		*(struct test *)data = get_test(r);
		break;
	}
}

/* Sets fact->owner to the name and file of the function whose body @fact is about. */
static void get_owner(struct reader *r, struct fact *fact)
{
	if (get_below(r, 2)) {
		fact->owner.name = r->function;
		fact->owner.file = r->file;
		r->bad |= !r->function;
		return;
	}
	fact->owner.name = get_string(r);
	fact->owner.file = get_string(r);
}

static bool read_fact(struct reader *r, const struct facts_sink *sink, GError **error)
{
	struct fact fact = { .kind = (enum fact_kind)get_below(r, N_FACTS) };
	const struct fact_layout *layout = fact_layout(fact.kind);
	unsigned int i = 0;

	if (r->bad || !layout) {
		r->bad = true;
		return true;
	}
	if (layout->owner == OWNER_FUNCTION) {
		get_owner(r, &fact);
		i = WIRE_N_OWNER;
	}
	for (; i < layout->n_members; i++)
		get_member(r, &layout->members[i], (char *)&fact + layout->members[i].offset);
	if (fact.kind == FACT_FUNCTION) {
		r->function = fact.function.name;
		r->file = fact.function.file;
	}
	return r->bad || !sink || facts_take(sink, &fact, error);
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
		return damaged("data after the last fact", error);
	return true;
}

bool wire_check(const struct wire_view *view, GError **error)
{
	return wire_replay(view, NULL, error);
}
