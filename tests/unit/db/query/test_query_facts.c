// SPDX-License-Identifier: GPL-2.0-only
/* Stores facts of functions and variables, and loads them again with facts_load(). */
#include <string.h>

#include "db/query/query_facts.h"
#include "tests/support/check_main.h"
#include "tests/support/store_feed.h"

#define CORE "drivers/core.c"

static char *db;
static struct query *opened;
static struct facts *loaded;

static void setup(void)
{
	feed_setup();
	db = feed_path("test.db");
}

static void teardown(void)
{
	g_clear_pointer(&loaded, facts_free);
	g_clear_pointer(&opened, query_free);
	g_clear_pointer(&db, g_free);
	feed_done();
}

static void load(struct store *store)
{
	GError *error = NULL;

	ck_ok(store_commit(store, &ck_error));
	store_free(store);
	opened = query_open(db, &error);
	ck_assert_msg(opened, "%s", error ? error->message : "");
	loaded = facts_load(opened, &error);
	ck_assert_msg(loaded, "%s", error ? error->message : "");
}

static struct store *create(void)
{
	struct store *store = store_create(db, NULL);

	ck_assert_ptr_nonnull(store);
	feed_walk(store);
	return store;
}

static void begin(struct store *store)
{
	feed_unit(store, "drivers/core.o", CORE, "f1");
	feed_function(store, CORE, "core_init", 20, true);
}

static const char *name_of(int32_t symbol)
{
	ck_assert_int_lt(symbol, (int32_t)loaded->n_symbols);
	return symbol < 0 ? "" : loaded->symbols[symbol].name;
}

static const struct facts_function *function_named(const char *name)
{
	for (uint32_t i = 0; i < loaded->n_functions; i++)
		if (strcmp(name_of(loaded->functions[i].symbol), name) == 0)
			return &loaded->functions[i];
	return NULL;
}

static const struct facts_global *global_named(const char *name)
{
	for (uint32_t i = 0; i < loaded->n_globals; i++)
		if (strcmp(name_of(loaded->globals[i].symbol), name) == 0)
			return &loaded->globals[i];
	return NULL;
}

static void assert_text(const char *is, const char *expected)
{
	ck_assert_msg(g_strcmp0(is, expected) == 0, "'%s', not '%s'", is ? is : "NULL",
		      expected ? expected : "NULL");
}

static void assert_value(const struct facts_value *value, const struct value *expected)
{
	ck_assert_int_eq(value->kind, expected->kind);
	if (value->symbol >= 0)
		assert_text(loaded->symbols[value->symbol].file, expected->file);
	assert_text(value->symbol < 0 ? NULL : name_of(value->symbol), expected->name);
	assert_text(value->field < 0 ? NULL : loaded->fields[value->field], expected->field);
	if (value->kind == VALUE_STRING)
		assert_text(loaded->texts[value->number], expected->text);
	else
		ck_assert_int_eq(value->number, expected->number);
}

/* At least one value of each kind. */
static const struct value values[] = {
	{ .kind = VALUE_UNKNOWN },
	{ .kind = VALUE_NUMBER, .number = 0 },
	{ .kind = VALUE_NUMBER, .number = INT64_MIN },
	{ .kind = VALUE_NUMBER, .number = INT64_MAX },
	{ .kind = VALUE_STRING, .text = "a \"text\"" },
	{ .kind = VALUE_STRING, .text = "" },
	{ .kind = VALUE_FUNCTION, .name = "core_probe", .file = CORE },
	{ .kind = VALUE_FUNCTION, .name = "core_probe" },
	{ .kind = VALUE_OBJECT, .name = "core_bus", .field = "bus_type.probe" },
	{ .kind = VALUE_GLOBAL, .name = "core_init.count", .file = CORE, .field = "[3]" },
	{ .kind = VALUE_PARAM, .number = 2, .field = "device.bus" },
	{ .kind = VALUE_LOADED, .number = -1, .field = "device.bus" },
	{ .kind = VALUE_RESULT, .name = "core_find" },
};

