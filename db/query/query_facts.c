// SPDX-License-Identifier: GPL-2.0-only
/* Loads symbols, fields, functions and variables of vmlinux, and frees all facts. */
#include "db/query/query_facts_internal.h"

/*
 * A row of the table "scope" (docs/schema.md). A scope is one version of the definitions in @file:
 * units that define different macros may see different definitions.
 */
struct facts_scope {
	const char *file;
	/*
	 * Units whose definitions in @file are equal share one struct facts_scope. @object is the
	 * first object in link order that contains such a unit.
	 */
	const struct object *object;
};

static bool damaged(struct facts_loader *loader, GError **error)
{
	return sql_fail(NULL, SQLITE_CORRUPT, loader->query->path, error);
}

static GArray *new_array(gsize size)
{
	return g_array_new(FALSE, FALSE, (guint)size);
}

static struct facts_memory *memory_new(void)
{
	struct facts_memory *memory = g_new(struct facts_memory, 1);

	*memory = (struct facts_memory){
		.strings = g_string_chunk_new(1 << 16),
		.symbols = new_array(sizeof(struct facts_symbol)),
		.fields = new_array(sizeof(char *)),
		.texts = new_array(sizeof(char *)),
		.functions = new_array(sizeof(struct facts_function)),
		.globals = new_array(sizeof(struct facts_global)),
		.calls = new_array(sizeof(struct facts_call)),
		.arguments = new_array(sizeof(struct facts_argument)),
		.accesses = new_array(sizeof(struct facts_access)),
		.stores = new_array(sizeof(struct facts_store)),
		.returns = new_array(sizeof(struct facts_return)),
		.guards = new_array(sizeof(struct facts_guard)),
		.macros = new_array(sizeof(struct facts_macro)),
	};
	return memory;
}

static void memory_free(struct facts_memory *memory)
{
	GArray *const arrays[] = {
		memory->symbols, memory->fields,  memory->texts,     memory->functions,
		memory->globals, memory->calls,	  memory->arguments, memory->accesses,
		memory->stores,	 memory->returns, memory->guards,    memory->macros,
	};

	for (gsize i = 0; i < G_N_ELEMENTS(arrays); i++)
		g_array_free(arrays[i], TRUE);
	g_string_chunk_free(memory->strings);
	g_free(memory);
}

int32_t facts_field(const struct facts *facts, const char *name)
{
	for (uint32_t i = 0; i < facts->n_fields; i++)
		if (strcmp(facts->fields[i], name) == 0)
			return (int32_t)i;
	return -1;
}

const struct facts_value *facts_argument(const struct facts *facts, uint32_t call, int index)
{
	const struct facts_range *r = &facts->calls[call].arguments;

	for (uint32_t a = r->first; a < r->first + r->n; a++)
		if ((int)facts->arguments[a].index == index)
			return &facts->arguments[a].value;
	return NULL;
}

const struct facts_value *facts_initial(const struct facts *facts,
					const struct facts_global *global, const char *field)
{
	const struct facts_range *r = &global->stores;

	for (uint32_t s = r->first; s < r->first + r->n; s++)
		if (facts->stores[s].field >= 0 &&
		    strcmp(facts->fields[facts->stores[s].field], field) == 0)
			return &facts->stores[s].value;
	return NULL;
}

void facts_free(struct facts *facts)
{
	if (!facts)
		return;
	memory_free(facts->memory);
	g_free(facts);
}

/*
 * Returns the text in @column of the current row. The text lives as long as @loader->memory.
 * Returns NULL if the column is SQL NULL.
 */
static const char *keep(struct facts_loader *loader, sqlite3_stmt *stmt, int column)
{
	const char *text = sql_text(stmt, column);

	return text ? g_string_chunk_insert_const(loader->memory->strings, text) : NULL;
}

