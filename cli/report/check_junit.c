// SPDX-License-Identifier: GPL-2.0-only
/*
 * Prints findings as JUnit XML. Each configuration is a test suite. In a test suite, each declared
 * rule is one test, and each inferred finding is one test.
 */
#include "cli/report/check_format.h"

#include <stdio.h>

struct suite {
	GString *cases;
	GHashTable *names; /* "CLASS\nNAME" -> number of tests with this class and name */
	unsigned int n_tests;
	unsigned int n_failures;
	unsigned int n_errors;
	unsigned int n_skipped;
};

/* True if XML can represent the character @c. XML cannot represent most control characters. */
static bool is_xml(gunichar c)
{
	return c == '\t' || c == '\n' || (c >= 0x20 && c != 0xfffe && c != 0xffff);
}

static char *escape(const char *text)
{
	g_autofree char *valid = g_utf8_make_valid(text, -1);
	g_autoptr(GString) kept = g_string_new(NULL);

	for (const char *p = valid; *p; p = g_utf8_next_char(p))
		g_string_append_unichar(kept,
					is_xml(g_utf8_get_char(p)) ? g_utf8_get_char(p) : '?');
	return g_markup_escape_text(kept->str, -1);
}

/*
 * Returns the name for the next test with @class and @name. CI systems merge tests that have the
 * same class and the same name. So the first test gets the name @name, and each later test gets
 * @name and a number. Free with g_free().
 */
static char *unique_name(struct suite *suite, const char *class, const char *name)
{
	char *key = g_strdup_printf("%s\n%s", class, name);
	unsigned int n = GPOINTER_TO_UINT(g_hash_table_lookup(suite->names, key)) + 1;

	g_hash_table_replace(suite->names, key, GUINT_TO_POINTER(n));
	return n == 1 ? g_strdup(name) : g_strdup_printf("%s #%u", name, n);
}

static void open_case(struct suite *suite, const char *class, const char *name)
{
	g_autofree char *class_text = escape(class);
	g_autofree char *numbered = unique_name(suite, class, name);
	g_autofree char *name_text = escape(numbered);

	suite->n_tests++;
	g_string_append_printf(suite->cases,
			       "    <testcase classname=\"initlint.%s\" name=\"%s\" time=\"0\">\n",
			       class_text, name_text);
}

static void close_case(struct suite *suite)
{
	g_string_append(suite->cases, "    </testcase>\n");
}

/*
 * Adds an XML element to the test that is being built. @element: the name of the element:
 * "failure", "error" or "skipped". @type and @text may be NULL.
 */
static void add_outcome(struct suite *suite, const char *element, const char *type,
			const char *message, const char *text)
{
	g_autofree char *message_text = escape(message);
	g_autofree char *body = text ? escape(text) : g_strdup("");

	g_string_append_printf(suite->cases, "      <%s%s%s%s message=\"%s\">%s</%s>\n", element,
			       type ? " type=\"" : "", type ? type : "", type ? "\"" : "",
			       message_text, body, element);
}

static bool is_in(const struct check_report *report, unsigned int index, const char *configuration)
{
	const struct report_note *note = check_note(report, index);

	return !report->configurations || !note || !note->configurations ||
	       g_strv_contains(note->configurations, configuration);
}

/* Appends a description of report->findings[@index] to @text. */
static void describe(GString *text, const struct check_report *report, unsigned int index)
{
	const struct finding *finding = report->findings->pdata[index];
	struct check_place place = check_place(report, index);
	g_autofree char *change = check_describe_change(report, index);

	g_string_append_printf(text, "%s:%u: %s: %s [%s]\n", place.file, place.line,
			       check_verdict_word(report, index), finding->message,
			       finding->rule_id);
	if (change)
		g_string_append_printf(text, "%s\n", change);
	for (unsigned int i = 0; i < finding->reasons->len; i++)
		g_string_append_printf(text, "%s\n", (const char *)finding->reasons->pdata[i]);
	g_string_append_printf(text, "consumer: %s, %s:%u\n", finding->consumer.function,
			       finding->consumer.file ? finding->consumer.file : "?",
			       finding->consumer.line);
	if (finding->provider.function)
		g_string_append_printf(text, "provider: %s, %s:%u\n", finding->provider.function,
				       finding->provider.file ? finding->provider.file : "?",
				       finding->provider.line);
}

static void fail(struct suite *suite, const struct check_report *report, unsigned int index,
		 const char *text)
{
	const struct finding *finding = report->findings->pdata[index];

	suite->n_failures++;
	add_outcome(suite, "failure", verdict_name(finding->verdict), finding->message, text);
}

static void skip(struct suite *suite, const char *message)
{
	suite->n_skipped++;
	add_outcome(suite, "skipped", NULL, message, NULL);
}

/*
 * Adds one test for all findings of @rule in @configuration. The text of the test describes every
 * finding for which check_is_failure() is true. The message of the test is the message of the first
 * of these findings.
 */
