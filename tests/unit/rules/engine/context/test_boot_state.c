// SPDX-License-Identifier: GPL-2.0-only
/* What memory contains at a moment of the boot. */
#include "rules/engine/context/boot_state.h"
#include "tests/support/infer_feed.h"

#define LAST 200 /* moments; more than the 64 bits of one word */

static struct escape *escapes;
static struct boot_state *state;
static uint8_t *tunables;

static void teardown(void)
{
	g_clear_pointer(&tunables, g_free);
	g_clear_pointer(&state, boot_state_free);
	g_clear_pointer(&escapes, escape_free);
	k_teardown();
}

static void load(void)
{
	k_load();
	escapes = escape_new(k_program());
	tunables = g_new0(uint8_t, k_program()->facts->n_symbols + 1);
	state = boot_state_new(k_program(), escapes, tunables, LAST);
}

static void run_at(const char *function, uint32_t moment)
{
	escape_run(escapes, k_find(function), moment);
	boot_state_run(state, k_find(function), moment);
}

static int32_t symbol(const char *name)
{
	int32_t found = program_symbol(k_program(), name, NULL);

	ck_assert_int_ge(found, 0);
	return found;
}

static int32_t field(const char *name)
{
	int32_t found = facts_field(k_facts(), name);

	ck_assert_int_ge(found, 0);
	return found;
}

static struct facts_value member(const char *object, const char *name, uint32_t moment)
{
	return boot_state_member(state, object ? symbol(object) : -1, field(name), moment);
}

static void assert_number(struct facts_value value, int64_t number)
{
	ck_assert_int_eq(value.kind, VALUE_NUMBER);
	ck_assert_int_eq(value.number, number);
}

static void assert_unknown(struct facts_value value)
{
	ck_assert_int_eq(value.kind, VALUE_UNKNOWN);
}

/* fill() stores through a pointer. */
static void feed_drivers(void)
{
	k_file(A);
	k_object("named", "driver.name", v_string("named"));
	k_object("nameless", "driver.id", v_number(3));
	k_function("fill");
	k_store(v_param(0), "driver.name", v_string("x"));
	k_function("use");
	k_call_with("register", v_object("nameless"));
	k_call_with("register", v_object("named"));
}

START_TEST(a_member_of_a_known_object)
{
	feed_drivers();
	load();
	run_at("use", 5);
	boot_state_complete(state);
	assert_number(member("nameless", "driver.name", 5), 0);
	assert_number(member("nameless", "driver.id", 5), 3);
	ck_assert_int_eq(member("named", "driver.name", 5).kind, VALUE_STRING);
}
END_TEST

START_TEST(a_store_through_a_pointer_counts_from_the_escape_of_the_object)
{
	feed_drivers();
	load();
	run_at("fill", 4);
	run_at("use", 70);
	run_at("fill", 130);
	boot_state_complete(state);
	/* Nobody had a pointer to the object at moment 4. */
	assert_number(member("nameless", "driver.name", 129), 0);
	assert_unknown(member("nameless", "driver.name", 130));
	assert_unknown(member("nameless", "driver.name", LAST));
}
END_TEST

START_TEST(a_member_of_any_object)
{
	feed_drivers();
	load();
	run_at("use", 5);
	boot_state_complete(state);
	assert_number(member(NULL, "driver.name", 4), 0);
	/* The object with a name has escaped. */
	assert_unknown(member(NULL, "driver.name", 5));
}
END_TEST

START_TEST(a_store_to_a_named_object_counts_for_any_object)
{
	k_file(A);
	k_global("thing");
	k_function("set");
	k_store(v_object("thing"), "thing.on", v_number(1));
	load();
	run_at("set", 9);
	boot_state_complete(state);
	assert_number(member(NULL, "thing.on", 8), 0);
	assert_unknown(member(NULL, "thing.on", 9));
	assert_number(member("thing", "thing.on", 8), 0);
	assert_unknown(member("thing", "thing.on", 9));
}
END_TEST

START_TEST(a_member_that_no_code_sets_is_not_known)
{
	k_file(A);
	k_function("look");
	k_guard(v_loaded(0, "table.length"), true, GUARD_SKIP, 1);
	load();
	boot_state_complete(state);
	/* Firmware may have filled it. */
	assert_unknown(member(NULL, "table.length", 1));
}
END_TEST

