// SPDX-License-Identifier: GPL-2.0-only
/* Tests inferred dependencies: their verdict, confidence and severity. */
#include "rules/engine/infer/infer.h"
#include "tests/support/infer_feed.h"

static void infer_with(const char *lists, enum confidence least)
{
	k_infer(lists, least, true);
}

static void infer(void)
{
	infer_with("stops: [{function: panic}]", CONFIDENCE_LOW);
}

static void assert_only(enum verdict verdict, enum confidence confidence, enum severity severity)
{
	ck_assert_int_eq(k_only()->verdict, verdict);
	ck_assert_int_eq(k_only()->confidence, confidence);
	ck_assert_int_eq(k_only()->severity, severity);
}

static void provide(enum initcall_level level, const char *initcall)
{
	k_init(level, initcall);
	k_access_part(ACCESS_WRITE, "table", NULL, v_result("make"));
}

/* provider() sets a variable at level @provider. consumer() accesses it at level @consumer. */
static void pair(enum initcall_level consumer, enum initcall_level provider, enum access_mode mode)
{
	k_file(A);
	k_global_fact((struct global_fact){ .name = "table", .is_pointer = true });
	provide(provider, "provider");
	k_file(B);
	k_init(consumer, "consumer");
	k_access(mode, "table");
}

START_TEST(provider_comes_later)
{
	pair(LEVEL_5, LEVEL_6, ACCESS_USE);
	infer();
	assert_only(VERDICT_BROKEN, CONFIDENCE_HIGH, SEVERITY_ERROR);
	ck_assert_str_eq(k_only()->rule_id, "needs-variable");
	ck_assert_str_eq(k_only()->resource, "table");
	ck_assert_str_eq(k_only()->consumer.function, "consumer");
	ck_assert_str_eq(k_only()->provider.function, "provider");
	ck_assert_str_eq(k_only()->message,
			 "consumer (5) needs table before provider (6) sets it up");
	ck_assert_uint_eq(k_only()->chain->len, 1);
	ck_assert_uint_eq(k_only()->provider_chain->len, 1);
	ck_assert_ptr_nonnull(k_only()->fingerprint);
}
END_TEST

START_TEST(provider_on_the_same_level)
{
	pair(LEVEL_5, LEVEL_5, ACCESS_USE);
	infer();
	assert_only(VERDICT_FRAGILE, CONFIDENCE_HIGH, SEVERITY_WARNING);
}
END_TEST

START_TEST(provider_comes_first)
{
	g_autoptr(GPtrArray) between = NULL;
	g_autoptr(GPtrArray) swapped = NULL;

	pair(LEVEL_6, LEVEL_5, ACCESS_USE);
	infer();
	ck_assert_uint_eq(k_found()->len, 0);
	between = inference_between(k_inference(), &k_input()->initcalls[0],
				    &k_input()->initcalls[1]);
	swapped = inference_between(k_inference(), &k_input()->initcalls[1],
				    &k_input()->initcalls[0]);
	ck_assert_uint_eq(between->len, 1);
	ck_assert_uint_eq(swapped->len, 1);
	ck_assert_int_eq(((struct finding *)between->pdata[0])->verdict, VERDICT_ORDERED);
	ck_assert_uint_eq(inference_extent(k_inference(), &k_input()->initcalls[0]), 1);
}
END_TEST

START_TEST(plain_reads_are_less_sure)
{
	pair(LEVEL_5, LEVEL_6, ACCESS_READ);
	infer();
	assert_only(VERDICT_BROKEN, CONFIDENCE_MEDIUM, SEVERITY_WARNING);
	ck_assert_str_eq(k_only()->message,
			 "consumer (5) reads table before provider (6) sets it up");
}
END_TEST

START_TEST(updates_and_addresses_are_no_needs)
{
	pair(LEVEL_5, LEVEL_6, ACCESS_UPDATE);
	k_access(ACCESS_ADDRESS, "table");
	infer();
	ck_assert_uint_eq(k_found()->len, 0);
}
END_TEST

