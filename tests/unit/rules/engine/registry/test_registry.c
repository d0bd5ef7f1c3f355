// SPDX-License-Identifier: GPL-2.0-only
/* Tests which registries the code of a kernel shows. */
#include "rules/engine/registry/registry.h"
#include "tests/support/infer_feed.h"

#define LISTS                                                          \
	"inserts: [{function: list_add, argument: 0, container: 1}]\n" \
	"finds: [{function: idr_find, container: 0}]\n"                \
	"compares: [{function: strcmp}]\n"

static GPtrArray *models, *registries;

static void registry_setup(void)
{
	k_setup();
	k_file(A);
}

static void registry_teardown(void)
{
	g_clear_pointer(&registries, g_ptr_array_unref);
	g_clear_pointer(&models, g_ptr_array_unref);
	k_teardown();
}

static void find(const char *lists)
{
	models = k_models(lists);
	k_load();
	registries = registries_find(k_program(), models);
}

static const struct registry *only(void)
{
	ck_assert_uint_eq(registries->len, 1);
	return registries->pdata[0];
}

/* find_it(name) reads list @list and compares name with it.name; returns @type. */
static void add_lookup(const char *list, const char *type)
{
	k_define((struct function_fact){ .name = "find_it", .type = type });
	k_access_part(ACCESS_READ, list, "list_head.next", (struct value){ 0 });
	k_call("strcmp");
	k_argument(0, (struct value){ .kind = VALUE_LOADED, .number = -1, .field = "it.name" });
	k_argument(1, (struct value){ .kind = VALUE_PARAM, .number = 0 });
}

/* add_it(object) adds object to list @list. An initialiser sets it.name. */
static void add_insert(const char *list)
{
	k_function("list_add");
	k_function("add_it");
	k_call("list_add");
	k_argument(0, (struct value){ .kind = VALUE_PARAM, .number = 0, .field = "it.list" });
	k_argument(1, (struct value){ .kind = VALUE_OBJECT, .name = list });
	k_object("an_it", "it.name", (struct value){ .kind = VALUE_STRING, .text = "foo" });
}

START_TEST(test_list)
{
	const struct registry *registry;

	add_insert("its");
	add_lookup("its", "struct it *(const char *)");
	find(LISTS);
	registry = only();
	ck_assert_str_eq(registry->name, "its");
	ck_assert_str_eq(k_facts()->fields[registry->key_field], "it.name");
	ck_assert_uint_eq(registry->inserts->len, 1);
	ck_assert_int_eq(g_array_index(registry->inserts, struct registry_function, 0).function,
			 k_find("add_it"));
	ck_assert_int_eq(g_array_index(registry->lookups, struct registry_function, 0).function,
			 k_find("find_it"));
}
END_TEST

START_TEST(test_lookup_of_another_list)
{
	add_insert("its");
	add_lookup("others", "struct it *(const char *)");
	find(LISTS);
	ck_assert_uint_eq(registries->len, 0);
}
END_TEST

/* A function that returns no element is no look-up. */
START_TEST(test_no_element)
{
	add_insert("its");
	add_lookup("its", "int (const char *)");
	find(LISTS);
	ck_assert_uint_eq(registries->len, 0);
}
END_TEST

START_TEST(test_model_comes_first)
{
	add_insert("its");
	add_lookup("its", "struct it *(const char *)");
	find(LISTS "provides: [{function: add_it, argument: 0, field: it.name, resource: it,\n"
		   "            key: string}]\n");
	ck_assert_uint_eq(registries->len, 0);
}
END_TEST

START_TEST(test_array)
{
	const struct registry *registry;

	k_global("table");
	k_define((struct function_fact){ .name = "set_it", .type = "void (int, struct it *)" });
	k_access_part(ACCESS_WRITE, "table", "[#0]",
		      (struct value){ .kind = VALUE_PARAM, .number = 1 });
	k_function("get_it");
	k_access_part(ACCESS_READ, "table", "[#0]", (struct value){ 0 });
	find(LISTS);
	registry = only();
	ck_assert(registry->is_array);
	ck_assert_uint_eq(registry->lookups->len, 1);
	ck_assert_int_eq(g_array_index(registry->inserts, struct registry_function, 0).field, -1);
}
END_TEST

/* The stored parameter is a number: the array holds no objects. */
START_TEST(test_array_of_numbers)
{
	k_global("table");
	k_define((struct function_fact){ .name = "set_it", .type = "void (int, int)" });
	k_access_part(ACCESS_WRITE, "table", "[#0]",
		      (struct value){ .kind = VALUE_PARAM, .number = 1 });
	k_function("get_it");
	k_access_part(ACCESS_READ, "table", "[#0]", (struct value){ 0 });
	find(LISTS);
	ck_assert_uint_eq(registries->len, 0);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("registry");
	TCase *tcase = tcase_create("registry");

	tcase_add_checked_fixture(tcase, registry_setup, registry_teardown);
	tcase_add_test(tcase, test_list);
	tcase_add_test(tcase, test_lookup_of_another_list);
	tcase_add_test(tcase, test_no_element);
	tcase_add_test(tcase, test_model_comes_first);
	tcase_add_test(tcase, test_array);
	tcase_add_test(tcase, test_array_of_numbers);
	suite_add_tcase(suite, tcase);
	return check_main(suite);
}