static bool index_in(GHashTable *indices, sqlite3_stmt *stmt, int column, int32_t *index)
{
	gsize id = (gsize)sqlite3_column_int64(stmt, column);

	*index = id ? GPOINTER_TO_INT(g_hash_table_lookup(indices, GSIZE_TO_POINTER(id))) - 1 : -1;
	return !id || *index >= 0;
}

bool facts_symbol_index(struct facts_loader *loader, sqlite3_stmt *stmt, int column, int32_t *index)
{
	return index_in(loader->symbol_index, stmt, column, index);
}

bool facts_field_index(struct facts_loader *loader, sqlite3_stmt *stmt, int column, int32_t *index)
{
	return index_in(loader->field_index, stmt, column, index);
}

static bool load_symbols(struct facts_loader *loader, GError **error)
{
	static const char sql[] = "SELECT symbol.id, symbol.name, file.path FROM symbol "
				  "LEFT JOIN file ON file.id = symbol.file ORDER BY symbol.id";
	g_autoptr(sqlite3_stmt) stmt = query_select(loader->query, sql, NULL, error);
	int row = stmt ? 1 : -1;

	while (row > 0 && (row = sql_step(stmt, loader->query->path, error)) > 0) {
		gsize id = (gsize)sqlite3_column_int64(stmt, 0);
		struct facts_symbol symbol = { keep(loader, stmt, 1), keep(loader, stmt, 2) };

		if (!symbol.name)
			return damaged(loader, error);
		g_array_append_val(loader->memory->symbols, symbol);
		g_hash_table_insert(loader->symbol_index, GSIZE_TO_POINTER(id),
				    GUINT_TO_POINTER(loader->memory->symbols->len));
	}
	return row == 0;
}

/* Adds the field @name. @name must live as long as the facts. Returns 1 + its index. */
static guint add_field(struct facts_loader *loader, const char *name)
{
	g_array_append_val(loader->memory->fields, name);
	return loader->memory->fields->len;
}

/*
 * Returns 1 + the index of the field @name. If the facts do not have the field, adds it. @name must
 * live as long as the facts.
 */
static guint field_named(struct facts_loader *loader, const char *name)
{
	for (guint i = 0; i < loader->memory->fields->len; i++)
		if (strcmp(g_array_index(loader->memory->fields, const char *, i), name) == 0)
			return i + 1;
	return add_field(loader, name);
}

/* @elements: the ids of the fields "[#N]" and "[#N record.member]". */
static void add_elements(struct facts_loader *loader, GHashTable *elements)
{
	GHashTableIter iter;
	gpointer id, name;
	guint any = g_hash_table_size(elements) ? field_named(loader, "[]") : 0;

	g_hash_table_iter_init(&iter, elements);
	while (g_hash_table_iter_next(&iter, &id, &name)) {
		struct facts_index *index = g_new(struct facts_index, 1);
		char *member;

		index->param = (int32_t)strtol((const char *)name + 2, &member, 10);
		index->field = -1;
		if (*member == ' ') {
			member = g_strndup(member + 1, strlen(member) - 2);
			index->field =
				(int32_t)field_named(loader,
						     g_string_chunk_insert(loader->memory->strings,
									   member)) -
				1;
			g_free(member);
		}
		g_hash_table_insert(loader->index_of_field, id, index);
		g_hash_table_insert(loader->field_index, id, GUINT_TO_POINTER(any));
	}
}

static bool load_fields(struct facts_loader *loader, GError **error)
{
	g_autoptr(GHashTable) elements = g_hash_table_new(NULL, NULL);
	static const char sql[] = "SELECT id, name FROM field ORDER BY id";
	g_autoptr(sqlite3_stmt) stmt = query_select(loader->query, sql, NULL, error);
	int row = stmt ? 1 : -1;

	while (row > 0 && (row = sql_step(stmt, loader->query->path, error)) > 0) {
		gsize id = (gsize)sqlite3_column_int64(stmt, 0);
		const char *name = keep(loader, stmt, 1);

		if (!name)
			return damaged(loader, error);
		if (g_str_has_prefix(name, "[#"))
			g_hash_table_insert(elements, GSIZE_TO_POINTER(id), (gpointer)name);
		else
			g_hash_table_insert(loader->field_index, GSIZE_TO_POINTER(id),
					    GUINT_TO_POINTER(add_field(loader, name)));
	}
	add_elements(loader, elements);
	return row == 0;
}

