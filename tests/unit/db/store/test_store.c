// SPDX-License-Identifier: GPL-2.0-only
/* Stores, updates and replaces databases. Also kills a writer, and fills up the disk. */
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/support/store_feed.h"
#include "tests/support/check_main.h"

static char *db;

static void setup(void)
{
	feed_setup();
	db = feed_path("test.db");
}

static void teardown(void)
{
	g_clear_pointer(&db, g_free);
	feed_done();
}

static bool has_new(void)
{
	g_autofree char *path = g_strconcat(db, ".new", NULL);

	return g_file_test(path, G_FILE_TEST_EXISTS);
}

START_TEST(stores_every_fact)
{
	feed_database(db);
	ck_assert(!has_new());
	ck_assert_int_eq(feed_count(db, "SELECT count(*) FROM unit"), 4);
	ck_assert_int_eq(feed_count(db, "SELECT count(*) FROM object"), 4);
	ck_assert_int_eq(feed_count(db, "SELECT count(*) FROM place"), 4);
	ck_assert_int_eq(feed_count(db, "SELECT matters FROM shell WHERE line = 9 AND "
					"command = 'uname -r' AND makefile = 'drivers/Makefile'"),
			 1);
	ck_assert_int_eq(feed_count(db, "SELECT end_line FROM function JOIN symbol "
					"ON symbol.id = symbol WHERE name = 'core_init'"),
			 25);
	ck_assert_int_eq(feed_count(db,
				    "SELECT call.line FROM call JOIN symbol ON symbol.id = symbol "
				    "JOIN file ON file.id = file "
				    "WHERE name = 'bus_name' AND path = 'include/bus.h'"),
			 22);
	ck_assert_int_eq(feed_count(db, "SELECT cpu_us FROM unit WHERE mode = 'failed'"), 1234);
	ck_assert_int_eq(feed_count(db, "SELECT count(*) FROM unit_file"), 6);
	/* A static function and an external function with the same name are two symbols. */
	ck_assert_int_eq(feed_count(db, "SELECT count(file) FROM symbol "
					"WHERE name IN ('core_init', 'core_register')"),
			 1);
}
END_TEST

START_TEST(shares_functions_of_a_header)
{
	feed_database(db);
	ck_assert_int_eq(feed_count(db, "SELECT count(*) FROM function JOIN symbol "
					"ON symbol.id = symbol WHERE name = 'bus_name'"),
			 1);
	ck_assert_int_eq(feed_count(db, "SELECT count(*) FROM call JOIN symbol "
					"ON symbol.id = symbol WHERE name = 'strlen'"),
			 1);
	ck_assert_int_eq(feed_count(db, "SELECT count(*) FROM unit_file JOIN file "
					"ON file.id = file WHERE path = 'include/bus.h' "
					"AND scope IS NOT NULL"),
			 2);
}
END_TEST

START_TEST(update_replaces_one_unit)
{
	struct store *store;

	feed_database(db);
	store = feed_begin(db);
	feed_core(store, "f9", "core_start");
	feed_commit(store);
	ck_assert_int_eq(feed_count(db, "SELECT count(*) FROM unit"), 4);
	ck_assert_int_eq(feed_count(db, "SELECT max(id) FROM unit"), 5);
	ck_assert_int_eq(feed_count(db, "SELECT count(*) FROM initcall"), 6);
	ck_assert_int_eq(feed_count(db, "SELECT count(*) FROM function JOIN symbol "
					"ON symbol.id = symbol WHERE name = 'core_init'"),
			 0);
	ck_assert_int_eq(feed_count(db, "SELECT count(*) FROM function"), 4);
	ck_assert_int_eq(feed_count(db, "SELECT count(*) FROM call"), 3);
}
END_TEST

START_TEST(update_forgets_what_no_unit_sees)
{
	struct store *store;

	feed_database(db);
	store = feed_begin(db);
	ck_ok(store_remove_unit(store, "drivers/core.o", "drivers/core.c", &ck_error));
	feed_commit(store);
	ck_assert_int_eq(feed_count(db, "SELECT count(*) FROM function"), 2);
	store = feed_begin(db);
	ck_ok(store_remove_unit(store, "drivers/bus.o", "drivers/bus.c", &ck_error));
	feed_commit(store);
	ck_assert_int_eq(feed_count(db, "SELECT count(*) FROM function"), 0);
	ck_assert_int_eq(feed_count(db, "SELECT count(*) FROM call"), 0);
	ck_assert_int_eq(feed_count(db, "SELECT count(*) FROM scope"), 0);
}
END_TEST

