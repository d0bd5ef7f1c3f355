// SPDX-License-Identifier: GPL-2.0-only
/* Tests verdicts of declared rules for kernels that the tests build. */
#include <stdlib.h>
#include <string.h>

#include "tests/support/check_main.h"
#include "tests/support/verdict_kernel.h"

START_TEST(test_broken)
{
	g_autoptr(rule) rule = kernel_rule();
	struct kernel kernel;
	GPtrArray *findings;
	const struct finding *finding;

	kernel_init(&kernel);
	kernel_add(&kernel, "user_init", "user.c", LEVEL_ROOTFS, &kernel_user_o);
	kernel_add(&kernel, "maker_start", "maker.c", LEVEL_6S, &kernel_maker_o);
	kernel_check(&kernel, rule, VERDICT_BROKEN,
		     "user_init (rootfs) runs before maker_start (6s)",
		     "level rootfs runs before 6s");

	findings = kernel_judge(&kernel, rule);
	finding = findings->pdata[0];
	ck_assert_int_eq(finding->severity, SEVERITY_ERROR);
	ck_assert_int_eq(finding->confidence, CONFIDENCE_HIGH);
	ck_assert_str_eq(finding->consumer.file, "user.c");
	ck_assert_int_eq(finding->consumer.line, 10);
	ck_assert_int_eq(finding->consumer.position, 0);
	ck_assert_str_eq(finding->consumer.object, "user.o");
	ck_assert_int_eq(finding->provider.level, LEVEL_6S);
	ck_assert_int_eq(finding->provider.position, 1);
	ck_assert_str_eq(finding->resource, "a thing");
	ck_assert_ptr_null(finding->outdated);
	g_ptr_array_unref(findings);
}
END_TEST

/* The one finding is moot: @text is both its message and its reason. */
static void check_moot(struct kernel *kernel, const struct rule *rule, const char *text)
{
	kernel_check(kernel, rule, VERDICT_MOOT, text, text);
}

START_TEST(test_anywhere)
{
	static const char *const reason = "the places that reach maker_init are unknown without "
					  "the analysis of the whole program";
	g_autoptr(rule) rule = kernel_rule();
	struct kernel kernel;

	kernel_init(&kernel);
	kernel_add(&kernel, "user_init", "user.c", LEVEL_ROOTFS, &kernel_user_o);
	kernel_add(&kernel, "maker_init", "maker.c", LEVEL_6S, &kernel_maker_o);
	rule->provider.anywhere = true;
	check_moot(&kernel, rule, reason);
	g_clear_pointer(&rule->provider.files, g_strfreev);
	check_moot(&kernel, rule, reason);
}
END_TEST

#define BY_LINK                                                                     \
	"both at level 6; user.o is linked before maker.o (drivers/Makefile:3 and " \
	"drivers/Makefile:8)"