/*
 * Returns a table: id of a unit -> struct object *, the object of vmlinux that contains the unit.
 * If several objects contain the unit, the table has the first of these objects in link order. The
 * caller owns the table. Returns NULL on error.
 */
static GHashTable *load_units(struct facts_loader *loader, GError **error)
{
	static const char sql[] = "SELECT unit.id, object.id FROM unit "
				  "JOIN object ON object.path = unit.object "
				  "WHERE object.kind IN ('builtin', 'lib') "
				  "ORDER BY object.position, object.id";
	g_autoptr(sqlite3_stmt) stmt = query_select(loader->query, sql, NULL, error);
	g_autoptr(GHashTable) units = g_hash_table_new(NULL, NULL);
	int row = stmt ? 1 : -1;

	while (row > 0 && (row = sql_step(stmt, loader->query->path, error)) > 0) {
		gpointer unit = GSIZE_TO_POINTER(sqlite3_column_int64(stmt, 0));
		gpointer id = GSIZE_TO_POINTER(sqlite3_column_int64(stmt, 1));
		gpointer object = g_hash_table_lookup(loader->query->object_ids, id);

		if (!object) {
			damaged(loader, error);
			return NULL;
		}
		if (!g_hash_table_contains(units, unit))
			g_hash_table_insert(units, unit, object);
	}
	return row == 0 ? g_steal_pointer(&units) : NULL;
}

/*
 * @object contains a unit that has the scope @id. Stores @object in this scope if the scope has no
 * object yet, or if @object comes before the scope's object in link order. The array query->objects
 * is sorted by link order, so the first object in link order has the lowest address.
 */
static void add_scope(struct facts_loader *loader, gpointer id, const struct object *object)
{
	struct facts_scope *scope = g_hash_table_lookup(loader->scopes, id);

	if (!scope) {
		scope = g_new0(struct facts_scope, 1);
		g_hash_table_insert(loader->scopes, id, scope);
	}
	if (!scope->object || object < scope->object)
		scope->object = object;
}

/*
 * Fills @loader->scopes with all scopes of the units of vmlinux. Reading all rows of the table
 * "unit_file" is faster than GROUP BY in SQL.
 */
static bool load_scopes(struct facts_loader *loader, GError **error)
{
	static const char sql[] = "SELECT unit, scope FROM unit_file WHERE scope IS NOT NULL";
	g_autoptr(GHashTable) units = load_units(loader, error);
	g_autoptr(sqlite3_stmt) stmt = NULL;
	const struct object *object = NULL;
	int64_t unit = 0;
	int row;

	if (!units)
		return false;
	stmt = query_select(loader->query, sql, NULL, error);
	row = stmt ? 1 : -1;
	while (row > 0 && (row = sql_step(stmt, loader->query->path, error)) > 0) {
		int64_t id = sqlite3_column_int64(stmt, 0);

		if (id != unit)
			object = g_hash_table_lookup(units, GSIZE_TO_POINTER(id));
		unit = id;
		if (object)
			add_scope(loader, GSIZE_TO_POINTER(sqlite3_column_int64(stmt, 1)), object);
	}
	return row == 0;
}

