// SPDX-License-Identifier: GPL-2.0-only
/* Tests which rule makes a target, and tests target-specific variables. */
#include <string.h>
#include <glib/gstdio.h>

#include "analyzer/make/make.h"
#include "analyzer/make/make_rules.h"
#include "tests/support/check_main.h"
#include "tests/support/temp_dir.h"

static char *dir;

static void setup(void)
{
	dir = temp_dir_new();
	for (const char *const *name = (const char *const[]){ "a.c", "b.S", "gen.y", NULL }; *name;
	     name++) {
		g_autofree char *path = g_build_filename(dir, *name, NULL);

		g_file_set_contents(path, "", 0, NULL);
	}
}

static void teardown(void)
{
	temp_dir_free(dir);
}

static struct make *evaluate(const char *text)
{
	struct make *make = make_new(dir, NULL, NULL);

	make_begin(make, false);
	make_eval_text(make, text, strlen(text), (struct make_place){ "Makefile", 1 });
	ck_assert_msg(!make_error(make), "%s", make_error(make) ? make_error(make)->message : "");
	return make;
}

/*
 * Returns "LINE STEM: PREREQUISITES" of the rule that makes @target; "none" if there is no such
 * rule. Free with g_free().
 */
static char *way(struct make *make, const char *target)
{
	struct make_recipe recipe;
	GString *text = g_string_new(NULL);

	if (!make_find_recipe(make, (struct word){ target, strlen(target) }, &recipe)) {
		make_recipe_clear(&recipe);
		return g_string_free(g_string_assign(text, "none"), FALSE);
	}
	g_string_printf(text, "%u %.*s:", recipe.rule ? recipe.rule->place.line : 0,
			(int)recipe.stem.len, recipe.stem.len ? recipe.stem.text : "");
	for (unsigned int i = 0; i < recipe.prerequisites->len; i++) {
		struct word word = g_array_index(recipe.prerequisites, struct word, i);

		g_string_append_printf(text, " %.*s", (int)word.len, word.text);
	}
	make_recipe_clear(&recipe);
	return g_string_free(text, FALSE);
}

static void expect(const char *text, const char *target, const char *want)
{
	struct make *make = evaluate(text);
	g_autofree char *got = way(make, target);

	ck_assert_str_eq(got, want);
	make_free(make);
}

static const char both[] = "%.o: %.c FORCE\n\tcc\n%.o: %.S\n\tas\n";

START_TEST(pattern_rules)
{
	expect(both, "a.o", "1 a: a.c FORCE");
	expect(both, "b.o", "3 b: b.S");
	expect(both, "c.o", "none");
	expect("./%.o: %.c\n\tcc\n", "./a.o", "1 a: a.c");
	/* The rule with the shortest stem wins, even if it comes later. */
	expect("%.o: a.c\n\tone\n%a.o: b.S\n\ttwo\n", "xa.o", "3 x: b.S");
	/* A pattern rule without a recipe does not make its target. */
	expect("%.o: %.c\n", "a.o", "none");
}
END_TEST

START_TEST(chains)
{
	expect("%.o: %.c\n\tcc\n%.c: %.y\n\tyacc\n", "gen.o", "1 gen: gen.c");
	expect("%.o: %.c\n\tcc\nx.c:\n\tgen\n", "x.o", "1 x: x.c");
	/* The search ends although this rule could make its own prerequisite. */
	expect("%: %.x\n\tcp\n", "a", "none");
}
END_TEST

START_TEST(explicit_rules)
{
	expect("x.o: y.o z.o | order\n\tld\n", "x.o", "1 : y.o z.o");
	expect("x.o: more\nx.o: y.o\n\tld\n", "x.o", "2 : y.o more");
	/* After an explicit rule without a recipe, pattern rules are searched. */
	expect("a.o: dep.h\n%.o: %.c\n\tcc\n", "a.o", "2 a: a.c");
	expect("x:: a.c\n\tcc\n", "x", "1 : a.c");
	expect("x.o y.o: a.c ; cc\n", "y.o", "1 : a.c");
	expect("l := x.o\n$(l): $(l:.o=.c)\n\tcc\n", "x.o", "2 : x.c");
}
END_TEST