START_TEST(calls_and_arguments)
{
	struct store *store = create();
	const struct facts_function *function;
	struct call_fact call = { .function = "core_init", .file = CORE, .line = 22 };
	struct argument_fact argument = { .function = "core_init", .file = CORE };

	begin(store);
	for (unsigned int i = 0; i < G_N_ELEMENTS(values); i++) {
		call.seq = argument.seq = i;
		call.target = values[i];
		argument.value = values[i];
		/* An argument may come before its call. The last call has two arguments. */
		for (argument.index = 0; argument.index <= i / 12; argument.index++)
			FEED(store, FACT_ARGUMENT, argument, argument);
		FEED(store, FACT_CALL, call, call);
	}
	feed_end(store);
	load(store);
	function = function_named("core_init");
	ck_assert_uint_eq(function->calls.n, G_N_ELEMENTS(values));
	ck_assert_uint_eq(loaded->n_arguments, G_N_ELEMENTS(values) + 1);
	for (unsigned int i = 0; i < function->calls.n; i++) {
		const struct facts_call *c = &loaded->calls[function->calls.first + i];

		ck_assert_uint_eq(c->line, 22);
		if (values[i].kind != VALUE_STRING)
			assert_value(&c->target, &values[i]);
		ck_assert_uint_eq(c->arguments.n, 1 + i / 12);
		for (unsigned int a = 0; a < c->arguments.n; a++) {
			ck_assert_uint_eq(loaded->arguments[c->arguments.first + a].index, a);
			assert_value(&loaded->arguments[c->arguments.first + a].value, &values[i]);
		}
	}
}
END_TEST

START_TEST(accesses)
{
	struct store *store = create();
	const struct facts_function *function;
	struct access_fact access = { .function = "core_init", .file = CORE };

	begin(store);
	for (unsigned int i = 0; i < G_N_ELEMENTS(values); i++) {
		access.line = 40 - i; /* facts stay in the order of the feed, not of the lines */
		access.mode = (enum access_mode)(i % N_ACCESSES);
		access.variable.name = i % 2 ? "core_count" : "core_state";
		access.variable.file = i % 2 ? CORE : NULL;
		access.variable.field = i % 3 ? "state.ready" : NULL;
		access.value = values[i];
		FEED(store, FACT_ACCESS, access, access);
	}
	feed_end(store);
	load(store);
	function = function_named("core_init");
	ck_assert_uint_eq(function->accesses.n, G_N_ELEMENTS(values));
	for (unsigned int i = 0; i < function->accesses.n; i++) {
		const struct facts_access *a = &loaded->accesses[function->accesses.first + i];

		ck_assert_uint_eq(a->line, 40 - i);
		ck_assert_uint_eq(a->mode, i % N_ACCESSES);
		assert_text(name_of(a->symbol), i % 2 ? "core_count" : "core_state");
		assert_text(loaded->symbols[a->symbol].file, i % 2 ? CORE : NULL);
		assert_text(a->field < 0 ? NULL : loaded->fields[a->field],
			    i % 3 ? "state.ready" : NULL);
		assert_value(&a->value, &values[i]);
	}
}
END_TEST

START_TEST(stores)
{
	struct store *store = create();
	const struct facts_function *function;
	struct store_fact fact = { .function = "core_init", .file = CORE, .line = 23 };

	begin(store);
	for (unsigned int i = 0; i < G_N_ELEMENTS(values); i++) {
		fact.base = values[G_N_ELEMENTS(values) - 1 - i];
		fact.field = i % 2 ? "ops.call" : NULL;
		fact.value = values[i];
		FEED(store, FACT_STORE, store, fact);
	}
	feed_end(store);
	load(store);
	function = function_named("core_init");
	ck_assert_uint_eq(function->stores.n, G_N_ELEMENTS(values));
	for (unsigned int i = 0; i < function->stores.n; i++) {
		const struct facts_store *s = &loaded->stores[function->stores.first + i];
		const struct value *base = &values[G_N_ELEMENTS(values) - 1 - i];

		ck_assert_uint_eq(s->line, 23);
		if (base->kind != VALUE_STRING)
			assert_value(&s->base, base);
		assert_text(s->field < 0 ? NULL : loaded->fields[s->field],
			    i % 2 ? "ops.call" : NULL);
		assert_value(&s->value, &values[i]);
	}
}
END_TEST

