// SPDX-License-Identifier: GPL-2.0-only
/* Tests guards that protect a need, and the effect of models on verdict and severity. */
#include "rules/engine/infer/infer.h"
#include "tests/support/infer_feed.h"

static void infer_with(const char *lists)
{
	k_infer(lists, CONFIDENCE_LOW, true);
}

static void infer(void)
{
	infer_with("stops: [{function: panic}]");
}

static void assert_only(enum verdict verdict, enum severity severity)
{
	ck_assert_int_eq(k_only()->verdict, verdict);
	ck_assert_int_eq(k_only()->severity, severity);
}

static void set(const char *name)
{
	k_access_part(ACCESS_WRITE, name, NULL, v_result("make"));
}

/* provider() sets a table and a flag. Then consumer() starts, and the test adds its body. */
static void begin_pair(void)
{
	k_file(A);
	k_global("table");
	k_global("ready");
	k_init(LEVEL_6, "provider");
	set("table");
	set("ready");
	k_file(B);
	k_init(LEVEL_5, "consumer");
}

static const struct {
	enum guard_exit exit;
	enum verdict verdict;
} exits[] = {
	{ GUARD_SKIP, VERDICT_GUARDED },   { GUARD_RETURN, VERDICT_GUARDED },
	{ GUARD_RECORD, VERDICT_GUARDED }, { GUARD_ERROR, VERDICT_BROKEN },
	{ GUARD_DEFER, VERDICT_DEFERRED }, { GUARD_FATAL, VERDICT_BROKEN },
};

/* "if (!table) leave; use(table);", where "leave" stands for the exit of the test case. */
START_TEST(test_of_the_pointer)
{
	begin_pair();
	k_access(ACCESS_READ, "table");
	k_guard(v_global("table"), true, exits[_i].exit, 1);
	k_access(ACCESS_USE, "table");
	infer();
	ck_assert_int_eq(k_only()->verdict, exits[_i].verdict);
}
END_TEST

/* "if (!ready) leave; use(table);", where the provider sets both variables. */
START_TEST(test_of_a_flag_beside_it)
{
	begin_pair();
	k_access(ACCESS_READ, "ready");
	k_guard(v_global("ready"), true, exits[_i].exit, 1);
	k_access(ACCESS_USE, "table");
	infer();
	for (guint i = 0; i < k_found()->len; i++) {
		const struct finding *finding = k_found()->pdata[i];

		if (strcmp(finding->resource, "ready") == 0)
			ck_assert_int_eq(finding->verdict, exits[_i].verdict);
		else if (exits[_i].exit == GUARD_DEFER)
			ck_assert_int_eq(finding->verdict, VERDICT_DEFERRED);
		else
			ck_assert_int_eq(finding->verdict, VERDICT_GUARDED);
	}
	ck_assert_uint_eq(k_found()->len, 2);
}
END_TEST

/* "if (!is_ready()) return; use(table);" */
START_TEST(test_by_a_predicate)
{
	begin_pair();
	k_call("is_ready");
	k_guard(v_result("is_ready"), true, GUARD_RETURN, 1);
	k_access(ACCESS_USE, "table");
	k_function("is_ready");
	k_access(ACCESS_READ, "ready");
	k_return(v_global("ready"));
	infer();
	ck_assert_uint_eq(k_found()->len, 2);
	for (guint i = 0; i < k_found()->len; i++)
		ck_assert_int_eq(((struct finding *)k_found()->pdata[i])->verdict, VERDICT_GUARDED);
}
END_TEST

START_TEST(test_that_leads_to_an_error)
{
	begin_pair();
	k_access(ACCESS_READ, "ready");
	k_guard(v_global("ready"), true, GUARD_ERROR, 5);
	infer();
	assert_only(VERDICT_BROKEN, SEVERITY_ERROR);
	ck_assert_int_eq(k_only()->confidence, CONFIDENCE_HIGH);
}
END_TEST

/* The guarded lines run only while ready is not set. */
START_TEST(test_for_absence)
{
	begin_pair();
	k_access(ACCESS_READ, "ready");
	k_guard(v_global("ready"), false, GUARD_SKIP, 5);
	infer();
	assert_only(VERDICT_GUARDED, SEVERITY_WARNING);
}
END_TEST

