// SPDX-License-Identifier: GPL-2.0-only
#include "analyzer/source/wire/wire_format.h"

#include <string.h>

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
	wire->function = NULL;
	wire->file = NULL;
}

void wire_append(struct wire *wire, const struct wire *other)
{
	g_byte_array_append(wire->bytes, other->bytes->data, other->bytes->len);
	wire->n += other->n;
	/*
	 * The last FACT_FUNCTION written may now be a fact of @other. So the next fact about a
	 * function body must contain the name of the function.
	 */
	wire->function = NULL;
	wire->file = NULL;
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

/*
 * Writes the length of @s, then the bytes of @s. The length and the bytes include the NUL, so the
 * reader can use the text without a copy. If @s is NULL, writes the length 0.
 */
static void put_string(GByteArray *bytes, const char *s)
{
	size_t len = s ? strlen(s) + 1 : 0;

	put_number(bytes, len);
	if (len)
		g_byte_array_append(bytes, (const uint8_t *)s, (guint)len);
}

/* Zigzag encoding: a number near zero takes few bytes, even if the number is negative. */
static void put_signed(GByteArray *bytes, int64_t value)
{
	put_number(bytes, ((uint64_t)value << 1) ^ (uint64_t)(value >> 63));
}

static void put_value(GByteArray *bytes, const struct value *value)
{
	put_number(bytes, value->kind);
	switch (value->kind) {
	case VALUE_NUMBER:
		put_signed(bytes, value->number);
		break;
	case VALUE_STRING:
		put_string(bytes, value->text);
		break;
	case VALUE_FUNCTION:
	case VALUE_RESULT:
		put_string(bytes, value->name);
		put_string(bytes, value->file);
		break;
	case VALUE_OBJECT:
	case VALUE_GLOBAL:
		put_string(bytes, value->name);
		put_string(bytes, value->file);
		put_string(bytes, value->field);
		break;
	case VALUE_PARAM:
	case VALUE_LOADED:
		put_signed(bytes, value->number);
		put_string(bytes, value->field);
		break;
	case VALUE_MEMBER:
		put_string(bytes, value->field);
		break;
	default:
		break;
	}
}

/*
 * @function and @file are the name and file of the function whose body a fact is about. Writes 1 if
 * the last FACT_FUNCTION has the same name and file. Otherwise writes 0, @function and @file.
 */
static void put_owner(struct wire *wire, const char *function, const char *file)
{
	bool last = wire->function && strcmp(function, wire->function) == 0 &&
		    strcmp(file, wire->file) == 0;

	put_number(wire->bytes, last);
	if (last)
		return;
	put_string(wire->bytes, function);
	put_string(wire->bytes, file);
}

static void put_test(GByteArray *bytes, const struct test *test)
{
	put_number(bytes, test->relation);
	if (test->relation != RELATION_NONE)
		put_signed(bytes, test->number);
}

static void put_variable(GByteArray *bytes, const struct variable *variable)
{
	put_string(bytes, variable->name);
	put_string(bytes, variable->file);
	put_string(bytes, variable->field);
}

static void put_member(GByteArray *bytes, const struct fact_member *member, const void *data)
{
	switch (member->type) {
	case MEMBER_NAME:
	case MEMBER_TEXT:
		put_string(bytes, *(const char *const *)data);
		break;
	case MEMBER_NUMBER:
	case MEMBER_ENUM:
		put_number(bytes, *(const unsigned int *)data);
		break;
	case MEMBER_FLAG:
		put_number(bytes, *(const bool *)data);
		break;
	case MEMBER_VARIABLE:
		put_variable(bytes, data);
		break;
	case MEMBER_VALUE:
		put_value(bytes, data);
		break;
	case MEMBER_TEST:
		put_test(bytes, data);
		break;
	}
}

void wire_write(struct wire *wire, const struct fact *fact)
{
	const struct fact_layout *layout = fact_layout(fact->kind);
	unsigned int i = 0;

	put_number(wire->bytes, fact->kind);
	wire->n++;
	if (layout->owner == OWNER_FUNCTION) {
		put_owner(wire, fact->owner.name, fact->owner.file);
		i = WIRE_N_OWNER;
	}
	for (; i < layout->n_members; i++)
		put_member(wire->bytes, &layout->members[i],
			   fact_member(fact, &layout->members[i]));
	if (fact->kind == FACT_FUNCTION) {
		wire->function = fact->function.name;
		wire->file = fact->function.file;
	}
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
