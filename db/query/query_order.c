// SPDX-License-Identifier: GPL-2.0-only
#include "db/query/query_internal.h"

#include <string.h>

#include "db/error.h"

static bool read_initcall(struct query *query, sqlite3_stmt *stmt, struct initcall *initcall,
			  GError **error)
{
	int level = sqlite3_column_int(stmt, 1);
	gsize object = (gsize)sqlite3_column_int64(stmt, 7);

	*initcall = (struct initcall){
		.position = (unsigned int)sqlite3_column_int64(stmt, 0),
		.level = (enum initcall_level)level,
		.function = query_text(query, stmt, 2),
		.file = query_text(query, stmt, 3),
		.line = (unsigned int)sqlite3_column_int64(stmt, 4),
		.macro = query_text(query, stmt, 5),
		.seq = (unsigned int)sqlite3_column_int64(stmt, 6),
		.object = g_hash_table_lookup(query->object_ids, GSIZE_TO_POINTER(object)),
	};
	if (level < 0 || level >= N_LEVELS || !initcall->object || !initcall->function ||
	    !initcall->file)
		return sql_fail(NULL, SQLITE_CORRUPT, query->path, error);
	return true;
}

/*
 * @a and @b have the same @function and @file. Returns true if a->nth must be smaller than b->nth.
 * The fingerprint of a finding depends on @nth, and must stay the same if a patch only changes the
 * level or the line of an initcall. So the order of @nth depends on neither the level nor the line.
 * The order depends on the path of the object, and then on @seq.
 */
static bool is_numbered_before(const struct initcall *a, const struct initcall *b)
{
	int order = strcmp(a->object->path, b->object->path);

	if (order != 0)
		return order < 0;
	return a->seq != b->seq ? a->seq < b->seq : a->position < b->position;
}

/*
 * Sets @nth of each initcall. Several initcalls can have the same @function and @file, because a
 * function may be registered twice, or a file may be compiled into two objects. The member @nth
 * distinguishes these initcalls.
 */
static void number_namesakes(GArray *initcalls)
{
	g_autoptr(GHashTable) last = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	/*
	 * before[i]: 1 + the index of the last initcall that comes before initcall i and has the
	 * same @file and @function as initcall i. 0: there is no such initcall.
	 */
	g_autofree guint *before = g_new0(guint, initcalls->len + 1);

	for (guint i = 0; i < initcalls->len; i++) {
		struct initcall *new = &g_array_index(initcalls, struct initcall, i);
		char *key = g_strdup_printf("%s\n%s", new->file, new->function);

		before[i] = GPOINTER_TO_UINT(g_hash_table_lookup(last, key));
		g_hash_table_insert(last, key, GUINT_TO_POINTER(i + 1));
		for (guint o = before[i]; o; o = before[o - 1]) {
			struct initcall *namesake =
				&g_array_index(initcalls, struct initcall, o - 1);

			if (is_numbered_before(new, namesake))
				namesake->nth++;
			else
				new->nth++;
		}
	}
}

/* Loads query->initcalls and query->module_inits. */
static bool load_initcalls(struct query *query, GError **error)
{
	static const char sql[] = "SELECT position, level_id, function, file, line, macro, seq, "
				  "object_id FROM initcall_order ORDER BY rank";
	g_autoptr(sqlite3_stmt) stmt = NULL;
	g_autoptr(GArray) built_in = g_array_new(TRUE, FALSE, sizeof(struct initcall));
	g_autoptr(GArray) modules = g_array_new(TRUE, FALSE, sizeof(struct initcall));
	struct initcall initcall;
	unsigned int n;
	int row;

	if (!query_objects(query, &n, error))
		return false;
	stmt = query_select(query, sql, NULL, error);
	row = stmt ? 1 : -1;
	while (row > 0 && (row = sql_step(stmt, query->path, error)) > 0) {
		if (!read_initcall(query, stmt, &initcall, error))
			return false;
		if (initcall.object->kind == OBJECT_MODULE) {
			initcall.position = modules->len;
			g_array_append_val(modules, initcall);
		} else {
			g_array_append_val(built_in, initcall);
		}
	}
	if (row < 0)
		return false;
	number_namesakes(built_in);
	number_namesakes(modules);
	query->initcalls = g_steal_pointer(&built_in);
	query->module_inits = g_steal_pointer(&modules);
	return true;
}

const struct initcall *query_initcalls(struct query *query, unsigned int *n, GError **error)
{
	*n = 0;
	if (!query->initcalls && !load_initcalls(query, error))
		return NULL;
	*n = query->initcalls->len;
	return (const struct initcall *)query->initcalls->data;
}

const struct initcall *query_module_inits(struct query *query, unsigned int *n, GError **error)
{
	*n = 0;
	if (!query->module_inits && !load_initcalls(query, error))
		return NULL;
	*n = query->module_inits->len;
	return (const struct initcall *)query->module_inits->data;
}

/*
 * An "initlint: accept" comment in a header has one row in the table "accept" for each unit that
 * includes the header. DISTINCT returns the comment only once.
 */
static bool load_acceptances(struct query *query, GError **error)
{
	static const char sql[] =
		"SELECT DISTINCT file.path, accept.line, accept.rule, accept.reason,"
		" accept.comment_line FROM accept "
		"JOIN file ON file.id = accept.file "
		"JOIN unit ON unit.id = accept.unit "
		"WHERE EXISTS (SELECT 1 FROM object"
		" WHERE object.path = unit.object AND object.kind <> 'module') "
		"ORDER BY file.path, accept.comment_line, accept.line";
	g_autoptr(sqlite3_stmt) stmt = query_select(query, sql, NULL, error);
	g_autoptr(GArray) acceptances = g_array_new(TRUE, FALSE, sizeof(struct acceptance));
	int row = stmt ? 1 : -1;

	while (row > 0 && (row = sql_step_required(stmt, 1, query->path, error)) > 0) {
		struct acceptance acceptance = {
			.file = query_text(query, stmt, 0),
			.line = (unsigned int)sqlite3_column_int64(stmt, 1),
			.rule = query_text(query, stmt, 2),
			.reason = query_text(query, stmt, 3),
			.comment_line = (unsigned int)sqlite3_column_int64(stmt, 4),
		};

		g_array_append_val(acceptances, acceptance);
	}
	if (row < 0)
		return false;
	query->acceptances = g_steal_pointer(&acceptances);
	return true;
}

const struct acceptance *query_acceptances(struct query *query, unsigned int *n, GError **error)
{
	*n = 0;
	if (!query->acceptances && !load_acceptances(query, error))
		return NULL;
	*n = query->acceptances->len;
	return (const struct acceptance *)query->acceptances->data;
}
