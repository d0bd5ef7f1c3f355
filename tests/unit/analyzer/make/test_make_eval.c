// SPDX-License-Identifier: GPL-2.0-only
/* Tests the make evaluator: the values that GNU make gives, errors, unexecuted commands. */
#include <string.h>
#include <glib/gstdio.h>

#include "analyzer/make/make.h"
#include "tests/support/check_main.h"
#include "tests/support/make_cases.h"
#include "tests/support/temp_dir.h"

static struct make *evaluate(const char *text)
{
	struct make *make = make_new("/dev/null", NULL, NULL);

	make_begin(make, false);
	make_eval_text(make, text, strlen(text), (struct make_place){ "Makefile", 1 });
	return make;
}

static void expect(const char *name, const char *text, const char *want)
{
	struct make *make = evaluate(text);
	struct word got;

	ck_assert_msg(!make_error(make), "%s: %s", name,
		      make_error(make) ? make_error(make)->message : "");
	got = make_value(make, "out", NULL);
	ck_assert_msg(got.len == strlen(want) && memcmp(got.text, want, got.len) == 0,
		      "%s: expected '%s', got '%.*s'", name, want, (int)got.len, got.text);
	make_free(make);
}

START_TEST(cases_as_gnu_make)
{
	expect(make_cases[_i].name, make_cases[_i].text, make_cases[_i].out);
}
END_TEST

START_TEST(beyond_gnu_make_4_3)
{
	expect("intcmp",
	       "out := $(intcmp 1,2,lt,eq,gt)$(intcmp 2,2,lt,eq,gt)$(intcmp 3,2,lt,eq,gt)\n",
	       "lteqgt");
	expect("intcmp without greater", "out := $(intcmp 3,2,lt,ge)\n", "ge");
	expect("intcmp of equals", "out := $(intcmp 3,3)$(intcmp 3,2)\n", "3");
	expect("end of file after a backslash", "out := a \\\n", "a ");
	expect("no newline at the end", "out := a", "a");
}
END_TEST

static const struct {
	const char *text;
	const char *message;
} bad[] = {
	{ "a := 1\nifdef x\na := 2\n", "Makefile:2: missing 'endif'" },
	{ "ifdef x\nelse ifdef y\n", "Makefile:2: missing 'endif'" },
	{ "\n\ndefine a\nx\n", "Makefile:3: missing 'endef'" },
	{ "a := 1\nendif\n", "Makefile:2: extraneous 'endif'" },
	{ "else\n", "Makefile:1: extraneous 'else'" },
	{ "ifdef a\nelse\nelse\nendif\n", "Makefile:3: extraneous 'else'" },
	{ "ifeq (a\nendif\n", "Makefile:1: invalid syntax in conditional" },
	{ "a = $(b)\nb = $(a)\nx := $(a)\n",
	  "Makefile:3: Recursive variable 'a' references itself" },
	{ "a = 1 $(a)\nifeq ($(a),)\nendif\n", "Makefile:2: Recursive variable 'a'" },
	{ "\nfoo bar\n", "Makefile:2: missing separator" },
	{ "a := $(error no good)\n", "Makefile:1: no good" },
	{ "a := $(subst a,b)\n",
	  "Makefile:1: insufficient number of arguments (2) to function 'subst'" },
	{ "a := $(word x,b)\n", "Makefile:1: non-numeric argument to 'word'" },
	{ "a := $(foo\n", "Makefile:1: unterminated variable reference" },
	{ "a := $(subst a,b,c\n", "Makefile:1: unterminated call" },
	{ "f = $(call f,$(1)x)\na := $(call f)\n", "Makefile:2: expansion is nested too deep" },
	{ "$(e) := 1\n", "Makefile:1: empty variable name" },
	{ "include /nope/Makefile\n", "Makefile:1: cannot read the Makefile /nope/Makefile" },
};

START_TEST(errors_have_their_place)
{
	struct make *make = evaluate(bad[_i].text);

	ck_assert_msg(make_error(make), "no error for: %s", bad[_i].text);
	ck_assert_msg(g_str_has_prefix(make_error(make)->message, bad[_i].message),
		      "expected '%s', got '%s'", bad[_i].message, make_error(make)->message);
	make_free(make);
}
END_TEST