START_TEST(storing_0_changes_nothing_that_is_0)
{
	k_file(A);
	k_global("thing");
	k_function("clear");
	k_store(v_param(0), "thing.on", v_number(0));
	k_function("set");
	k_store(v_param(0), "thing.on", v_number(1));
	load();
	run_at("clear", 2);
	run_at("set", 8);
	boot_state_complete(state);
	assert_number(member(NULL, "thing.on", 7), 0);
	assert_unknown(member(NULL, "thing.on", 8));
}
END_TEST

static struct facts_value variable(const char *name, uint32_t moment)
{
	return boot_state_variable(state, symbol(name), -1, moment);
}

START_TEST(a_variable_keeps_its_initial_value_until_the_first_writer)
{
	k_file(A);
	k_global("flag");
	k_function("writer");
	k_access_part(ACCESS_WRITE, "flag", NULL, v_number(1));
	load();
	run_at("writer", 6);
	boot_state_complete(state);
	assert_number(variable("flag", 5), 0);
	assert_unknown(variable("flag", 6));
}
END_TEST

START_TEST(a_variable_whose_address_is_handed_out_is_not_known)
{
	k_file(A);
	k_global("flag");
	k_global("other");
	k_function("writer");
	k_access_part(ACCESS_WRITE, "flag", NULL, v_number(1));
	k_access_part(ACCESS_WRITE, "other", NULL, v_number(1));
	k_function("early");
	k_access(ACCESS_ADDRESS, "flag");
	k_object("parameter", "kernel_param.arg", v_object("other"));
	load();
	run_at("early", 2);
	run_at("writer", 6);
	boot_state_complete(state);
	assert_number(variable("flag", 1), 0);
	assert_unknown(variable("flag", 2));
	assert_unknown(variable("other", 1));
}
END_TEST

START_TEST(a_variable_without_a_writer_is_not_known)
{
	k_file(A);
	k_global("from_assembly");
	k_function("reader");
	k_access(ACCESS_READ, "from_assembly");
	load();
	boot_state_complete(state);
	assert_unknown(variable("from_assembly", 1));
}
END_TEST

/* look() gets a pointer to const, and change() stores through any pointer. */
START_TEST(a_pointer_to_const_changes_nothing)
{
	k_file(A);
	k_object("head", "list.next", v_object("head"));
	k_define((struct function_fact){ .name = "look",
					 .type = "int (int (*)(int, int), const struct list *)" });
	k_function("change");
	k_store(v_param(0), "list.next", v_param(1));
	k_function("compare");
	k_call_with("look", v_number(0));
	k_argument(1, v_object("head"));
	k_function("add");
	k_call_with("change", v_object("head"));
	load();
	run_at("change", 3);
	run_at("compare", 5);
	run_at("change", 70);
	run_at("add", 90);
	run_at("change", 90);
	boot_state_complete(state);
	ck_assert_int_eq(member("head", "list.next", 89).kind, VALUE_OBJECT);
	assert_unknown(member("head", "list.next", 90));
	ck_assert(boot_state_is_handed_out(state, symbol("head"), 5));
}
END_TEST

START_TEST(addresses_that_code_hands_out)
{
	k_file(A);
	k_global("bus");
	k_function("compare");
	k_access(ACCESS_ADDRESS, "bus");
	k_function("register");
	k_call_with("bus_register", v_object("bus"));
	load();
	run_at("compare", 1);
	run_at("register", 7);
	boot_state_complete(state);
	ck_assert(!boot_state_is_handed_out(state, symbol("bus"), 6));
	ck_assert(boot_state_is_handed_out(state, symbol("bus"), 7));
}
END_TEST

int main(void)
{
	const TTest *const tests[] = {
		a_member_of_a_known_object,
		a_store_through_a_pointer_counts_from_the_escape_of_the_object,
		a_member_of_any_object,
		a_store_to_a_named_object_counts_for_any_object,
		a_member_that_no_code_sets_is_not_known,
		storing_0_changes_nothing_that_is_0,
		a_variable_keeps_its_initial_value_until_the_first_writer,
		a_variable_whose_address_is_handed_out_is_not_known,
		a_variable_without_a_writer_is_not_known,
		a_pointer_to_const_changes_nothing,
		addresses_that_code_hands_out,
	};

	return k_main("boot_state", k_setup, teardown, tests, G_N_ELEMENTS(tests));
}
