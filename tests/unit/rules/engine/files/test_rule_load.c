// SPDX-License-Identifier: GPL-2.0-only
/* Tests the schema of rule files: valid files, and the message and place for each mistake. */
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/error.h"
#include "rules/engine/files/rule.h"
#include "tests/support/check_main.h"
#include "tests/support/temp_dir.h"

static char *folder;

static void make_folder(void)
{
	folder = temp_dir_new();
}

static void remove_folder(void)
{
	temp_dir_free(folder);
}

static char *write_rule(const char *name, const char *text, gssize length)
{
	char *path = g_build_filename(folder, name, NULL);

	ck_assert(g_file_set_contents(path, text, length, NULL));
	return path;
}

/* A rule with only the required keys, one key on each line. A test changes one line. */
static const char *const good_lines[] = {
	"id: a-rule",
	"title: A title",
	"severity: error",
	"consumer: {function: user_init, file: drivers/user.c}",
	"provider: {function: [maker_init, maker_start], file: [lib/maker.c]}",
	"why: Because.",
	"source: {file: drivers/user.c, text: must come later}",
};

/*
 * Returns the rule with line @line (from 1) replaced by @text. @line 0 adds @text at the end. @line
 * -1 changes nothing.
 */
static char *rule_with(int line, const char *text)
{
	g_autoptr(GString) rule = g_string_new(NULL);

	for (int i = 0; i < (int)G_N_ELEMENTS(good_lines); i++)
		g_string_append_printf(rule, "%s\n", i + 1 == line ? text : good_lines[i]);
	if (line == 0)
		g_string_append_printf(rule, "%s\n", text);
	return g_strdup(rule->str);
}

static const struct {
	int line;
	const char *text;
	const char *error; /* the message after the path */
} mistakes[] = {
	/* unknown, missing and repeated keys */
	{ 4, "consmer: {function: user_init, file: drivers/user.c}",
	  ":4:1: unknown key 'consmer' in the rule (did you mean 'consumer'?); expected one of: "
	  "id, "
	  "title, severity, consumer, provider, resource, applies, since, until, why, source, "
	  "links" },
	{ 0, "zzz: 1",
	  ":8:1: unknown key 'zzz' in the rule; expected one of: id, title, severity, consumer, "
	  "provider, resource, applies, since, until, why, source, links" },
	{ 4, "consumer: {function: user_init, fil: drivers/user.c}",
	  ":4:33: unknown key 'fil' in consumer (did you mean 'file'?); expected one of: function, "
	  "file, anywhere, within, config" },
	{ 0, "why: Again.", ":8:1: key 'why' is given twice" },
	{ 4, "consumer: {file: a.c, file: b.c, function: f}", ":4:23: key 'file' is given twice" },
	{ 6, "# no why", ":1:1: key 'why' is missing in the rule" },
	{ 5, "provider: {function: f}",
	  ":5:11: key 'file' is missing in provider; only a side with 'anywhere: true' may leave "
	  "it out" },
	{ 5, "provider: {function: f, file: a.c, within: g}",
	  ":5:11: 'within' without 'anywhere: true' in provider" },
	{ 5, "provider: {function: f, anywhere: false}",
	  ":5:11: key 'file' is missing in provider; only a side with 'anywhere: true' may leave "
	  "it out" },
	{ 0, "[a]: 1", ":8:1: a key of the rule must be a string, not a list" },
	/* values of the wrong type */
	{ 2, "title: [a, b]", ":2:8: 'title' must be a string, not a list" },
	{ 2, "title: {a: b}", ":2:8: 'title' must be a string, not a mapping" },
	{ 4, "consumer: user_init", ":4:11: consumer must be a mapping, not a string" },
	{ 4, "consumer: {function: {a: b}, file: a.c}",
	  ":4:22: 'function' must be a string or a list of strings" },
	{ 4, "consumer: {function: [a, [b]], file: a.c}",
	  ":4:26: 'function' must be a string, not a list" },
	{ 5, "provider: {function: f, anywhere: yes}",
	  ":5:35: 'anywhere' must be true or false, not 'yes'" },
	{ 5, "provider: {function: f, anywhere: [true]}",
	  ":5:35: 'anywhere' must be a string, not a list" },
	{ 0, "applies: arm64", ":8:10: applies must be a mapping, not a string" },
	{ 0, "applies: {config: {all-of: CONFIG_A}}",
	  ":8:28: 'all-of' must be a list, not a string" },
	/* empty values */
	{ 2, "title:", ":2:7: 'title' is empty" },
	{ 2, "title: '  '", ":2:8: 'title' is empty" },
	{ 4, "consumer: {function: [], file: a.c}", ":4:22: 'function' is an empty list" },
	{ 0, "applies: {config: {any-of: []}}", ":8:28: 'any-of' is an empty list" },
	{ 0, "links: []", ":8:8: 'links' is an empty list" },
	/* bad values */
	{ 1, "id: A_rule", ":1:5: bad id 'A_rule': expected lower-case letters, digits and '-'" },
	{ 1, "id: other", ":1:5: id 'other' is not the file's name 'a-rule'" },
	{ 3, "severity: eror",
	  ":3:11: unknown severity 'eror' (did you mean 'error'?); expected error, warning or "
	  "note" },
	{ 4, "consumer: {function: [f, g, f], file: a.c}",
	  ":4:29: 'function' names an item twice" },
	{ 4, "consumer: {function: f, file: /a.c}",
	  ":4:31: 'file' must be relative to the kernel tree, not '/a.c'" },
	{ 4, "consumer: {function: f, file: [a.c, /b.c]}",
	  ":4:37: 'file' must be relative to the kernel tree, not '/b.c'" },
	{ 4, "consumer: {function: 9f, file: a.c}",
	  ":4:22: 'function' must be the name of a C function, not '9f'" },
	{ 4, "consumer: {function: f, file: ../a.c}",
	  ":4:31: 'file' must be relative to the kernel tree, not '../a.c'" },
	{ 0, "since: six", ":8:8: 'since' must be a kernel version such as 6.12, not 'six'" },
	{ 0, "since: '7.1'\nuntil: '6.12'", ":1:1: since 7.1 is after until 6.12" },
	{ 7, "source: {file: a.c, lines: 3-, text: t}",
	  ":7:28: 'lines' must be a line or a range such as 250-270, not '3-'" },
	{ 0, "applies: {config: FOO}",
	  ":8:19: 'config': expected CONFIG_FOO or CONFIG_FOO=value, not 'FOO'" },
	{ 0, "applies: {config: [CONFIG_A, CONFIG_B=]}",
	  ":8:30: 'config': expected CONFIG_FOO or CONFIG_FOO=value, not 'CONFIG_B='" },
	{ 0, "applies: {config: {all-of: [CONFIG_A], any-of: [CONFIG_B]}}",
	  ":8:19: 'config' must have one key, all-of or any-of" },
	{ 0, "applies: {config: {}}", ":8:19: 'config' must have one key, all-of or any-of" },
	{ 0, "applies: {config: &a {all-of: [*a]}}", ":8:19: 'all-of' is nested more than 8 deep" },
	/* files that are not YAML, or have more than one document */
	{ 2, "title: 'open",
	  ":8:1: not YAML: found unexpected end of stream, while scanning a quoted "
	  "scalar" },
	{ 2, "\ttitle: t",
	  ":2:1: not YAML: found a tab character that violates indentation, while scanning a plain "
	  "scalar" },
	{ 0, "---\nid: b", ":9:1: a second document; a file holds one" },
};