START_TEST(static_patterns)
{
	expect("x.o y.o: %.o: src/%.c FORCE\n\tcc\n", "y.o", "1 y: src/y.c FORCE");
	expect("d := dir\n$(d)/x.o: $(d)/%.o: %.c\n\tcc\n", "dir/x.o", "2 x: x.c");
}
END_TEST

START_TEST(rules_after_expansion)
{
	expect("define r\nx.o: y.c\n\tcc\nendef\n$(eval $(r))\n", "x.o", "5 : y.c");
	expect("t = x.o: y.c\n$(t)\n\tcc\n", "x.o", "2 : y.c");
	expect("$(foreach i,x y,$(eval $(i).o: $(i).c ; cc))\n", "y.o", "1 : y.c");
}
END_TEST

static void check_value(struct make *make, const char *target, bool inherited, const char *want)
{
	unsigned int mark = make_mark(make);
	g_autofree char *got = NULL;

	make_push_target(make, (struct word){ target, strlen(target) }, inherited);
	got = make_value_dup(make, "v");
	ck_assert_str_eq(got, want);
	make_pop(make, mark);
}

START_TEST(target_variables)
{
	struct make *make = evaluate("v := g\nw = $(v)w\n"
				     "x: v := x\n"
				     "y: v += y\n"
				     "%.o: v := pattern\n"
				     "a.o b.o: v += more\n"
				     "p: private v := p\n"
				     "q: export v := $(v)q\n"
				     "r: override v = $(w)\n");

	check_value(make, "x", false, "x");
	check_value(make, "y", false, "g y");
	check_value(make, "z", false, "g");
	check_value(make, "b.o", false, "pattern more");
	check_value(make, "c.o", false, "pattern");
	check_value(make, "p", false, "p");
	check_value(make, "p", true, "g");
	check_value(make, "q", false, "gq");
	check_value(make, "x", true, "x");
	make_free(make);
}
END_TEST

START_TEST(push_and_pop)
{
	struct make *make = evaluate("out = <$@>\n");
	unsigned int mark = make_mark(make);
	g_autofree char *inside = NULL, *outside = NULL;

	make_push(make, make_symbol(make, "@", 1), "t", 1);
	inside = make_value_dup(make, "out");
	make_pop(make, mark);
	outside = make_value_dup(make, "out");
	ck_assert_str_eq(inside, "<t>");
	ck_assert_str_eq(outside, "<>");
	make_free(make);
}
END_TEST

START_TEST(files_through_vpath)
{
	g_autofree char *text = g_strdup_printf("VPATH := %s\n", dir);
	struct make *make = make_new("/dev/null", NULL, NULL);
	struct word found;

	make_begin(make, false);
	make_eval_text(make, text, strlen(text), (struct make_place){ "Makefile", 1 });
	found = make_find_file(make, (struct word){ "a.c", 3 });
	ck_assert_ptr_nonnull(found.text);
	ck_assert(word_ends(found, "/a.c"));
	ck_assert_ptr_null(make_find_file(make, (struct word){ "z.c", 3 }).text);
	make_free(make);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("make_rules");
	TCase *tcase = tcase_create("rules");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, pattern_rules);
	tcase_add_test(tcase, chains);
	tcase_add_test(tcase, explicit_rules);
	tcase_add_test(tcase, static_patterns);
	tcase_add_test(tcase, rules_after_expansion);
	tcase_add_test(tcase, target_variables);
	tcase_add_test(tcase, push_and_pop);
	tcase_add_test(tcase, files_through_vpath);
	suite_add_tcase(suite, tcase);
	return check_main(suite);
}
