// SPDX-License-Identifier: GPL-2.0-only
/* Stores and replaces facts of functions and variables. Refuses facts without an owner. */
#include <string.h>

#include "tests/support/check_main.h"
#include "tests/support/store_feed.h"

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

static void feed_detailed_core(struct store *store, int64_t number)
{
	feed_unit(store, "drivers/core.o", "drivers/core.c", "f1");
	feed_function(store, "drivers/core.c", "core_init", 20, true);
	feed_call(store, "drivers/core.c", "core_init", "core_register", NULL, 22);
	feed_details(store, "core_init", number);
	feed_end(store);
}

START_TEST(update_replaces_details)
{
	static const char one_of_each[] =
		"SELECT (SELECT count(*) FROM global) = 1 AND (SELECT count(*) FROM call) = 1 AND "
		"(SELECT total(number) FROM argument) = ?1 AND "
		"(SELECT total(value_number) FROM access) = ?1 AND "
		"(SELECT total(value_number) FROM store) = ?1 AND "
		"(SELECT total(value_number) FROM initialiser) = ?1 AND "
		"(SELECT total(number) FROM returns) = ?1 AND "
		"(SELECT count(*) FROM guard) = (?1 > 0)";
	static const char none[] =
		"SELECT (SELECT count(*) FROM global) + (SELECT count(*) FROM call) + "
		"(SELECT count(*) FROM argument) + (SELECT count(*) FROM access) + "
		"(SELECT count(*) FROM store) + (SELECT count(*) FROM initialiser) + "
		"(SELECT count(*) FROM returns) + (SELECT count(*) FROM guard)";
	struct store *store = store_create(db, NULL);

	feed_walk(store);
	feed_detailed_core(store, 7);
	feed_commit(store);
	ck_assert_int_eq(feed_count_for(db, one_of_each, 7), 1);
	for (int64_t number = 7; number < 9; number++) {
		store = feed_begin(db);
		feed_detailed_core(store, number);
		feed_commit(store);
		ck_assert_int_eq(feed_count_for(db, one_of_each, number), 1);
	}
	/* There are two versions of the facts, so two scopes: one was found again, one is new. */
	ck_assert_int_eq(feed_count(db, "SELECT id FROM scope"), 2);
	store = feed_begin(db);
	ck_ok(store_remove_unit(store, "drivers/core.o", "drivers/core.c", &ck_error));
	feed_commit(store);
	ck_assert_int_eq(feed_count(db, none), 0);
}
END_TEST

/* The database has a name for each value of the enums. */
START_TEST(names_the_enums)
{
	feed_database(db);
	ck_assert_int_eq(feed_count(db, "SELECT count(*) FROM value_kind"), N_VALUES);
	ck_assert_int_eq(feed_count(db, "SELECT id FROM value_kind WHERE name = 'result'"),
			 VALUE_RESULT);
	ck_assert_int_eq(feed_count(db, "SELECT count(*) FROM access_mode"), N_ACCESSES);
	ck_assert_int_eq(feed_count(db, "SELECT id FROM access_mode WHERE name = 'address'"),
			 ACCESS_ADDRESS);
	ck_assert_int_eq(feed_count(db, "SELECT count(*) FROM guard_exit"), N_GUARDS);
	ck_assert_int_eq(feed_count(db, "SELECT id FROM guard_exit WHERE name = 'fatal'"),
			 GUARD_FATAL);
}
END_TEST

/* Reports facts of functions and variables that were not reported: one fact of each kind. */
START_TEST(facts_of_unknown_functions_fail)
{
	GError *error = NULL;
	struct store *store = store_create(db, NULL);
	struct call_fact call = { .function = "nobody", .file = "a.c", .line = 3 };
	struct argument_fact argument = { .function = "nobody", .file = "a.c" };
	struct access_fact access = { .function = "nobody", .file = "a.c", .variable.name = "x" };
	struct store_fact fact = { .function = "nobody", .file = "a.c" };
	struct initialiser_fact initial = { .variable = "f", .file = "a.c", .line = 4 };
	struct return_fact returns = { .function = "nobody", .file = "a.c" };
	struct guard_fact guard = { .function = "nobody", .file = "a.c" };

	feed_unit(store, "a.o", "a.c", "f1");
	feed_function(store, "a.c", "f", 1, false);
	ck_assert(!FEED_TRY(store, FACT_CALL, call, call, &error));
	feed_assert_error(g_steal_pointer(&error), INITLINT_ERROR_FAILED,
			  "a.c: call of nobody(), a function that");
	ck_assert(!FEED_TRY(store, FACT_ARGUMENT, argument, argument, &error));
	feed_assert_error(g_steal_pointer(&error), INITLINT_ERROR_FAILED, "argument of nobody()");
	ck_assert(!FEED_TRY(store, FACT_ACCESS, access, access, &error));
	feed_assert_error(g_steal_pointer(&error), INITLINT_ERROR_FAILED, "access of nobody()");
	ck_assert(!FEED_TRY(store, FACT_STORE, store, fact, &error));
	feed_assert_error(g_steal_pointer(&error), INITLINT_ERROR_FAILED, "store of nobody()");
	ck_assert(!FEED_TRY(store, FACT_INITIALISER, initialiser, initial, &error));
	feed_assert_error(g_steal_pointer(&error), INITLINT_ERROR_FAILED,
			  "a.c: initialiser of f, a variable that");
	ck_assert(!FEED_TRY(store, FACT_RETURN, returns, returns, &error));
	feed_assert_error(g_steal_pointer(&error), INITLINT_ERROR_FAILED, "return of nobody()");
	ck_assert(!FEED_TRY(store, FACT_GUARD, guard, guard, &error));
	feed_assert_error(g_steal_pointer(&error), INITLINT_ERROR_FAILED, "guard of nobody()");
	store_free(store);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("store facts");
	TCase *tcase = tcase_create("store facts");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, update_replaces_details);
	tcase_add_test(tcase, names_the_enums);
	tcase_add_test(tcase, facts_of_unknown_functions_fail);
	suite_add_tcase(suite, tcase);
	return check_main(suite);
}
