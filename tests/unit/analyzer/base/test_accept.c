// SPDX-License-Identifier: GPL-2.0-only
/* Tests accept_marks(): which marks belong to an initcall, and how marks are parsed. */
#include "analyzer/base/accept.h"

#include <string.h>

#include "tests/support/check_main.h"

/* Lists the marks of the initcall at "late_initcall" as "LINE rule: reason". "-" means NULL. */
static char *marks_of(const char *text)
{
	const char *at = strstr(text, "late_initcall");
	g_autoptr(GPtrArray) marks = NULL;
	GString *list = g_string_new(NULL);
	size_t size = strlen(text);
	char *copy;

	ck_assert_ptr_nonnull(at);
	/* The copy has no terminator, so that a sanitizer detects reads behind the text. */
	copy = g_memdup2(text, size);
	marks = accept_marks(copy, size, (size_t)(at - text));
	g_free(copy);
	for (guint i = 0; marks && i < marks->len; i++) {
		const struct accept_mark *mark = marks->pdata[i];

		g_string_append_printf(list, "%s%u %s: %s", i ? "\n" : "", mark->line,
				       mark->rule ? mark->rule : "-",
				       mark->reason ? mark->reason : "-");
	}
	return g_string_free(list, FALSE);
}

static void expect(const char *text, const char *expected)
{
	g_autofree char *marks = marks_of(text);

	ck_assert_str_eq(marks, expected);
}

#define I "late_initcall(foo);"

START_TEST(on_the_line)
{
	expect(I " /* initlint: accept needs-bus: it waits */\n", "1 needs-bus: it waits");
	expect(I " // initlint: accept needs-bus: it waits\n", "1 needs-bus: it waits");
	expect(I " // initlint: accept needs-bus: it waits", "1 needs-bus: it waits");
	expect("/* initlint: accept a: b */ " I "\n", "1 a: b");
	expect("late_initcall(\n\tfoo); /* initlint: accept a: b */\n", "2 a: b");
	expect("late_initcall( // initlint: accept a: b\n\tfoo);\n", "1 a: b");
	expect("late_initcall(foo /* initlint: accept a: b */\n);\n", "1 a: b");
	expect(I " /* initlint: accept a: b\n* c */\n", "1 a: b c");
	expect(I " /* initlint: accept a: b */ /* initlint: accept c: d */\n", "1 a: b\n1 c: d");
}
END_TEST

START_TEST(above)
{
	expect("/* initlint: accept a: b */\n" I "\n", "1 a: b");
	expect("// initlint: accept a: b\n" I "\n", "1 a: b");
	expect("\n\n/*\n * Late.\n *\n * initlint: accept a: b\n * and c\n */\n" I "\n",
	       "6 a: b and c");
	expect("/* initlint: accept a: b */\n/* Late. */\n// initlint: accept c: d\n" I "\n",
	       "1 a: b\n3 c: d");
	expect("/* initlint: accept a:\n   b\n\n   no more of it */\n" I "\n", "1 a: b");
	expect("// initlint: accept a: b\n// and c\n//\n// no more of it\n" I "\n", "1 a: b and c");
	expect("/** initlint: accept a: b **/\n" I, "1 a: b *");
	expect("/*initlint:accept a:b*/" I, "1 a: b");
	expect("/*\r\n * initlint: accept a: b\r\n * c\r\n */\r\n" I "\r\n", "2 a: b c");
}
END_TEST

START_TEST(elsewhere)
{
	expect("/* initlint: accept a: b */\n\n" I "\n", "");
	expect("int x; /* initlint: accept a: b */\n" I "\n", "");
	expect("/* initlint: accept a: b */\nint x;\n" I "\n", "");
	expect(I "\n/* initlint: accept a: b */\n", "");
	expect(I "\nint x; /* initlint: accept a: b */\n", "");
	expect("early_initcall(bar); /* initlint: accept a: b\n */\n" I "\n", "");
	expect("char *s = \"/* initlint: accept a: b */\"; " I "\n", "");
	expect("/* as initlint: accept a: b */\n" I "\n", "");
	expect(I "\n", "");
}
END_TEST

START_TEST(literals)
{
	expect("char *s = \"\\\" /*\"; char c = '\"', d = '\\'';\n// initlint: accept a: b\n" I,
	       "2 a: b");
	expect("#error don't\n/* initlint: accept a: b */\n" I, "2 a: b");
	expect("#define M \\\n\t\"a\\\nb\"\n/* initlint: accept a: b */\n" I, "4 a: b");
	expect("// spliced \\\nint x; initlint\n// initlint: accept a: b\n" I, "3 a: b");
	expect("int x = 4 / 2;\n/* initlint: accept a: b / c */\n" I, "2 a: b / c");
}
END_TEST

START_TEST(malformed)
{
	expect(I " // initlint: accept a\n", "1 a: -");
	expect(I " // initlint: accept a:\n", "1 a: -");
	expect(I " // initlint: accept a because\n", "1 a: -");
	expect(I " // initlint: accept: b\n", "1 -: -");
	expect(I " // initlint: accept A: b\n", "1 -: -");
	expect(I " // initlint: ignore a: b\n", "1 -: -");
	expect(I " // initlint: accept\n", "1 -: -");
	expect(I " // initlint:\n", "1 -: -");
	expect(I " /* initlint: accept a: b", "1 a: b");
	expect("/* initlint: accept a: b \xff */ late_initcall", "1 a: b \xef\xbf\xbd");
	expect("/* initlint: accept a: b */ late_initcall((((", "1 a: b");
}
END_TEST

/* accept_marks() never reads behind the text, for any size and any offset. */
START_TEST(cut_anywhere)
{
	static const char text[] = "/* initlint: accept a: b */ char c = '\\'';\r\n"
				   "// initlint: accept c: \\\r\n d\n" I "\\\n/*\n*/ \"\\\"\n";

	for (size_t size = 0; size < sizeof(text); size++) {
		char *copy = g_memdup2(text, size ? size : 1);

		for (size_t offset = 0; offset <= size; offset++) {
			GPtrArray *marks = accept_marks(copy, size, offset);

			if (marks)
				g_ptr_array_unref(marks);
		}
		g_free(copy);
	}
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("accept");
	TCase *tcase = tcase_create("accept");

	tcase_add_test(tcase, on_the_line);
	tcase_add_test(tcase, above);
	tcase_add_test(tcase, elsewhere);
	tcase_add_test(tcase, literals);
	tcase_add_test(tcase, malformed);
	tcase_add_test(tcase, cut_anywhere);
	suite_add_tcase(suite, tcase);
	return check_main(suite);
}
