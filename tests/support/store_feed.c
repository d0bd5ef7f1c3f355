// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>
#include <sqlite3.h>

#include "db/error.h"
#include "tests/support/store_feed.h"
#include "tests/support/temp_dir.h"

static char *directory; /* of the running test */

char *feed_path(const char *name)
{
	return g_build_filename(directory, name, NULL);
}

void feed_setup(void)
{
	directory = temp_dir_new();
}

void feed_done(void)
{
	g_clear_pointer(&directory, temp_dir_free);
}

bool feed_try(struct store *store, const struct fact *fact, GError **error)
{
	return facts_take(store_sink(store), fact, error);
}

void feed_fact(struct store *store, const struct fact *fact)
{
	ck_ok(feed_try(store, fact, &ck_error));
}

void feed_unit(struct store *store, const char *target, const char *source, const char *flags)
{
	struct unit_fact unit = { target, target, source, flags };

	FEED(store, FACT_UNIT_BEGIN, unit, unit);
}

void feed_end_as(struct store *store, enum unit_mode mode, unsigned int n_errors,
		 const char *diagnostic)
{
	struct unit_result result = { mode, n_errors, diagnostic, 1234 };

	FEED(store, FACT_UNIT_END, result, result);
}

void feed_end(struct store *store)
{
	feed_end_as(store, UNIT_PCH, 0, NULL);
}

void feed_include(struct store *store, const char *path)
{
	FEED(store, FACT_INCLUDE, include, (struct include_fact){ path });
}

void feed_function(struct store *store, const char *file, const char *name, unsigned int line,
		   bool is_static)
{
	struct function_fact function = {
		.name = name,
		.file = file,
		.line = line,
		.end_line = line + 5,
		.is_static = is_static,
	};

	FEED(store, FACT_FUNCTION, function, function);
}

void feed_call(struct store *store, const char *file, const char *caller, const char *callee,
	       const char *callee_file, unsigned int line)
{
	struct call_fact call = {
		.function = caller,
		.file = file,
		.line = line,
		.seq = line - 1, /* one a line */
		.target = { .kind = VALUE_FUNCTION, .name = callee, .file = callee_file },
	};

	FEED(store, FACT_CALL, call, call);
}

void feed_initcall(struct store *store, enum initcall_level level, const char *function,
		   const char *file, unsigned int line, const char *macro, unsigned int seq)
{
	struct initcall_fact initcall = { level, function, file, line, macro, seq };

	FEED(store, FACT_INITCALL, initcall, initcall);
}

void feed_accept(struct store *store, const char *file, unsigned int line, const char *rule,
		 const char *reason)
{
	struct accept_fact accept = { file, line, rule, reason, line - 1 };

	FEED(store, FACT_ACCEPT, accept, accept);
}

void feed_object(struct store *store, const char *path, enum object_kind kind, int position,
		 const struct place_fact *place)
{
	char *modname = g_path_get_basename(path);
	struct object_fact object = { path, kind, position, modname, place };

	modname[strcspn(modname, ".")] = '\0';
	FEED(store, FACT_OBJECT, object, object);
	g_free(modname);
}

void feed_walk(struct store *store)
{
	struct place_fact drivers = { NULL, "drivers/", "Kbuild", 3, NULL, 0 };
	struct place_fact core = { &drivers, "drivers/core.o", "drivers/Makefile", 1, NULL, 0 };
	struct place_fact bus = {
		&drivers, "drivers/bus.o", "drivers/Makefile", 2, "CONFIG_BUS", 1
	};
	struct place_fact lib = { NULL, "lib/lib.o", NULL, 0, NULL, 1 };
	struct shell_fact shell = { "drivers/Makefile", 9, "uname -r", true };

	ck_ok(store_begin_objects(store, &ck_error));
	feed_object(store, "drivers/core.o", OBJECT_BUILTIN, 0, &core);
	feed_object(store, "drivers/bus.o", OBJECT_BUILTIN, 1, &bus);
	feed_object(store, "lib/lib.o", OBJECT_LIB, 2, &lib);
	feed_object(store, "drivers/driver.o", OBJECT_MODULE, -1, NULL);
	FEED(store, FACT_SHELL, shell, shell);
	ck_ok(store_set_config(store, "CONFIG_BUS", "y", &ck_error));
}

void feed_header(struct store *store)
{
	feed_include(store, "include/bus.h");
	feed_function(store, "include/bus.h", "bus_name", 7, true);
	feed_call(store, "include/bus.h", "bus_name", "strlen", NULL, 9);
}

void feed_details(struct store *store, const char *function, int64_t number)
{
	static const char core[] = "drivers/core.c";
	struct value value = { .kind = VALUE_NUMBER, .number = number };
	struct value bus = { .kind = VALUE_OBJECT, .name = "core_bus", .file = core };
	struct global_fact global = { .name = "core_bus", .file = core, .is_static = true };
	struct argument_fact argument = { function, core, 21, 0, value };
	struct access_fact access = { .function = function,
				      .file = core,
				      .line = 22,
				      .mode = ACCESS_WRITE,
				      .variable = { "core_bus", core, "bus.count" },
				      .value = value };
	struct store_fact fact = { function, core, 22, bus, "bus.count", value };
	struct initialiser_fact initial = { "core_bus", core, 5, "bus.count", value };
	struct return_fact returns = { function, core, 24, value };
	struct guard_fact guard = {
		.function = function,
		.file = core,
		.line = 22,
		.from = 22,
		.to = 23,
		.atom = bus,
		.when = true,
		.exit = GUARD_ERROR,
	};

	FEED(store, FACT_GLOBAL, global, global);
	FEED(store, FACT_ARGUMENT, argument, argument);
	FEED(store, FACT_ACCESS, access, access);
	FEED(store, FACT_STORE, store, fact);
	FEED(store, FACT_INITIALISER, initialiser, initial);
	FEED(store, FACT_RETURN, returns, returns);
	FEED(store, FACT_GUARD, guard, guard);
}

