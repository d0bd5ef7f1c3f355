// SPDX-License-Identifier: GPL-2.0-only
/* The facts of a unit are gathered and written when it ends. */
#include "db/store/store_internal.h"

static const char *const modes[] = {
	[UNIT_PCH] = "pch",	  [UNIT_SHIM] = "shim", [UNIT_MINIMAL] = "minimal",
	[UNIT_FAILED] = "failed", [UNIT_RUST] = "rust",
};

struct initcall_record {
	enum initcall_level level;
	const char *function;
	const char *file;
	unsigned int line;
	const char *macro;
	unsigned int seq;
};

struct unit_buffer {
	GStringChunk *strings;
	struct unit_fact fact;
	GHashTable *files; /* path -> struct scope_buffer, NULL if it defines nothing */
	GArray *initcalls; /* struct initcall_record */
	GArray *accepts;   /* struct accept_fact */
};

/* A file of the unit with its ids, in the order of the table's key. */
struct unit_file {
	int64_t file;
	int64_t scope;
};

static void free_scope(gpointer scope)
{
	if (scope)
		scope_buffer_free(scope);
}

void unit_buffer_free(struct unit_buffer *unit)
{
	if (!unit)
		return;
	g_hash_table_destroy(unit->files);
	g_array_free(unit->initcalls, TRUE);
	g_array_free(unit->accepts, TRUE);
	g_string_chunk_free(unit->strings);
	g_free(unit);
}

const char *unit_buffer_keep(struct unit_buffer *unit, const char *text)
{
	return text ? g_string_chunk_insert_const(unit->strings, text) : NULL;
}

bool store_unit_begin(void *data, const struct unit_fact *fact, GError **error)
{
	struct store *store = data;
	struct unit_buffer *unit = g_new0(struct unit_buffer, 1);

	unit_buffer_free(store->unit);
	store->unit = unit;
	unit->strings = g_string_chunk_new(1 << 14);
	unit->files = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, free_scope);
	unit->initcalls = g_array_new(FALSE, FALSE, sizeof(struct initcall_record));
	unit->accepts = g_array_new(FALSE, FALSE, sizeof(struct accept_fact));
	unit->fact.object = unit_buffer_keep(unit, fact->object);
	unit->fact.target = unit_buffer_keep(unit, fact->target);
	unit->fact.source = unit_buffer_keep(unit, fact->source);
	unit->fact.flags_hash = unit_buffer_keep(unit, fact->flags_hash);
	return store_include(store, fact->source, error);
}

bool store_include(void *data, const char *path, G_GNUC_UNUSED GError **error)
{
	struct store *store = data;
	struct unit_buffer *unit = store->unit;

	if (!g_hash_table_contains(unit->files, path))
		g_hash_table_insert(unit->files, (void *)unit_buffer_keep(unit, path), NULL);
	return true;
}

struct scope_buffer *unit_buffer_scope(struct unit_buffer *unit, const char *path)
{
	struct scope_buffer *scope = g_hash_table_lookup(unit->files, path);

	if (!scope) {
		scope = scope_buffer_new();
		g_hash_table_insert(unit->files, (void *)unit_buffer_keep(unit, path), scope);
	}
	return scope;
}

bool store_initcall(void *data, const struct initcall_fact *initcall, G_GNUC_UNUSED GError **error)
{
	struct store *store = data;
	struct unit_buffer *unit = store->unit;
	struct initcall_record record = {
		.level = initcall->level,
		.function = unit_buffer_keep(unit, initcall->function),
		.file = unit_buffer_keep(unit, initcall->file),
		.line = initcall->line,
		.macro = unit_buffer_keep(unit, initcall->macro),
		.seq = initcall->seq,
	};

	g_array_append_val(unit->initcalls, record);
	return true;
}

bool store_accept(void *data, const struct accept_fact *accept, G_GNUC_UNUSED GError **error)
{
	struct unit_buffer *unit = ((struct store *)data)->unit;
	struct accept_fact kept = {
		.file = unit_buffer_keep(unit, accept->file),
		.line = accept->line,
		.rule = unit_buffer_keep(unit, accept->rule),
		.reason = unit_buffer_keep(unit, accept->reason),
		.comment_line = accept->comment_line,
	};

	g_array_append_val(unit->accepts, kept);
	return true;
}

/* The linker's view of an initcall's function: static if the unit defines it so. */
static int64_t initcall_symbol(struct store *store, const char *name, GError **error)
{
	GHashTableIter iter;
	gpointer path;
	gpointer scope;
	int64_t file = 0;

	g_hash_table_iter_init(&iter, store->unit->files);
	while (g_hash_table_iter_next(&iter, &path, &scope)) {
		if (!scope || scope_buffer_defines(scope, name) != 1)
			continue;
		file = store_file(store, path, error);
		if (!file)
			return 0;
		break;
	}
	return store_symbol(store, name, file, error);
}

