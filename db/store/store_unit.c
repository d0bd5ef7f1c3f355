// SPDX-License-Identifier: GPL-2.0-only
/* Collects the facts of a unit, and writes them when the unit ends. */
#include "db/store/store_scope_internal.h"

static const char *const modes[] = {
	[UNIT_PCH] = "pch",	  [UNIT_SHIM] = "shim", [UNIT_MINIMAL] = "minimal",
	[UNIT_FAILED] = "failed", [UNIT_RUST] = "rust",
};

struct unit_buffer {
	GStringChunk *strings;
	struct unit_fact fact;
	/*
	 * Key: the path of a file of the unit. Value: a struct scope_buffer with the functions and
	 * variables that the unit defines in this file; NULL: the unit defines none in this file.
	 */
	GHashTable *files;
	/*
	 * struct fact: the facts that belong to the unit and not to a function or variable, such as
	 * initcalls
	 */
	GArray *facts;
};

/*
 * A row of the table "unit_file". A scope is one version of the definitions in a file
 * (docs/schema.md). @file is the id of a file of the unit. @scope is the id of the scope with the
 * definitions that the unit sees in this file.
 */
struct unit_row {
	int64_t file;
	int64_t scope; /* 0: the database has no definitions for the unit and @file */
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
	g_array_free(unit->facts, TRUE);
	g_string_chunk_free(unit->strings);
	g_free(unit);
}

const char *unit_buffer_keep(struct unit_buffer *unit, const char *text)
{
	return text ? g_string_chunk_insert_const(unit->strings, text) : NULL;
}

void store_unit_begin(struct store *store, const struct unit_fact *fact)
{
	struct unit_buffer *unit = g_new0(struct unit_buffer, 1);

	unit_buffer_free(store->unit);
	store->unit = unit;
	unit->strings = g_string_chunk_new(1 << 14);
	unit->files = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, free_scope);
	unit->facts = g_array_new(FALSE, FALSE, sizeof(struct fact));
	unit->fact.object = unit_buffer_keep(unit, fact->object);
	unit->fact.target = unit_buffer_keep(unit, fact->target);
	unit->fact.source = unit_buffer_keep(unit, fact->source);
	unit->fact.flags_hash = unit_buffer_keep(unit, fact->flags_hash);
	unit_buffer_include(unit, fact->source);
}

void unit_buffer_include(struct unit_buffer *unit, const char *path)
{
	if (!g_hash_table_contains(unit->files, path))
		g_hash_table_insert(unit->files, (void *)unit_buffer_keep(unit, path), NULL);
}

static struct scope_buffer *scope_of(struct unit_buffer *unit, const char *path)
{
	struct scope_buffer *scope = g_hash_table_lookup(unit->files, path);

	if (!scope) {
		scope = scope_buffer_new();
		g_hash_table_insert(unit->files, (void *)unit_buffer_keep(unit, path), scope);
	}
	return scope;
}

bool unit_buffer_add(struct unit_buffer *unit, const struct fact *fact)
{
	struct fact kept = unit_buffer_fact(unit, fact);

	if (fact_layout(fact->kind)->owner != OWNER_UNIT)
		return scope_buffer_add(scope_of(unit, fact->owner.file), &kept);
	g_array_append_val(unit->facts, kept);
	return true;
}

const char *unit_buffer_static(struct unit_buffer *unit, const char *name)
{
	GHashTableIter iter;
	gpointer path;
	gpointer scope;

	g_hash_table_iter_init(&iter, unit->files);
	while (g_hash_table_iter_next(&iter, &path, &scope))
		if (scope && scope_buffer_defines(scope, name) == 1)
			return path;
	return NULL;
}

/*
 * Writes the facts that belong to the unit and not to a function or variable, such as initcalls.
 * @unit is the id of the unit.
 */
static bool write_facts(struct store *store, int64_t unit, GError **error)
{
	const GArray *facts = store->unit->facts;
	uint32_t n[N_FACTS] = { 0 };

	for (guint i = 0; i < facts->len; i++) {
		const struct fact *fact = &g_array_index(facts, struct fact, i);
		uint32_t number;

		if (!fact_number(fact, &number))
			number = n[fact->kind]++;
		if (!store_row(store, fact, unit, number, error))
			return false;
	}
	return true;
}

static int by_file(gconstpointer a, gconstpointer b)
{
	const struct unit_row *left = a;
	const struct unit_row *right = b;

	return left->file < right->file ? -1 : left->file > right->file;
}

static bool write_files(struct store *store, int64_t unit, bool under_pch, GError **error)
{
	g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(struct unit_row));
	GHashTableIter iter;
	gpointer path;
	gpointer scope;

	g_hash_table_iter_init(&iter, store->unit->files);
	while (g_hash_table_iter_next(&iter, &path, &scope)) {
		struct unit_row row = { .file = store_file(store, path, error) };

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
		const struct unit_row *row = &g_array_index(rows, struct unit_row, i);

		if (!store_run(store, STMT_UNIT_FILE_ADD, error, "iin", unit, row->file,
			       row->scope))
			return false;
	}
	return true;
}

bool store_load_pch_scopes(struct store *store, GError **error)
{
	GHashTable *scopes = sql_shared_scopes(store->db, store->new_path, error);

	if (!scopes)
		return false;
	g_hash_table_unref(store->pch_scopes);
	store->pch_scopes = scopes;
	return true;
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

/*
 * The shared precompiled header (PCH) has a unit of its own. Call end_pch() after this unit was
 * stored. @unit is the id of this unit. Updates store->pch_scopes. If store_create() did not make
 * the database, the database may have units that were read with the PCH. Then end_pch() also makes
 * these units refer to the new scopes of the PCH. Returns false on error.
 */
static bool end_pch(struct store *store, int64_t unit, GError **error)
{
	g_autoptr(GHashTable) before = g_steal_pointer(&store->pch_scopes);

	store->pch_scopes = g_hash_table_new(NULL, NULL);
	return store_load_pch_scopes(store, error) &&
	       (store->fresh || store_follow_pch(store, unit, before, error));
}

bool store_unit_end(struct store *store, const struct unit_result *result, GError **error)
{
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
	    !write_facts(store, unit, error))
		return false;
	g_clear_pointer(&store->unit, unit_buffer_free);
	return !is_pch || end_pch(store, unit, error);
}
