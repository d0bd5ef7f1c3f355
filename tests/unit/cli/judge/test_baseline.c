// SPDX-License-Identifier: GPL-2.0-only
/* Baselines: what is written is read again, and what it then accepts. */
#include "cli/judge/baseline.h"

#include <string.h>

#include "tests/support/check_main.h"
#include "tests/support/temp_dir.h"

static char *directory, *path;

static void setup(void)
{
	directory = temp_dir_new();
	path = g_build_filename(directory, "b.json", NULL);
}

static void teardown(void)
{
	g_clear_pointer(&path, g_free);
	g_clear_pointer(&directory, temp_dir_free);
}

static struct finding *make(const char *rule, const char *consumer, enum verdict verdict)
{
	struct finding *finding = finding_new(rule, NULL);

	finding->verdict = verdict;
	finding->consumer.function = g_strdup(consumer);
	finding->consumer.file = g_strdup("a.c");
	finding_seal(finding);
	return finding;
}

/* Three of them, by no order. */
static GPtrArray *some(void)
{
	GPtrArray *list = g_ptr_array_new_with_free_func((GDestroyNotify)finding_free);

	g_ptr_array_add(list, make("r", "one", VERDICT_FRAGILE));
	g_ptr_array_add(list, make("r", "two \"2\" \xc3\xa4\\", VERDICT_BROKEN));
	g_ptr_array_add(list, make("s", "three", VERDICT_FRAGILE));
	return list;
}

static char *text(void)
{
	char *content = NULL;

	ck_assert(g_file_get_contents(path, &content, NULL, NULL));
	return content;
}

static struct baseline *load(void)
{
	GError *error = NULL;
	struct baseline *baseline = baseline_load(path, &error);

	ck_assert_msg(baseline, "%s", error ? error->message : "");
	return baseline;
}

/* Puts @reason after the first verdict that is written as @after. */
static void add_reason(const char *after, const char *reason)
{
	g_autofree char *old = text();
	g_autofree char *key = g_strdup_printf("\"verdict\" : \"%s\"", after);
	char *at = strstr(old, key);
	g_autofree char *new = NULL;

	ck_assert_ptr_nonnull(at);
	at += strlen(key);
	new = g_strdup_printf("%.*s,\n \"reason\": \"%s\"%s", (int)(at - old), old, reason, at);
	ck_assert(g_file_set_contents(path, new, -1, NULL));
}

START_TEST(written_and_read)
{
	g_autoptr(GPtrArray) findings = some();
	g_autofree char *first = NULL;
	g_autofree char *again = NULL;
	g_autoptr(baseline) baseline = NULL;
	enum verdict was;

	ck_assert(baseline_write(path, findings, NULL, NULL));
	first = text();
	baseline = load();
	for (guint i = 0; i < findings->len; i++) {
		const struct finding *finding = findings->pdata[i];

		ck_assert_str_eq(baseline_accepts(baseline, finding, &was), "");
		ck_assert_int_eq(was, finding->verdict);
	}
	/* Whatever order they come in. */
	g_ptr_array_insert(findings, 0, g_ptr_array_steal_index(findings, 2));
	ck_assert(baseline_write(path, findings, baseline, NULL));
	again = text();
	ck_assert_str_eq(first, again);
}
END_TEST

START_TEST(reasons_stay)
{
	g_autoptr(GPtrArray) findings = some();
	g_autoptr(baseline) old = NULL;
	g_autoptr(baseline) new = NULL;
	enum verdict was;

	ck_assert(baseline_write(path, findings, NULL, NULL));
	add_reason("broken", "so \\\"it\\\" is");
	old = load();
	/* Of those that go on, with whatever verdict; not of those that are gone. */
	((struct finding *)findings->pdata[1])->verdict = VERDICT_FRAGILE;
	g_ptr_array_remove_index(findings, 0);
	ck_assert(baseline_write(path, findings, old, NULL));
	new = load();
	ck_assert_str_eq(baseline_accepts(new, findings->pdata[0], &was), "so \"it\" is");
	ck_assert_int_eq(was, VERDICT_FRAGILE);
	ck_assert_str_eq(baseline_accepts(new, findings->pdata[1], &was), "");
}
END_TEST