START_TEST(include_cycle)
{
	char *dir = temp_dir_new();
	g_autofree char *a = g_build_filename(dir, "a.mk", NULL);
	g_autofree char *b = g_build_filename(dir, "b.mk", NULL);
	struct make *make = make_new(dir, NULL, NULL);

	g_file_set_contents(a, "x := 1\ninclude b.mk\n", -1, NULL);
	g_file_set_contents(b, "\n\n-include a.mk\n", -1, NULL);
	make_begin(make, false);
	ck_assert(!make_read(make, a));
	ck_assert_msg(strstr(make_error(make)->message, "b.mk:3: include cycle"), "%s",
		      make_error(make)->message);
	make_free(make);
	temp_dir_free(dir);
}
END_TEST

START_TEST(optional_include)
{
	expect("missing", "-include /nope/x\nsinclude /nope/y\nout := 1\n", "1");
}
END_TEST

/* Returns a bit mask of the unexecuted commands that matter for "out", the first in bit 0. */
static unsigned int tainted(const char *text)
{
	struct make *make = evaluate(text);
	unsigned int taint = 0, found = 0;

	make_value(make, "out", &taint);
	make_taint_matters(make, taint);
	for (unsigned int i = 0; i < make_n_shells(make); i++)
		found |= make_shell(make, i)->matters ? 1U << i : 0;
	ck_assert(!make_error(make));
	make_free(make);
	return found;
}

START_TEST(shell_is_not_run)
{
	struct make *make = evaluate("x := 1\nout := [$(shell echo $(x))]\ny != touch /z\n");

	ck_assert_uint_eq(make_value(make, "out", NULL).len, 2);
	ck_assert_uint_eq(make_n_shells(make), 2);
	ck_assert_str_eq(make_shell(make, 0)->command, "echo $(x)");
	ck_assert_uint_eq(make_shell(make, 0)->place.line, 2);
	ck_assert_str_eq(make_shell(make, 1)->command, "touch /z");
	ck_assert(!make_shell(make, 0)->matters);
	make_free(make);
}
END_TEST

START_TEST(shells_that_matter)
{
	ck_assert_uint_eq(tainted("a := $(shell x)\nout := 1\n"), 0);
	ck_assert_uint_eq(tainted("out := $(shell x)\n"), 1);
	ck_assert_uint_eq(tainted("a := $(shell x)\nb = $(a)\nout := $(subst a,b,$(b))\n"), 1);
	ck_assert_uint_eq(tainted("a := $(shell x)\nout := $(if $(a),1,2)\n"), 1);
	ck_assert_uint_eq(tainted("a != x\nifeq ($(a),y)\nb := 1\nendif\nout := $(b)\n"), 1);
	ck_assert_uint_eq(tainted("ifneq ($(shell x),y)\nout := 1\nendif\n"), 1);
	ck_assert_uint_eq(tainted("a := $(shell x)\nb := $(shell y)\nout := $(b)\n"), 2);
	ck_assert_uint_eq(tainted("a := $(shell x)\nb := $(shell y)\nout := $(b) $(a)\n"), 3);
	ck_assert_uint_eq(tainted("out := $(shell x)\nout := 1\n"), 0);
	ck_assert_uint_eq(tainted("out := 1\nout += $(foreach i,$(shell x),$(i))\n"), 1);
	ck_assert_uint_eq(tainted("f = $(1)\nout := $(call f,$(shell x))\n"), 1);
	ck_assert_uint_eq(tainted("$(eval a := $(shell x))\nout := $(a)\n"), 1);
	ck_assert_uint_eq(tainted("all:\n\techo $(shell x)\nout := 1\n"), 0);
}
END_TEST

static void count_undecided(void *data, struct make_place place, const char *text)
{
	unsigned int *n = data;

	ck_assert_uint_gt(place.line, 0);
	ck_assert(strstr(text, "a $(shell) that is not run decides: stop"));
	++*n;
}

/* Counts the undecided errors and warnings in @text. Any other error fails the test. */
static unsigned int undecided(const char *text)
{
	unsigned int n = 0;
	const struct make_hooks hooks = { .data = &n, .undecided = count_undecided };
	struct make *make = make_new("/dev/null", NULL, &hooks);

	make_begin(make, false);
	make_eval_text(make, text, strlen(text), (struct make_place){ "Makefile", 1 });
	ck_assert_msg(!make_error(make), "%s: %s", text,
		      make_error(make) ? make_error(make)->message : "");
	make_free(make);
	return n;
}