START_TEST(returns_and_guards)
{
	struct store *store = create();
	const struct facts_function *function;

	begin(store);
	for (unsigned int i = 0; i < G_N_ELEMENTS(values); i++) {
		struct return_fact returns = { "core_init", CORE, 30 + i, values[i] };
		struct guard_fact guard = { "core_init",
					    CORE,
					    50 + i,
					    60 + i,
					    70 + i,
					    values[i],
					    i % 2 == 0,
					    i % N_GUARDS,
					    { i % N_RELATIONS, -(int64_t)i },
					    { NULL, NULL, NULL },
					    i };

		FEED(store, FACT_RETURN, returns, returns);
		FEED(store, FACT_GUARD, guard, guard);
	}
	feed_end(store);
	load(store);
	function = function_named("core_init");
	ck_assert_uint_eq(function->returns.n, G_N_ELEMENTS(values));
	ck_assert_uint_eq(function->guards.n, G_N_ELEMENTS(values));
	for (unsigned int i = 0; i < function->returns.n; i++) {
		const struct facts_return *r = &loaded->returns[function->returns.first + i];
		const struct facts_guard *g = &loaded->guards[function->guards.first + i];

		ck_assert_uint_eq(r->line, 30 + i);
		assert_value(&r->value, &values[i]);
		ck_assert_uint_eq(g->line, 50 + i);
		ck_assert_uint_eq(g->from, 60 + i);
		ck_assert_uint_eq(g->to, 70 + i);
		ck_assert_int_eq(g->when, i % 2 == 0);
		ck_assert_uint_eq(g->exit, i % N_GUARDS);
		ck_assert_uint_eq(g->relation, i % N_RELATIONS);
		ck_assert_int_eq(g->number, -(int64_t)i);
		ck_assert_uint_eq(g->alternatives, i);
		if (values[i].kind != VALUE_STRING)
			assert_value(&g->atom, &values[i]);
	}
}
END_TEST

static void feed_global(struct store *store, const struct global_fact *global)
{
	FEED(store, FACT_GLOBAL, global, *global);
}

START_TEST(globals_and_initialisers)
{
	const struct global_fact plain = { .name = "core_count", .file = CORE, .line = 5 };
	const struct global_fact full = { "core_bus", CORE, 7,	  true,	     true,
					  true,	      true, true, "bus_type" };
	struct store *store = create();
	struct initialiser_fact fact = {
		.variable = "core_bus",
		.file = CORE,
		.field = "bus_type.name",
	};
	const struct value base = { .kind = VALUE_OBJECT, .name = "core_bus", .file = CORE };
	const struct facts_global *global;

	begin(store);
	feed_global(store, &plain);
	feed_global(store, &full);
	for (unsigned int i = 0; i < G_N_ELEMENTS(values); i++) {
		fact.line = 8 + i;
		fact.value = values[i];
		FEED(store, FACT_INITIALISER, initialiser, fact);
	}
	feed_end(store);
	load(store);
	ck_assert_uint_eq(loaded->n_globals, 2);
	global = global_named("core_count");
	ck_assert_ptr_null(loaded->symbols[global->symbol].file);
	ck_assert_uint_eq(global->stores.n, 0);
	ck_assert(!global->is_weak && !global->is_percpu && !global->has_initialiser &&
		  !global->is_pointer && !global->record);
	global = global_named("core_bus");
	assert_text(loaded->symbols[global->symbol].file, CORE);
	assert_text(global->file, CORE);
	assert_text(global->record, "bus_type");
	assert_text(global->object->path, "drivers/core.o");
	ck_assert(global->is_weak && global->is_percpu && global->has_initialiser &&
		  global->is_pointer);
	ck_assert_uint_eq(global->line, 7);
	ck_assert_uint_eq(global->stores.n, G_N_ELEMENTS(values));
	for (unsigned int i = 0; i < global->stores.n; i++) {
		const struct facts_store *s = &loaded->stores[global->stores.first + i];

		ck_assert_uint_eq(s->line, 8 + i);
		assert_value(&s->base, &base);
		assert_text(loaded->fields[s->field], "bus_type.name");
		assert_value(&s->value, &values[i]);
	}
}
END_TEST

