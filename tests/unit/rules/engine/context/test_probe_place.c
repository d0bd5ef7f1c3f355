// SPDX-License-Identifier: GPL-2.0-only
/* Tests the places of probes: a probe runs once a device exists, and after the awaited initcall. */
#include "rules/engine/context/probe_place.h"
#include "tests/support/infer_feed.h"

static GPtrArray *models;
static struct resources *known;
static struct flow *carried;
static GPtrArray *registries;
static struct usage *used;
static struct defers *handed_on;
static struct contexts *roots;

static void teardown(void)
{
	g_clear_pointer(&roots, contexts_free);
	g_clear_pointer(&handed_on, defers_free);
	g_clear_pointer(&used, usage_free);
	g_clear_pointer(&carried, flow_free);
	g_clear_pointer(&registries, g_ptr_array_unref);
	g_clear_pointer(&known, resources_free);
	g_clear_pointer(&models, g_ptr_array_unref);
	k_teardown();
}

static void place(void)
{
	const struct initcall *initcalls;
	unsigned int n;

	models = k_models("probes: [{function: driver_register, argument: 0, field: driver.probe, "
			  "devices: [populate, device_add]}]\n"
			  "retries: [{function: retry}]");
	k_load();
	initcalls = query_initcalls(k_query(), &n, NULL);
	known = resources_new(k_facts());
	registries = registries_find(k_program(), models);
	carried = flow_new(k_program(), models, registries, known);
	used = usage_new(k_program(), carried, models, known);
	roots = contexts_new(k_program(), carried, models, initcalls, n);
	handed_on = defers_new(k_program());
	probes_place(roots, used, handed_on, known, models, NULL);
}

static const struct context *probe_of(const char *function)
{
	for (guint i = 0; i < roots->list->len; i++) {
		const struct context *c = &g_array_index(roots->list, struct context, i);

		if (c->kind == CONTEXT_PROBE &&
		    strcmp(program_name(k_program(), c->root), function) == 0)
			return c;
	}
	ck_abort_msg("no probe %s", function);
}

static void assert_place(const char *probe, const char *initcall, const char *deferred_by)
{
	const struct context *c = probe_of(probe);

	ck_assert_str_eq(c->place->function, initcall);
	if (deferred_by)
		ck_assert_str_eq(c->deferred_by->function, deferred_by);
	else
		ck_assert_ptr_null(c->deferred_by);
}

static void feed_drivers(void)
{
	k_file(A);
	k_function("driver_register");
	k_function("device_add");
	k_global_fact((struct global_fact){ .name = "ready" });
	k_init(LEVEL_7, "retry");
}

/* Adds a driver @object with the probe @probe, and an initcall @init that registers the driver. */
static void feed_driver(const char *probe, const char *object, enum initcall_level level,
			const char *init)
{
	k_object(object, "driver.probe", v_function(probe));
	k_init(level, init);
	k_call_with("driver_register", v_object(object));
}

static void feed_setter(enum initcall_level level)
{
	k_init(level, "setter");
	k_access_part(ACCESS_WRITE, "ready", NULL, v_number(1));
}

START_TEST(waits_for_devices)
{
	feed_drivers();
	k_function("probe");
	k_init(LEVEL_3, "populate");
	feed_driver("probe", "early", LEVEL_1, "early_init");
	k_function("late_probe");
	feed_driver("late_probe", "late", LEVEL_6, "late_init");
	place();
	assert_place("probe", "populate", NULL);
	assert_place("late_probe", "late_init", NULL);
	ck_assert_int_gt(context_position(probe_of("probe")), 0);
}
END_TEST

/* Any function may make devices. The first context that reaches the function counts. */
START_TEST(devices_made_by_a_function)
{
	feed_drivers();
	k_function("board");
	k_call("device_add");
	k_function("probe");
	feed_driver("probe", "foo", LEVEL_1, "foo_init");
	k_init(LEVEL_4, "board_init");
	k_call("board");
	k_init(LEVEL_5, "second_board_init");
	k_call("board");
	place();
	assert_place("probe", "board_init", NULL);
}
END_TEST