START_TEST(test_mistake)
{
	g_autofree char *text = rule_with(mistakes[_i].line, mistakes[_i].text);
	g_autofree char *path = write_rule("a-rule.yaml", text, -1);
	g_autofree char *expected = g_strconcat(path, mistakes[_i].error, NULL);
	g_autoptr(GError) error = NULL;

	ck_assert_ptr_null(rule_load(path, &error));
	ck_assert(g_error_matches(error, INITLINT_ERROR, INITLINT_ERROR_INPUT));
	ck_assert_str_eq(error->message, expected);
}
END_TEST

START_TEST(test_unreadable)
{
	static const struct {
		const char *text;
		gssize length;
		const char *error;
	} files[] = {
		{ "", 0, ":1:1: the file is empty" },
		{ "# nothing\n", -1, ":1:1: the file is empty" },
		{ "id: \xff\n", -1, ": byte 4: not YAML: invalid leading UTF-8 octet" },
		{ "- id\n", -1, ":1:1: the rule must be a mapping, not a list" },
	};
	g_autofree char *missing = g_build_filename(folder, "missing.yaml", NULL);
	GError *error = NULL;

	for (size_t i = 0; i < G_N_ELEMENTS(files); i++) {
		g_autofree char *path = write_rule("a-rule.yaml", files[i].text, files[i].length);
		g_autofree char *expected = g_strconcat(path, files[i].error, NULL);

		ck_assert_ptr_null(rule_load(path, &error));
		ck_assert_str_eq(error->message, expected);
		g_clear_error(&error);
	}
	ck_assert_ptr_null(rule_load(missing, &error));
	ck_assert(g_str_has_prefix(error->message, missing));
	ck_assert_ptr_nonnull(strstr(error->message, "cannot be read"));
	g_clear_error(&error);
}
END_TEST

START_TEST(test_minimal_rule)
{
	g_autofree char *text = rule_with(-1, NULL);
	g_autofree char *path = write_rule("a-rule.yaml", text, -1);
	g_autoptr(GError) error = NULL;
	g_autoptr(rule) rule = rule_load(path, &error);

	ck_assert_msg(rule != NULL, "%s", error ? error->message : "");
	ck_assert_str_eq(rule->id, "a-rule");
	ck_assert_int_eq(rule->severity, SEVERITY_ERROR);
	ck_assert_str_eq(rule->consumer.functions[0], "user_init");
	ck_assert_ptr_null(rule->consumer.functions[1]);
	ck_assert_str_eq(rule->provider.functions[1], "maker_start");
	ck_assert_ptr_null(rule->provider.functions[2]);
	ck_assert_str_eq(rule->provider.files[0], "lib/maker.c");
	ck_assert_ptr_null(rule->architectures);
	ck_assert_ptr_null(rule->config);
	ck_assert_ptr_null(rule->links);
}
END_TEST