static void feed_pch(struct store *store, const char *flags, bool with_header)
{
	struct unit_fact unit = { "", "", "$O/.initlint/pch.h", flags };

	FEED(store, FACT_UNIT_BEGIN, unit, unit);
	if (with_header)
		feed_header(store);
	feed_end(store);
}

static void feed_under_pch(struct store *store, const char *object, const char *source)
{
	feed_unit(store, object, source, "f1");
	feed_include(store, "include/bus.h");
	feed_end(store);
}

/* The shared header drops a header. Units that include this header must keep its facts. */
START_TEST(keeps_functions_seen_through_the_shared_header)
{
	static const char sql[] = "SELECT count(*) FROM function";
	GError *error = NULL;
	struct store *store = store_create(db, &error);

	feed_walk(store);
	feed_pch(store, "k1", true);
	feed_under_pch(store, "drivers/core.o", "drivers/core.c");
	feed_commit(store);
	ck_assert_int_eq(feed_count(db, sql), 1);

	store = feed_begin(db);
	feed_under_pch(store, "drivers/bus.o", "drivers/bus.c");
	feed_commit(store);
	store = feed_begin(db);
	feed_pch(store, "k2", false);
	feed_commit(store);
	ck_assert_int_eq(feed_count(db, sql), 1);

	store = feed_begin(db);
	ck_ok(store_remove_unit(store, "drivers/core.o", "drivers/core.c", &ck_error));
	feed_commit(store);
	ck_assert_int_eq(feed_count(db, sql), 1);
	store = feed_begin(db);
	ck_ok(store_remove_unit(store, "drivers/bus.o", "drivers/bus.c", &ck_error));
	feed_commit(store);
	ck_assert_int_eq(feed_count(db, sql), 0);
}
END_TEST

/* Several shared headers form one unit. Facts that two of them report are stored once. */
START_TEST(shared_headers_overlap)
{
	struct store *store = store_create(db, NULL);
	struct unit_fact unit = { "", "", "$O/.initlint/pch.h", "k1" };

	FEED(store, FACT_UNIT_BEGIN, unit, unit);
	feed_header(store);
	feed_header(store);
	feed_end(store);
	feed_commit(store);
	ck_assert_int_eq(feed_count(db, "SELECT count(*) FROM function"), 1);
	ck_assert_int_eq(feed_count(db, "SELECT count(*) FROM call"), 1);
}
END_TEST

START_TEST(uncommitted_leaves_the_old)
{
	struct store *store;

	feed_database(db);
	store = feed_begin(db);
	feed_core(store, "f9", "core_start");
	ck_assert(has_new());
	store_free(store);
	ck_assert(!has_new());
	ck_assert_int_eq(feed_count(db, "SELECT count(*) FROM unit WHERE flags_hash = 'f9'"), 0);
}
END_TEST

/* Forks a child that runs @work on an update of the database. Returns the child's wait() status. */
static int in_child(void (*work)(struct store *store))
{
	pid_t pid = fork();
	int status;

	ck_assert_int_ge(pid, 0);
	if (pid == 0) {
		work(store_update(db, NULL));
		_exit(0);
	}
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	return status;
}

static void be_killed(struct store *store)
{
	feed_core(store, "f9", "core_start");
	kill(getpid(), SIGKILL);
}

START_TEST(killed_writer_leaves_the_old)
{
	struct store *store;

	feed_database(db);
	ck_assert(WIFSIGNALED(in_child(be_killed)));
	ck_assert(has_new());
	ck_assert_int_eq(feed_count(db, "SELECT count(*) FROM unit WHERE flags_hash = 'f9'"), 0);
	store = feed_begin(db);
	feed_core(store, "f8", "core_start");
	feed_commit(store);
	ck_assert(!has_new());
	ck_assert_int_eq(feed_count(db, "SELECT count(*) FROM unit WHERE flags_hash = 'f8'"), 1);
}
END_TEST

/* Writes more than the limit on the file size. Exits with a status that shows the result. */
static void fill_up(struct store *store)
{
	struct rlimit limit = { 512 * 1024, 512 * 1024 };
	struct shell_fact shell = { "Makefile", 1, NULL, false };
	g_autofree char *big = g_strnfill(100000, 'x');
	GError *error = NULL;
	bool ok = true;

	signal(SIGXFSZ, SIG_IGN);
	setrlimit(RLIMIT_FSIZE, &limit);
	shell.command = big;
	for (int i = 0; ok && i < 2000; i++)
		ok = FEED_TRY(store, FACT_SHELL, shell, shell, &error);
	if (ok)
		ok = store_commit(store, &error);
	store_free(store);
	_exit(ok ? 1
	      : g_error_matches(error, INITLINT_ERROR, INITLINT_ERROR_FAILED) &&
			      strstr(error->message, "test.db.new: ")
		      ? 42
		      : 2);
}