/* Initcalls of a kernel in their order, and the one finding about them. */
static const struct {
	struct {
		const char *function;
		const char *file;
		enum initcall_level level;
		const struct object *object;
	} initcalls[4];
	enum verdict verdict;
	enum severity severity;
	const char *message;
	const char *reason;
} pairs[] = {
	{ { { "user_init", "user.c", LEVEL_6, &kernel_user_o },
	    { "maker_init", "maker.c", LEVEL_6, &kernel_maker_o } },
	  VERDICT_BROKEN,
	  SEVERITY_ERROR,
	  "user_init (6) runs before maker_init (6)",
	  BY_LINK },
	{ { { "maker_init", "maker.c", LEVEL_6, &kernel_user_o },
	    { "user_init", "user.c", LEVEL_6, &kernel_maker_o } },
	  VERDICT_FRAGILE,
	  SEVERITY_WARNING,
	  "user_init (6) runs after maker_init (6), by link order only",
	  BY_LINK },
	{ { { "maker_init", "maker.c", LEVEL_6, &kernel_user_o },
	    { "user_init", "user.c", LEVEL_6, &kernel_user_o } },
	  VERDICT_FRAGILE,
	  SEVERITY_WARNING,
	  "user_init (6) runs after maker_init (6), by place in one object only",
	  "both at level 6 in user.o; maker.c:10 comes before user.c:11" },
	{ { { "maker_init", "maker.c", LEVEL_4, &kernel_maker_o },
	    { "user_init", "user.c", LEVEL_4S, &kernel_user_o } },
	  VERDICT_ORDERED,
	  SEVERITY_NOTE,
	  "user_init (4s) runs after maker_init (4)",
	  "level 4 runs before 4s" },
	{ { { "user_init", "user.c", LEVEL_EARLY, &kernel_user_o },
	    { "maker_init", "maker.c", LEVEL_CON, &kernel_maker_o } },
	  VERDICT_ORDERED,
	  SEVERITY_NOTE,
	  "user_init (early) runs after maker_init (con)",
	  "console initcalls run before all others" },
	/* Initcalls of the same name elsewhere are not meant. */
	{ { { "user_init", "other.c", LEVEL_EARLY, &kernel_user_o },
	    { "maker_init", "maker.c", LEVEL_4, &kernel_maker_o },
	    { "user_init", "user.c", LEVEL_5, &kernel_user_o },
	    { "maker_init", "other.c", LEVEL_7, &kernel_maker_o } },
	  VERDICT_ORDERED,
	  SEVERITY_NOTE,
	  "user_init (5) runs after maker_init (4)",
	  "level 4 runs before 5" },
};

START_TEST(test_pair)
{
	g_autoptr(rule) rule = kernel_rule();
	g_autoptr(GPtrArray) findings = NULL;
	struct kernel kernel;

	kernel_init(&kernel);
	for (unsigned int i = 0; i < 4 && pairs[_i].initcalls[i].function; i++)
		kernel_add(&kernel, pairs[_i].initcalls[i].function, pairs[_i].initcalls[i].file,
			   pairs[_i].initcalls[i].level, pairs[_i].initcalls[i].object);
	kernel_check(&kernel, rule, pairs[_i].verdict, pairs[_i].message, pairs[_i].reason);
	findings = kernel_judge(&kernel, rule);
	ck_assert_int_eq(((struct finding *)findings->pdata[0])->severity, pairs[_i].severity);
}
END_TEST

/* Each pair is judged. A provider in time does not compensate for a late provider. */
START_TEST(test_every_pair)
{
	g_autoptr(rule) rule = kernel_rule();
	g_autoptr(GPtrArray) rules = g_ptr_array_new();
	struct kernel kernel;
	GPtrArray *findings;

	kernel_init(&kernel);
	kernel_add(&kernel, "maker_init", "maker.c", LEVEL_4, &kernel_maker_o);
	kernel_add(&kernel, "user_init", "user.c", LEVEL_5, &kernel_user_o);
	kernel_add(&kernel, "maker_start", "maker.c", LEVEL_6, &kernel_maker_o);
	kernel.input.n_initcalls = kernel.n;
	g_ptr_array_add(rules, rule);
	findings = rules_judge(rules, &kernel.input);
	ck_assert_int_eq(findings->len, 2);
	ck_assert_int_eq(((struct finding *)findings->pdata[0])->verdict, VERDICT_BROKEN);
	ck_assert_int_eq(((struct finding *)findings->pdata[1])->verdict, VERDICT_ORDERED);
	g_ptr_array_unref(findings);
}
END_TEST

START_TEST(test_moot_module)
{
	g_autoptr(rule) rule = kernel_rule();
	struct kernel kernel;

	kernel_init(&kernel);
	kernel.user = &kernel_user_ko;
	kernel_add(&kernel, "maker_init", "maker.c", LEVEL_6, &kernel_maker_o);
	check_moot(&kernel, rule, "user.c is in module user_mod (drivers/Makefile:3)");
}
END_TEST

