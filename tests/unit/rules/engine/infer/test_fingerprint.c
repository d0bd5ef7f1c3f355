// SPDX-License-Identifier: GPL-2.0-only
/* Tests that fingerprints are unique, and that they do not change when other code changes. */
#include "rules/engine/infer/infer.h"
#include "tests/support/infer_feed.h"

#define MODEL                                                                     \
	"provides: [{function: add_state, argument: 0, resource: state, "         \
	"key: number}]\n"                                                         \
	"requires: [{function: use_state, argument: 0, resource: state, "         \
	"key: number}]\n"                                                         \
	"probes: [{function: driver_register, argument: 0, field: driver.probe, " \
	"devices: [device_add]}]"

static gint by_text(gconstpointer a, gconstpointer b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/*
 * Infers from the facts that @tell adds. Returns sorted texts, char * with tabs between the parts:
 * resource, verdict and fingerprint.
 */
static GPtrArray *infer(void (*tell)(int variant), int variant)
{
	GPtrArray *list = g_ptr_array_new_with_free_func(g_free);

	k_setup();
	tell(variant);
	k_infer(MODEL, CONFIDENCE_LOW, true);
	for (guint i = 0; i < k_found()->len; i++) {
		const struct finding *f = k_found()->pdata[i];

		g_ptr_array_add(list, g_strdup_printf("%s\t%s\t%s", f->resource,
						      verdict_name(f->verdict), f->fingerprint));
	}
	g_ptr_array_sort(list, by_text);
	k_teardown();
	return list;
}

static const char *fingerprint(const GPtrArray *list, guint index)
{
	ck_assert_uint_lt(index, list->len);
	return strrchr(list->pdata[index], '\t') + 1;
}

/* @expected: "resource\tverdict". */
static void assert_is(const GPtrArray *list, guint index, const char *expected)
{
	ck_assert_uint_lt(index, list->len);
	ck_assert_msg(g_str_has_prefix(list->pdata[index], expected), "%s is not %s",
		      (const char *)list->pdata[index], expected);
}

static void assert_all_differ(const GPtrArray *list, guint n)
{
	ck_assert_uint_eq(list->len, n);
	for (guint i = 0; i < n; i++)
		for (guint j = 0; j < i; j++)
			ck_assert_str_ne(fingerprint(list, i), fingerprint(list, j));
}

/* Checks that both variants of @tell give the same @n fingerprints, all different. */
static void assert_same(void (*tell)(int variant), guint n)
{
	g_autoptr(GPtrArray) a = infer(tell, 0);
	g_autoptr(GPtrArray) b = infer(tell, 1);

	assert_all_differ(a, n);
	ck_assert_uint_eq(b->len, n);
	for (guint i = 0; i < n; i++)
		ck_assert_str_eq(fingerprint(a, i), fingerprint(b, i));
}

/* Variant 1 has more code before the initcalls, another initcall, and neighbours of other names. */
static void tell_neighbours(int variant)
{
	k_file(A);
	k_skip_lines(variant ? 100 : 0);
	k_function(variant ? "another" : "other");
	if (variant)
		k_init(LEVEL_1, "more");
	k_global("table");
	k_init(LEVEL_6, "provider");
	k_access_part(ACCESS_WRITE, "table", NULL, v_result("make"));
	k_file(B);
	k_skip_lines(variant ? 100 : 0);
	k_static(variant ? "second" : "first");
	k_init(LEVEL_5, "consumer");
	k_call(variant ? "second" : "first");
	k_access(ACCESS_USE, "table");
}

START_TEST(lines_and_neighbours)
{
	assert_same(tell_neighbours, 1);
}
END_TEST

/* The two variants access different elements of the array. */
static void tell_elements(int variant)
{
	k_file(A);
	k_global("table");
	k_init(LEVEL_6, "provider");
	k_access_part(ACCESS_WRITE, "table", variant ? "[3]" : "[]", v_result("make"));
	k_file(B);
	k_init(LEVEL_5, "consumer");
	k_access_part(ACCESS_USE, "table", variant ? "[]" : "[1]", (struct value){ 0 });
}

START_TEST(elements)
{
	g_autoptr(GPtrArray) list = infer(tell_elements, 1);

	assert_is(list, 0, "table[]\tbroken");
	assert_same(tell_elements, 1);
}
END_TEST

static void tell_members(int variant)
{
	k_file(A);
	k_global("table");
	k_init(LEVEL_6, "provider");
	for (int i = 0; i < 2; i++)
		k_access_part(ACCESS_WRITE, "table", i == variant ? "rx.ring" : "tx.ring",
			      v_result("make"));
	k_file(B);
	k_init(LEVEL_5, "consumer");
	k_access_part(ACCESS_USE, "table", "rx.ring", (struct value){ 0 });
	k_access_part(ACCESS_USE, "table", "tx.ring", (struct value){ 0 });
}

START_TEST(members_of_one_name)
{
	g_autoptr(GPtrArray) list = infer(tell_members, 0);

	assert_is(list, 0, "table.ring\tbroken");
	assert_is(list, 1, "table.ring of tx\tbroken");
	assert_same(tell_members, 2);
}
END_TEST

/* In variant 1 the enumeration has grown, so all its numbers differ. */
static void tell_numbers(int variant)
{
	static const int numbers[][2] = { { 9, 34 }, { 10, 100 } };

	k_file(A);
	k_init(LEVEL_6, "provider");
	for (int i = 0; i < 2; i++)
		k_call_with("add_state", v_number(numbers[variant][i]));
	k_file(B);
	k_init(LEVEL_5, "consumer");
	for (int i = 0; i < 2; i++)
		k_call_with("use_state", v_number(numbers[variant][i]));
	k_file(C);
	k_function("add_state");
	k_function("use_state");
}

/* Findings are numbered in numeric order, not in alphabetic order. */
START_TEST(numbers)
{
	g_autoptr(GPtrArray) a = infer(tell_numbers, 0);
	g_autoptr(GPtrArray) b = infer(tell_numbers, 1);

	assert_all_differ(a, 2);
	assert_all_differ(b, 2);
	assert_is(a, 0, "state \"34\"\tbroken");
	assert_is(a, 1, "state \"9\"\tbroken");
	assert_is(b, 0, "state \"10\"\tbroken");
	assert_is(b, 1, "state \"100\"\tbroken");
	ck_assert_str_eq(fingerprint(a, 1), fingerprint(b, 0));
	ck_assert_str_eq(fingerprint(a, 0), fingerprint(b, 1));
}
END_TEST

/* The initcall and the probes that it registers need the same variable. */
static void tell_probe(int variant)
{
	(void)variant;
	k_file(A);
	k_global("table");
	k_init(LEVEL_6, "provider");
	k_access_part(ACCESS_WRITE, "table", NULL, v_result("make"));
	k_file(B);
	k_function("probe");
	k_access(ACCESS_USE, "table");
	k_function("second_probe");
	k_access(ACCESS_READ, "table");
	k_object("one", "driver.probe", v_function("probe"));
	k_object("two", "driver.probe", v_function("second_probe"));
	k_init(LEVEL_5, "consumer");
	k_access(ACCESS_READ, "table");
	k_call_with("driver_register", v_object("one"));
	k_call_with("driver_register", v_object("two"));
	k_file(C);
	k_init(LEVEL_5S, "maker");
	k_call("device_add");
	k_function("device_add");
	k_function("driver_register");
}

START_TEST(one_for_an_initcall_and_its_probes)
{
	g_autoptr(GPtrArray) list = infer(tell_probe, 0);

	assert_all_differ(list, 1);
	assert_is(list, 0, "table\tbroken");
}
END_TEST

/* The function is registered at two levels. The fingerprints do not depend on the levels. */
static void tell_twice(int variant)
{
	k_file(A);
	k_global("table");
	k_init(LEVEL_6, "provider");
	k_access_part(ACCESS_WRITE, "table", NULL, v_result("make"));
	k_file(B);
	k_init(variant ? LEVEL_3 : LEVEL_5, "consumer");
	k_access(ACCESS_USE, "table");
	k_initcall(LEVEL_4, "consumer");
}

START_TEST(a_function_registered_twice)
{
	assert_same(tell_twice, 2);
}
END_TEST

static struct finding *make(enum verdict verdict, const char *resource, const char *identity,
			    unsigned int nth)
{
	struct finding *finding = finding_new("rule", NULL);

	finding->verdict = verdict;
	finding->resource = g_strdup(resource);
	finding->identity = g_strdup(identity);
	finding->consumer.function = g_strdup("consumer");
	finding->consumer.nth = nth;
	finding_seal(finding);
	return finding;
}

START_TEST(told_apart)
{
	g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func((GDestroyNotify)finding_free);
	struct finding *worst = make(VERDICT_BROKEN, "a", NULL, 0);
	struct finding *second = make(VERDICT_FRAGILE, "state 12", "state", 0);
	struct finding *first = make(VERDICT_FRAGILE, "state 9", "state", 0);
	struct finding *other = make(VERDICT_FRAGILE, "a", NULL, 1);
	g_autofree char *alone = g_strdup(first->fingerprint);

	ck_assert_str_eq(first->fingerprint, second->fingerprint);
	ck_assert_str_ne(worst->fingerprint, other->fingerprint);
	g_ptr_array_add(list, make(VERDICT_FRAGILE, "a", NULL, 0));
	g_ptr_array_add(list, second);
	g_ptr_array_add(list, worst);
	g_ptr_array_add(list, first);
	g_ptr_array_add(list, other);
	g_ptr_array_add(list, make(VERDICT_ORDERED, "a", NULL, 0));
	findings_tell_apart(list);
	ck_assert_uint_eq(list->len, 4);
	ck_assert_ptr_eq(list->pdata[0], second);
	ck_assert_ptr_eq(list->pdata[1], worst);
	ck_assert_ptr_eq(list->pdata[2], first);
	ck_assert_ptr_eq(list->pdata[3], other);
	/* The first finding has the same fingerprint as without the second finding. */
	ck_assert_str_eq(first->fingerprint, alone);
	ck_assert_str_ne(second->fingerprint, alone);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("fingerprint");
	TCase *tcase = tcase_create("fingerprint");

	tcase_add_test(tcase, lines_and_neighbours);
	tcase_add_test(tcase, elements);
	tcase_add_test(tcase, members_of_one_name);
	tcase_add_test(tcase, numbers);
	tcase_add_test(tcase, one_for_an_initcall_and_its_probes);
	tcase_add_test(tcase, a_function_registered_twice);
	tcase_add_test(tcase, told_apart);
	suite_add_tcase(suite, tcase);
	return check_main(suite);
}