START_TEST(weak_functions_and_aliases)
{
	struct function_fact all[] = {
		{ .name = "sys_one", .file = CORE, .line = 5, .is_weak = true, .alias = "sys_ni" },
		{ .name = "sys_two", .file = CORE, .line = 6, .is_inline = true, .alias = "other" },
		{ .name = "sys_ni", .file = CORE, .line = 7, .end_line = 9, .is_static = true },
	};
	struct store *store = create();
	const struct facts_function *function;

	feed_unit(store, "drivers/core.o", CORE, "f1");
	for (unsigned int i = 0; i < G_N_ELEMENTS(all); i++)
		FEED(store, FACT_FUNCTION, function, all[i]);
	feed_end(store);
	load(store);
	function = function_named("sys_one");
	ck_assert(function->is_weak && !function->is_inline);
	assert_text(name_of(function->alias), "sys_ni");
	/* A static symbol is identified by its name and its file. */
	assert_text(loaded->symbols[function->alias].file, CORE);
	ck_assert_int_eq(function->alias, function_named("sys_ni")->symbol);
	function = function_named("sys_two");
	ck_assert(!function->is_weak && function->is_inline);
	assert_text(name_of(function->alias), "other");
	ck_assert_ptr_null(loaded->symbols[function->alias].file);
	function = function_named("sys_ni");
	ck_assert_int_eq(function->alias, -1);
	ck_assert_uint_eq(function->line, 7);
	ck_assert_uint_eq(function->end_line, 9);
}
END_TEST

/* A fact belongs to the last reported definition with its name. */
START_TEST(several_definitions_of_one_name)
{
	struct store *store = create();
	const struct facts_function *functions;

	begin(store);
	feed_call(store, CORE, "core_init", "first", NULL, 21);
	feed_function(store, CORE, "core_init", 40, true);
	feed_call(store, CORE, "core_init", "second", NULL, 41);
	/* This definition is equal to an earlier one, so it is not stored again. */
	feed_function(store, CORE, "core_init", 20, true);
	feed_call(store, CORE, "core_init", "first", NULL, 21);
	feed_end(store);
	load(store);
	functions = loaded->functions;
	ck_assert_uint_eq(loaded->n_functions, 2);
	ck_assert_uint_eq(functions[0].calls.n, 1);
	ck_assert_uint_eq(functions[1].calls.n, 1);
	assert_text(name_of(loaded->calls[functions[0].calls.first].target.symbol), "first");
	assert_text(name_of(loaded->calls[functions[1].calls.first].target.symbol), "second");
}
END_TEST

/* If several units share a scope, facts_load() returns the first object. Modules do not count. */
START_TEST(objects_of_shared_scopes)
{
	struct store *store = create();

	feed_bus(store);
	feed_core(store, "f1", "core_init");
	feed_unit(store, "drivers/driver.o", "drivers/driver.c", "f3");
	feed_function(store, "drivers/driver.c", "driver_init", 3, true);
	feed_header(store);
	feed_include(store, "include/driver.h");
	feed_function(store, "include/driver.h", "driver_name", 1, true);
	feed_end(store);
	load(store);
	ck_assert_ptr_null(function_named("driver_init"));
	ck_assert_ptr_null(function_named("driver_name"));
	assert_text(function_named("bus_name")->file, "include/bus.h");
	assert_text(function_named("bus_name")->object->path, "drivers/core.o");
	assert_text(function_named("bus_init")->object->path, "drivers/bus.o");
	ck_assert_uint_eq(loaded->n_functions, 4);
}
END_TEST

