// SPDX-License-Identifier: GPL-2.0-only
/*
 * Reports the facts of a struct body. A struct body is the code of one function, or the initialiser
 * of one variable.
 */
#include "analyzer/source/visit/visit_body_internal.h"

/* FNV-1a. The probability that two different facts have the same hash is 1 in 2^64. */
static uint64_t hash_of(const uint8_t *bytes, size_t len)
{
	uint64_t hash = 14695981039346656037u;

	for (size_t i = 0; i < len; i++)
		hash = (hash ^ bytes[i]) * 1099511628211u;
	return hash;
}

/*
 * body->v->function is a wire: a list of facts, stored as bytes. If the last fact of the wire is
 * equal to an earlier fact of the wire, removes the last fact. @mark is the length of the wire in
 * bytes without the last fact.
 */
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

/*
 * Appends @fact to the wire body->v->function. If @body is the code of a function, @owner is the
 * name of this function. If @body is the initialiser of a variable, @owner is the name of this
 * variable.
 */
static void write_owned(struct body *body, struct fact *fact, const char *owner)
{
	fact->owner.name = owner;
	fact->owner.file = body->file;
	wire_write(&body->v->function, fact);
}

void emit(struct body *body, struct fact *fact)
{
	write_owned(body, fact, body->function);
}

void emit_once(struct body *body, struct fact *fact)
{
	guint mark = body->v->function.bytes->len;

	emit(body, fact);
	once(body, mark);
}

void emit_access(struct body *body, struct node *node, enum access_mode mode,
		 const struct value *variable, const char *field, const struct value *value)
{
	struct fact fact = {
		.kind = FACT_ACCESS,
		.access = {
			.line = visit_line(body, node),
			.mode = mode,
			.variable = { variable->name, variable->file, field },
			.value = value ? *value : (struct value){ 0 },
		},
	};

	emit_once(body, &fact);
}

void emit_store(struct body *body, struct node *node, const struct value *base, const char *field,
		const struct value *value)
{
	struct fact fact = {
		.kind = FACT_STORE,
		.store = {
			.line = visit_line(body, node),
			.base = *base,
			.field = field,
			.value = *value,
		},
	};

	emit_once(body, &fact);
}

void emit_initialiser(struct body *body, struct node *node, const char *variable, const char *field,
		      const struct value *value)
{
	struct fact fact = {
		.kind = FACT_INITIALISER,
		.initialiser = {
			.line = visit_line(body, node),
			.field = field,
			.value = *value,
		},
	};
	guint mark = body->v->function.bytes->len;

	write_owned(body, &fact, variable);
	once(body, mark);
}

void emit_initialiser_unknown(struct body *body, const char *variable, const char *field)
{
	struct fact fact = { .kind = FACT_INITIALISER, .initialiser = { .field = field } };
	guint mark = body->v->function.bytes->len;

	write_owned(body, &fact, variable);
	once(body, mark);
}

void emit_return(struct body *body, struct node *node, const struct value *value)
{
	struct fact fact = {
		.kind = FACT_RETURN,
		.returns = { .line = visit_line(body, node), .value = *value },
	};

	emit_once(body, &fact);
}
