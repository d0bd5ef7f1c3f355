// SPDX-License-Identifier: GPL-2.0-only
/* Reads the units and files that the last run of "initlint index" has stored. */
#include "db/query/query_internal.h"

static bool load_units(struct query *query, GError **error)
{
	static const char sql[] =
		"SELECT unit.id, unit.target, file.path, unit.flags_hash, unit.mode, "
		"unit.diagnostic FROM unit JOIN file ON file.id = unit.source "
		"WHERE unit.target <> '' ORDER BY unit.id";
	g_autoptr(sqlite3_stmt) stmt = query_select(query, sql, NULL, error);
	g_autoptr(GArray) units = g_array_new(TRUE, FALSE, sizeof(struct unit_state));
	g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(int64_t));
	int row = stmt ? 1 : -1;

	while (row > 0 && (row = sql_step_required(stmt, 30, query->path, error)) > 0) {
		int64_t id = sqlite3_column_int64(stmt, 0);
		struct unit_state unit = {
			.target = query_text(query, stmt, 1),
			.source = query_text(query, stmt, 2),
			.flags_hash = query_text(query, stmt, 3),
			.diagnostic = query_text(query, stmt, 5),
		};

		if (!query_mode(query, sql_text(stmt, 4), &unit.mode, error))
			return false;
		g_array_append_val(units, unit);
		g_array_append_val(ids, id);
	}
	if (row < 0)
		return false;
	query->units = g_steal_pointer(&units);
	query->unit_ids = g_steal_pointer(&ids);
	return true;
}

const struct unit_state *query_units(struct query *query, unsigned int *n, GError **error)
{
	*n = 0;
	if (!query->units && !load_units(query, error))
		return NULL;
	*n = query->units->len;
	return (const struct unit_state *)query->units->data;
}

static bool load_files(struct query *query, GError **error)
{
	static const char sql[] = "SELECT id, path, hash, size, changed_ns FROM file ORDER BY id";
	g_autoptr(sqlite3_stmt) stmt = query_select(query, sql, NULL, error);
	g_autoptr(GArray) files = g_array_new(TRUE, FALSE, sizeof(struct file_state));
	g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(int64_t));
	int row = stmt ? 1 : -1;

	while (row > 0 && (row = sql_step_required(stmt, 2, query->path, error)) > 0) {
		int64_t id = sqlite3_column_int64(stmt, 0);
		struct file_state file = {
			.path = query_text(query, stmt, 1),
			.hash = query_text(query, stmt, 2),
			.size = sqlite3_column_int64(stmt, 3),
			.changed_ns = sqlite3_column_int64(stmt, 4),
		};

		g_array_append_val(files, file);
		g_array_append_val(ids, id);
	}
	if (row < 0)
		return false;
	query->files = g_steal_pointer(&files);
	query->file_ids = g_steal_pointer(&ids);
	return true;
}

const struct file_state *query_files(struct query *query, unsigned int *n, GError **error)
{
	*n = 0;
	if (!query->files && !load_files(query, error))
		return NULL;
	*n = query->files->len;
	return (const struct file_state *)query->files->data;
}

/*
 * Returns a table: id of a file in the database -> index of this file in query->files. The caller
 * owns the table.
 */
static GHashTable *file_indices(const struct query *query)
{
	GHashTable *files = g_hash_table_new(NULL, NULL);

	for (guint i = 0; i < query->file_ids->len; i++)
		g_hash_table_insert(files,
				    GSIZE_TO_POINTER(g_array_index(query->file_ids, int64_t, i)),
				    GUINT_TO_POINTER(i));
	return files;
}

static bool find_file(GHashTable *files, int64_t id, guint *f)
{
	gpointer index;

	if (!g_hash_table_lookup_extended(files, GSIZE_TO_POINTER(id), NULL, &index))
		return false;
	*f = GPOINTER_TO_UINT(index);
	return true;
}

/*
 * A pair of a unit and a file that the unit includes. A database has millions of these pairs, so
 * the struct is kept small.
 */
struct unit_file {
	uint32_t unit;	    /* index in query->units */
	uint32_t file : 30; /* index in query->files */
	uint32_t scope : 2; /* enum unit_scope */
};

static enum unit_scope scope_of(GHashTable *shared, int64_t file, int64_t scope)
{
	gpointer shared_scope = g_hash_table_lookup(shared, GSIZE_TO_POINTER(file));

	if (!scope)
		return SCOPE_NONE;
	return GPOINTER_TO_SIZE(shared_scope) == (gsize)scope ? SCOPE_SHARED : SCOPE_OWN;
}

