// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>

#include "rules/engine/verify/verify.h"
#include "tests/support/check_main.h"

/*
 * Parses entries such as "level:module:line:function ...". An unknown level or module is "-", an
 * unknown line is 0. @keep gets the strings.
 */
static GArray *parse(const char *text, GStrv *keep)
{
	GArray *entries = g_array_new(FALSE, FALSE, sizeof(struct verify_entry));
	g_autoptr(GStrvBuilder) builder = g_strv_builder_new();
	g_auto(GStrv) words = g_strsplit(text, " ", -1);

	for (char **word = words; *word && **word; word++) {
		g_auto(GStrv) parts = g_strsplit(*word, ":", 4);

		ck_assert_uint_eq(g_strv_length(parts), 4);
		g_strv_builder_addv(builder, (const char **)parts);
	}
	*keep = g_strv_builder_end(builder);
	for (char **part = *keep; *part; part += 4) {
		struct verify_entry entry = {
			.level = initcall_level_parse(part[0]),
			.modname = strcmp(part[1], "-") ? part[1] : NULL,
			.line = (unsigned int)strtoul(part[2], NULL, 10),
			.function = part[3],
		};

		g_array_append_val(entries, entry);
	}
	return entries;
}

/*
 * Compares two orders. Returns the result as text: "in order/observed/computed" for all initcalls,
 * "+", the same for console initcalls, then " kind:observed:computed" for each difference.
 */
static char *compare(const char *observed, const char *computed, bool complete)
{
	GString *got = g_string_new(NULL);
	g_auto(GStrv) keep_a = NULL;
	g_auto(GStrv) keep_b = NULL;
	g_autoptr(GArray) a = parse(observed, &keep_a);
	g_autoptr(GArray) b = parse(computed, &keep_b);
	struct verify_result result;

	verify_compare((void *)a->data, a->len, (void *)b->data, b->len, complete, &result);
	g_string_append_printf(got, "%u/%u/%u+%u/%u/%u", result.calls.n_in_order,
			       result.calls.n_observed, result.calls.n_computed,
			       result.console.n_in_order, result.console.n_observed,
			       result.console.n_computed);
	for (unsigned int i = 0; i < result.differences->len; i++) {
		const struct verify_difference *difference =
			&g_array_index(result.differences, struct verify_difference, i);

		g_string_append_printf(got, " %s:%d:%d", verify_kind_name(difference->kind),
				       difference->observed, difference->computed);
	}
	if (result.n_outside)
		g_string_append_printf(got, " outside:%u", result.n_outside);
	verify_result_clear(&result);
	return g_string_free(got, FALSE);
}

static const struct {
	const char *observed, *computed, *expected;
	bool incomplete;
	const char *or_expected; /* for a second alignment of the same length; NULL: none */
} cases[] = {
	{ "6:m:1:a 6:m:2:b con:m:3:c", "6:m:1:a 6:m:2:b con:m:3:c", "2/2/2+1/1/1", false, NULL },
	{ "", "", "0/0/0+0/0/0", false, NULL },
	{ "6:m:1:a", "", "0/1/0+0/0/0 missing:0:-1", false, NULL },
	{ "", "6:m:1:a con:m:1:c", "0/0/1+0/0/1 extra:-1:0 extra:-1:1", false, NULL },
	/* an initcall that ran earlier than computed */
	{ "6:m:1:x 6:m:1:a 6:m:1:b 6:m:1:c", "6:m:1:a 6:m:1:b 6:m:1:c 7:m:1:x",
	  "3/4/4+0/0/0 moved:0:3", false, NULL },
	/* missing and extra entries are reported at their places */
	{ "6:m:1:a 6:m:1:b 6:m:1:c", "6:m:1:a 6:m:1:x 6:m:1:c",
	  "2/3/3+0/0/0 missing:1:-1 extra:-1:1", false, NULL },
	/* the module identifies initcalls with the same name */
	{ "6:m:1:init 6:n:1:init 6:o:1:init", "6:m:1:init 6:n:1:init 6:o:1:init", "3/3/3+0/0/0",
	  false, NULL },
	{ "6:m:1:init 6:n:1:init", "6:n:1:init 6:m:1:init", "1/2/2+0/0/0 moved:1:0", false,
	  "1/2/2+0/0/0 moved:0:1" },
	{ "-:-:0:init -:-:0:init -:-:0:b", "6:m:1:init 6:n:1:init 6:m:1:b", "3/3/3+0/0/0", false,
	  NULL },
	{ "-:-:0:init -:-:0:init", "6:m:1:init", "1/2/1+0/0/0 missing:1:-1", false,
	  "1/2/1+0/0/0 missing:0:-1" },
	/* the order is the same, but another property differs */
	{ "6:m:1:a", "6s:m:1:a", "1/1/1+0/0/0 level:0:0", false, NULL },
	{ "6:m:1:a 6:m:2:b 6:m:3:c", "6:m:1:a 6:n:2:b 6:m:3:c", "3/3/3+0/0/0 module:1:1", false,
	  NULL },
	{ "6:m:1:a", "6:m:2:a", "1/1/1+0/0/0 line:0:0", false, NULL },
	{ "6:m:1:a 6:m:1:b 6:m:1:x", "7:n:9:x 6:m:1:a 6:m:1:b",
	  "2/3/3+0/0/0 moved:2:0 module:2:0 line:2:0", false, NULL },
	/* console initcalls are a separate sequence */
	{ "6:m:1:a con:m:1:c con:m:1:d", "con:m:1:d con:m:1:c 6:m:1:a", "1/1/1+1/2/2 moved:2:0",
	  false, "1/1/1+1/2/2 moved:1:1" },
	/* a log that begins late or ends early */
	{ "-:-:0:b -:-:0:c", "1:m:1:a 2:m:1:b 3:m:1:c 4:m:1:d con:m:1:x", "2/2/4+0/0/1 outside:3",
	  true, NULL },
	{ "-:-:0:b -:-:0:d", "1:m:1:a 2:m:1:b 3:m:1:c 4:m:1:d", "2/2/4+0/0/0 extra:-1:2 outside:1",
	  true, NULL },
};

START_TEST(compares)
{
	g_autofree char *got =
		compare(cases[_i].observed, cases[_i].computed, !cases[_i].incomplete);

	if (!cases[_i].or_expected || strcmp(got, cases[_i].or_expected) != 0)
		ck_assert_str_eq(got, cases[_i].expected);
}
END_TEST

/* The alignment must be the longest one: 990 initcalls are in order, and a block of 10 moved. */
START_TEST(longest)
{
	g_autoptr(GString) observed = g_string_new(NULL);
	g_autoptr(GString) computed = g_string_new(NULL);
	g_autofree char *got = NULL;

	for (int i = 0; i < 1000; i++) {
		g_string_append_printf(observed, "%s6:m:1:f%d", i ? " " : "", i);
		g_string_append_printf(computed, "%s6:m:1:f%d", i ? " " : "", (i + 10) % 1000);
	}
	got = compare(observed->str, computed->str, true);
	ck_assert_msg(g_str_has_prefix(got, "990/1000/1000+0/0/0 moved:0:990 "), "%s", got);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("verify");
	TCase *tcase = tcase_create("verify");

	tcase_add_loop_test(tcase, compares, 0, G_N_ELEMENTS(cases));
	tcase_add_test(tcase, longest);
	suite_add_tcase(suite, tcase);
	return check_main(suite);
}
