// SPDX-License-Identifier: GPL-2.0-only
/* Reads a database, and checks the errors for damaged and foreign databases. */
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "db/query/query_facts.h"
#include "tests/support/store_feed.h"
#include "tests/support/check_main.h"

static char *db;

static void setup(void)
{
	feed_setup();
	db = feed_path("test.db");
	feed_database(db);
}

static void teardown(void)
{
	g_clear_pointer(&db, g_free);
	feed_done();
}

static struct query *open_query(void)
{
	GError *error = NULL;
	struct query *query = query_open(db, &error);

	ck_assert_msg(query, "%s", error ? error->message : "");
	return query;
}

static void assert_refused(const char *part)
{
	GError *error = NULL;

	ck_assert_ptr_null(query_open(db, &error));
	ck_assert(g_error_matches(error, INITLINT_ERROR, INITLINT_ERROR_INPUT));
	ck_assert_msg(strstr(error->message, part), "'%s' not in: %s", part, error->message);
	ck_assert_msg(strstr(error->message, "test.db: "), "%s", error->message);
	g_error_free(error);
}

START_TEST(initcalls_in_order)
{
	static const struct {
		const char *level;
		const char *function;
		const char *object;
		unsigned int line;
	} expected[] = {
		{ "1", "core_register", "drivers/core.o", 40 },
		{ "1", "bus_init", "drivers/bus.o", 15 },
		{ "6", "core_init", "drivers/core.o", 26 },
		{ "6", "bus_late", "drivers/bus.o", 18 },
		{ "con", "core_init", "drivers/core.o", 41 },
	};
	g_autoptr(query) query = open_query();
	unsigned int n;
	const struct initcall *initcalls = query_initcalls(query, &n, NULL);

	ck_assert_uint_eq(n, G_N_ELEMENTS(expected));
	for (unsigned int i = 0; i < n; i++) {
		ck_assert_uint_eq(initcalls[i].position, i);
		ck_assert_str_eq(initcall_level_name(initcalls[i].level), expected[i].level);
		ck_assert_str_eq(initcalls[i].function, expected[i].function);
		ck_assert_str_eq(initcalls[i].object->path, expected[i].object);
		ck_assert_uint_eq(initcalls[i].line, expected[i].line);
	}
	ck_assert_str_eq(initcalls[2].macro, "module_init");
	ck_assert_ptr_null(initcalls[0].macro);
	ck_assert_uint_eq(initcalls[4].seq, 2);
	initcalls = query_module_inits(query, &n, NULL);
	ck_assert_uint_eq(n, 1);
	ck_assert_str_eq(initcalls[0].function, "driver_init");
	ck_assert_int_eq(initcalls[0].level, LEVEL_MODULE);
}
END_TEST

/* Leaves out the comments of modules. If two units report the same comment, returns it once. */
START_TEST(acceptances)
{
	static const char bus[] = "drivers/bus.c";
	g_autoptr(query) query = NULL;
	const struct acceptance *list;
	struct store *store = store_update(db, NULL);
	unsigned int n;

	ck_assert_ptr_nonnull(store);
	feed_unit(store, "drivers/bus.o", bus, "f1");
	feed_accept(store, bus, 18, "needs-bus", "it waits");
	feed_accept(store, bus, 15, NULL, NULL);
	feed_accept(store, "drivers/both.c", 4, "a", "b");
	feed_end(store);
	feed_unit(store, "drivers/core.o", "drivers/core.c", "f1");
	feed_accept(store, "drivers/both.c", 4, "a", "b");
	feed_end(store);
	feed_unit(store, "drivers/driver.o", "drivers/driver.c", "f1");
	feed_accept(store, "drivers/driver.c", 4, "a", "b");
	feed_end(store);
	ck_ok(store_commit(store, &ck_error));
	store_free(store);

	query = open_query();
	list = query_acceptances(query, &n, NULL);
	ck_assert_uint_eq(n, 3);
	ck_assert_str_eq(list[0].file, "drivers/both.c");
	ck_assert_uint_eq(list[1].line, 15);
	ck_assert_ptr_null(list[1].rule);
	ck_assert_ptr_null(list[1].reason);
	ck_assert_uint_eq(list[2].line, 18);
	ck_assert_uint_eq(list[2].comment_line, 17);
	ck_assert_str_eq(list[2].rule, "needs-bus");
	ck_assert_str_eq(list[2].reason, "it waits");
}
END_TEST