START_TEST(test_moot_not_built)
{
	static const char *const config[][2] = { { "CONFIG_MAKER", "y" }, { NULL, NULL } };
	g_autoptr(rule) rule = kernel_rule();
	struct kernel kernel;
	GPtrArray *findings;
	const struct finding *finding;

	kernel_init(&kernel);
	kernel.user = NULL;
	kernel.config = config;
	kernel_add(&kernel, "maker_init", "maker.c", LEVEL_6, &kernel_maker_o);
	check_moot(&kernel, rule, "user.c is not built");

	rule->consumer.config = condition_parse("CONFIG_USER");
	check_moot(&kernel, rule, "user_init is not built: CONFIG_USER is not set");
	findings = kernel_judge(&kernel, rule);
	finding = findings->pdata[0];
	ck_assert_ptr_null(finding->outdated);
	ck_assert(!finding->not_judged);
	ck_assert_int_eq(finding->consumer.level, LEVEL_NONE);
	ck_assert_int_eq(finding->consumer.position, -1);
	ck_assert_str_eq(finding->provider.function, "maker_init");
	g_ptr_array_unref(findings);
}
END_TEST

static void check_outdated(struct kernel *kernel, const struct rule *rule, const char *text)
{
	GPtrArray *findings = kernel_judge(kernel, rule);
	const struct finding *finding = findings->pdata[0];

	ck_assert_int_eq(finding->verdict, VERDICT_MOOT);
	ck_assert_str_eq(finding->outdated, text);
	g_ptr_array_unref(findings);
}

/* If a function was renamed or a file was moved, the rule must not appear to hold. */
START_TEST(test_outdated)
{
	static const char *const config[][2] = { { "CONFIG_USER", "y" }, { NULL, NULL } };
	g_autoptr(rule) rule = kernel_rule();
	struct kernel kernel;

	kernel_init(&kernel);
	kernel.config = config;
	kernel_add(&kernel, "user_init", "user.c", LEVEL_6, &kernel_user_o);
	check_outdated(&kernel, rule,
		       "no initcall maker_init or maker_start in maker.c: the rule may be out of "
		       "date");

	kernel.n = 0;
	kernel.user = NULL;
	kernel_add(&kernel, "maker_init", "maker.c", LEVEL_6, &kernel_maker_o);
	rule->consumer.config = condition_parse("CONFIG_USER");
	check_outdated(&kernel, rule,
		       "user.c is not built although its configuration is set: the rule may be "
		       "out of date");
}
END_TEST

START_TEST(test_same_on_both_sides)
{
	g_autoptr(rule) rule = kernel_rule();
	struct kernel kernel;

	kernel_init(&kernel);
	g_strfreev(rule->provider.functions);
	rule->provider.functions = g_strsplit("user_init", ",", -1);
	g_strfreev(rule->provider.files);
	rule->provider.files = g_strsplit("user.c", ",", -1);
	kernel_add(&kernel, "user_init", "user.c", LEVEL_6, &kernel_user_o);
	check_outdated(&kernel, rule, "the rule names user_init on both sides");
}
END_TEST

/* A file that could not be read does not prove that the initcall is missing. */
START_TEST(test_not_judged)
{
	g_autoptr(rule) rule = kernel_rule();
	struct kernel kernel;
	GPtrArray *findings;
	const struct finding *finding;

	kernel_init(&kernel);
	kernel.problem = (struct unit_problem){ "maker.c", "maker.o", UNIT_FAILED, "it crashed" };
	kernel.input.n_problems = 1;
	kernel_add(&kernel, "user_init", "user.c", LEVEL_6, &kernel_user_o);
	findings = kernel_judge(&kernel, rule);
	finding = findings->pdata[0];
	ck_assert_int_eq(finding->verdict, VERDICT_MOOT);
	ck_assert(finding->not_judged);
	ck_assert_ptr_null(finding->outdated);
	ck_assert_str_eq(finding->message, "maker.c was not read whole: it crashed");
	g_ptr_array_unref(findings);
}
END_TEST