START_TEST(test_anywhere)
{
	g_autofree char *text = rule_with(5, "provider: {function: f, anywhere: true}");
	g_autofree char *path = write_rule("a-rule.yaml", text, -1);
	g_autoptr(GError) error = NULL;
	g_autoptr(rule) rule = rule_load(path, &error);

	ck_assert_msg(rule != NULL, "%s", error ? error->message : "");
	ck_assert(!rule->consumer.anywhere);
	ck_assert(rule->provider.anywhere);
	ck_assert_ptr_null(rule->provider.files);
}
END_TEST

START_TEST(test_full_rule)
{
	g_autofree char *text = rule_with(0, "resource: a thing\n"
					     "applies:\n"
					     "  architectures: [arm64, x86]\n"
					     "  config:\n"
					     "    all-of:\n"
					     "      - CONFIG_A\n"
					     "      - any-of: [CONFIG_B=y, CONFIG_C=64]\n"
					     "since: '6.1'\n"
					     "until: 6.12.30\n"
					     "links: https://example.org/\n");
	g_autofree char *path = write_rule("a-rule.yaml", text, -1);
	g_autoptr(GError) error = NULL;
	g_autoptr(rule) rule = rule_load(path, &error);
	const struct condition *any;

	ck_assert_msg(rule != NULL, "%s", error ? error->message : "");
	ck_assert_str_eq(rule->resource, "a thing");
	ck_assert_str_eq(rule->architectures[1], "x86");
	ck_assert_str_eq(rule->until, "6.12.30");
	ck_assert_str_eq(rule->links[0], "https://example.org/");
	ck_assert_int_eq(rule->config->kind, CONDITION_ALL);
	ck_assert_int_eq(rule->config->children->len, 2);
	any = rule->config->children->pdata[1];
	ck_assert_int_eq(any->kind, CONDITION_ANY);
	ck_assert_str_eq(((struct condition *)any->children->pdata[1])->symbol, "CONFIG_C");
	ck_assert_str_eq(((struct condition *)any->children->pdata[1])->value, "64");
}
END_TEST

START_TEST(test_directories)
{
	static const char b[] = "id: b-rule\ntitle: t\nseverity: note\nwhy: w\n"
				"consumer: {function: f, file: f.c}\n"
				"provider: {function: g, file: g.c}\n"
				"source: {file: f.c, text: t}\n";
	char *empty = temp_dir_new();
	g_autofree char *text = rule_with(-1, NULL);
	g_autofree char *b_path = write_rule("b-rule.yaml", b, -1);
	g_autofree char *a_path = write_rule("a-rule.yaml", text, -1);
	g_autofree char *other = write_rule("README", "not a rule", -1);
	g_autofree char *expected = NULL;
	GError *error = NULL;
	GPtrArray *rules = rules_load((const char *const[]){ folder, NULL }, &error);

	ck_assert_msg(rules != NULL, "%s", error ? error->message : "");
	ck_assert_int_eq(rules->len, 2);
	ck_assert_str_eq(((struct rule *)rules->pdata[0])->id, "a-rule");
	ck_assert_str_eq(((struct rule *)rules->pdata[1])->id, "b-rule");
	g_ptr_array_unref(rules);

	ck_assert_ptr_null(rules_load((const char *const[]){ b_path, b_path, NULL }, &error));
	expected = g_strdup_printf("%s: rule 'b-rule' is also in %s; each id may be used once",
				   b_path, b_path);
	ck_assert_str_eq(error->message, expected);
	g_clear_error(&error);

	ck_assert_ptr_null(rules_load((const char *const[]){ empty, NULL }, &error));
	ck_assert_ptr_nonnull(strstr(error->message, "no rule (*.yaml) in this directory"));
	g_clear_error(&error);
	temp_dir_free(empty);
}
END_TEST

/* All rules that come with initlint fit the schema. */
START_TEST(test_own_rules)
{
	g_autoptr(GError) error = NULL;
	GPtrArray *rules =
		rules_load((const char *const[]){ TEST_SOURCE_DIR "/rules", NULL }, &error);

	ck_assert_msg(rules != NULL, "%s", error ? error->message : "");
	ck_assert_int_ge(rules->len, 10);
	g_ptr_array_unref(rules);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("rule_load");
	TCase *tcase = tcase_create("schema");

	tcase_add_checked_fixture(tcase, make_folder, remove_folder);
	tcase_add_loop_test(tcase, test_mistake, 0, G_N_ELEMENTS(mistakes));
	tcase_add_test(tcase, test_unreadable);
	tcase_add_test(tcase, test_minimal_rule);
	tcase_add_test(tcase, test_anywhere);
	tcase_add_test(tcase, test_full_rule);
	tcase_add_test(tcase, test_directories);
	tcase_add_test(tcase, test_own_rules);
	suite_add_tcase(suite, tcase);
	return check_main(suite);
}
