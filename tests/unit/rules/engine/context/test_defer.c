// SPDX-License-Identifier: GPL-2.0-only
/* Tests which functions can return -EPROBE_DEFER, and findings for probes that run only once. */
#include "rules/engine/context/defer.h"
#include "rules/engine/infer/infer.h"
#include "tests/support/infer_feed.h"

#define DEFER -517

static struct defers *known;
static void teardown(void)
{
	g_clear_pointer(&known, defers_free);
	k_teardown();
}

static void load(void)
{
	k_load();
	known = defers_new(k_program());
}

static int distance(const char *function)
{
	return defers_distance(known, k_find(function));
}

/*
 * Adds get(), which returns -EPROBE_DEFER, and other(), which returns another error. Then starts
 * the function @name, and the test adds its body.
 */
static void begin(const char *name)
{
	k_file(A);
	k_function("get");
	k_return(v_number(DEFER));
	k_function("other");
	k_return(v_number(-22));
	k_file(B);
	k_function(name);
}

/* Adds a return on the same line as the test before it. */
static void return_beside(struct value value)
{
	k_skip_lines(-1);
	k_return(value);
}

START_TEST(own)
{
	k_file(A);
	k_function("returns");
	k_return(v_number(-22));
	k_return(v_number(DEFER));
	k_function("unsigned_number");
	k_return(v_number((uint32_t)DEFER));
	k_function("tests");
	k_guard(v_global("ready"), true, GUARD_DEFER, 1);
	k_function("never");
	k_return(v_number(517));
	k_return(v_number(-22));
	load();
	ck_assert_int_eq(distance("returns"), 0);
	ck_assert_int_eq(distance("unsigned_number"), 0);
	ck_assert_int_eq(distance("tests"), 0);
	ck_assert_int_eq(distance("never"), -1);
}
END_TEST

START_TEST(handed_on)
{
	begin("once");
	k_return(v_result("other"));
	k_return(v_result("get"));
	k_function("twice");
	k_return(v_result("once"));
	k_function("calls");
	k_call("get");
	k_return(v_number(0));
	k_function("missing");
	k_return(v_result("not_built"));
	load();
	ck_assert_int_eq(distance("once"), 1);
	ck_assert_int_eq(distance("twice"), 2);
	ck_assert_int_eq(distance("calls"), -1);
	ck_assert_int_eq(distance("missing"), -1);
}
END_TEST

/* x->irq = get(); return x->irq; */
START_TEST(through_a_member)
{
	begin("member");
	k_store(v_param(0), "x.irq", v_result("get"));
	k_return(v_loaded(0, "x.irq"));
	k_function("set_again");
	k_store(v_param(0), "x.irq", v_result("get"));
	k_store(v_param(0), "x.irq", v_result("other"));
	k_return(v_loaded(0, "x.irq"));
	k_function("set_later");
	k_return(v_loaded(0, "x.irq"));
	k_store(v_param(0), "x.irq", v_result("get"));
	load();
	ck_assert_int_eq(distance("member"), 1);
	ck_assert_int_eq(distance("set_again"), -1);
	ck_assert_int_eq(distance("set_later"), -1);
}
END_TEST

/* if (IS_ERR(get())) goto out; the returned value is unknown. */
START_TEST(tested)
{
	begin("error");
	k_call("get");
	k_guard(v_result("get"), true, GUARD_ERROR, 1);
	k_function("copes");
	k_call("get");
	k_guard(v_result("get"), true, GUARD_RETURN, 1);
	k_function("own_error");
	k_call("get");
	k_guard(v_result("get"), true, GUARD_ERROR, 1);
	return_beside(v_number(-19));
	k_function("stored");
	k_store(v_param(0), "x.clk", v_result("get"));
	k_guard(v_loaded(0, "x.clk"), true, GUARD_ERROR, 1);
	load();
	ck_assert_int_eq(distance("error"), 1);
	ck_assert_int_eq(distance("copes"), -1);
	ck_assert_int_eq(distance("own_error"), -1);
	ck_assert_int_eq(distance("stored"), 1);
}
END_TEST

START_TEST(cycles_and_far_ones)
{
	static const char *const names[] = { "f1", "f2", "f3", "f4", "f5", "f6", "f7", "f8", "f9" };

	k_file(B);
	k_function("ping");
	k_return(v_result("pong"));
	k_function("pong");
	k_return(v_result("ping"));
	k_function("deferring");
	k_return(v_result("deferring"));
	k_return(v_number(DEFER));
	for (unsigned int i = 0; i < G_N_ELEMENTS(names); i++) {
		k_function(names[i]);
		k_return(v_result(i ? names[i - 1] : "deferring"));
	}
	load();
	ck_assert_int_eq(distance("ping"), -1);
	ck_assert_int_eq(distance("deferring"), 0);
	ck_assert_int_eq(distance("f8"), 8);
	ck_assert_int_eq(distance("f9"), -1);
}
END_TEST

START_TEST(shortest_way)
{
	g_autoptr(GArray) way = NULL;
	g_autoptr(GArray) none = NULL;
	const struct defer_step *steps;

	begin("middle");
	k_return(v_result("get"));
	k_function("top");
	k_return(v_result("middle"));
	k_return(v_result("get"));
	load();
	way = defers_way(known, k_find("top"));
	none = defers_way(known, k_find("other"));
	ck_assert_uint_eq(none->len, 0);
	ck_assert_uint_eq(way->len, 2);
	steps = (const struct defer_step *)(gpointer)way->data;
	ck_assert_int_eq(steps[0].function, k_find("top"));
	ck_assert_uint_eq(steps[0].line, 5);
	ck_assert_int_eq(steps[1].function, k_find("get"));
	ck_assert_uint_eq(steps[1].line, 2);
}
END_TEST

