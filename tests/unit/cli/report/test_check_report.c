// SPDX-License-Identifier: GPL-2.0-only
/* What reports tell, and whether they fail. */
#include "cli/report/check_format.h"
#include "cli/report/check_rules.h"
#include "cli/base/command.h"
#include "db/error.h"
#include "tests/support/check_main.h"
#include "tests/support/sample_report.h"

START_TEST(every_format_is_found)
{
	g_auto(GStrv) names = g_strsplit_set(CHECK_FORMAT_NAMES, ", ", -1);
	GError *error = NULL;

	for (char **name = names; *name; name++)
		if (**name && strcmp(*name, "or") != 0)
			ck_assert_msg(check_format_find(*name, NULL) != NULL, "%s", *name);
	ck_assert(check_format_find(NULL, NULL) == check_print_text);
	ck_assert(check_format_find("or", &error) == NULL);
	ck_assert(g_error_matches(error, INITLINT_ERROR, INITLINT_ERROR_USAGE));
	ck_assert_ptr_nonnull(strstr(error->message, CHECK_FORMAT_NAMES));
	g_error_free(error);
}
END_TEST

START_TEST(what_is_news_is_shown)
{
	static const bool shown[N_SAMPLES] = {
		[SAMPLE_NEW] = true,	[SAMPLE_WORSE] = true,	   [SAMPLE_RESOLVED] = true,
		[SAMPLE_BETTER] = true, [SAMPLE_UNRETRIED] = true,
	};
	struct sample *sample = sample_new(SAMPLE_SERIES);

	for (unsigned int i = 0; i < N_SAMPLES; i++) {
		ck_assert_msg(check_is_shown(&sample->report, i) == shown[i], "%u", i);
		ck_assert_msg(check_is_listed(&sample->report, i) ==
				      (i != SAMPLE_MOOT && i != SAMPLE_LONG),
			      "%u", i);
	}
	sample->report.all = true;
	for (unsigned int i = 0; i < N_SAMPLES; i++)
		ck_assert(check_is_shown(&sample->report, i));
	sample_free(sample);
}
END_TEST

START_TEST(only_news_fail)
{
	struct sample *sample = sample_new(SAMPLE_SERIES);
	struct check_report *report = &sample->report;

	ck_assert(check_is_failure(report, SAMPLE_NEW));
	ck_assert(!check_is_failure(report, SAMPLE_WORSE)); /* only fragile */
	ck_assert(!check_is_failure(report, SAMPLE_ACCEPTED));
	ck_assert(!check_is_failure(report, SAMPLE_OLD));
	ck_assert(!check_is_failure(report, SAMPLE_RESOLVED));
	ck_assert(!check_is_failure(report, SAMPLE_UNRETRIED)); /* moved */
	report->threshold = VERDICT_FRAGILE;
	ck_assert(check_is_failure(report, SAMPLE_WORSE));
	report->fail_on_old = true;
	ck_assert(check_is_failure(report, SAMPLE_OLD));
	ck_assert(!check_is_failure(report, SAMPLE_ACCEPTED));
	ck_assert(!check_is_failure(report, SAMPLE_RESOLVED));
	ck_assert_int_eq(check_report_status(report), EXIT_FINDINGS);
	report->threshold = N_VERDICTS;
	ck_assert_int_eq(check_report_status(report), EXIT_INCOMPLETE);
	report->incomplete = false;
	ck_assert_int_eq(check_report_status(report), EXIT_CLEAN);
	sample_free(sample);
}
END_TEST

START_TEST(without_notes_problems_fail)
{
	struct sample *sample = sample_new(SAMPLE_PLAIN);

	for (unsigned int i = 0; i < N_SAMPLES; i++) {
		const struct finding *finding = sample->findings->pdata[i];

		ck_assert_int_eq(check_is_failure(&sample->report, i),
				 finding->verdict == VERDICT_BROKEN);
		ck_assert_int_eq(check_is_shown(&sample->report, i),
				 finding_is_problem(finding) ||
					 finding->verdict == VERDICT_SKIPPED);
		ck_assert_ptr_null(check_describe_change(&sample->report, i));
	}
	sample_free(sample);
}
END_TEST

START_TEST(what_is_resolved_is_not_counted)
{
	struct sample *plain = sample_new(SAMPLE_PLAIN);
	struct sample *series = sample_new(SAMPLE_SERIES);

	ck_assert_uint_eq(plain->report.n_verdicts[VERDICT_BROKEN], 5);
	ck_assert_uint_eq(series->report.n_verdicts[VERDICT_BROKEN], 4);
	sample_free(plain);
	sample_free(series);
}
END_TEST

static void assert_change(unsigned int index, const char *expected)
{
	struct sample *sample = sample_new(SAMPLE_SERIES);
	g_autofree char *text = check_describe_change(&sample->report, index);

	ck_assert_pstr_eq(text, expected);
	sample_free(sample);
}

START_TEST(changes_in_words)
{
	assert_change(SAMPLE_NEW, "new in patch 2 (ffi: \"move\" <it> & \uFFFD? on)");
	assert_change(SAMPLE_WORSE, "was ordered, now fragile since patch 1");
	assert_change(SAMPLE_ACCEPTED, "new");
	assert_change(SAMPLE_OLD, NULL);
	assert_change(SAMPLE_RESOLVED, "resolved in patch 3 (fix)");
	assert_change(SAMPLE_BETTER, "was broken, now ordered");
	assert_change(SAMPLE_UNRETRIED, "moved here from another file");
}
END_TEST

START_TEST(every_finding_has_a_place)
{
	struct sample *sample = sample_new(SAMPLE_SERIES);
	struct check_place place = check_place(&sample->report, SAMPLE_NEW);

	ck_assert_str_eq(place.file, "drivers/Makefile");
	ck_assert_uint_eq(place.line, 3);
	place = check_place(&sample->report, SAMPLE_OLD);
	ck_assert_str_eq(place.file, "drivers/a b.c");
	ck_assert_uint_eq(place.line, 11);
	place = check_place(&sample->report, SAMPLE_MOOT);
	ck_assert_str_eq(place.file, "drivers/user.c");
	ck_assert_uint_eq(place.line, 1);
	sample_free(sample);
}
END_TEST

START_TEST(every_finding_has_its_rule)
{
	struct sample *sample = sample_new(SAMPLE_SERIES);
	g_autoptr(GPtrArray) rules = check_rules(&sample->report);

	ck_assert_uint_eq(rules->len, 5);
	for (unsigned int i = 0; i < sample->findings->len; i++) {
		const struct finding *finding = sample->findings->pdata[i];
		const struct check_rule *rule = rules->pdata[check_rules_index(rules, finding)];

		ck_assert_str_eq(rule->id, finding->rule_id);
		ck_assert_ptr_eq(rule->declared, finding->rule);
		ck_assert(*rule->title && *rule->why && *rule->markdown);
	}
	sample_free(sample);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("check_report");
	TCase *tests = tcase_create("check_report");

	tcase_add_test(tests, every_format_is_found);
	tcase_add_test(tests, what_is_news_is_shown);
	tcase_add_test(tests, only_news_fail);
	tcase_add_test(tests, without_notes_problems_fail);
	tcase_add_test(tests, what_is_resolved_is_not_counted);
	tcase_add_test(tests, changes_in_words);
	tcase_add_test(tests, every_finding_has_a_place);
	tcase_add_test(tests, every_finding_has_its_rule);
	suite_add_tcase(suite, tests);
	return check_main(suite);
}
