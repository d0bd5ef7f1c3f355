// SPDX-License-Identifier: GPL-2.0-only
/* The kinds of inferred findings, and the page of the documentation that is made from them. */
#include <string.h>

#include "rules/engine/infer/mechanism.h"
#include "tests/support/check_main.h"

#define PAGE TEST_SOURCE_DIR "/docs/mechanisms.md"

START_TEST(ids)
{
	const struct finding_kind *kind = finding_kind_of("needs-bus");
	g_autofree char *id = finding_kind_id(kind, "bus");
	g_autofree char *title = finding_kind_text(kind, id, kind->title);

	ck_assert(kind->is_family);
	ck_assert_str_eq(id, "needs-bus");
	ck_assert_str_eq(finding_kind_resource(kind, id), "bus");
	ck_assert_ptr_nonnull(strstr(title, "'bus'"));
	ck_assert_ptr_null(strstr(title, MECHANISM_KIND));
	ck_assert(!finding_kind_of("needs-variable")->is_family);
	ck_assert_str_eq(finding_kind_of("never-retried")->id, "never-retried");
	ck_assert_ptr_null(finding_kind_of("never"));
	ck_assert_ptr_null(finding_kind_of("ffa-after-pkvm"));
}
END_TEST

static void append_kind(GString *text, const struct finding_kind *kind)
{
	g_string_append_printf(text, "\n## `%s`\n\n*%s.*\n\n%s\n\nWhat to do:\n\n%s", kind->id,
			       kind->title, kind->why, kind->what_to_do);
}

static char *page(void)
{
	GString *text = g_string_new(
		"<!-- SPDX-License-Identifier: GPL-2.0-only -->\n"
		"<!-- Made from the table of mechanisms. Renew: "
		"INITLINT_RENEW=1 BUILD/tests/test_mechanism -->\n"
		"# What initlint infers\n\n"
		"Findings of `initlint check` with these rule ids come from the "
		"code, not from a rule file. [hacking/inference.md](hacking/inference.md) says "
		"how they are found.\n");
	const struct finding_kind *kind;

	for (unsigned int i = 0; (kind = finding_kind_at(i)); i++)
		append_kind(text, kind);
	return g_string_free(text, FALSE);
}

/* Set INITLINT_RENEW to write the page. */
START_TEST(page_is_current)
{
	g_autofree char *expected = page();
	g_autofree char *text = NULL;

	if (g_getenv("INITLINT_RENEW"))
		ck_assert(g_file_set_contents(PAGE, expected, -1, NULL));
	ck_assert(g_file_get_contents(PAGE, &text, NULL, NULL));
	/* ck_assert_str_eq() cannot print a text of this length. */
	ck_assert_msg(strcmp(text, expected) == 0,
		      "docs/mechanisms.md is not current; renew it with INITLINT_RENEW=1");
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("mechanisms");
	TCase *tcase = tcase_create("mechanisms");

	tcase_add_test(tcase, ids);
	tcase_add_test(tcase, page_is_current);
	suite_add_tcase(suite, tcase);
	return check_main(suite);
}