/* One function is registered twice. One file is compiled into two objects. */
START_TEST(namesakes)
{
	g_autoptr(query) query = NULL;
	const struct initcall *list;
	struct store *store = store_update(db, NULL);
	unsigned int n, n_told = 0;

	ck_assert_ptr_nonnull(store);
	feed_unit(store, "drivers/bus.o", "drivers/bus.c", "f1");
	feed_initcall(store, LEVEL_6, "twice", "drivers/both.c", 8, NULL, 0);
	feed_initcall(store, LEVEL_1, "twice", "drivers/both.c", 9, NULL, 1);
	feed_end(store);
	feed_unit(store, "drivers/core.o", "drivers/core.c", "f1");
	feed_initcall(store, LEVEL_3, "twice", "drivers/both.c", 8, NULL, 0);
	feed_end(store);
	ck_ok(store_commit(store, &ck_error));
	store_free(store);

	query = open_query();
	list = query_initcalls(query, &n, NULL);
	for (unsigned int i = 0; i < n; i++) {
		if (strcmp(list[i].function, "twice") != 0) {
			ck_assert_uint_eq(list[i].nth, 0);
			continue;
		}
		n_told++;
		/* nth follows the order of objects and lines, not of levels. */
		if (list[i].level == LEVEL_3)
			ck_assert_uint_eq(list[i].nth, 2);
		else
			ck_assert_uint_eq(list[i].nth, list[i].level == LEVEL_1);
	}
	ck_assert_uint_eq(n_told, 3);
}
END_TEST

/* If two sources are linked into one object, their initcalls run in link order. */
START_TEST(units_of_one_object)
{
	GError *error = NULL;
	struct store *store = store_update(db, &error);
	g_autoptr(query) query = NULL;
	const struct initcall *initcalls;
	unsigned int n;

	for (int i = 2; i > 0; i--) {
		g_autofree char *source = g_strdup_printf("lib/part%d.c", i);
		g_autofree char *target = g_strdup_printf("lib/part%d.o", i);

		feed_unit(store, target, source, "f1");
		feed_initcall(store, LEVEL_7, "part_init", source, 1, "late_initcall", 0);
		feed_end(store);
		ck_ok(store_place_unit(store, target, source, "lib/lib.o", i, &ck_error));
	}
	ck_ok(store_commit(store, &ck_error));
	store_free(store);
	query = open_query();
	initcalls = query_initcalls(query, &n, NULL);
	ck_assert_uint_eq(n, 7);
	ck_assert_str_eq(initcalls[4].file, "lib/part1.c");
	ck_assert_str_eq(initcalls[5].file, "lib/part2.c");
	ck_assert_str_eq(initcalls[5].object->path, "lib/lib.o");
}
END_TEST

START_TEST(objects_and_places)
{
	g_autoptr(query) query = open_query();
	unsigned int n;
	const struct object *objects = query_objects(query, &n, NULL);

	ck_assert_uint_eq(n, 4);
	ck_assert_str_eq(objects[1].path, "drivers/bus.o");
	ck_assert_str_eq(objects[1].modname, "bus");
	ck_assert_int_eq(objects[1].position, 1);
	ck_assert_str_eq(objects[1].place->makefile, "drivers/Makefile");
	ck_assert_str_eq(objects[1].place->condition, "CONFIG_BUS");
	ck_assert_uint_eq(objects[1].place->line, 2);
	ck_assert_uint_eq(objects[1].place->rank, 1);
	ck_assert_str_eq(objects[1].place->parent->item, "drivers/");
	ck_assert_ptr_null(objects[1].place->parent->parent);
	/* Two objects that the same Makefile line adds have the same place. */
	ck_assert_ptr_eq(objects[0].place->parent, objects[1].place->parent);
	ck_assert_ptr_null(objects[2].place->makefile);
	ck_assert_int_eq(objects[2].kind, OBJECT_LIB);
	ck_assert_int_eq(objects[3].kind, OBJECT_MODULE);
	ck_assert_int_eq(objects[3].position, -1);
	ck_assert_ptr_null(objects[3].place);
}
END_TEST

START_TEST(object_of_a_source)
{
	g_autoptr(query) query = open_query();

	ck_assert_str_eq(query_object_of_source(query, "drivers/bus.c")->path, "drivers/bus.o");
	ck_assert_str_eq(query_object_of_source(query, "drivers/driver.c")->path,
			 "drivers/driver.o");
	/* Returns the first object that includes the header. */
	ck_assert_str_eq(query_object_of_source(query, "include/bus.h")->path, "drivers/core.o");
	ck_assert_ptr_null(query_object_of_source(query, "drivers/none.c"));
}
END_TEST

START_TEST(coverage_and_problems)
{
	g_autoptr(query) query = open_query();
	struct coverage coverage;
	const struct unit_problem *problems;
	unsigned int n;

	ck_ok(query_coverage(query, &coverage, &ck_error));
	ck_assert_uint_eq(coverage.n_units, 4);
	ck_assert_uint_eq(coverage.n_whole, 2);
	ck_assert_uint_eq(coverage.n_partial, 1);
	ck_assert_uint_eq(coverage.n_failed, 1);
	ck_assert_uint_eq(coverage.n_fallback, 1);
	ck_assert_uint_eq(coverage.n_shells_that_matter, 1);
	problems = query_problems(query, &n, NULL);
	ck_assert_uint_eq(n, 2);
	ck_assert_str_eq(problems[0].source, "lib/lib.c");
	ck_assert_int_eq(problems[0].mode, UNIT_FAILED);
	ck_assert_str_eq(problems[1].diagnostic, "drivers/driver.c:3:10: 'x.h' file not found");
	ck_assert_str_eq(query_meta(query, "arch"), "arm64");
	ck_assert_ptr_null(query_meta(query, "no such key"));
	ck_assert_str_eq(query_config(query, "CONFIG_BUS"), "y");
	ck_assert_ptr_null(query_config(query, "CONFIG_NONE"));
}
END_TEST