static bool load_scope_files(struct facts_loader *loader, GError **error)
{
	static const char sql[] = "SELECT scope.id, file.path FROM scope "
				  "JOIN file ON file.id = scope.file";
	g_autoptr(sqlite3_stmt) stmt = query_select(loader->query, sql, NULL, error);
	int row = stmt ? 1 : -1;

	while (row > 0 && (row = sql_step_required(stmt, 2, loader->query->path, error)) > 0) {
		gpointer id = GSIZE_TO_POINTER(sqlite3_column_int64(stmt, 0));
		struct facts_scope *scope = g_hash_table_lookup(loader->scopes, id);

		if (scope)
			scope->file = keep(loader, stmt, 1);
	}
	return row == 0;
}

/*
 * Sets *@scope to the scope whose id is in @column, or to NULL if no unit of vmlinux has this
 * scope. Returns false if the scope has no file, because the database is then corrupt.
 */
static bool scope_at(struct facts_loader *loader, sqlite3_stmt *stmt, int column,
		     const struct facts_scope **scope)
{
	gpointer id = GSIZE_TO_POINTER(sqlite3_column_int64(stmt, column));

	*scope = g_hash_table_lookup(loader->scopes, id);
	return !*scope || (*scope)->file;
}

static bool load_functions(struct facts_loader *loader, GError **error)
{
	static const char sql[] = "SELECT id, scope, symbol, line, end_line, is_inline, is_weak, "
				  "alias, type, attributes FROM function ORDER BY id";
	g_autoptr(sqlite3_stmt) stmt = query_select(loader->query, sql, NULL, error);
	const struct facts_scope *scope;
	int row = stmt ? 1 : -1;

	while (row > 0 && (row = sql_step(stmt, loader->query->path, error)) > 0) {
		struct row_key key = { .id = sqlite3_column_int64(stmt, 0) };
		struct facts_function function = {
			.line = (uint32_t)sqlite3_column_int64(stmt, 3),
			.end_line = (uint32_t)sqlite3_column_int64(stmt, 4),
			.is_inline = sqlite3_column_int(stmt, 5),
			.is_weak = sqlite3_column_int(stmt, 6),
		};

		if (!scope_at(loader, stmt, 1, &scope))
			return damaged(loader, error);
		if (!scope)
			continue;
		function.file = scope->file;
		function.object = scope->object;
		function.type = keep(loader, stmt, 8);
		function.attributes = keep(loader, stmt, 9);
		if (!facts_symbol_index(loader, stmt, 2, &function.symbol) ||
		    !facts_symbol_index(loader, stmt, 7, &function.alias) || function.symbol < 0)
			return damaged(loader, error);
		g_array_append_val(loader->memory->functions, function);
		g_array_append_val(loader->function_keys, key);
	}
	return row == 0;
}

static bool load_globals(struct facts_loader *loader, GError **error)
{
	static const char sql[] = "SELECT id, scope, symbol, line, is_weak, is_percpu, "
				  "has_initialiser, is_pointer, record FROM global ORDER BY id";
	g_autoptr(sqlite3_stmt) stmt = query_select(loader->query, sql, NULL, error);
	const struct facts_scope *scope;
	int row = stmt ? 1 : -1;

	while (row > 0 && (row = sql_step(stmt, loader->query->path, error)) > 0) {
		struct row_key key = { .id = sqlite3_column_int64(stmt, 0) };
		struct facts_global global = {
			.line = (uint32_t)sqlite3_column_int64(stmt, 3),
			.is_weak = sqlite3_column_int(stmt, 4),
			.is_percpu = sqlite3_column_int(stmt, 5),
			.has_initialiser = sqlite3_column_int(stmt, 6),
			.is_pointer = sqlite3_column_int(stmt, 7),
		};

		if (!scope_at(loader, stmt, 1, &scope))
			return damaged(loader, error);
		if (!scope)
			continue;
		global.file = scope->file;
		global.object = scope->object;
		global.record = keep(loader, stmt, 8);
		if (!facts_symbol_index(loader, stmt, 2, &global.symbol) || global.symbol < 0)
			return damaged(loader, error);
		g_array_append_val(loader->memory->globals, global);
		g_array_append_val(loader->global_keys, key);
	}
	return row == 0;
}