/* consumer() reaches the use through a pointer with @n candidates. */
static void feed_indirect(unsigned int n)
{
	static const char *const names[] = { "other_ops", "third_ops" };

	k_file(A);
	k_global("table");
	provide(LEVEL_6, "provider");
	k_file(B);
	k_function("other");
	k_function("use");
	k_access(ACCESS_USE, "table");
	k_object("ops", "ops.start", v_function("use"));
	for (unsigned int i = 1; i < n; i++)
		k_object(names[i - 1], "ops.start", v_function("other"));
	k_init(LEVEL_5, "consumer");
	k_call_with("register", v_object("ops"));
	k_call_value(v_loaded(-1, "ops.start"));
}

START_TEST(through_a_pointer)
{
	feed_indirect(1);
	infer();
	assert_only(VERDICT_BROKEN, CONFIDENCE_MEDIUM, SEVERITY_ERROR);
}
END_TEST

START_TEST(through_one_of_many)
{
	feed_indirect(2);
	infer();
	assert_only(VERDICT_BROKEN, CONFIDENCE_LOW, SEVERITY_ERROR);
}
END_TEST

START_TEST(what_is_not_sure_can_be_left_out)
{
	feed_indirect(2);
	infer_with("stops: [{function: panic}]", CONFIDENCE_MEDIUM);
	ck_assert_uint_eq(k_found()->len, 0);
}
END_TEST

static const char *const initcalls[] = { "set_1", "set_2", "set_3", "set_4", "set_5" };

static void feed_providers(unsigned int n)
{
	k_file(A);
	k_global("table");
	for (unsigned int i = 0; i < n; i++)
		provide(LEVEL_6, initcalls[i]);
	k_file(B);
	k_init(LEVEL_5, "consumer");
	k_access(ACCESS_USE, "table");
}

START_TEST(first_provider_counts)
{
	feed_providers(4);
	infer();
	ck_assert_str_eq(k_only()->provider.function, "set_1");
}
END_TEST

/* A variable that many initcalls set is a shared state, so there is no finding. */
START_TEST(too_many_providers)
{
	feed_providers(5);
	infer();
	ck_assert_uint_eq(k_found()->len, 0);
}
END_TEST

START_TEST(set_during_boot)
{
	pair(LEVEL_5, LEVEL_6, ACCESS_USE);
	k_function("start_kernel");
	k_access_part(ACCESS_WRITE, "table", NULL, v_result("make"));
	infer_with("boot: [{function: start_kernel}]", CONFIDENCE_LOW);
	ck_assert_uint_eq(k_found()->len, 0);
}
END_TEST

START_TEST(used_during_boot)
{
	k_file(A);
	k_global("table");
	provide(LEVEL_6, "provider");
	k_function("start_kernel");
	k_access(ACCESS_USE, "table");
	infer_with("boot: [{function: start_kernel}]", CONFIDENCE_LOW);
	ck_assert_uint_eq(k_found()->len, 0);
}
END_TEST

START_TEST(set_by_the_consumer_too)
{
	pair(LEVEL_5, LEVEL_6, ACCESS_USE);
	k_access_part(ACCESS_WRITE, "table", NULL, v_result("make"));
	infer();
	ck_assert_uint_eq(k_found()->len, 0);
}
END_TEST

/* An earlier initcall may set the variable through an uncertain path, so there is no finding. */
START_TEST(maybe_set_before)
{
	pair(LEVEL_5, LEVEL_6, ACCESS_USE);
	k_file(C);
	k_function("other");
	k_function("set");
	k_access_part(ACCESS_WRITE, "table", NULL, v_result("make"));
	k_object("ops", "ops.start", v_function("set"));
	k_object("other_ops", "ops.start", v_function("other"));
	k_init(LEVEL_4, "early");
	k_call_with("register", v_object("ops"));
	k_call_value(v_loaded(-1, "ops.start"));
	infer();
	ck_assert_uint_eq(k_found()->len, 0);
}
END_TEST