static void add_rule(struct suite *suite, const struct check_report *report,
		     const struct rule *rule, const char *configuration)
{
	g_autoptr(GString) text = g_string_new(NULL);
	const struct finding *moot = NULL;
	int failed = -1;
	bool holds = false;

	for (unsigned int i = 0; i < report->findings->len; i++) {
		const struct finding *finding = report->findings->pdata[i];

		if (g_strcmp0(finding->rule_id, rule->id) != 0 || !finding->rule ||
		    !is_in(report, i, configuration))
			continue;
		if (finding->verdict == VERDICT_MOOT && (!moot || finding->not_judged))
			moot = finding;
		holds |= finding->verdict != VERDICT_MOOT;
		if (!check_is_failure(report, i))
			continue;
		failed = failed < 0 ? (int)i : failed;
		describe(text, report, i);
	}
	open_case(suite, "rules", rule->id);
	if (failed >= 0) {
		fail(suite, report, (unsigned int)failed, text->str);
	} else if (moot && moot->not_judged) {
		suite->n_errors++;
		add_outcome(suite, "error", "not-judged", moot->message, NULL);
	} else if (moot && !holds) {
		skip(suite, moot->message);
	}
	close_case(suite);
}

/*
 * Returns the name of the test for @finding. The name contains the file of the consumer, because
 * functions in different files may have the same name. Free with g_free().
 */
static char *name_of(const struct finding *finding)
{
	const char *file = finding->consumer.file ? finding->consumer.file : "?";
	const char *resource = finding->resource ? finding->resource : "it";

	if (!finding->provider.function)
		return g_strdup_printf("%s (%s): %s", finding->consumer.function, file, resource);
	return g_strdup_printf("%s (%s) needs %s of %s", finding->consumer.function, file, resource,
			       finding->provider.function);
}

static void add_inferred(struct suite *suite, const struct check_report *report, unsigned int index)
{
	const struct finding *finding = report->findings->pdata[index];
	const struct report_note *note = check_note(report, index);
	g_autoptr(GString) text = g_string_new(NULL);
	g_autofree char *name = name_of(finding);

	describe(text, report, index);
	open_case(suite, finding->rule_id, name);
	if (check_is_failure(report, index)) {
		fail(suite, report, index, text->str);
	} else if (finding->verdict == VERDICT_MOOT) {
		skip(suite, finding->message);
	} else if (note && note->accepted) {
		g_autofree char *message = g_strconcat("accepted: ", note->accepted, NULL);

		skip(suite, message);
	} else {
		g_autofree char *out = escape(text->str);

		g_string_append_printf(suite->cases, "      <system-out>%s</system-out>\n", out);
	}
	close_case(suite);
}

/* Adds a test with an error, so that a partial analysis does not look like a successful run. */
static void add_partial(struct suite *suite, const struct check_report *report)
{
	g_autofree char *reasons = g_strjoinv("\n", (char **)report->partial);

	open_case(suite, "analysis", "the analysis is whole");
	suite->n_errors++;
	add_outcome(suite, "error", "partial", "the analysis is partial", reasons);
	close_case(suite);
}

static void fill(struct suite *suite, const struct check_report *report, const char *configuration)
{
	if (report->incomplete && report->partial)
		add_partial(suite, report);
	for (unsigned int i = 0; report->rules && i < report->rules->len; i++)
		add_rule(suite, report, report->rules->pdata[i], configuration);
	for (unsigned int i = 0; i < report->findings->len; i++) {
		const struct finding *finding = report->findings->pdata[i];

		if (!finding->rule && check_is_listed(report, i) && is_in(report, i, configuration))
			add_inferred(suite, report, i);
	}
}

static void add_counts(GString *xml, const struct suite *suite)
{
	g_string_append_printf(xml,
			       " tests=\"%u\" failures=\"%u\" errors=\"%u\" skipped=\"%u\" "
			       "time=\"0\">\n",
			       suite->n_tests, suite->n_failures, suite->n_errors,
			       suite->n_skipped);
}

static void add_suite(GString *xml, struct suite *total, const struct check_report *report,
		      const char *configuration)
{
	struct suite suite = {
		.cases = g_string_new(NULL),
		.names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
	};
	g_autofree char *name =
		g_strdup_printf("initlint %s%s%s %s", report->command, report->arch ? " " : "",
				report->arch ? report->arch : "", configuration);
	g_autofree char *escaped = escape(name);

	fill(&suite, report, configuration);
	g_string_append_printf(xml, "  <testsuite name=\"%s\"", escaped);
	add_counts(xml, &suite);
	g_string_append_printf(xml, "%s  </testsuite>\n", suite.cases->str);
	total->n_tests += suite.n_tests;
	total->n_failures += suite.n_failures;
	total->n_errors += suite.n_errors;
	total->n_skipped += suite.n_skipped;
	g_string_free(suite.cases, TRUE);
	g_hash_table_unref(suite.names);
}

void check_print_junit(const struct check_report *report)
{
	const char *const one[] = { report->configuration ? report->configuration : "default",
				    NULL };
	const char *const *configuration = report->configurations ? report->configurations : one;
	g_autoptr(GString) suites = g_string_new(NULL);
	g_autoptr(GString) head = g_string_new(NULL);
	struct suite total = { 0 };

	for (; *configuration; configuration++)
		add_suite(suites, &total, report, *configuration);
	g_string_append(head, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
			      "<testsuites name=\"initlint\"");
	add_counts(head, &total);
	printf("%s%s</testsuites>\n", head->str, suites->str);
}