static void write_at(off_t offset, const void *bytes, size_t n)
{
	int fd = open(db, O_WRONLY);

	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(pwrite(fd, bytes, n, offset), (ssize_t)n);
	close(fd);
}

START_TEST(refuses_what_is_no_database)
{
	ck_assert(g_file_set_contents(db, "not a database at all", -1, NULL));
	assert_refused("is not a database made by initlint index");
	ck_assert(g_file_set_contents(db, "", 0, NULL));
	assert_refused("run initlint index");
	g_unlink(db);
	assert_refused("make it with initlint index");
	g_mkdir(db, 0777);
	assert_refused("expected a database");
}
END_TEST

START_TEST(refuses_a_database_of_others)
{
	sqlite3 *other;

	g_unlink(db);
	ck_assert_int_eq(sqlite3_open(db, &other), SQLITE_OK);
	sqlite3_exec(other, "CREATE TABLE meta (key TEXT, value TEXT)", NULL, NULL, NULL);
	sqlite3_close(other);
	assert_refused("is not a database made by initlint index");
}
END_TEST

START_TEST(refuses_other_schemas)
{
	write_at(60, "\0\0\0\377", 4);
	assert_refused("was made by a newer initlint");
	write_at(60, "\0\0\0\0", 4);
	assert_refused("was made by an older initlint");
}
END_TEST

START_TEST(refuses_a_truncated_file)
{
	GStatBuf st;

	ck_assert_int_eq(g_stat(db, &st), 0);
	ck_assert_int_eq(truncate(db, st.st_size / 2), 0);
	assert_refused("is damaged");
	ck_assert_int_eq(truncate(db, 50), 0);
	assert_refused("is not a database");
}
END_TEST

/* Reads all data of the database. Returns false with @error set if a query fails. */
static bool read_all(struct query *query, GError **error)
{
	struct coverage coverage;
	g_autoptr(facts) facts = NULL;
	unsigned int n;

	if (!(facts = facts_load(query, error)))
		return false;
	return query_initcalls(query, &n, error) && query_problems(query, &n, error) &&
	       query_units(query, &n, error) && query_files(query, &n, error) &&
	       query_coverage(query, &coverage, error);
}

/* Overwrites each page in turn. A query must not crash. It must fail with INITLINT_ERROR_INPUT. */
START_TEST(reports_damaged_pages)
{
	g_autofree char *whole = NULL;
	unsigned int n_reported = 0;
	guint8 noise[4096];
	gsize size;

	for (gsize i = 0; i < sizeof(noise); i++)
		noise[i] = (guint8)(i * 2654435761u >> 13);
	ck_assert(g_file_get_contents(db, &whole, &size, NULL));
	for (gsize page = 1; page < size / sizeof(noise); page++) {
		GError *error = NULL;
		struct query *query;

		ck_assert(g_file_set_contents(db, whole, (gssize)size, NULL));
		write_at((off_t)(page * sizeof(noise)), noise, sizeof(noise));
		query = query_open(db, &error);
		if (query && read_all(query, &error)) {
			query_free(query); /* no query reads this page */
			continue;
		}
		query_free(query);
		n_reported++;
		ck_assert(g_error_matches(error, INITLINT_ERROR, INITLINT_ERROR_INPUT));
		ck_assert_msg(strstr(error->message, "is damaged") &&
				      strstr(error->message, "run initlint index again"),
			      "%s", error->message);
		g_error_free(error);
		error = NULL;
		/* An update must not copy the damage. */
		ck_assert_ptr_null(store_update(db, &error));
		ck_assert_msg(strstr(error->message, "is damaged"), "%s", error->message);
		g_error_free(error);
	}
	ck_assert_uint_gt(n_reported, 8);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("query");
	TCase *tcase = tcase_create("query");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, initcalls_in_order);
	tcase_add_test(tcase, acceptances);
	tcase_add_test(tcase, namesakes);
	tcase_add_test(tcase, units_of_one_object);
	tcase_add_test(tcase, objects_and_places);
	tcase_add_test(tcase, object_of_a_source);
	tcase_add_test(tcase, coverage_and_problems);
	tcase_add_test(tcase, refuses_what_is_no_database);
	tcase_add_test(tcase, refuses_a_database_of_others);
	tcase_add_test(tcase, refuses_other_schemas);
	tcase_add_test(tcase, refuses_a_truncated_file);
	tcase_add_test(tcase, reports_damaged_pages);
	suite_add_tcase(suite, tcase);
	return check_main(suite);
}
