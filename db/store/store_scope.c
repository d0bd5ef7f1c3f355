// SPDX-License-Identifier: GPL-2.0-only
/*
 * A scope consists of the functions and variables that one unit defines in one file. The digest of
 * a scope, a hash, identifies the scope. Most units that include a header get the same functions
 * and variables from the header. So the scopes of these units have the same digest, and only the
 * first of these scopes is written.
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

/*
 * Adds @number to the hash @sum, and returns the new hash. 64 bits are enough, because a hash is
 * compared only with hashes of the same file.
 */
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

static uint64_t sum_variable(uint64_t sum, const struct variable *variable)
{
	return sum_text(sum_text(sum_text(sum, variable->name), variable->file), variable->field);
}

static uint64_t sum_test(uint64_t sum, const struct test *test)
{
	return sum_number(sum_number(sum, test->relation), (uint64_t)test->number);
}

static uint64_t sum_member(uint64_t sum, const struct fact_member *member, const void *data)
{
	switch (member->type) {
	case MEMBER_NAME:
	case MEMBER_TEXT:
		return sum_text(sum, *(const char *const *)data);
	case MEMBER_NUMBER:
	case MEMBER_ENUM:
		return sum_number(sum, *(const unsigned int *)data);
	case MEMBER_FLAG:
		return sum_number(sum, *(const bool *)data);
	case MEMBER_VARIABLE:
		return sum_variable(sum, data);
	case MEMBER_VALUE:
		return sum_value(sum, data);
	case MEMBER_TEST:
		return sum_test(sum, data);
	}
	return sum;
}

/*
 * Adds @fact to the hash @sum, and returns the new hash. Leaves out fact->owner.file, because all
 * definitions of a scope are in one file.
 */
static uint64_t sum_fact(uint64_t sum, const struct fact *fact)
{
	const struct fact_layout *layout = fact_layout(fact->kind);

	sum = sum_number(sum, fact->kind);
	for (unsigned int i = 0; i < layout->n_members; i++) {
		const struct fact_member *member = &layout->members[i];

		if (member->offset != offsetof(struct fact, owner.file))
			sum = sum_member(sum, member, fact_member(fact, member));
	}
	return sum;
}

static void add_definition(GArray *definitions, GHashTable *index, const struct fact *fact)
{
	struct definition definition = { .fact = *fact, .sum = sum_fact(0, fact) };

	g_array_append_val(definitions, definition);
	g_hash_table_insert(index, (void *)fact->owner.name, GUINT_TO_POINTER(definitions->len));
}

static bool add_detail(struct scope_buffer *scope, GArray *definitions, GHashTable *index,
		       const struct fact *fact)
{
	guint position = GPOINTER_TO_UINT(g_hash_table_lookup(index, fact->owner.name));
	struct detail detail = { .owner = position - 1, .fact = *fact };
	struct definition *owner;

	if (!position)
		return false;
	owner = &g_array_index(definitions, struct definition, detail.owner);
	if (!fact_number(fact, &detail.seq))
		detail.seq = owner->n_details[fact->kind]++;
	owner->sum = sum_fact(owner->sum, fact);
	g_array_append_val(scope->details, detail);
	return true;
}

bool scope_buffer_add(struct scope_buffer *scope, const struct fact *fact)
{
	bool of_variable = fact_layout(fact->kind)->owner == OWNER_VARIABLE;

	if (fact->kind == FACT_FUNCTION)
		add_definition(scope->functions, scope->function_index, fact);
	else if (fact->kind == FACT_GLOBAL)
		add_definition(scope->globals, scope->global_index, fact);
	else if (of_variable)
		return add_detail(scope, scope->globals, scope->global_index, fact);
	else
		return add_detail(scope, scope->functions, scope->function_index, fact);
	return true;
}

int scope_buffer_defines(const struct scope_buffer *scope, const char *name)
{
	guint index = GPOINTER_TO_UINT(g_hash_table_lookup(scope->function_index, name));

	if (!index)
		return -1;
	return g_array_index(scope->functions, struct definition, index - 1)
		.fact.function.is_static;
}

/*
 * Adds the hashes of @definitions to the hash @sum, and returns the new hash. Adds equal hashes
 * only once: sets @is_repeat of a definition if an earlier definition has an equal hash.
 *
 * Repeats occur in the unit of the shared headers. Units with different compiler flags use
 * different shared headers, but the facts of all shared headers are stored as one unit. So this one
 * unit may define a function or variable several times, with equal or different facts.
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