#define ONCE "calls: [{function: once, argument: 1, retried: false}]"

static void infer(const char *lists, enum confidence least)
{
	k_infer(lists, least, false);
}

/* foo_init() passes foo_probe() to once(). The test then adds the body of foo_probe(). */
static void feed_probe(void)
{
	k_file(A);
	k_function("once");
	k_file(B);
	k_init(LEVEL_6, "foo_init");
	k_call("once");
	k_argument(1, v_function("foo_probe"));
	k_function("foo_probe");
}

static void assert_step(unsigned int i, const char *function, unsigned int line)
{
	const struct finding_step *step = g_ptr_array_index(k_only()->chain, i);

	ck_assert_str_eq(step->function, function);
	ck_assert_uint_eq(step->line, line);
}

START_TEST(never_retried)
{
	feed_probe();
	k_return(v_number(DEFER));
	infer(ONCE, CONFIDENCE_HIGH);
	ck_assert_int_eq(k_only()->verdict, VERDICT_BROKEN);
	ck_assert_int_eq(k_only()->confidence, CONFIDENCE_HIGH);
	ck_assert_int_eq(k_only()->severity, SEVERITY_WARNING);
	ck_assert_str_eq(k_only()->rule_id, "never-retried");
	ck_assert_str_eq(k_only()->consumer.function, "foo_init");
	ck_assert_ptr_null(k_only()->provider.function);
	ck_assert_str_eq(k_only()->resource, "foo_probe (" B ")");
	ck_assert_str_eq(k_only()->message,
			 "foo_init (6): foo_probe() can return -EPROBE_DEFER, but "
			 "once() never tries again");
	ck_assert_ptr_nonnull(k_only()->fingerprint);
	ck_assert_uint_eq(k_only()->chain->len, 3);
	assert_step(0, "foo_init", 3);
	assert_step(1, "once", 1);
	assert_step(2, "foo_probe", 5);
}
END_TEST

START_TEST(never_retried_from_a_callee)
{
	feed_probe();
	k_return(v_result("get"));
	k_function("get");
	k_return(v_number(DEFER));
	infer(ONCE, CONFIDENCE_LOW);
	ck_assert_int_eq(k_only()->confidence, CONFIDENCE_MEDIUM);
	ck_assert_uint_eq(k_only()->chain->len, 4);
	assert_step(3, "get", 7);
}
END_TEST

START_TEST(what_is_not_sure_can_be_left_out)
{
	feed_probe();
	k_return(v_result("get"));
	k_function("get");
	k_return(v_number(DEFER));
	infer(ONCE, CONFIDENCE_HIGH);
	ck_assert_uint_eq(k_found()->len, 0);
}
END_TEST

START_TEST(retried_or_not_deferring)
{
	feed_probe();
	k_return(_i ? v_number(-19) : v_number(DEFER));
	infer(_i ? ONCE : "calls: [{function: once, argument: 1}]", CONFIDENCE_LOW);
	ck_assert_uint_eq(k_found()->len, 0);
}
END_TEST

/*
 * The analysis follows wrappers and members of objects. A probe that is passed in two ways gives
 * one finding.
 */
START_TEST(through_wrappers_and_members)
{
	k_file(A);
	k_function("once");
	k_function("wrap");
	k_call("once");
	k_argument(1, v_param(0));
	k_file(B);
	k_function("foo_probe");
	k_return(v_number(DEFER));
	k_object("foo_driver", "d.init", v_function("foo_probe"));
	k_init(LEVEL_6, "foo_init");
	k_call_with("wrap", v_function("foo_probe"));
	k_call_with("join", v_object("foo_driver"));
	k_function("join");
	infer("calls:\n"
	      "  - {function: once, argument: 1, retried: false}\n"
	      "  - {function: join, argument: 0, field: d.init, retried: false}\n",
	      CONFIDENCE_HIGH);
	ck_assert_uint_eq(k_only()->chain->len, 4);
	assert_step(1, "wrap", 3);
}
END_TEST

/* Code before all initcalls gives no finding, because there is no initcall to report. */
START_TEST(nobody_to_blame)
{
	k_file(A);
	k_function("once");
	k_function("start");
	k_call("once");
	k_argument(1, v_function("foo_probe"));
	k_function("foo_probe");
	k_return(v_number(DEFER));
	infer(ONCE "\nboot: [{function: start}]", CONFIDENCE_LOW);
	ck_assert_uint_eq(k_found()->len, 0);
}
END_TEST

int main(void)
{
	const TTest *const tests[] = {
		own,
		handed_on,
		through_a_member,
		tested,
		cycles_and_far_ones,
		shortest_way,
		never_retried,
		never_retried_from_a_callee,
		what_is_not_sure_can_be_left_out,
		through_wrappers_and_members,
		nobody_to_blame,
	};
	Suite *suite = k_suite("defer", k_setup, teardown, tests, G_N_ELEMENTS(tests));
	TCase *tcase = tcase_create("loops");

	tcase_add_checked_fixture(tcase, k_setup, teardown);
	tcase_add_loop_test(tcase, retried_or_not_deferring, 0, 2);
	suite_add_tcase(suite, tcase);
	return check_main(suite);
}
