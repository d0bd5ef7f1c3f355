// SPDX-License-Identifier: GPL-2.0-only
/* Tests the call graph: symbols resolved as the linker resolves them, and calls. */
#include "tests/support/infer_feed.h"

/* Returns the function that a call of @name in function @from reaches; -1: none. */
static int32_t meant(const char *name, const char *file, const char *from)
{
	int32_t symbol = program_symbol(k_program(), name, file);

	ck_assert_int_ge(symbol, 0);
	return program_function(k_program(), symbol, k_find(from));
}

static void assert_edge(uint32_t index, const char *from, const char *to, enum edge_kind kind)
{
	uint32_t first = k_program()->first_edge[k_find(from)];

	ck_assert_uint_lt(first + index, k_program()->first_edge[k_find(from) + 1]);
	ck_assert_str_eq(program_name(k_program(), k_program()->edges[first + index].to), to);
	ck_assert_int_eq(k_program()->edges[first + index].kind, kind);
}

static uint32_t n_edges(const char *from)
{
	int32_t function = k_find(from);

	return k_program()->first_edge[function + 1] - k_program()->first_edge[function];
}

START_TEST(statics_belong_to_their_file)
{
	k_file(A);
	k_static("start");
	k_function("a_init");
	k_call_value((struct value){ .kind = VALUE_FUNCTION, .name = "start", .file = A });
	k_file(B);
	k_static("start");
	k_function("b_init");
	k_call_value((struct value){ .kind = VALUE_FUNCTION, .name = "start", .file = B });
	k_load();
	ck_assert_int_eq(meant("start", A, "a_init"), k_find_in("start", A));
	ck_assert_int_eq(meant("start", B, "b_init"), k_find_in("start", B));
	ck_assert_int_eq(k_program()->edges[k_program()->first_edge[k_find("b_init")]].to,
			 k_find_in("start", B));
	ck_assert_int_eq(program_symbol(k_program(), "start", NULL), -1);
	ck_assert_int_eq(program_symbol(k_program(), "start", C), -1);
}
END_TEST

START_TEST(strong_replaces_weak)
{
	const GArray *named;

	k_file(A);
	k_define((struct function_fact){ .name = "arch_setup", .is_weak = true });
	k_function("a_init");
	k_call("arch_setup");
	k_file(B);
	k_function("arch_setup");
	k_file(C);
	k_function("c_init");
	k_call("arch_setup");
	k_load();
	ck_assert_int_eq(meant("arch_setup", NULL, "c_init"), k_find_in("arch_setup", B));
	/* Often the weak default and its caller are in the same object, as here. */
	ck_assert_int_eq(meant("arch_setup", NULL, "a_init"), k_find_in("arch_setup", B));
	named = program_named(k_program(), "arch_setup");
	ck_assert_uint_eq(named->len, 2);
}
END_TEST

START_TEST(weak_where_there_is_no_other)
{
	k_file(A);
	k_define((struct function_fact){ .name = "arch_setup", .is_weak = true });
	k_file(B);
	k_function("b_init");
	k_call("arch_setup");
	k_call("nowhere");
	k_load();
	ck_assert_int_eq(meant("arch_setup", NULL, "b_init"), k_find("arch_setup"));
	ck_assert_int_eq(meant("nowhere", NULL, "b_init"), -1);
	ck_assert_uint_eq(n_edges("b_init"), 1);
}
END_TEST

START_TEST(same_object_comes_first)
{
	k_file(A);
	k_function("copy");
	k_function("a_init");
	k_call("copy");
	k_file(B);
	k_function("copy");
	k_function("b_init");
	k_call("copy");
	k_load();
	ck_assert_int_eq(meant("copy", NULL, "a_init"), k_find_in("copy", A));
	ck_assert_int_eq(meant("copy", NULL, "b_init"), k_find_in("copy", B));
}
END_TEST