static bool load_unit_files(struct query *query, GError **error)
{
	g_autoptr(sqlite3_stmt) stmt = query_select(
		query, "SELECT unit, file, scope FROM unit_file ORDER BY unit", NULL, error);
	g_autoptr(GHashTable) files = file_indices(query);
	g_autoptr(GHashTable) shared =
		stmt ? sql_shared_scopes(query->db, query->path, error) : NULL;
	g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(struct unit_file));
	const GArray *ids = query->unit_ids;
	int row = shared ? 1 : -1;
	guint u = 0, f;

	while (row > 0 && (row = sql_step(stmt, query->path, error)) > 0) {
		int64_t unit = sqlite3_column_int64(stmt, 0);
		int64_t file = sqlite3_column_int64(stmt, 1);

		while (u < ids->len && g_array_index(ids, int64_t, u) < unit)
			u++;
		if (u < ids->len && g_array_index(ids, int64_t, u) == unit &&
		    find_file(files, file, &f)) {
			struct unit_file found = {
				u, f, scope_of(shared, file, sqlite3_column_int64(stmt, 2))
			};

			g_array_append_val(rows, found);
		}
	}
	if (row < 0)
		return false;
	query->unit_files = g_steal_pointer(&rows);
	return true;
}

bool query_visit_unit_files(struct query *query, const struct unit_file_visit *visit,
			    GError **error)
{
	if (!query->unit_files && !load_unit_files(query, error))
		return false;
	for (guint i = 0; i < query->unit_files->len; i++) {
		const struct unit_file *row =
			&g_array_index(query->unit_files, struct unit_file, i);

		visit->visit(visit->data, row->unit, row->file, (enum unit_scope)row->scope);
	}
	return true;
}

/* @sql selects ids of files. Sets in[f] to true for each selected file f. */
static bool mark_files(struct query *query, const char *sql, bool *in, GError **error)
{
	g_autoptr(sqlite3_stmt) stmt = query_select(query, sql, NULL, error);
	g_autoptr(GHashTable) files = file_indices(query);
	int row = stmt ? 1 : -1;
	guint f;

	while (row > 0 && (row = sql_step(stmt, query->path, error)) > 0)
		if (find_file(files, sqlite3_column_int64(stmt, 0), &f))
			in[f] = true;
	return row == 0;
}

bool query_pch_files(struct query *query, bool *in, GError **error)
{
	return mark_files(query,
			  "SELECT unit_file.file FROM unit JOIN unit_file "
			  "ON unit_file.unit = unit.id WHERE unit.target = ''",
			  in, error);
}

bool query_files_with_initcalls(struct query *query, bool *in, GError **error)
{
	return mark_files(query,
			  "SELECT file FROM initcall UNION SELECT file FROM accept "
			  "UNION SELECT source FROM unit",
			  in, error);
}

GBytes *query_header_text(struct query *query, unsigned int f, GError **error)
{
	g_autoptr(sqlite3_stmt) stmt =
		query_select(query,
			     "SELECT text FROM file JOIN file_text ON file_text.file = file.id "
			     "WHERE file.path = ? AND file.hash = file_text.hash",
			     g_array_index(query->files, struct file_state, f).path, error);

	if (!stmt || sql_step(stmt, query->path, error) <= 0)
		return NULL;
	return g_bytes_new(sqlite3_column_blob(stmt, 0), (gsize)sqlite3_column_bytes(stmt, 0));
}

struct relation_of_files {
	const bool *from;
	bool *to;
};

static void mark_unit(void *data, unsigned int u, unsigned int f,
		      G_GNUC_UNUSED enum unit_scope scope)
{
	struct relation_of_files *r = data;

	r->to[u] |= r->from[f];
}

static void mark_file(void *data, unsigned int u, unsigned int f,
		      G_GNUC_UNUSED enum unit_scope scope)
{
	struct relation_of_files *r = data;

	r->to[f] |= r->from[u];
}

bool query_units_with(struct query *query, const bool *changed, bool *hit, GError **error)
{
	struct relation_of_files r = { changed, hit };
	const struct unit_file_visit visit = { mark_unit, &r };

	return query_visit_unit_files(query, &visit, error);
}

bool query_files_of(struct query *query, const bool *units, bool *hit, GError **error)
{
	struct relation_of_files r = { units, hit };
	const struct unit_file_visit visit = { mark_file, &r };

	return query_visit_unit_files(query, &visit, error);
}
