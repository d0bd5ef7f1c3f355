// SPDX-License-Identifier: GPL-2.0-only
/* A function can be called through a pointer only after code has passed or stored its address. */
#include "rules/engine/context/escape.h"
#include "tests/support/infer_feed.h"

static struct escape *state;

static void teardown(void)
{
	g_clear_pointer(&state, escape_free);
	k_teardown();
}

static void load(void)
{
	k_load();
	state = escape_new(k_program());
}

static void run_at(const char *function, uint32_t moment)
{
	escape_run(state, k_find(function), moment);
}

/* Checks that @function escapes at @moment and not earlier. */
static void assert_since(const char *function, uint32_t moment)
{
	if (moment)
		ck_assert(!escape_has_happened(state, k_find(function), moment - 1));
	ck_assert(escape_has_happened(state, k_find(function), moment));
	ck_assert(escape_has_happened(state, k_find(function), moment + 100));
}

static void assert_not_out(const char *function)
{
	ck_assert(!escape_has_happened(state, k_find(function), 1000));
}

START_TEST(functions_that_are_handed_over)
{
	k_file(A);
	k_function("argument");
	k_function("stored");
	k_function("assigned");
	k_function("returned");
	k_function("kept");
	k_global("handler");
	k_function("init");
	k_call_with("register", v_function("argument"));
	k_store(v_param(0), "ops.start", v_function("stored"));
	k_access_part(ACCESS_WRITE, "handler", NULL, v_function("assigned"));
	k_return(v_function("returned"));
	k_function("later");
	k_call_with("register", v_function("kept"));
	k_call_with("register", v_function("argument"));
	load();
	assert_not_out("argument");
	run_at("init", 3);
	run_at("later", 5);
	assert_since("argument", 3);
	assert_since("stored", 3);
	assert_since("assigned", 3);
	assert_since("returned", 3);
	assert_since("kept", 5);
}
END_TEST

START_TEST(objects_bring_what_they_hold)
{
	k_file(A);
	k_function("start");
	k_object("inner_ops", "ops.start", v_function("start"));
	k_object("outer", "device.ops", v_object("inner_ops"));
	k_function("init");
	k_call_with("register", v_object("outer"));
	load();
	assert_not_out("start");
	run_at("init", 7);
	assert_since("start", 7);
}
END_TEST

START_TEST(access_to_an_object)
{
	k_file(A);
	k_function("start");
	k_object("ops", "ops.start", v_function("start"));
	k_function("init");
	k_access(ACCESS_ADDRESS, "ops");
	load();
	run_at("init", 2);
	assert_since("start", 2);
}
END_TEST

/* A direct call of a function does not make the function escape. */
START_TEST(calls_by_name)
{
	k_file(A);
	k_function("start");
	k_function("init");
	k_call("start");
	load();
	run_at("init", 2);
	assert_not_out("start");
}
END_TEST

START_TEST(tables_of_the_linker)
{
	k_file(A);
	k_function("fixup");
	k_function("start");
	k_object("entry", "fixup.hook", v_function("fixup"));
	k_object("ops", "ops.start", v_function("start"));
	k_function("never_run");
	k_call_with("register", v_object("ops"));
	load();
	assert_since("fixup", 0);
	assert_not_out("start");
}
END_TEST

START_TEST(circles_of_objects)
{
	k_file(A);
	k_function("start");
	k_object("one", "node.next", v_object("two"));
	k_object("two", "node.next", v_object("one"));
	k_initial("two", "node.start", v_function("start"));
	k_function("init");
	k_call_with("register", v_object("one"));
	load();
	run_at("init", 1);
	assert_since("start", 1);
}
END_TEST

int main(void)
{
	const TTest *const tests[] = {
		functions_that_are_handed_over,
		objects_bring_what_they_hold,
		access_to_an_object,
		calls_by_name,
		tables_of_the_linker,
		circles_of_objects,
	};

	return k_main("escape", k_setup, teardown, tests, G_N_ELEMENTS(tests));
}