START_TEST(test_applies)
{
	g_autoptr(rule) rule = kernel_rule();
	struct kernel kernel;

	kernel_init(&kernel);
	kernel_add(&kernel, "user_init", "user.c", LEVEL_5, &kernel_user_o);
	kernel_add(&kernel, "maker_init", "maker.c", LEVEL_6, &kernel_maker_o);

	rule->architectures = g_strsplit("x86,riscv", ",", -1);
	check_moot(&kernel, rule, "for x86, riscv only; this kernel is for arm64");
	kernel.input.arch = "riscv";
	kernel_check(&kernel, rule, VERDICT_BROKEN, "user_init (5) runs before maker_init (6)",
		     "level 5 runs before 6");

	rule->since = g_strdup("6.13");
	check_moot(&kernel, rule, "for kernels since 6.13; this is 6.12.117");
	g_free(rule->since);
	rule->since = g_strdup("6.12");
	rule->until = g_strdup("6.11");
	check_moot(&kernel, rule, "for kernels until 6.11; this is 6.12.117");
	g_free(rule->until);
	rule->until = g_strdup("6.12");
	rule->config = condition_parse("CONFIG_MODE=y");
	check_moot(&kernel, rule, "CONFIG_MODE is not set");
}
END_TEST

static char *fingerprint(struct kernel *kernel, const struct rule *rule)
{
	GPtrArray *findings = kernel_judge(kernel, rule);
	char *text = g_strdup(((struct finding *)findings->pdata[0])->fingerprint);

	g_ptr_array_unref(findings);
	return text;
}

START_TEST(test_fingerprint)
{
	g_autoptr(rule) rule = kernel_rule();
	struct kernel kernel;
	g_autofree char *before = NULL;
	g_autofree char *moved = NULL;
	g_autofree char *renamed = NULL;
	g_autofree char *other_rule = NULL;

	kernel_init(&kernel);
	kernel_add(&kernel, "user_init", "user.c", LEVEL_5, &kernel_user_o);
	kernel_add(&kernel, "maker_init", "maker.c", LEVEL_6, &kernel_maker_o);
	before = fingerprint(&kernel, rule);
	ck_assert_int_eq(strlen(before), 32);

	/* Changes of lines, levels and positions do not change the fingerprint. */
	kernel.initcalls[0].line += 100;
	kernel.initcalls[1].level = LEVEL_7;
	kernel.initcalls[1].position += 40;
	moved = fingerprint(&kernel, rule);
	ck_assert_str_eq(moved, before);

	kernel.initcalls[1].function = "maker_start";
	renamed = fingerprint(&kernel, rule);
	ck_assert_str_ne(renamed, before);

	kernel.initcalls[1].function = "maker_init";
	g_free(rule->id);
	rule->id = g_strdup("another-rule");
	other_rule = fingerprint(&kernel, rule);
	ck_assert_str_ne(other_rule, before);
	ck_assert_str_ne(other_rule, renamed);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("verdict");
	TCase *tcase = tcase_create("verdict");

	tcase_add_test(tcase, test_broken);
	tcase_add_test(tcase, test_anywhere);
	tcase_add_loop_test(tcase, test_pair, 0, G_N_ELEMENTS(pairs));
	tcase_add_test(tcase, test_every_pair);
	tcase_add_test(tcase, test_moot_module);
	tcase_add_test(tcase, test_moot_not_built);
	tcase_add_test(tcase, test_outdated);
	tcase_add_test(tcase, test_same_on_both_sides);
	tcase_add_test(tcase, test_not_judged);
	tcase_add_test(tcase, test_applies);
	tcase_add_test(tcase, test_fingerprint);
	suite_add_tcase(suite, tcase);
	return check_main(suite);
}
