// SPDX-License-Identifier: GPL-2.0-only
/*
 * A scope is known by its content: the functions and variables of one file, as one unit
 * saw them. Most units see the same in a header and then nothing more is written.
 */
#include "db/store/store_scope_internal.h"

#include <string.h>

struct scope_buffer *scope_buffer_new(void)
{
	struct scope_buffer *scope = g_new(struct scope_buffer, 1);

	scope->functions = g_array_new(FALSE, FALSE, sizeof(struct definition));
	scope->globals = g_array_new(FALSE, FALSE, sizeof(struct definition));
	scope->details = g_array_new(FALSE, FALSE, sizeof(struct detail));
	scope->function_index = g_hash_table_new(g_str_hash, g_str_equal);
	scope->global_index = g_hash_table_new(g_str_hash, g_str_equal);
	return scope;
}

void scope_buffer_free(struct scope_buffer *scope)
{
	g_array_free(scope->functions, TRUE);
	g_array_free(scope->globals, TRUE);
	g_array_free(scope->details, TRUE);
	g_hash_table_destroy(scope->function_index);
	g_hash_table_destroy(scope->global_index);
	g_free(scope);
}

/* Sums are compared only among the scopes of one file, and within one: 64 bits are plenty. */
static uint64_t sum_number(uint64_t sum, uint64_t number)
{
	sum = (sum ^ number) * UINT64_C(0x9e3779b97f4a7c15);
	return sum ^ sum >> 32;
}

static uint64_t sum_text(uint64_t sum, const char *text)
{
	size_t left = text ? strlen(text) : 0;
	uint64_t word;

	sum = sum_number(sum, text ? left : UINT64_MAX);
	if (!left)
		return sum;
	for (; left >= sizeof(word); left -= sizeof(word), text += sizeof(word)) {
		memcpy(&word, text, sizeof(word));
		sum = sum_number(sum, word);
	}
	word = 0;
	memcpy(&word, text, left);
	return sum_number(sum, word);
}

static uint64_t sum_value(uint64_t sum, const struct value *value)
{
	sum = sum_number(sum, value->kind);
	sum = sum_text(sum, value->name);
	sum = sum_text(sum, value->file);
	sum = sum_text(sum, value->field);
	sum = sum_text(sum, value->text);
	return sum_number(sum, (uint64_t)value->number);
}

static uint64_t sum_detail(uint64_t sum, const struct detail *detail)
{
	sum = sum_number(sum, (uint64_t)detail->kind << 32 | detail->seq);
	sum = sum_number(sum, (uint64_t)detail->index << 32 | detail->line);
	if (detail->kind == DETAIL_GUARD) {
		sum = sum_number(sum, (uint64_t)detail->from << 32 | detail->to);
		sum = sum_number(sum, (uint64_t)detail->alternatives << 32 |
					      (uint64_t)detail->relation << 1 | detail->when);
	}
	sum = sum_value(sum, &detail->subject);
	sum = sum_text(sum, detail->field);
	return sum_value(sum, &detail->value);
}

static void add_definition(GArray *definitions, GHashTable *index, const struct definition *new)
{
	struct definition definition = *new;

	definition.sum = sum_text(0, definition.name);
	definition.sum =
		sum_number(definition.sum, (uint64_t)definition.line << 32 | definition.end_line);
	definition.sum =
		sum_number(definition.sum,
			   definition.is_static | definition.is_inline << 1 |
				   definition.is_weak << 2 | definition.is_percpu << 3 |
				   definition.has_initialiser << 4 | definition.is_pointer << 5);
	definition.sum = sum_text(definition.sum, definition.other);
	definition.sum = sum_text(definition.sum, definition.type);
	definition.sum = sum_text(definition.sum, definition.attributes);
	g_array_append_val(definitions, definition);
	g_hash_table_insert(index, (void *)definition.name, GUINT_TO_POINTER(definitions->len));
}

void scope_buffer_function(struct scope_buffer *scope, const struct definition *function)
{
	add_definition(scope->functions, scope->function_index, function);
}

void scope_buffer_global(struct scope_buffer *scope, const struct definition *global)
{
	add_definition(scope->globals, scope->global_index, global);
}

bool scope_buffer_detail(struct scope_buffer *scope, const char *name, const struct detail *new)
{
	bool of_global = new->kind == DETAIL_INITIALISER;
	guint index = GPOINTER_TO_UINT(
		g_hash_table_lookup(of_global ? scope->global_index : scope->function_index, name));
	struct detail detail = *new;
	struct definition *owner;

	if (!index)
		return false;
	detail.owner = index - 1;
	owner = &g_array_index(of_global ? scope->globals : scope->functions, struct definition,
			       detail.owner);
	if (detail.kind != DETAIL_CALL && detail.kind != DETAIL_ARGUMENT)
		detail.seq = owner->n_details[detail.kind]++;
	owner->sum = sum_detail(owner->sum, &detail);
	g_array_append_val(scope->details, detail);
	return true;
}

int scope_buffer_defines(const struct scope_buffer *scope, const char *name)
{
	guint index = GPOINTER_TO_UINT(g_hash_table_lookup(scope->function_index, name));

	if (!index)
		return -1;
	return g_array_index(scope->functions, struct definition, index - 1).is_static;
}

/*
 * What the shared header's unit read in several forms is reported once for each of them;
 * what is the same in all of them is one.
 */
static uint64_t sum_unique(uint64_t sum, GArray *definitions)
{
	g_autoptr(GHashTable) seen = g_hash_table_new(g_int64_hash, g_int64_equal);

	for (guint i = 0; i < definitions->len; i++) {
		struct definition *definition = &g_array_index(definitions, struct definition, i);

		definition->is_repeat = !g_hash_table_add(seen, &definition->sum);
		if (!definition->is_repeat)
			sum = sum_number(sum, definition->sum);
	}
	return sum_number(sum, g_hash_table_size(seen));
}

int64_t scope_buffer_digest(struct scope_buffer *scope)
{
	uint64_t sum = sum_unique(sum_unique(0, scope->functions), scope->globals);
	int64_t digest;

	memcpy(&digest, &sum, sizeof(digest));
	return digest;
}
