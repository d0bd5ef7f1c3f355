// SPDX-License-Identifier: GPL-2.0-only
/*
 * A scope is known by its content: the functions of one file, as one unit saw them.
 * Most units see the same in a header and then nothing more is written.
 */
#include "db/store_private.h"

#include <string.h>

struct function_record {
	const char *name;
	uint32_t line;
	uint32_t end_line;
	bool is_static;
	bool is_inline;
};

struct call_record {
	const char *callee;
	const char *callee_file;
	uint32_t caller; /* index of its function */
	uint32_t line;
};

struct scope_buffer {
	GArray *functions;
	GArray *calls;
	GHashTable *by_name; /* name -> index + 1 of its latest definition */
};

struct scope_buffer *scope_buffer_new(void)
{
	struct scope_buffer *scope = g_new(struct scope_buffer, 1);

	scope->functions = g_array_new(FALSE, FALSE, sizeof(struct function_record));
	scope->calls = g_array_new(FALSE, FALSE, sizeof(struct call_record));
	scope->by_name = g_hash_table_new(g_str_hash, g_str_equal);
	return scope;
}

void scope_buffer_free(struct scope_buffer *scope)
{
	g_array_free(scope->functions, TRUE);
	g_array_free(scope->calls, TRUE);
	g_hash_table_destroy(scope->by_name);
	g_free(scope);
}

static bool same_function(const struct function_record *a, const struct function_record *b)
{
	return a->line == b->line && a->end_line == b->end_line && a->is_static == b->is_static &&
	       a->is_inline == b->is_inline;
}

void scope_buffer_function(struct scope_buffer *scope, const struct function_fact *function,
			   GStringChunk *strings)
{
	struct function_record record = {
		.name = g_string_chunk_insert_const(strings, function->name),
		.line = function->line,
		.end_line = function->end_line,
		.is_static = function->is_static,
		.is_inline = function->is_inline,
	};
	guint known = GPOINTER_TO_UINT(g_hash_table_lookup(scope->by_name, record.name));

	/* The shared header's unit may report a header once for each form it was read in. */
	if (known &&
	    same_function(&g_array_index(scope->functions, struct function_record, known - 1),
			  &record))
		return;
	g_array_append_val(scope->functions, record);
	g_hash_table_insert(scope->by_name, (void *)record.name,
			    GUINT_TO_POINTER(scope->functions->len));
}

bool scope_buffer_call(struct scope_buffer *scope, const struct call_fact *call,
		       GStringChunk *strings)
{
	guint caller = GPOINTER_TO_UINT(g_hash_table_lookup(scope->by_name, call->caller));
	struct call_record record = {
		.caller = caller - 1,
		.line = call->line,
	};

	if (!caller)
		return false;
	if (call->target.kind != VALUE_FUNCTION)
		return true;
	record.callee = g_string_chunk_insert_const(strings, call->target.name);
	if (call->target.file)
		record.callee_file = g_string_chunk_insert_const(strings, call->target.file);
	g_array_append_val(scope->calls, record);
	return true;
}

int scope_buffer_defines(const struct scope_buffer *scope, const char *name)
{
	guint index = GPOINTER_TO_UINT(g_hash_table_lookup(scope->by_name, name));

	if (!index)
		return -1;
	return g_array_index(scope->functions, struct function_record, index - 1).is_static;
}

static void digest_text(GChecksum *sum, const char *text)
{
	g_checksum_update(sum, (const guchar *)text, (gssize)strlen(text) + 1);
}

static void digest_number(GChecksum *sum, uint32_t number)
{
	g_checksum_update(sum, (const guchar *)&number, sizeof(number));
}

/* Compared only among the scopes of one file: 64 bits are plenty. */
static int64_t digest(const struct scope_buffer *scope)
{
	GChecksum *sum = g_checksum_new(G_CHECKSUM_SHA256);
	guint8 bytes[32];
	gsize size = sizeof(bytes);
	int64_t value;

	for (guint i = 0; i < scope->functions->len; i++) {
		const struct function_record *f =
			&g_array_index(scope->functions, struct function_record, i);

		digest_text(sum, f->name);
		digest_number(sum, f->line);
		digest_number(sum, f->end_line);
		digest_number(sum, (uint32_t)f->is_static << 1 | f->is_inline);
	}
	for (guint i = 0; i < scope->calls->len; i++) {
		const struct call_record *c = &g_array_index(scope->calls, struct call_record, i);

		digest_text(sum, c->callee);
		digest_text(sum, c->callee_file ? c->callee_file : "");
		digest_number(sum, c->caller);
		digest_number(sum, c->line);
	}
	g_checksum_get_digest(sum, bytes, &size);
	g_checksum_free(sum);
	memcpy(&value, bytes, sizeof(value));
	return value;
}

static bool write_calls(const struct scope_buffer *scope, const int64_t *ids, struct store *store,
			GError **error)
{
	for (guint i = 0; i < scope->calls->len; i++) {
		const struct call_record *c = &g_array_index(scope->calls, struct call_record, i);
		int64_t file = 0;
		int64_t callee;

		if (c->callee_file) {
			file = store_file(store, c->callee_file, error);
			if (!file)
				return false;
		}
		callee = store_symbol(store, c->callee, file, error);
		if (!callee || !store_run(store, STMT_CALL_ADD, error, "iii", ids[c->caller],
					  callee, (int64_t)c->line))
			return false;
	}
	return true;
}

int64_t scope_buffer_write(struct scope_buffer *scope, struct store *store, int64_t file,
			   GError **error)
{
	int64_t sum = digest(scope);
	int64_t id = store_find(store, STMT_SCOPE_FIND, error, "ii", file, sum);
	g_autofree int64_t *ids = g_new(int64_t, scope->functions->len);

	if (id)
		return MAX(id, 0);
	id = store_insert(store, STMT_SCOPE_ADD, error, "ii", file, sum);
	if (!id)
		return 0;
	for (guint i = 0; i < scope->functions->len; i++) {
		const struct function_record *f =
			&g_array_index(scope->functions, struct function_record, i);
		int64_t symbol = store_symbol(store, f->name, f->is_static ? file : 0, error);

		if (!symbol)
			return 0;
		ids[i] =
			store_insert(store, STMT_FUNCTION_ADD, error, "iiiii", id, symbol,
				     (int64_t)f->line, (int64_t)f->end_line, (int64_t)f->is_inline);
		if (!ids[i])
			return 0;
	}
	return write_calls(scope, ids, store, error) ? id : 0;
}