static bool load_macros(struct facts_loader *loader, GError **error)
{
	static const char sql[] = "SELECT DISTINCT name, target FROM macro "
				  "JOIN file ON file.id = macro.file WHERE file.hash <> '' "
				  "ORDER BY name, target";
	g_autoptr(sqlite3_stmt) stmt = query_select(loader->query, sql, NULL, error);
	int row = stmt ? 1 : -1;

	while (row > 0 && (row = sql_step(stmt, loader->query->path, error)) > 0) {
		struct facts_macro macro = { keep(loader, stmt, 0), keep(loader, stmt, 1) };

		if (!macro.name || !macro.target)
			return damaged(loader, error);
		g_array_append_val(loader->memory->macros, macro);
	}
	return row == 0;
}

static struct facts *facts_of(struct facts_memory *memory)
{
	struct facts *facts = g_new(struct facts, 1);

	*facts = (struct facts){
		.symbols = (const struct facts_symbol *)memory->symbols->data,
		.n_symbols = memory->symbols->len,
		.fields = (const char *const *)memory->fields->data,
		.n_fields = memory->fields->len,
		.texts = (const char *const *)memory->texts->data,
		.n_texts = memory->texts->len,
		.functions = (const struct facts_function *)memory->functions->data,
		.n_functions = memory->functions->len,
		.globals = (const struct facts_global *)memory->globals->data,
		.n_globals = memory->globals->len,
		.calls = (const struct facts_call *)memory->calls->data,
		.n_calls = memory->calls->len,
		.arguments = (const struct facts_argument *)memory->arguments->data,
		.n_arguments = memory->arguments->len,
		.accesses = (const struct facts_access *)memory->accesses->data,
		.n_accesses = memory->accesses->len,
		.stores = (const struct facts_store *)memory->stores->data,
		.n_stores = memory->stores->len,
		.returns = (const struct facts_return *)memory->returns->data,
		.n_returns = memory->returns->len,
		.guards = (const struct facts_guard *)memory->guards->data,
		.n_guards = memory->guards->len,
		.macros = (const struct facts_macro *)memory->macros->data,
		.n_macros = memory->macros->len,
		.memory = memory,
	};
	return facts;
}

static bool load_all(struct facts_loader *loader, GError **error)
{
	unsigned int n;

	return query_objects(loader->query, &n, error) && load_symbols(loader, error) &&
	       load_fields(loader, error) && load_scopes(loader, error) &&
	       load_scope_files(loader, error) && load_functions(loader, error) &&
	       load_globals(loader, error) && load_macros(loader, error) &&
	       facts_load_rows(loader, error);
}

struct facts *facts_load(struct query *query, GError **error)
{
	struct facts_loader loader = {
		.query = query,
		.memory = memory_new(),
		.symbol_index = g_hash_table_new(NULL, NULL),
		.field_index = g_hash_table_new(NULL, NULL),
		.index_of_field = g_hash_table_new_full(NULL, NULL, NULL, g_free),
		.text_index = g_hash_table_new(g_str_hash, g_str_equal),
		.scopes = g_hash_table_new_full(NULL, NULL, NULL, g_free),
		.function_keys = new_array(sizeof(struct row_key)),
		.global_keys = new_array(sizeof(struct row_key)),
		.call_keys = new_array(sizeof(struct row_key)),
	};
	struct facts *facts = NULL;

	if (load_all(&loader, error))
		facts = facts_of(loader.memory);
	else
		memory_free(loader.memory);
	g_hash_table_destroy(loader.symbol_index);
	g_hash_table_destroy(loader.field_index);
	g_hash_table_destroy(loader.index_of_field);
	g_hash_table_destroy(loader.text_index);
	g_hash_table_destroy(loader.scopes);
	g_array_free(loader.function_keys, TRUE);
	g_array_free(loader.global_keys, TRUE);
	g_array_free(loader.call_keys, TRUE);
	return facts;
}