START_TEST(full_disk_leaves_the_old)
{
	int status;

	feed_database(db);
	status = in_child(fill_up);
	ck_assert(WIFEXITED(status));
	ck_assert_int_eq(WEXITSTATUS(status), 42);
	ck_assert(!has_new());
	ck_assert_int_eq(feed_count(db, "SELECT count(*) FROM unit"), 4);
}
END_TEST

START_TEST(second_writer_is_refused)
{
	GError *error = NULL;
	struct store *first;
	struct store *second;

	feed_database(db);
	first = feed_begin(db);
	ck_assert_ptr_null(store_update(db, &error));
	feed_assert_error(error, INITLINT_ERROR_FAILED, "another initlint is writing");
	error = NULL;
	ck_assert_ptr_null(store_create(db, &error));
	feed_assert_error(error, INITLINT_ERROR_FAILED, "another initlint is writing");
	feed_core(first, "f9", "core_start");
	feed_commit(first);
	second = feed_begin(db);
	store_free(second);
	ck_assert_int_eq(feed_count(db, "SELECT count(*) FROM unit WHERE flags_hash = 'f9'"), 1);
}
END_TEST

START_TEST(foreign_files_are_not_overwritten)
{
	GError *error = NULL;
	g_autofree char *after = NULL;

	ck_assert(g_file_set_contents(db, "a letter to someone\n", -1, NULL));
	ck_assert(!store_is_ours(db, &error));
	feed_assert_error(error, INITLINT_ERROR_INPUT, "not replaced: ");
	ck_assert(g_file_get_contents(db, &after, NULL, NULL));
	ck_assert_str_eq(after, "a letter to someone\n");
	error = NULL;
	ck_assert_ptr_null(store_update(db, &error));
	feed_assert_error(error, INITLINT_ERROR_INPUT, "is not a database");
	ck_assert(!has_new());
	g_unlink(db);
	ck_ok(store_is_ours(db, &ck_error));
	feed_database(db);
	ck_ok(store_is_ours(db, &ck_error));
	g_unlink(db);
	g_mkdir(db, 0777);
	error = NULL;
	ck_assert_ptr_null(store_create(db, &error));
	feed_assert_error(error, INITLINT_ERROR_INPUT, "not replaced: ");
}
END_TEST

START_TEST(newer_database_is_not_replaced)
{
	GError *error = NULL;
	sqlite3 *newer;

	feed_database(db);
	ck_assert_int_eq(sqlite3_open(db, &newer), SQLITE_OK);
	ck_assert_int_eq(sqlite3_exec(newer, "PRAGMA user_version = 9999", NULL, NULL, NULL),
			 SQLITE_OK);
	sqlite3_close(newer);
	ck_assert_ptr_null(store_create(db, &error));
	feed_assert_error(error, INITLINT_ERROR_INPUT, "was made by a newer initlint");
	error = NULL;
	ck_assert_ptr_null(store_update(db, &error));
	feed_assert_error(error, INITLINT_ERROR_INPUT, "was made by a newer initlint");
}
END_TEST

START_TEST(no_room_for_the_file)
{
	GError *error = NULL;
	g_autofree char *path = feed_path("no/such/directory/test.db");

	ck_assert_ptr_null(store_create(path, &error));
	feed_assert_error(error, INITLINT_ERROR_FAILED, "cannot create");
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("store");
	TCase *tcase = tcase_create("store");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, stores_every_fact);
	tcase_add_test(tcase, shares_functions_of_a_header);
	tcase_add_test(tcase, update_replaces_one_unit);
	tcase_add_test(tcase, update_forgets_what_no_unit_sees);
	tcase_add_test(tcase, keeps_functions_seen_through_the_shared_header);
	tcase_add_test(tcase, shared_headers_overlap);
	tcase_add_test(tcase, uncommitted_leaves_the_old);
	tcase_add_test(tcase, killed_writer_leaves_the_old);
	tcase_add_test(tcase, full_disk_leaves_the_old);
	tcase_add_test(tcase, second_writer_is_refused);
	tcase_add_test(tcase, foreign_files_are_not_overwritten);
	tcase_add_test(tcase, newer_database_is_not_replaced);
	tcase_add_test(tcase, no_room_for_the_file);
	suite_add_tcase(suite, tcase);
	return check_main(suite);
}