START_TEST(errors_that_a_shell_decides)
{
	static const char *const texts[] = {
		"ifneq ($(shell x),)\nelse\n$(error stop)\nendif\n",
		"n := $(shell x)\nifneq (0,$(n))\n$(error stop)\nendif\n",
		"define f\nn := $(shell $(1))\nifneq (0,$$(n))\n$$(error stop)\nendif\nendef\n"
		"$(eval $(call f,x))\n",
		"$(if $(shell x),,$(error stop))\n",
		"$(or $(shell x),$(error stop))\n",
		"$(and y$(shell x),$(error stop))\n",
		"$(foreach i,a $(shell x),$(error stop))\n",
		"$(intcmp 1$(shell x),2,$(error stop))\n",
		"ifneq ($(shell x),y)\n$(warning stop)\nendif\n",
	};

	for (unsigned int i = 0; i < G_N_ELEMENTS(texts); i++)
		ck_assert_msg(undecided(texts[i]) == 1, "%s", texts[i]);
	/* The empty $(shell) skips this $(error), so the $(error) is not counted. */
	ck_assert_uint_eq(undecided("$(if $(shell x),$(error stop))\n"
				    "$(if $(shell x),y)\n"),
			  0);
}
END_TEST

START_TEST(error_beside_a_shell)
{
	struct make *make = evaluate("$(if $(shell x),y)\n$(if y,$(error stop))\n");

	ck_assert(make_error(make));
	make_free(make);
}
END_TEST

START_TEST(command_line_wins)
{
	struct make *make = make_new("/dev/null", NULL, NULL);
	static const char text[] =
		"a := file\nb ?= file\nc := file\noverride d := file\n"
		"out := $(a) $(b) $(c) $(d) $(origin a) $(origin b) $(origin c)\n";

	make_set_base(make, "a", "cmd", ORIGIN_COMMAND_LINE);
	make_set_base(make, "b", "env", ORIGIN_ENVIRONMENT);
	make_set_base(make, "c", "env", ORIGIN_ENVIRONMENT);
	make_set_base(make, "d", "cmd", ORIGIN_COMMAND_LINE);
	for (int i = 0; i < 2; i++) {
		g_autofree char *out = NULL;

		make_begin(make, false);
		make_eval_text(make, text, strlen(text), (struct make_place){ "Makefile", 1 });
		out = make_value_dup(make, "out");
		ck_assert_str_eq(out, "cmd env file file command line environment file");
	}
	make_free(make);
}
END_TEST

START_TEST(evaluations_do_not_mix)
{
	struct make *make = evaluate("a := 1\nexport a\n");

	ck_assert(make_is_exported(make, make_symbol(make, "a", 1)));
	make_begin(make, false);
	ck_assert_ptr_null(make_lookup(make, make_symbol(make, "a", 1)));
	ck_assert(!make_is_exported(make, make_symbol(make, "a", 1)));
	make_free(make);
}
END_TEST

START_TEST(config_shows_when_read)
{
	struct make *make = make_new("/dev/null", NULL, NULL);
	g_autofree char *value = NULL;

	make_set_config(make, "CONFIG_X", "y");
	make_begin(make, false);
	ck_assert_uint_eq(make_value(make, "CONFIG_X", NULL).len, 0);
	make_show_config(make);
	value = make_value_dup(make, "CONFIG_X");
	ck_assert_str_eq(value, "y");
	make_free(make);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("make_eval");
	TCase *tcase = tcase_create("eval");

	tcase_add_loop_test(tcase, cases_as_gnu_make, 0, (int)make_cases_count);
	tcase_add_test(tcase, beyond_gnu_make_4_3);
	tcase_add_loop_test(tcase, errors_have_their_place, 0, G_N_ELEMENTS(bad));
	tcase_add_test(tcase, include_cycle);
	tcase_add_test(tcase, optional_include);
	tcase_add_test(tcase, shell_is_not_run);
	tcase_add_test(tcase, shells_that_matter);
	tcase_add_test(tcase, errors_that_a_shell_decides);
	tcase_add_test(tcase, error_beside_a_shell);
	tcase_add_test(tcase, command_line_wins);
	tcase_add_test(tcase, evaluations_do_not_mix);
	tcase_add_test(tcase, config_shows_when_read);
	suite_add_tcase(suite, tcase);
	return check_main(suite);
}