static bool write_initcalls(struct store *store, int64_t unit, GError **error)
{
	GArray *initcalls = store->unit->initcalls;

	for (guint i = 0; i < initcalls->len; i++) {
		const struct initcall_record *r =
			&g_array_index(initcalls, struct initcall_record, i);
		int64_t symbol = initcall_symbol(store, r->function, error);
		int64_t file = store_file(store, r->file, error);

		if (!symbol || !file ||
		    !store_run(store, STMT_INITCALL_ADD, error, "iiiiiit", unit, (int64_t)r->seq,
			       (int64_t)r->level, symbol, file, (int64_t)r->line, r->macro))
			return false;
	}
	return true;
}

static bool write_accepts(struct store *store, int64_t unit, GError **error)
{
	GArray *accepts = store->unit->accepts;

	for (guint i = 0; i < accepts->len; i++) {
		const struct accept_fact *a = &g_array_index(accepts, struct accept_fact, i);
		int64_t file = store_file(store, a->file, error);

		if (!file ||
		    !store_run(store, STMT_ACCEPT_ADD, error, "iiiitti", unit, (int64_t)i, file,
			       (int64_t)a->line, a->rule, a->reason, (int64_t)a->comment_line))
			return false;
	}
	return true;
}

static int by_file(gconstpointer a, gconstpointer b)
{
	const struct unit_file *left = a;
	const struct unit_file *right = b;

	return left->file < right->file ? -1 : left->file > right->file;
}

static bool write_files(struct store *store, int64_t unit, bool under_pch, GError **error)
{
	g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(struct unit_file));
	GHashTableIter iter;
	gpointer path;
	gpointer scope;

	g_hash_table_iter_init(&iter, store->unit->files);
	while (g_hash_table_iter_next(&iter, &path, &scope)) {
		struct unit_file row = { .file = store_file(store, path, error) };

		if (!row.file)
			return false;
		if (scope) {
			row.scope = scope_buffer_write(scope, store, row.file, error);
			if (!row.scope)
				return false;
		} else if (under_pch) {
			row.scope = GPOINTER_TO_SIZE(
				g_hash_table_lookup(store->pch_scopes, GSIZE_TO_POINTER(row.file)));
		}
		g_array_append_val(rows, row);
	}
	g_array_sort(rows, by_file);
	for (guint i = 0; i < rows->len; i++) {
		const struct unit_file *row = &g_array_index(rows, struct unit_file, i);

		if (!store_run(store, STMT_UNIT_FILE_ADD, error, "iin", unit, row->file,
			       row->scope))
			return false;
	}
	return true;
}

bool store_load_pch_scopes(struct store *store, GError **error)
{
	sqlite3_stmt *stmt = store_stmt(store, STMT_PCH_SCOPES, error);
	int row = stmt ? 1 : -1;

	g_hash_table_remove_all(store->pch_scopes);
	while (row > 0 && (row = sql_step(stmt, store->new_path, error)) > 0)
		g_hash_table_insert(store->pch_scopes,
				    GSIZE_TO_POINTER(sqlite3_column_int64(stmt, 0)),
				    GSIZE_TO_POINTER(sqlite3_column_int64(stmt, 1)));
	sqlite3_reset(stmt);
	return row == 0;
}

bool store_remove_unit(struct store *store, const char *target, const char *source, GError **error)
{
	int64_t file = store_file(store, source, error);

	store->replaced = true;
	return file && store_run(store, STMT_UNIT_REMOVE, error, "ti", target, file);
}

bool store_place_unit(struct store *store, const char *target, const char *source,
		      const char *object, unsigned int rank, GError **error)
{
	int64_t file = store_file(store, source, error);

	return file && store_run(store, STMT_UNIT_PLACE, error, "titi", target, file, object,
				 (int64_t)rank);
}

/* The shared header has been replaced. */
static bool end_pch(struct store *store, int64_t unit, GError **error)
{
	g_autoptr(GHashTable) before = g_steal_pointer(&store->pch_scopes);

	store->pch_scopes = g_hash_table_new(NULL, NULL);
	return store_load_pch_scopes(store, error) &&
	       (store->fresh || store_follow_pch(store, unit, before, error));
}

bool store_unit_end(void *data, const struct unit_result *result, GError **error)
{
	struct store *store = data;
	const struct unit_fact *fact = &store->unit->fact;
	bool is_pch = fact->target[0] == '\0';
	int64_t source = store_file(store, fact->source, error);
	int64_t unit;

	if (!source ||
	    (!store->fresh && !store_remove_unit(store, fact->target, fact->source, error)))
		return false;
	unit = store_insert(store, STMT_UNIT_ADD, error, "ttittiti", fact->object, fact->target,
			    source, fact->flags_hash, modes[result->mode],
			    (int64_t)result->n_errors, result->diagnostic, (int64_t)result->cpu_us);
	if (!unit || !write_files(store, unit, result->mode == UNIT_PCH && !is_pch, error) ||
	    !write_initcalls(store, unit, error) || !write_accepts(store, unit, error))
		return false;
	g_clear_pointer(&store->unit, unit_buffer_free);
	return !is_pch || end_pch(store, unit, error);
}
