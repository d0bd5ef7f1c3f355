// SPDX-License-Identifier: GPL-2.0-only
/* Reads objects, and the Makefile lines on the paths from vmlinux to objects. */
#include "db/query/query_internal.h"

#include <string.h>

static bool object_kind(struct query *query, const char *name, enum object_kind *kind,
			GError **error)
{
	static const char *const names[] = {
		[OBJECT_BUILTIN] = "builtin",
		[OBJECT_LIB] = "lib",
		[OBJECT_LIB_DEMAND] = "lib-demand",
		[OBJECT_MODULE] = "module",
	};

	for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
		if (g_strcmp0(names[i], name) == 0) {
			*kind = (enum object_kind)i;
			return true;
		}
	}
	return sql_fail(NULL, SQLITE_CORRUPT, query->path, error);
}

/*
 * In the table "place", a parent has a smaller id than its children. So ORDER BY id returns each
 * parent before its children.
 */
static GHashTable *load_places(struct query *query, GError **error)
{
	static const char sql[] = "SELECT id, parent, item, makefile, line, condition, rank "
				  "FROM place ORDER BY id";
	g_autoptr(GHashTable) places = g_hash_table_new_full(NULL, NULL, NULL, g_free);
	g_autoptr(sqlite3_stmt) stmt = query_select(query, sql, NULL, error);
	int row = stmt ? 1 : -1;

	while (row > 0 && (row = sql_step_required(stmt, 1 << 2, query->path, error)) > 0) {
		struct place *place = g_new(struct place, 1);
		gsize parent = (gsize)sqlite3_column_int64(stmt, 1);

		*place = (struct place){
			.parent = g_hash_table_lookup(places, GSIZE_TO_POINTER(parent)),
			.item = query_text(query, stmt, 2),
			.makefile = query_text(query, stmt, 3),
			.line = (unsigned int)sqlite3_column_int64(stmt, 4),
			.condition = query_text(query, stmt, 5),
			.rank = (unsigned int)sqlite3_column_int64(stmt, 6),
		};
		g_hash_table_insert(places, GSIZE_TO_POINTER(sqlite3_column_int64(stmt, 0)), place);
	}
	return row == 0 ? g_steal_pointer(&places) : NULL;
}

static bool load_objects(struct query *query, GError **error)
{
	static const char sql[] = "SELECT path, kind, ifnull(position, -1), modname, place, id "
				  "FROM object ORDER BY position IS NULL, position, id";
	g_autoptr(sqlite3_stmt) stmt = query_select(query, sql, NULL, error);
	g_autoptr(GArray) objects = g_array_new(TRUE, FALSE, sizeof(struct object));
	g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(int64_t));
	int row = stmt ? 1 : -1;

	while (row > 0 && (row = sql_step_required(stmt, 11, query->path, error)) > 0) {
		gsize place = (gsize)sqlite3_column_int64(stmt, 4);
		int64_t id = sqlite3_column_int64(stmt, 5);
		struct object object = {
			.path = query_text(query, stmt, 0),
			.position = sqlite3_column_int(stmt, 2),
			.modname = query_text(query, stmt, 3),
			.place = g_hash_table_lookup(query->places, GSIZE_TO_POINTER(place)),
		};

		if (!object_kind(query, sql_text(stmt, 1), &object.kind, error))
			return false;
		g_array_append_val(objects, object);
		g_array_append_val(ids, id);
	}
	if (row < 0)
		return false;
	query->object_ids = g_hash_table_new(NULL, NULL);
	for (guint i = 0; i < ids->len; i++)
		g_hash_table_insert(query->object_ids,
				    GSIZE_TO_POINTER(g_array_index(ids, int64_t, i)),
				    &g_array_index(objects, struct object, i));
	query->objects = g_steal_pointer(&objects);
	return true;
}

const struct object *query_objects(struct query *query, unsigned int *n, GError **error)
{
	*n = 0;
	if (!query->places)
		query->places = load_places(query, error);
	if (!query->places || (!query->objects && !load_objects(query, error)))
		return NULL;
	*n = query->objects->len;
	return (const struct object *)query->objects->data;
}

/*
 * @sql selects ids of objects. @text is bound to the parameter of @sql. Returns the object with the
 * id in the first row. Returns NULL if there is no row, or on error.
 */
static const struct object *first_object(struct query *query, const char *sql, const char *text)
{
	g_autoptr(sqlite3_stmt) stmt = query_select(query, sql, text, NULL);

	if (!stmt || sql_step(stmt, query->path, NULL) != 1)
		return NULL;
	return g_hash_table_lookup(query->object_ids,
				   GSIZE_TO_POINTER(sqlite3_column_int64(stmt, 0)));
}

/*
 * Tries three ways, the most reliable way first. First looks for a unit whose source is @source,
 * but the database may have no units of modules. Then looks for an object with the path of @source
 * and the extension ".o". Last looks for a unit that includes @source. For example,
 * "build_policy.c" includes "rt.c".
 */
const struct object *query_object_of_source(struct query *query, const char *source)
{
	static const char *const tries[] = {
		"SELECT object.id FROM file JOIN unit ON unit.source = file.id "
		"JOIN object ON object.path = unit.object WHERE file.path = ? "
		"ORDER BY object.position IS NULL, object.position LIMIT 1",
		"SELECT id FROM object WHERE path = ? ORDER BY position IS NULL, position LIMIT 1",
		"SELECT object.id FROM file JOIN unit_file ON unit_file.file = file.id "
		"JOIN unit ON unit.id = unit_file.unit JOIN object ON object.path = unit.object "
		"WHERE file.path = ? ORDER BY object.position IS NULL, object.position LIMIT 1",
	};
	const char *dot = strrchr(source, '.');
	g_autofree char *path = NULL;
	const struct object *object;
	unsigned int n;

	if (!query_objects(query, &n, NULL))
		return NULL;
	if (dot && !strchr(dot, '/'))
		path = g_strdup_printf("%.*s.o", (int)(dot - source), source);
	object = first_object(query, tries[0], source);
	if (!object && path)
		object = first_object(query, tries[1], path);
	return object ? object : first_object(query, tries[2], source);
}