START_TEST(aliases_are_followed)
{
	k_file(A);
	k_function("real");
	k_define((struct function_fact){ .name = "other", .alias = "real" });
	k_define((struct function_fact){ .name = "third", .alias = "other" });
	k_define((struct function_fact){ .name = "circle", .alias = "circle" });
	k_function("a_init");
	k_call("third");
	k_load();
	ck_assert_int_eq(meant("other", NULL, "a_init"), k_find("real"));
	assert_edge(0, "a_init", "real", EDGE_DIRECT);
	ck_assert_int_eq(meant("circle", NULL, "a_init"), k_find("circle"));
}
END_TEST

static const char *const starts[] = { "start_1", "start_2", "start_3", "start_4", "start_5" };

/* run() calls through ops.start. @n functions are stored in that field. */
static void load_with_candidates(unsigned int n)
{
	static const char *const objects[] = { "ops_1", "ops_2", "ops_3", "ops_4", "ops_5" };

	k_file(A);
	for (unsigned int i = 0; i < G_N_ELEMENTS(starts); i++)
		k_function(starts[i]);
	for (unsigned int i = 0; i < n; i++)
		k_object(objects[i], "ops.start", v_function(starts[i]));
	k_function("run");
	k_call_value(v_loaded(0, "ops.start"));
	k_call_value(v_loaded(-1, "ops.stop"));
	k_load();
	ck_assert_uint_eq(k_program()->n_indirect, 2);
}

START_TEST(pointer_with_one_candidate)
{
	load_with_candidates(1);
	assert_edge(0, "run", "start_1", EDGE_SINGLE);
	ck_assert_uint_eq(n_edges("run"), 1);
	ck_assert_uint_eq(k_program()->n_unresolved, 1);
	ck_assert_uint_eq(k_program()->n_capped, 0);
}
END_TEST

START_TEST(pointer_with_a_few)
{
	load_with_candidates(4);
	ck_assert_uint_eq(n_edges("run"), 4);
	for (uint32_t i = 0; i < 4; i++)
		assert_edge(i, "run", starts[i], EDGE_MANY);
}
END_TEST

START_TEST(pointer_with_too_many)
{
	load_with_candidates(5);
	ck_assert_uint_eq(n_edges("run"), 0);
	ck_assert_uint_eq(k_program()->n_capped, 1);
	ck_assert_uint_eq(k_program()->n_unresolved, 1);
}
END_TEST

START_TEST(pointer_in_a_variable)
{
	k_file(A);
	k_function("quick");
	k_function("slow");
	k_global("handler");
	k_global("other");
	k_function("set");
	k_access_part(ACCESS_WRITE, "handler", NULL, v_function("quick"));
	k_access_part(ACCESS_WRITE, "handler", NULL, v_function("quick"));
	k_access_part(ACCESS_WRITE, "other", NULL, v_function("slow"));
	k_store(v_object("table"), "table.call", v_function("slow"));
	k_function("run");
	k_call_value(v_global("handler"));
	k_call_value(
		(struct value){ .kind = VALUE_GLOBAL, .name = "table", .field = "table.call" });
	k_load();
	ck_assert_uint_eq(n_edges("run"), 2);
	assert_edge(0, "run", "quick", EDGE_SINGLE);
	assert_edge(1, "run", "slow", EDGE_SINGLE);
}
END_TEST

START_TEST(callers_are_those_by_name)
{
	int32_t callee;
	uint32_t first;

	k_file(A);
	k_function("callee");
	k_object("ops", "ops.start", v_function("callee"));
	k_function("by_pointer");
	k_call_value(v_loaded(0, "ops.start"));
	k_function("by_name");
	k_call("callee");
	k_load();
	callee = k_find("callee");
	first = k_program()->first_caller[callee];
	ck_assert_uint_eq(k_program()->first_caller[callee + 1] - first, 1);
	ck_assert_int_eq(k_program()->function_of_call[k_program()->callers[first]],
			 k_find("by_name"));
}
END_TEST

int main(void)
{
	const TTest *const tests[] = {
		statics_belong_to_their_file, strong_replaces_weak,  weak_where_there_is_no_other,
		same_object_comes_first,      aliases_are_followed,  pointer_with_one_candidate,
		pointer_with_a_few,	      pointer_with_too_many, pointer_in_a_variable,
		callers_are_those_by_name,
	};

	return k_main("program", k_setup, k_teardown, tests, G_N_ELEMENTS(tests));
}