START_TEST(test_of_something_else)
{
	begin_pair();
	k_global("verbose");
	k_access(ACCESS_READ, "verbose");
	k_guard(v_global("verbose"), true, GUARD_SKIP, 1);
	k_access(ACCESS_USE, "table");
	infer();
	assert_only(VERDICT_BROKEN, SEVERITY_ERROR);
}
END_TEST

START_TEST(use_outside_the_region)
{
	begin_pair();
	k_access(ACCESS_READ, "table");
	k_guard(v_global("table"), true, GUARD_SKIP, 1);
	k_access(ACCESS_USE, "table");
	k_access(ACCESS_USE, "table");
	infer();
	assert_only(VERDICT_BROKEN, SEVERITY_ERROR);
}
END_TEST

/* The call comes after the test. The use is in the callee. */
START_TEST(test_before_the_call)
{
	begin_pair();
	k_access(ACCESS_READ, "table");
	k_guard(v_global("table"), true, GUARD_RETURN, 1);
	k_call("helper");
	k_function("helper");
	k_access(ACCESS_USE, "table");
	infer();
	ck_assert_int_eq(k_only()->verdict, VERDICT_GUARDED);
}
END_TEST

/* Two paths lead to the use. Only one path is protected. */
START_TEST(another_way_around_the_test)
{
	begin_pair();
	k_access(ACCESS_READ, "table");
	k_guard(v_global("table"), true, GUARD_SKIP, 1);
	k_call("helper");
	k_call("detour");
	k_function("detour");
	k_call("helper");
	k_function("helper");
	k_access(ACCESS_USE, "table");
	infer();
	assert_only(VERDICT_BROKEN, SEVERITY_ERROR);
}
END_TEST

/* consumer() calls show() too early. If @replays, provider() calls show() again for each thing. */
static void feed_replay(bool replays)
{
	k_file(A);
	k_global("table");
	k_function("show");
	k_access(ACCESS_USE, "table");
	k_init(LEVEL_6, "provider");
	set("table");
	if (replays)
		k_call_with("show", v_loaded(-1, "thing.next"));
	else
		k_call_with("show", v_object("a_thing"));
	k_file(B);
	k_init(LEVEL_5, "consumer");
	k_call_with("show", v_object("thing"));
}

START_TEST(provider_makes_up_for_it)
{
	feed_replay(true);
	infer();
	ck_assert_int_eq(k_only()->verdict, VERDICT_GUARDED);
}
END_TEST

START_TEST(provider_does_something_of_its_own)
{
	feed_replay(false);
	infer();
	ck_assert_int_eq(k_only()->verdict, VERDICT_BROKEN);
}
END_TEST

static void feed_registry(void)
{
	k_file(A);
	k_function("add");
	k_function("look");
	k_init(LEVEL_4, "early");
	k_call("add");
	k_init(LEVEL_6, "late");
	k_call("add");
	k_file(B);
	k_init(LEVEL_5, "consumer");
	k_call("look");
}

START_TEST(first_provider_is_enough)
{
	feed_registry();
	infer_with("provides: [{function: add, resource: chip, key: none}]\n"
		   "requires: [{function: look, resource: chip, key: none}]");
	ck_assert_uint_eq(k_found()->len, 0);
}
END_TEST

START_TEST(all_providers_must_have_run)
{
	feed_registry();
	infer_with("provides: [{function: add, resource: chip, key: none}]\n"
		   "requires: [{function: look, resource: chip, key: none, after: all}]");
	assert_only(VERDICT_BROKEN, SEVERITY_ERROR);
	ck_assert_str_eq(k_only()->provider.function, "late");
	ck_assert_str_eq(k_only()->rule_id, "needs-chip");
}
END_TEST

START_TEST(severity_of_the_model)
{
	feed_registry();
	infer_with("provides: [{function: add, resource: chip, key: none}]\n"
		   "requires: [{function: look, resource: chip, key: none, after: all, "
		   "severity: note}]");
	assert_only(VERDICT_BROKEN, SEVERITY_NOTE);
}
END_TEST

