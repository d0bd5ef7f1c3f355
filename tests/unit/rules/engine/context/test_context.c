// SPDX-License-Identifier: GPL-2.0-only
/* Tests contexts: the roots of boot code, their order, and the functions that they reach. */
#include "rules/engine/context/walk.h"
#include "tests/support/infer_feed.h"

static GPtrArray *models;
static struct resources *known;
static struct flow *carried;
static GPtrArray *registries;
static struct contexts *roots;
static struct walk *path;

static void teardown(void)
{
	g_clear_pointer(&path, walk_free);
	g_clear_pointer(&roots, contexts_free);
	g_clear_pointer(&carried, flow_free);
	g_clear_pointer(&registries, g_ptr_array_unref);
	g_clear_pointer(&known, resources_free);
	g_clear_pointer(&models, g_ptr_array_unref);
	k_teardown();
}

static void begin(void *data, int32_t context)
{
	(void)data;
	(void)context;
}

static bool visit(void *data, int32_t function, uint8_t tier)
{
	(void)data;
	(void)function;
	(void)tier;
	return true;
}

static void load(const char *lists)
{
	const struct initcall *initcalls;
	unsigned int n;

	models = k_models(lists);
	k_load();
	initcalls = query_initcalls(k_query(), &n, NULL);
	known = resources_new(k_facts());
	registries = registries_find(k_program(), models);
	carried = flow_new(k_program(), models, registries, known);
	roots = contexts_new(k_program(), carried, models, initcalls, n);
	path = walk_new(roots);
	contexts_run(roots, path, begin, visit, NULL);
}

static const struct context *root(unsigned int index)
{
	ck_assert_uint_lt(index, roots->list->len);
	return &g_array_index(roots->list, struct context, index);
}

static void assert_root(unsigned int index, enum context_kind kind, const char *function)
{
	ck_assert_int_eq(root(index)->kind, kind);
	ck_assert_str_eq(program_name(k_program(), root(index)->root), function);
}

static bool collect(void *data, int32_t function, uint8_t tier)
{
	g_string_append_printf(data, "%s%d ", program_name(k_program(), function), tier);
	return true;
}

/* @expected: each reached function, followed by its tier: "init0 start2 ". */
static void assert_reached(int32_t context, const char *expected)
{
	g_autoptr(GString) reached = g_string_new(NULL);
	const struct walk_ops ops = { .visit = collect, .data = reached };

	walk_context(path, context, &ops);
	ck_assert_str_eq(reached->str, expected);
}

static const char nothing[] = "stops: [{function: panic}]";

START_TEST(order_of_initcalls)
{
	k_file(A);
	k_init(LEVEL_6, "last");
	k_init(LEVEL_1, "first");
	k_init(LEVEL_CON, "console");
	k_file(B);
	k_init(LEVEL_4, "second");
	k_initcall(LEVEL_5, "nowhere");
	load(nothing);
	ck_assert_uint_eq(roots->list->len, 5);
	assert_root(0, CONTEXT_INITCALL, "first");
	assert_root(1, CONTEXT_INITCALL, "second");
	ck_assert_int_eq(root(2)->root, -1);
	assert_root(3, CONTEXT_INITCALL, "last");
	ck_assert_int_eq(context_position(root(3)), 3);
	/* Console initcalls run before all other initcalls. */
	assert_root(4, CONTEXT_BOOT, "console");
	ck_assert_int_eq(context_position(root(4)), -1);
	assert_reached(2, "");
}
END_TEST

START_TEST(initcalls_of_one_name)
{
	k_file(A);
	k_static("init");
	k_initcall(LEVEL_6, "init");
	k_file(B);
	k_static("init");
	k_initcall(LEVEL_1, "init");
	load(nothing);
	ck_assert_int_eq(root(0)->root, k_find_in("init", B));
	ck_assert_int_eq(root(1)->root, k_find_in("init", A));
}
END_TEST

START_TEST(boot_comes_first)
{
	k_file(A);
	k_function("setup");
	k_function("start_kernel");
	k_call("setup");
	k_init(LEVEL_1, "init");
	load("boot: [{function: [start_kernel, nowhere]}]");
	ck_assert_uint_eq(roots->list->len, 2);
	assert_root(0, CONTEXT_BOOT, "start_kernel");
	ck_assert_ptr_null(root(0)->place);
	ck_assert_int_eq(context_position(root(0)), -1);
	assert_reached(0, "start_kernel0 setup0 ");
	ck_assert_uint_lt(roots->moments[0], roots->moments[1]);
}
END_TEST

