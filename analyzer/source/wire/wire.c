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
	/* Which function comes last is not known now. */
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

/* Length with the NUL, so that a reader can point into the buffer; 0 is NULL. */
static void put_string(GByteArray *bytes, const char *s)
{
	size_t len = s ? strlen(s) + 1 : 0;

	put_number(bytes, len);
	if (len)
		g_byte_array_append(bytes, (const uint8_t *)s, (guint)len);
}

static GByteArray *put_tag(struct wire *wire, enum wire_tag tag)
{
	put_number(wire->bytes, tag);
	wire->n++;
	return wire->bytes;
}

/* Numbers below zero, small ones in few bytes. */
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
	default:
		break;
	}
}

/* 1: the function that was written last; 0: another one, or none, by name. */
static void put_owner(struct wire *wire, const char *function, const char *file)
{
	bool last = function && wire->function && strcmp(function, wire->function) == 0 &&
		    strcmp(file, wire->file) == 0;

	put_number(wire->bytes, last);
	if (last)
		return;
	put_string(wire->bytes, function);
	put_string(wire->bytes, file);
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
	put_number(bytes, (fact->is_static ? WIRE_STATIC : 0) | (fact->is_weak ? WIRE_WEAK : 0) |
				  (fact->is_inline ? WIRE_INLINE : 0));
	put_string(bytes, fact->alias);
	put_string(bytes, fact->type);
	put_string(bytes, fact->attributes);
	wire->function = fact->name;
	wire->file = fact->file;
}

void wire_global(struct wire *wire, const struct global_fact *fact)
{
	GByteArray *bytes = put_tag(wire, TAG_GLOBAL);

	put_string(bytes, fact->name);
	put_string(bytes, fact->file);
	put_number(bytes, fact->line);
	put_number(bytes, (fact->is_static ? WIRE_STATIC : 0) | (fact->is_weak ? WIRE_WEAK : 0) |
				  (fact->is_percpu ? WIRE_PERCPU : 0) |
				  (fact->has_initialiser ? WIRE_INITIALISER : 0) |
				  (fact->is_pointer ? WIRE_POINTER : 0));
	put_string(bytes, fact->record);
}

void wire_call(struct wire *wire, const struct call_fact *fact)
{
	GByteArray *bytes = put_tag(wire, TAG_CALL);

	put_owner(wire, fact->caller, fact->file);
	put_number(bytes, fact->line);
	put_number(bytes, fact->seq);
	put_value(bytes, &fact->target);
}

void wire_argument(struct wire *wire, const struct argument_fact *fact)
{
	GByteArray *bytes = put_tag(wire, TAG_ARGUMENT);

	put_owner(wire, fact->caller, fact->file);
	put_number(bytes, fact->seq);
	put_number(bytes, fact->index);
	put_value(bytes, &fact->value);
}

void wire_access(struct wire *wire, const struct access_fact *fact)
{
	GByteArray *bytes = put_tag(wire, TAG_ACCESS);

	put_owner(wire, fact->function, fact->file);
	put_number(bytes, fact->line);
	put_number(bytes, fact->mode);
	put_string(bytes, fact->name);
	put_string(bytes, fact->variable_file);
	put_string(bytes, fact->field);
	put_value(bytes, &fact->value);
}

void wire_store(struct wire *wire, const struct store_fact *fact)
{
	GByteArray *bytes = put_tag(wire, TAG_STORE);

	put_owner(wire, fact->function, fact->file);
	put_number(bytes, fact->line);
	put_value(bytes, &fact->base);
	put_string(bytes, fact->field);
	put_value(bytes, &fact->value);
}

void wire_return(struct wire *wire, const struct return_fact *fact)
{
	GByteArray *bytes = put_tag(wire, TAG_RETURN);

	put_owner(wire, fact->function, fact->file);
	put_number(bytes, fact->line);
	put_value(bytes, &fact->value);
}

void wire_guard(struct wire *wire, const struct guard_fact *fact)
{
	GByteArray *bytes = put_tag(wire, TAG_GUARD);

	put_owner(wire, fact->function, fact->file);
	put_number(bytes, fact->line);
	put_number(bytes, fact->from);
	put_number(bytes, fact->to);
	put_value(bytes, &fact->atom);
	put_number(bytes, fact->when);
	put_number(bytes, fact->exit);
	put_number(bytes, fact->relation);
	if (fact->relation != RELATION_NONE)
		put_signed(bytes, fact->number);
	put_number(bytes, fact->alternatives);
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

void wire_accept(struct wire *wire, const struct accept_fact *fact)
{
	GByteArray *bytes = put_tag(wire, TAG_ACCEPT);

	put_string(bytes, fact->file);
	put_number(bytes, fact->line);
	put_string(bytes, fact->rule);
	put_string(bytes, fact->reason);
	put_number(bytes, fact->comment_line);
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
