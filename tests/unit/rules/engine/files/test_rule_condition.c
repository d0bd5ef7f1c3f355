// SPDX-License-Identifier: GPL-2.0-only
/* Tests configuration conditions, kernel versions and suggestions. */
#include <stdlib.h>
#include <string.h>

#include "rules/engine/files/condition.h"
#include "rules/engine/files/suggest.h"
#include "rules/engine/files/version.h"
#include "tests/support/check_main.h"

static const char *lookup(void *data, const char *symbol)
{
	(void)data;
	if (strcmp(symbol, "CONFIG_YES") == 0)
		return "y";
	if (strcmp(symbol, "CONFIG_MOD") == 0)
		return "m";
	return strcmp(symbol, "CONFIG_NUMBER") == 0 ? "64" : NULL;
}

static void check_why_not(const struct condition *condition, const char *expected)
{
	g_autofree char *reason = condition_why_not(condition, lookup, NULL);

	ck_assert_pstr_eq(reason, expected);
}

START_TEST(test_symbols)
{
	static const struct {
		const char *text;
		const char *why_not;
	} cases[] = {
		{ "CONFIG_YES", NULL },
		{ "CONFIG_MOD", NULL },
		{ "CONFIG_NUMBER", "CONFIG_NUMBER is 64" },
		{ "CONFIG_NUMBER=64", NULL },
		{ "CONFIG_NUMBER=32", "CONFIG_NUMBER is 64" },
		{ "CONFIG_NONE", "CONFIG_NONE is not set" },
		{ "CONFIG_NONE=n", NULL },
		{ "CONFIG_YES=n", "CONFIG_YES is y" },
		{ "CONFIG_MOD=y", "CONFIG_MOD is m" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		struct condition *condition = condition_parse(cases[i].text);

		check_why_not(condition, cases[i].why_not);
		condition_free(condition);
	}
	check_why_not(NULL, NULL);
}
END_TEST

START_TEST(test_no_symbols)
{
	static const char *const texts[] = { "",	  "FOO",	 "CONFIG_",  "CONFIG_A B",
					     "CONFIG_A=", "CONFIG_A!=y", "config_a", "!CONFIG_A" };

	for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
		ck_assert_ptr_null(condition_parse(texts[i]));
}
END_TEST

START_TEST(test_lists)
{
	struct condition *all = condition_list(CONDITION_ALL);
	struct condition *any = condition_list(CONDITION_ANY);

	g_ptr_array_add(any->children, condition_parse("CONFIG_NONE"));
	g_ptr_array_add(any->children, condition_parse("CONFIG_MOD=y"));
	g_ptr_array_add(all->children, condition_parse("CONFIG_YES"));
	check_why_not(all, NULL);
	g_ptr_array_add(all->children, any);
	check_why_not(all, "CONFIG_NONE is not set, CONFIG_MOD is m");
	g_ptr_array_add(any->children, condition_parse("CONFIG_MOD"));
	check_why_not(all, NULL);
	g_ptr_array_add(all->children, condition_parse("CONFIG_LAST"));
	check_why_not(all, "CONFIG_LAST is not set");
	condition_free(all);
}
END_TEST

START_TEST(test_versions)
{
	ck_assert(version_is_valid("6.12"));
	ck_assert(version_is_valid("7.1.0-rc2"));
	ck_assert(!version_is_valid("v6.12"));
	ck_assert(!version_is_valid("6."));
	ck_assert(!version_is_valid("6.12\n"));

	ck_assert_int_eq(version_compare("6.12.117", "6.12"), 0);
	ck_assert_int_eq(version_compare("7.1.0-rc2", "7.1"), 0);
	ck_assert_int_eq(version_compare("7.1-rc2", "7.1"), 0);
	ck_assert_int_lt(version_compare("6.9.3", "6.12"), 0);
	ck_assert_int_gt(version_compare("6.12.117", "6.12.30"), 0);
	ck_assert_int_lt(version_compare("6.12", "6.12.1"), 0);
	ck_assert_int_gt(version_compare("7.0", "6.12"), 0);
}
END_TEST

START_TEST(test_suggestions)
{
	static const char *const words[] = { "consumer", "config", "id", NULL };

	ck_assert_str_eq(suggest_nearest("consmer", words), "consumer");
	ck_assert_str_eq(suggest_nearest("confg", words), "config");
	ck_assert_str_eq(suggest_nearest("config", words), "config");
	ck_assert_ptr_null(suggest_nearest("x", words));
	ck_assert_ptr_null(suggest_nearest("unrelated", words));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("rule_condition");
	TCase *tcase = tcase_create("condition");

	tcase_add_test(tcase, test_symbols);
	tcase_add_test(tcase, test_no_symbols);
	tcase_add_test(tcase, test_lists);
	tcase_add_test(tcase, test_versions);
	tcase_add_test(tcase, test_suggestions);
	suite_add_tcase(suite, tcase);
	return check_main(suite);
}