START_TEST(worse_is_not_accepted)
{
	g_autoptr(GPtrArray) findings = some();
	struct finding *finding = findings->pdata[0];
	g_autoptr(finding) other = make("r", "other", VERDICT_FRAGILE);
	g_autoptr(baseline) baseline = NULL;
	enum verdict was;

	ck_assert(baseline_write(path, findings, NULL, NULL));
	baseline = load();
	finding->verdict = VERDICT_BROKEN;
	ck_assert_ptr_null(baseline_accepts(baseline, finding, &was));
	ck_assert_int_eq(was, VERDICT_FRAGILE);
	finding->verdict = VERDICT_FRAGILE;
	ck_assert_str_eq(baseline_accepts(baseline, finding, &was), "");
	ck_assert_ptr_null(baseline_accepts(baseline, other, &was));
	ck_assert_int_eq(was, N_VERDICTS);
}
END_TEST

static bool is_r(const void *data, const char *rule)
{
	(void)data;
	return strcmp(rule, "r") == 0;
}

START_TEST(stale)
{
	g_autoptr(GPtrArray) findings = some();
	g_autoptr(GPtrArray) list = NULL;
	g_autoptr(baseline) baseline = NULL;
	enum verdict was;

	ck_assert(baseline_write(path, findings, NULL, NULL));
	baseline = load();
	/* What has become worse is there still. */
	((struct finding *)findings->pdata[0])->verdict = VERDICT_BROKEN;
	baseline_accepts(baseline, findings->pdata[0], &was);
	list = baseline_stale(baseline, is_r, NULL);
	ck_assert_uint_eq(list->len, 1);
	ck_assert_msg(strstr(list->pdata[0], "two \"2\""), "%s", (char *)list->pdata[0]);
	ck_assert_msg(g_str_has_suffix(list->pdata[0], "[r]"), "%s", (char *)list->pdata[0]);
}
END_TEST

/* None at all is a baseline too. */
START_TEST(empty)
{
	g_autoptr(GPtrArray) none = g_ptr_array_new();
	g_autoptr(GPtrArray) list = NULL;
	g_autoptr(baseline) baseline = NULL;

	ck_assert(baseline_write(path, none, NULL, NULL));
	baseline = load();
	list = baseline_stale(baseline, is_r, NULL);
	ck_assert_uint_eq(list->len, 0);
}
END_TEST

/* Cut anywhere it is refused and told by name, and nothing is leaked. */
START_TEST(cut_short)
{
	g_autoptr(GPtrArray) findings = some();
	g_autofree char *whole = NULL;
	size_t len;

	ck_assert(baseline_write(path, findings, NULL, NULL));
	whole = text();
	len = strlen(g_strchomp(whole));
	for (size_t n = 0; n < len; n++) {
		GError *error = NULL;

		ck_assert(g_file_set_contents(path, whole, (gssize)n, NULL));
		ck_assert_msg(!baseline_load(path, &error), "cut at %zu", n);
		ck_assert_msg(g_str_has_prefix(error->message, path), "%s", error->message);
		g_error_free(error);
	}
}
END_TEST

/* What cannot be replaced stays as it was. */
START_TEST(not_written)
{
	g_autoptr(GPtrArray) findings = some();
	g_autofree char *nowhere = g_build_filename(directory, "none", "b.json", NULL);
	GError *error = NULL;

	ck_assert(!baseline_write(nowhere, findings, NULL, &error));
	ck_assert(g_str_has_prefix(error->message, nowhere));
	g_error_free(error);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("baseline");
	TCase *tcase = tcase_create("baseline");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, written_and_read);
	tcase_add_test(tcase, reasons_stay);
	tcase_add_test(tcase, worse_is_not_accepted);
	tcase_add_test(tcase, stale);
	tcase_add_test(tcase, empty);
	tcase_add_test(tcase, cut_short);
	tcase_add_test(tcase, not_written);
	suite_add_tcase(suite, tcase);
	return check_main(suite);
}