START_TEST(walks_end_where_models_say)
{
	k_file(A);
	k_function("deep");
	k_function("panic");
	k_call("deep");
	k_function("foo_unregister");
	k_call("deep");
	k_function("deeper");
	k_init(LEVEL_1, "init");
	k_call("panic");
	k_call("foo_unregister");
	k_call("deeper");
	load("stops: [{function: [panic, \"*_unregister\"]}]");
	assert_reached(0, "init0 deeper0 ");
}
END_TEST

/* A constant argument, also through a wrapper, rules out lines whose guard it does not satisfy. */
START_TEST(numbers_handed_over)
{
	k_file(A);
	k_function("below");
	k_function("by_kind");
	k_guard_relation(RELATION_EQ, 2, 1);
	k_call("below");
	k_function("wrapper");
	k_call("by_kind");
	k_argument(0, v_param(1));
	k_init(LEVEL_1, "other");
	k_call("wrapper");
	k_argument(1, v_number(3));
	k_init(LEVEL_2, "that");
	k_call("wrapper");
	k_argument(1, v_number(2));
	k_init(LEVEL_3, "unknown");
	k_call("wrapper");
	/* The walk visits by_kind() again on the second path. */
	k_init(LEVEL_4, "both");
	k_call_with("by_kind", v_number(3));
	k_call_with("by_kind", v_number(2));
	load(nothing);
	assert_reached(0, "other0 wrapper0 by_kind0 ");
	assert_reached(1, "that0 wrapper0 by_kind0 below0 ");
	assert_reached(2, "unknown0 wrapper0 by_kind0 below0 ");
	assert_reached(3, "both0 by_kind0 by_kind0 below0 ");
}
END_TEST

static const struct {
	enum relation relation;
	int64_t number;
	bool reached; /* with the argument 6 */
} relation_cases[] = {
	{ RELATION_EQ, 6, true },	{ RELATION_EQ, 7, false },  { RELATION_NE, 6, false },
	{ RELATION_NE, 7, true },	{ RELATION_LT, 6, false },  { RELATION_LT, 7, true },
	{ RELATION_LE, 6, true },	{ RELATION_LE, 5, false },  { RELATION_GT, 6, false },
	{ RELATION_GT, 5, true },	{ RELATION_GE, 6, true },   { RELATION_GE, 7, false },
	{ RELATION_BITS, 9, false },	{ RELATION_BITS, 3, true }, { RELATION_NO_BITS, 9, true },
	{ RELATION_NO_BITS, 4, false },
};
#define N_RELATION_CASES ((int)G_N_ELEMENTS(relation_cases))

START_TEST(relations_of_numbers)
{
	k_file(A);
	k_function("below");
	k_function("by_kind");
	k_guard_relation(relation_cases[_i].relation, relation_cases[_i].number, 1);
	k_call("below");
	k_init(LEVEL_1, "init");
	k_call_with("by_kind", v_number(6));
	load(nothing);
	assert_reached(0,
		       relation_cases[_i].reached ? "init0 by_kind0 below0 " : "init0 by_kind0 ");
}
END_TEST

static void feed_pointers(void)
{
	k_function("one");
	k_call("below");
	k_function("few_1");
	k_function("few_2");
	k_function("below");
	k_function("handed");
	k_global_fact((struct global_fact){ .name = "ops", .has_initialiser = true });
	k_initial("ops", "ops.one", v_function("one"));
	k_initial("ops", "ops.few", v_function("few_1"));
	k_object("ops_2", "ops.few", v_function("few_2"));
	k_function("each");
	k_call_value(v_param(0));
}

/* The most certain edges come first. Code behind a pointer has at best the tier of the pointer. */
START_TEST(tiers_of_a_walk)
{
	k_file(A);
	feed_pointers();
	k_init(LEVEL_1, "init");
	k_access(ACCESS_ADDRESS, "ops");
	k_access(ACCESS_ADDRESS, "ops_2");
	k_call_value(v_loaded(-1, "ops.few"));
	k_call_value(v_loaded(-1, "ops.one"));
	k_call_with("each", v_function("handed"));
	load(nothing);
	assert_reached(0, "init0 each0 handed1 one2 below2 few_14 few_24 ");
}
END_TEST