START_TEST(variables_with_an_initialiser)
{
	k_file(A);
	k_global_fact((struct global_fact){ .name = "table", .has_initialiser = true });
	provide(LEVEL_6, "provider");
	k_file(B);
	k_init(LEVEL_5, "consumer");
	k_access(ACCESS_USE, "table");
	infer();
	ck_assert_uint_eq(k_found()->len, 0);
}
END_TEST

/* Only the members in the initialiser have a value from the start. */
START_TEST(members_without_an_initialiser)
{
	k_file(A);
	k_object("state", "state.size", v_number(4));
	k_init(LEVEL_6, "provider");
	k_access_part(ACCESS_WRITE, "state", "state.size", v_number(5));
	k_access_part(ACCESS_WRITE, "state", "state.base", v_result("map"));
	k_file(B);
	k_init(LEVEL_5, "consumer");
	k_access_part(ACCESS_USE, "state", "state.size", v_number(0));
	k_access_part(ACCESS_USE, "state", "state.base", v_number(0));
	infer();
	ck_assert_str_eq(k_only()->resource, "state.base");
}
END_TEST

START_TEST(clearing_is_no_set_up)
{
	k_file(A);
	k_global("table");
	k_init(LEVEL_6, "provider");
	k_access_part(ACCESS_WRITE, "table", NULL, v_number(0));
	k_file(B);
	k_init(LEVEL_5, "consumer");
	k_access(ACCESS_USE, "table");
	infer();
	ck_assert_uint_eq(k_found()->len, 0);
}
END_TEST

/* If an initcall has several needs of one resource, the finding is for the strongest need. */
START_TEST(one_finding_for_a_pair)
{
	pair(LEVEL_5, LEVEL_6, ACCESS_READ);
	k_access(ACCESS_USE, "table");
	k_access(ACCESS_READ, "table");
	k_call("helper");
	k_function("helper");
	k_access(ACCESS_USE, "table");
	infer();
	assert_only(VERDICT_BROKEN, CONFIDENCE_HIGH, SEVERITY_ERROR);
}
END_TEST

START_TEST(coverage)
{
	const struct inference_coverage *c;

	pair(LEVEL_5, LEVEL_6, ACCESS_USE);
	k_call_value(v_loaded(-1, "ops.start"));
	infer_with("provides: [{function: nowhere, resource: x, key: none}]", CONFIDENCE_LOW);
	c = inference_coverage(k_inference());
	ck_assert_uint_eq(c->n_functions, 2);
	ck_assert_uint_eq(c->n_contexts, 2);
	ck_assert_uint_eq(c->n_probes, 0);
	ck_assert_uint_eq(c->n_indirect, 1);
	ck_assert_uint_eq(c->n_unresolved, 1);
	ck_assert_uint_eq(c->unknown->len, 1);
	ck_assert_str_eq(g_array_index(c->unknown, struct unknown_name, 0).name, "nowhere");
}
END_TEST

int main(void)
{
	const TTest *const tests[] = {
		provider_comes_later,
		provider_on_the_same_level,
		provider_comes_first,
		plain_reads_are_less_sure,
		updates_and_addresses_are_no_needs,
		through_a_pointer,
		through_one_of_many,
		what_is_not_sure_can_be_left_out,
		first_provider_counts,
		too_many_providers,
		set_during_boot,
		used_during_boot,
		set_by_the_consumer_too,
		maybe_set_before,
		variables_with_an_initialiser,
		members_without_an_initialiser,
		clearing_is_no_set_up,
		one_finding_for_a_pair,
		coverage,
	};

	return k_main("infer", k_setup, k_teardown, tests, G_N_ELEMENTS(tests));
}
