// SPDX-License-Identifier: GPL-2.0-only
/* Facts of the body at hand; what would be the same row again is left out. */
#include "analyzer/source/visit/visit_body_internal.h"

/* FNV-1a: two rows of one function that differ and are taken for the same: 1 in 2^64. */
static uint64_t hash_of(const uint8_t *bytes, size_t len)
{
	uint64_t hash = 14695981039346656037u;

	for (size_t i = 0; i < len; i++)
		hash = (hash ^ bytes[i]) * 1099511628211u;
	return hash;
}

/* Takes back what was written since @mark if the function has that row. */
static void once(struct body *body, guint mark)
{
	struct wire *wire = &body->v->function;
	uint64_t *hash = visit_alloc(body->v, sizeof(*hash));

	*hash = hash_of(wire->bytes->data + mark, wire->bytes->len - mark);
	if (g_hash_table_add(body->v->rows, hash))
		return;
	g_byte_array_set_size(wire->bytes, mark);
	wire->n--;
}

void emit_call(struct body *body, struct node *node, unsigned int seq, const struct value *target)
{
	const struct call_fact fact = {
		.caller = body->function,
		.file = body->file,
		.line = visit_line(body, node),
		.seq = seq,
		.target = *target,
	};

	wire_call(&body->v->function, &fact);
}

void emit_argument(struct body *body, unsigned int seq, unsigned int index,
		   const struct value *value)
{
	const struct argument_fact fact = {
		.caller = body->function,
		.file = body->file,
		.seq = seq,
		.index = index,
		.value = *value,
	};

	wire_argument(&body->v->function, &fact);
}

void emit_access(struct body *body, struct node *node, enum access_mode mode,
		 const struct value *variable, const char *field, const struct value *value)
{
	const struct access_fact fact = {
		.function = body->function,
		.file = body->file,
		.line = visit_line(body, node),
		.mode = mode,
		.name = variable->name,
		.variable_file = variable->file,
		.field = field,
		.value = value ? *value : (struct value){ 0 },
	};
	guint mark = body->v->function.bytes->len;

	wire_access(&body->v->function, &fact);
	once(body, mark);
}

void emit_store(struct body *body, struct node *node, const struct value *base, const char *field,
		const struct value *value)
{
	const struct store_fact fact = {
		.function = body->function,
		.file = body->file,
		.line = visit_line(body, node),
		.base = *base,
		.field = field,
		.value = *value,
	};
	guint mark = body->v->function.bytes->len;

	wire_store(&body->v->function, &fact);
	once(body, mark);
}

void emit_return(struct body *body, struct node *node, const struct value *value)
{
	const struct return_fact fact = {
		.function = body->function,
		.file = body->file,
		.line = visit_line(body, node),
		.value = *value,
	};
	guint mark = body->v->function.bytes->len;

	wire_return(&body->v->function, &fact);
	once(body, mark);
}

void emit_guard(struct body *body, struct guard_fact *guard)
{
	guint mark = body->v->function.bytes->len;

	guard->function = body->function;
	guard->file = body->file;
	wire_guard(&body->v->function, guard);
	once(body, mark);
}