START_TEST(null_is_a_valid_argument)
{
	begin_pair();
	k_access(ACCESS_USE, "table");
	k_call("make_dir");
	k_argument(1, v_global("table"));
	k_function("make_dir");
	infer_with("optional: [{function: make_dir, argument: 1}]");
	assert_only(VERDICT_BROKEN, SEVERITY_WARNING);
}
END_TEST

START_TEST(made_usable_in_place)
{
	k_file(A);
	k_global("things");
	k_function("init_list");
	k_init(LEVEL_6, "provider");
	k_call_with("init_list", v_object("things"));
	k_file(B);
	k_init(LEVEL_5, "consumer");
	k_access(ACCESS_ADDRESS, "things");
	infer_with("initialises: [{function: init_list, argument: 0}]");
	assert_only(VERDICT_BROKEN, SEVERITY_ERROR);
}
END_TEST

START_TEST(probes_are_less_sure)
{
	k_file(A);
	k_global("table");
	k_init(LEVEL_6, "provider");
	set("table");
	k_function("driver_register");
	k_function("probe");
	k_access(ACCESS_USE, "table");
	k_object("foo_driver", "driver.probe", v_function("probe"));
	k_init(LEVEL_5, "foo_init");
	k_call_with("driver_register", v_object("foo_driver"));
	infer_with("probes: [{function: driver_register, argument: 0, field: driver.probe, "
		   "devices: populate}]");
	assert_only(VERDICT_BROKEN, SEVERITY_ERROR);
	ck_assert_int_eq(k_only()->confidence, CONFIDENCE_MEDIUM);
	ck_assert_str_eq(k_only()->message,
			 "foo_init (5)'s probe needs table before provider (6) sets it up");
	ck_assert_uint_eq(k_only()->chain->len, 2);
	ck_assert_uint_eq(inference_coverage(k_inference())->n_probes, 1);
}
END_TEST

START_TEST(who_reaches_a_function)
{
	const char *const look[] = { "look", NULL };
	const char *const in_b[] = { B, NULL };
	g_autoptr(GArray) reaching = NULL;
	g_autoptr(GArray) elsewhere = NULL;
	g_autoptr(GPtrArray) way = NULL;
	const struct rule_place *place;

	feed_registry();
	infer();
	inference_serve(k_inference(), k_input());
	reaching = k_input()->reaching(k_input()->reach_data, (GStrv)look, NULL);
	ck_assert_uint_eq(reaching->len, 1);
	place = &g_array_index(reaching, struct rule_place, 0);
	ck_assert_str_eq(place->initcall->function, "consumer");
	ck_assert_ptr_eq(place->place, place->initcall);
	ck_assert(!place->is_probe);
	elsewhere = k_input()->reaching(k_input()->reach_data, (GStrv)look, (GStrv)in_b);
	ck_assert_uint_eq(elsewhere->len, 0);
	way = k_input()->way(k_input()->reach_data, place, (GStrv)look, NULL);
	ck_assert_uint_eq(way->len, 2);
	ck_assert_str_eq(((struct finding_step *)way->pdata[1])->function, "look");
}
END_TEST

static void add_exits(Suite *suite)
{
	TCase *tcase = tcase_create("exits");

	tcase_add_checked_fixture(tcase, k_setup, k_teardown);
	tcase_add_loop_test(tcase, test_of_the_pointer, 0, G_N_ELEMENTS(exits));
	tcase_add_loop_test(tcase, test_of_a_flag_beside_it, 0, G_N_ELEMENTS(exits));
	suite_add_tcase(suite, tcase);
}

int main(void)
{
	const TTest *const tests[] = {
		test_by_a_predicate,
		test_that_leads_to_an_error,
		test_for_absence,
		test_of_something_else,
		use_outside_the_region,
		test_before_the_call,
		another_way_around_the_test,
		provider_makes_up_for_it,
		provider_does_something_of_its_own,
		first_provider_is_enough,
		all_providers_must_have_run,
		severity_of_the_model,
		null_is_a_valid_argument,
		made_usable_in_place,
		probes_are_less_sure,
		who_reaches_a_function,
	};
	Suite *suite = k_suite("infer guards", k_setup, k_teardown, tests, G_N_ELEMENTS(tests));

	add_exits(suite);
	return check_main(suite);
}