START_TEST(two_readings_of_a_header)
{
	struct store *store = create();
	struct return_fact returns = {
		"bus_name", "include/bus.h", 9, { .kind = VALUE_NUMBER, .number = 4 }
	};

	feed_bus(store);
	feed_unit(store, "drivers/core.o", CORE, "f1");
	feed_header(store);
	FEED(store, FACT_RETURN, returns, returns);
	feed_end(store);
	load(store);
	ck_assert_uint_eq(loaded->n_functions, 3);
	ck_assert_uint_eq(loaded->n_returns, 1);
}
END_TEST

/* The schema of @table allows a NULL in no column. Another program may write another schema. */
#define NULL_IN(table, column)                                          \
	"PRAGMA writable_schema = ON; UPDATE sqlite_schema SET "        \
	"sql = replace(sql, ' NOT NULL', '') WHERE name = '" table "';" \
	"PRAGMA writable_schema = RESET; UPDATE OR REPLACE " table " SET " column " = NULL"

static const char *const damages[] = {
	NULL_IN("meta", "value"),	    NULL_IN("file", "path"),
	NULL_IN("unit", "flags_hash"),	    NULL_IN("object", "path"),
	NULL_IN("place", "item"),	    NULL_IN("symbol", "name"),
	"UPDATE call SET kind = 99",	    "UPDATE argument SET kind = -1",
	"UPDATE access SET mode = 5",	    "UPDATE access SET symbol = 9999",
	"UPDATE store SET field = 9999",    "UPDATE initialiser SET value_field = -3",
	"UPDATE returns SET symbol = 9999", "UPDATE guard SET exit = 7",
	"UPDATE guard SET relation = 9",    "UPDATE function SET symbol = 9999",
	"UPDATE function SET alias = 9999", "UPDATE global SET symbol = 9999",
	"UPDATE scope SET file = 9999",	    "UPDATE guard SET object = 9999",
};

static bool reads_all(struct query *query, GError **error)
{
	unsigned int n;
	struct facts *facts;

	if (!query_objects(query, &n, error) || !query_files(query, &n, error) ||
	    !query_units(query, &n, error))
		return false;
	facts = facts_load(query, error);
	if (facts)
		facts_free(facts);
	return facts != NULL;
}

/* The pages are valid, but a row has an invalid value. */
START_TEST(reports_senseless_rows)
{
	GError *error = NULL;
	struct query *query;
	sqlite3 *raw;

	feed_database(db);
	ck_assert_int_eq(sqlite3_open(db, &raw), SQLITE_OK);
	ck_assert_msg(sqlite3_exec(raw, damages[_i], NULL, NULL, NULL) == SQLITE_OK, "%s",
		      sqlite3_errmsg(raw));
	ck_assert_int_gt(sqlite3_changes(raw), 0);
	sqlite3_close(raw);
	query = query_open(db, &error);
	ck_assert(!query || !reads_all(query, &error));
	ck_assert(g_error_matches(error, INITLINT_ERROR, INITLINT_ERROR_INPUT));
	ck_assert_msg(strstr(error->message, "is damaged"), "%s", error->message);
	g_error_free(error);
	query_free(query);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("query facts");
	TCase *tcase = tcase_create("query facts");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, calls_and_arguments);
	tcase_add_test(tcase, accesses);
	tcase_add_test(tcase, stores);
	tcase_add_test(tcase, returns_and_guards);
	tcase_add_test(tcase, globals_and_initialisers);
	tcase_add_test(tcase, weak_functions_and_aliases);
	tcase_add_test(tcase, several_definitions_of_one_name);
	tcase_add_test(tcase, objects_of_shared_scopes);
	tcase_add_test(tcase, two_readings_of_a_header);
	tcase_add_loop_test(tcase, reports_senseless_rows, 0, G_N_ELEMENTS(damages));
	suite_add_tcase(suite, tcase);
	return check_main(suite);
}