void feed_core(struct store *store, const char *flags, const char *init)
{
	feed_unit(store, "drivers/core.o", "drivers/core.c", flags);
	feed_header(store);
	feed_function(store, "drivers/core.c", init, 20, true);
	feed_function(store, "drivers/core.c", "core_register", 30, false);
	feed_call(store, "drivers/core.c", init, "bus_name", "include/bus.h", 22);
	feed_call(store, "drivers/core.c", init, "core_register", NULL, 23);
	feed_details(store, init, 1);
	feed_initcall(store, LEVEL_6, init, "drivers/core.c", 26, "module_init", 0);
	feed_initcall(store, LEVEL_1, "core_register", "drivers/core.c", 40, NULL, 1);
	feed_initcall(store, LEVEL_CON, init, "drivers/core.c", 41, "console_initcall", 2);
	feed_end(store);
}

void feed_bus(struct store *store)
{
	feed_unit(store, "drivers/bus.o", "drivers/bus.c", "f1");
	feed_header(store);
	feed_function(store, "drivers/bus.c", "bus_init", 11, true);
	feed_initcall(store, LEVEL_1, "bus_init", "drivers/bus.c", 15, "core_initcall", 0);
	feed_initcall(store, LEVEL_6, "bus_late", "drivers/bus.c", 18, "device_initcall", 1);
	feed_end(store);
}

/* All facts of the small kernel. */
static void feed_all(struct store *store)
{
	feed_walk(store);
	feed_bus(store); /* arrives before core.c, which is linked before it */
	feed_core(store, "f1", "core_init");
	feed_unit(store, "drivers/driver.o", "drivers/driver.c", "f2");
	feed_initcall(store, LEVEL_MODULE, "driver_init", "drivers/driver.c", 5, "module_init", 0);
	feed_end_as(store, UNIT_SHIM, 2, "drivers/driver.c:3:10: 'x.h' file not found");
	feed_unit(store, "lib/lib.o", "lib/lib.c", "f1");
	feed_end_as(store, UNIT_FAILED, 0, "lib/lib.c: timed out");
	ck_ok(store_set_meta(store, "arch", "arm64", &ck_error));
}

struct store *feed_begin(const char *path)
{
	bool exists = g_file_test(path, G_FILE_TEST_EXISTS);
	GError *error = NULL;
	struct store *store = exists ? store_update(path, &error) : store_create(path, &error);

	ck_assert_msg(store, "%s", error ? error->message : "");
	return store;
}

void feed_commit(struct store *store)
{
	ck_ok(store_commit(store, &ck_error));
	store_free(store);
}

void feed_database(const char *path)
{
	GError *error = NULL;
	struct store *store = store_create(path, &error);

	ck_assert_msg(store, "%s", error ? error->message : "");
	feed_all(store);
	ck_ok(store_commit(store, &ck_error));
	store_free(store);
}

void feed_assert_error(GError *error, enum initlint_error code, const char *part)
{
	ck_assert_ptr_nonnull(error);
	ck_assert_msg(g_error_matches(error, INITLINT_ERROR, code), "%s", error->message);
	ck_assert_msg(strstr(error->message, part), "'%s' not in: %s", part, error->message);
	g_error_free(error);
}

int64_t feed_count_for(const char *path, const char *sql, int64_t number)
{
	sqlite3 *db = NULL;
	sqlite3_stmt *stmt = NULL;
	int64_t value;

	ck_assert_int_eq(sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
	ck_assert_int_eq(sqlite3_prepare_v2(db, "PRAGMA foreign_key_check", -1, &stmt, NULL),
			 SQLITE_OK);
	ck_assert_int_eq(sqlite3_step(stmt), SQLITE_DONE);
	sqlite3_finalize(stmt);
	ck_assert_msg(sqlite3_prepare_v2(db, sql, -1, &stmt, NULL) == SQLITE_OK, "%s",
		      sqlite3_errmsg(db));
	sqlite3_bind_int64(stmt, 1, number);
	ck_assert_int_eq(sqlite3_step(stmt), SQLITE_ROW);
	value = sqlite3_column_int64(stmt, 0);
	sqlite3_finalize(stmt);
	sqlite3_close(db);
	return value;
}

int64_t feed_count(const char *path, const char *sql)
{
	return feed_count_for(path, sql, 0);
}

char *feed_text(const char *path, const char *sql, const char *parameter)
{
	sqlite3 *db = NULL;
	sqlite3_stmt *stmt = NULL;
	char *text = NULL;

	ck_assert_int_eq(sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
	ck_assert_msg(sqlite3_prepare_v2(db, sql, -1, &stmt, NULL) == SQLITE_OK, "%s",
		      sqlite3_errmsg(db));
	sqlite3_bind_text(stmt, 1, parameter, -1, SQLITE_STATIC);
	if (sqlite3_step(stmt) == SQLITE_ROW)
		text = g_strdup((const char *)sqlite3_column_text(stmt, 0));
	sqlite3_finalize(stmt);
	sqlite3_close(db);
	return text;
}