START_TEST(no_probe_waits_for_what_it_makes)
{
	feed_drivers();
	k_function("probe");
	k_call("device_add");
	feed_driver("probe", "foo", LEVEL_1, "foo_init");
	place();
	assert_place("probe", "foo_init", NULL);
}
END_TEST

START_TEST(deferred_until_the_retry)
{
	feed_drivers();
	k_function("is_ready");
	k_access(ACCESS_READ, "ready");
	k_return(v_global("ready"));
	k_function("probe");
	k_call("is_ready");
	k_guard(v_result("is_ready"), true, GUARD_DEFER, 2);
	feed_driver("probe", "foo", LEVEL_6, "foo_init");
	feed_setter(LEVEL_6S);
	place();
	assert_place("probe", "retry", "setter");
}
END_TEST

/* The probe passes on -EPROBE_DEFER from a callee. */
START_TEST(deferred_by_a_callee)
{
	feed_drivers();
	k_function("get");
	k_access(ACCESS_READ, "ready");
	k_guard(v_global("ready"), true, GUARD_DEFER, 2);
	k_function("probe");
	k_call("get");
	k_return(v_result("get"));
	feed_driver("probe", "foo", LEVEL_6, "foo_init");
	feed_setter(LEVEL_6S);
	place();
	assert_place("probe", "retry", "setter");
}
END_TEST

/* probe() tests "ready", which setter() sets; where that probe runs, and what defers it. */
static const struct {
	enum guard_exit exit;
	enum initcall_level setter;
	const char *place;
	const char *deferred_by;
} tested[] = {
	/* setter() runs after retry(): the probe waits for setter(). */
	{ GUARD_DEFER, LEVEL_7S, "setter", "setter" },
	/* setter() runs before the driver is registered. */
	{ GUARD_DEFER, LEVEL_3, "foo_init", NULL },
	/* An error other than -EPROBE_DEFER is final. */
	{ GUARD_ERROR, LEVEL_6S, "foo_init", NULL },
};

START_TEST(deferred_by_a_test)
{
	feed_drivers();
	k_function("probe");
	k_access(ACCESS_READ, "ready");
	k_guard(v_global("ready"), true, tested[_i].exit, 2);
	feed_driver("probe", "foo", LEVEL_6, "foo_init");
	feed_setter(tested[_i].setter);
	place();
	assert_place("probe", tested[_i].place, tested[_i].deferred_by);
}
END_TEST

/* A deferred probe makes devices. The probes of these devices move to the same place. */
START_TEST(devices_of_a_deferred_probe)
{
	feed_drivers();
	k_function("child_probe");
	feed_driver("child_probe", "child", LEVEL_5, "child_init");
	k_function("probe");
	k_access(ACCESS_READ, "ready");
	k_guard(v_global("ready"), true, GUARD_DEFER, 2);
	k_call("device_add");
	feed_driver("probe", "foo", LEVEL_6, "foo_init");
	feed_setter(LEVEL_6S);
	place();
	assert_place("probe", "retry", "setter");
	assert_place("child_probe", "retry", NULL);
}
END_TEST

int main(void)
{
	const TTest *const tests[] = {
		waits_for_devices,
		devices_made_by_a_function,
		no_probe_waits_for_what_it_makes,
		deferred_until_the_retry,
		deferred_by_a_callee,
		devices_of_a_deferred_probe,
	};
	Suite *suite = k_suite("probe place", k_setup, teardown, tests, G_N_ELEMENTS(tests));
	TCase *tcase = tcase_create("tests");

	tcase_add_checked_fixture(tcase, k_setup, teardown);
	tcase_add_loop_test(tcase, deferred_by_a_test, 0, G_N_ELEMENTS(tested));
	suite_add_tcase(suite, tcase);
	return check_main(suite);
}