START_TEST(pointers_not_handed_out_yet)
{
	k_file(A);
	feed_pointers();
	k_init(LEVEL_1, "early");
	k_call_value(v_loaded(-1, "ops.one"));
	k_init(LEVEL_2, "middle");
	k_call_with("register", v_object("ops"));
	k_function("others");
	k_access(ACCESS_ADDRESS, "ops_2");
	k_init(LEVEL_3, "late");
	k_call_value(v_loaded(-1, "ops.one"));
	k_call_value(v_loaded(-1, "ops.few"));
	load(nothing);
	assert_reached(0, "early0 ");
	assert_reached(2, "late0 one2 below2 few_14 ");
}
END_TEST

START_TEST(way_of_a_walk)
{
	g_autoptr(GArray) way = NULL;
	g_autoptr(GString) reached = g_string_new(NULL);
	const struct walk_ops ops = { .visit = collect, .data = reached };

	k_file(A);
	k_function("end");
	k_function("middle");
	k_call("end");
	k_function("apart");
	k_init(LEVEL_1, "init");
	k_call("middle");
	k_call("init");
	load(nothing);
	walk_context(path, 0, &ops);
	way = walk_path(path, k_find("end"));
	ck_assert_uint_eq(way->len, 3);
	ck_assert_int_eq(g_array_index(way, struct edge, 0).to, k_find("init"));
	ck_assert_uint_eq(g_array_index(way, struct edge, 0).call, NO_CALL);
	ck_assert_int_eq(g_array_index(way, struct edge, 2).to, k_find("end"));
	ck_assert_ptr_null(walk_path(path, k_find("apart")));
}
END_TEST

static bool refuse(void *data, int32_t function, uint32_t call)
{
	(void)data;
	(void)function;
	return k_facts()->calls[call].target.symbol != program_symbol(k_program(), "refused", NULL);
}

START_TEST(calls_not_followed)
{
	g_autoptr(GString) reached = g_string_new(NULL);
	const struct walk_ops ops = { .visit = collect, .follow = refuse, .data = reached };

	k_file(A);
	k_function("refused");
	k_function("followed");
	k_init(LEVEL_1, "init");
	k_call("refused");
	k_call("followed");
	load(nothing);
	walk_context(path, 0, &ops);
	ck_assert_str_eq(reached->str, "init0 followed0 ");
}
END_TEST

static const char probes[] =
	"probes: [{function: driver_register, argument: 0, field: driver.probe, "
	"devices: [populate, other]}]";

static void feed_driver(enum initcall_level devices, enum initcall_level driver)
{
	k_file(A);
	k_function("driver_register");
	k_function("helper");
	k_function("probe");
	k_call("helper");
	k_object("foo_driver", "driver.probe", v_function("probe"));
	k_init(devices, "populate");
	k_init(driver, "foo_init");
	k_call_with("driver_register", v_object("foo_driver"));
	k_call_with("driver_register", v_object("foo_driver"));
}

/* At first the place of a probe is its registration. Only probes_place() changes the place. */
START_TEST(probe_of_a_driver)
{
	feed_driver(LEVEL_3, LEVEL_1);
	load(probes);
	ck_assert_uint_eq(roots->list->len, 3);
	assert_root(2, CONTEXT_PROBE, "probe");
	ck_assert_str_eq(root(2)->initcall->function, "foo_init");
	ck_assert_ptr_eq(root(2)->place, root(2)->initcall);
	ck_assert_int_eq(root(2)->parent, 0);
	ck_assert_uint_eq(root(2)->tier, EDGE_PROBE);
	assert_reached(2, "probe3 helper3 ");
	ck_assert_uint_gt(roots->moments[2], roots->moments[0]);
}
END_TEST

int main(void)
{
	const TTest *const tests[] = {
		order_of_initcalls, initcalls_of_one_name,
		boot_comes_first,   walks_end_where_models_say,
		tiers_of_a_walk,    pointers_not_handed_out_yet,
		way_of_a_walk,	    calls_not_followed,
		probe_of_a_driver,  numbers_handed_over,
	};
	Suite *suite = k_suite("context", k_setup, teardown, tests, G_N_ELEMENTS(tests));
	TCase *tcase = tcase_create("relations");

	tcase_add_checked_fixture(tcase, k_setup, teardown);
	tcase_add_loop_test(tcase, relations_of_numbers, 0, N_RELATION_CASES);
	suite_add_tcase(suite, tcase);

	return check_main(suite);
}
