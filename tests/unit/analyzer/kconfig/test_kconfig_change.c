// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "analyzer/kconfig/kconfig_change.h"
#include "tests/support/check_main.h"
#include "tests/support/temp_dir.h"

/*
 * Reads a file of the tree in @data. @data is the content of "Kconfig". After it comes each other
 * file: "=== PATH\n" and the content.
 */
static GBytes *read_part(void *data, const char *path)
{
	g_auto(GStrv) parts = g_strsplit(data, "=== ", -1);

	if (strcmp(path, "Kconfig") == 0)
		return g_bytes_new(parts[0], parts[0] ? strlen(parts[0]) : 0);
	for (char **part = parts + 1; *parts && *part; part++) {
		const char *text = strchr(*part, '\n');

		if (text && strncmp(*part, path, strlen(path)) == 0 && *part + strlen(path) == text)
			return g_bytes_new(text + 1, strlen(text + 1));
	}
	return NULL;
}

static struct kconfig_tree *load(const char *text)
{
	struct kconfig_reader reader = { (void *)text, read_part };

	return kconfig_tree_load(&reader, "arm64");
}

static struct kconfig *load_config(const char *lines)
{
	char *scratch = temp_dir_new();
	g_autofree char *path = g_build_filename(scratch, ".config", NULL);
	g_autofree char *text =
		g_strconcat("# Linux/arm64 6.12.0 Kernel Configuration\n", lines, NULL);
	struct kconfig *config;

	ck_assert(g_file_set_contents(path, text, -1, NULL));
	config = kconfig_load(path, NULL);
	ck_assert_ptr_nonnull(config);
	temp_dir_free(scratch);
	return config;
}

static struct kconfig_change *compare(const char *before, const char *after, const char *lines)
{
	g_autoptr(kconfig_tree) was = load(before);
	g_autoptr(kconfig_tree) is = load(after);
	g_autoptr(kconfig) config = load_config(lines);

	return kconfig_change_new(was, is, config);
}

/* Returns "FOO=y BAR=? ?BAZ": BAR is undecidable, and BAZ is in @followers. g_free() it. */
static char *spell(const struct kconfig_change *change)
{
	g_autoptr(GString) text = g_string_new(NULL);

	for (guint i = 0; i < change->answers->len; i++) {
		const struct kconfig_answer *answer = change->answers->pdata[i];

		g_string_append_printf(text, "%s=%s ", answer->symbol + strlen("CONFIG_"),
				       answer->now ? answer->now : "?");
	}
	for (guint i = 0; i < change->followers->len; i++)
		g_string_append_printf(text, "?%s ",
				       (char *)change->followers->pdata[i] + strlen("CONFIG_"));
	return g_strdup(g_strchomp(text->str));
}

#define MODULES "config MODULES\n\tbool \"modules\"\n\tmodules\n"
#define ON	"config ON\n\tbool \"on\"\n"
#define OFF	"config OFF\n\tbool \"off\"\n"
#define X	"config X\n\ttristate \"x\"\n"
#define KEPT	"CONFIG_MODULES=y\nCONFIG_ON=y\n"

static const struct {
	const char *before, *after, *config, *answers;
} cases[] = {
	/* New symbols. */
	{ "", ON "\tdefault y\n", "", "ON=y" },
	{ "", ON, "", "" },
	{ "", "config A\n\tdef_bool y\n", "", "A=y" },
	{ ON, ON "config A\n\tbool\n\tdefault y if ON\n\tdefault n\n", KEPT, "A=y" },
	{ ON OFF, ON OFF "config A\n\tbool\n\tdefault n if OFF\n\tdefault ON\n", KEPT, "A=y" },
	{ ON OFF, ON OFF "config A\n\tdef_bool y\n\tdepends on OFF\n", KEPT, "" },
	{ ON OFF, ON OFF "config A\n\tdef_bool y\n\tdepends on ON && !OFF\n", KEPT, "A=y" },
	{ "", "config A\n\tdef_bool y\n\tdepends on NOBODY\n", "", "" },
	{ MODULES, MODULES X "\tdefault m\n", KEPT, "X=m" },
	{ "", X "\tdefault m\n", "", "X=y" },
	{ MODULES, MODULES X "\tdefault y\n\tdepends on m\n", KEPT, "X=m" },
	{ "", X "\tdefault y\n\tdepends on m\n", "", "" },
	{ MODULES X, MODULES X "config A\n\tdef_bool X\n", KEPT "CONFIG_X=m\n", "A=y" },
	{ MODULES X, MODULES X "config A\n\tdef_tristate X\n", KEPT "CONFIG_X=m\n", "A=m" },
	{ "", "config S\n\tstring \"s\"\n\tdefault \"a \\\"b\\\"\"\n", "", "S=\"a \"b\"\"" },
	{ "", "config I\n\tint \"i\"\n\trange 1 9\n\tdefault 4\n", "", "I=4" },
	{ "", "config I\n\tint \"i\"\n\trange 1 3\n\tdefault 4\n", "", "I=?" },
	{ "", "config H\n\thex\n\tdefault 0x10\n", "", "H=0x10" },
	/* Removed symbols, and symbols that move to another file. */
	{ ON, "", "CONFIG_ON=y\n", "ON=n" },
	{ OFF, "", "", "" },
	{ ON "config A\n\tdef_bool ON\n", "config A\n\tdef_bool ON\n", "CONFIG_ON=y\nCONFIG_A=y\n",
	  "A=n ON=n" },
	{ ON "source \"b\"\n=== b\n", "source \"b\"\n=== b\n" ON, "CONFIG_ON=y\n", "" },
	{ "source \"b\"\n=== b\n" ON, "source \"b\"\n", "CONFIG_ON=y\n", "ON=?" },
	{ "source \"arch/$(SRCARCH)/b\"\n=== arch/arm64/b\n" ON,
	  "source \"arch/$(SRCARCH)/b\"\n=== arch/arm64/b\n", "CONFIG_ON=y\n", "ON=n" },
	/* Changed symbols. */
	{ ON OFF "config A\n\tbool \"a\"\n", ON OFF "config A\n\tbool \"a\"\n\tdepends on OFF\n",
	  KEPT "CONFIG_A=y\n", "A=n" },
	{ ON "config A\n\tbool \"a\"\n", ON "config A\n\tbool \"a\"\n\tdefault y\n", KEPT, "" },
	{ ON "config A\n\tbool\n", ON "config A\n\tbool\n\tdefault y\n", KEPT, "A=y" },
	{ ON "config A\n\tbool\n", ON "config A\n\tbool \"a\"\n\tdefault y\n", KEPT, "A=y" },
	{ ON OFF "config A\n\tbool \"a\"\n", ON OFF "config A\n\tbool \"a\" if OFF\n\tdefault ON\n",
	  KEPT, "A=y" },
	{ "config A\n\tbool \"a\"\n\tdefault y\n", "config A\n\tbool\n\tdefault n\n",
	  "CONFIG_A=y\n", "A=n" },
	{ MODULES X, MODULES "config X\n\tbool \"x\"\n", KEPT "CONFIG_X=m\n", "X=n" },
	{ MODULES X, MODULES "config X\n\tbool \"x\"\n\tdefault y\n", KEPT "CONFIG_X=m\n", "X=y" },
	{ ON, "config ON\n\tint \"on\"\n\tdefault 3\n", "CONFIG_ON=y\n", "ON=3" },
	{ MODULES X "config A\n\ttristate \"a\"\n",
	  MODULES X "config A\n\ttristate \"a\"\n\tdepends on X\n", KEPT "CONFIG_X=m\nCONFIG_A=y\n",
	  "A=m" },
	{ ON OFF, ON "\tdepends on OFF\n" OFF, "CONFIG_ON=y\n", "ON=n" },
	/* Changes of the blocks around a symbol. */
	{ OFF "config A\n\tbool \"a\"\n", OFF "if OFF\nconfig A\n\tbool \"a\"\nendif\n",
	  "CONFIG_A=y\n", "A=n" },
	{ OFF "menu \"m\"\nconfig A\n\tbool \"a\"\nendmenu\n",
	  OFF "menu \"m\"\n\tdepends on OFF\nconfig A\n\tbool \"a\"\nendmenu\n", "CONFIG_A=y\n",
	  "A=n" },
	{ OFF "menu \"m\"\nconfig A\n\tbool \"a\"\n\tdefault n\nendmenu\n",
	  OFF "menu \"m\"\n\tvisible if OFF\nconfig A\n\tbool \"a\"\n\tdefault n\nendmenu\n",
	  "CONFIG_A=y\n", "A=n" },
	{ OFF "source \"b\"\n=== b\nconfig A\n\tbool \"a\"\n",
	  OFF "if OFF\nsource \"b\"\nendif\n=== b\nconfig A\n\tbool \"a\"\n", "CONFIG_A=y\n",
	  "A=n" },
	/* Selects and implies. */
	{ ON "config A\n\tbool\n", ON "\tselect A\nconfig A\n\tbool\n", KEPT, "A=y" },
	{ OFF "config A\n\tbool\n", OFF "\tselect A\nconfig A\n\tbool\n", "", "" },
	{ ON OFF "config A\n\tbool\n", ON "\tselect A if OFF\n" OFF "config A\n\tbool\n", KEPT,
	  "" },
	{ ON "\tselect A\nconfig A\n\tbool\n", ON "config A\n\tbool\n", KEPT "CONFIG_A=y\n",
	  "A=n" },
	{ ON "\tselect A\nconfig A\n\tbool \"a\"\n", ON "config A\n\tbool \"a\"\n",
	  KEPT "CONFIG_A=y\n", "" },
	{ MODULES X "config A\n\ttristate\n", MODULES X "\tselect A\nconfig A\n\ttristate\n",
	  KEPT "CONFIG_X=m\n", "A=m" },
	{ ON "\tselect A\nconfig B\n\tbool\n\tselect A\nconfig A\n\tbool\n",
	  ON "config B\n\tdef_bool y\n\tselect A\nconfig A\n\tbool\n", KEPT "CONFIG_A=y\n", "B=y" },
	{ ON, ON "\timply A\nconfig A\n\tbool \"a\"\n", KEPT, "A=y" },
	{ ON OFF, ON "\timply A\n" OFF "config A\n\tbool \"a\"\n\tdepends on OFF\n", KEPT, "" },
	{ ON "config A\n\tbool \"a\"\n", ON "\timply A\nconfig A\n\tbool \"a\"\n", KEPT, "" },
	/* Choices. */
	{ "",
	  "choice\n\tprompt \"c\"\n\tdefault B\nconfig A\n\tbool \"a\"\nconfig B\n\tbool "
	  "\"b\"\nendchoice\n",
	  "", "B=y" },
	{ "choice\n\tprompt \"c\"\nconfig A\n\tbool \"a\"\nconfig B\n\tbool \"b\"\nendchoice\n",
	  "choice\n\tprompt \"c\"\nconfig A\n\tbool \"a\"\nconfig C\n\tbool \"c\"\nendchoice\n",
	  "CONFIG_A=y\n", "" },
	{ "choice\n\tprompt \"c\"\nconfig A\n\tbool \"a\"\nconfig B\n\tbool \"b\"\nendchoice\n",
	  "choice\n\tprompt \"c\"\nconfig B\n\tbool \"b\"\nconfig C\n\tbool \"c\"\nendchoice\n",
	  "CONFIG_A=y\n", "A=n C=y" },
	{ "choice\n\tprompt \"c\"\nconfig A\n\tbool \"a\"\nconfig B\n\tbool \"b\"\nconfig "
	  "C\n\tbool "
	  "\"c\"\nendchoice\n",
	  "choice\n\tprompt \"c\"\n\tdefault B\nconfig B\n\tbool \"b\"\nconfig C\n\tbool "
	  "\"c\"\nendchoice\n",
	  "CONFIG_A=y\n", "A=n B=? C=?" },
	/* Symbols that depend on a changed answer. */
	{ ON OFF "config A\n\tdef_bool ON\nconfig B\n\tdef_bool A\n\tselect C\nconfig C\n\tbool\n",
	  ON "\tdepends on OFF\n" OFF
	     "config A\n\tdef_bool ON\nconfig B\n\tdef_bool A\n\tselect C\nconfig C\n\tbool\n",
	  "CONFIG_ON=y\nCONFIG_A=y\nCONFIG_B=y\nCONFIG_C=y\n", "A=n B=n C=n ON=n" },
	{ OFF MODULES X "config A\n\ttristate\n\tdefault m\n",
	  OFF MODULES "\tdepends on OFF\n" X "config A\n\ttristate\n\tdefault m\n",
	  KEPT "CONFIG_X=m\nCONFIG_A=m\n", "A=y MODULES=n X=y" },
	/* Undecidable answers. */
	{ "", "config A\n\tdef_bool $(cc-option,-mfoo)\nconfig B\n\tdef_bool A\n", "", "A=? ?B" },
	{ OFF, OFF "config A\n\tdef_bool OFF && $(cc-option,-mfoo)\n", "", "" },
	{ "", "config A\n\tdef_bool y\n\ttransitional\n", "", "A=?" },
	{ "", "config A\n\tdef_bool (y\n", "", "A=?" },
	{ "", "config A\n\tdefault y\n", "", "A=?" },
	/* The .config does not match the unchanged tree. */
	{ "config A\n\tdef_bool n\n", "config A\n\tdef_bool n\n\tdepends on ON\n", "CONFIG_A=y\n",
	  "A=?" },
};

START_TEST(answers)
{
	g_autoptr(kconfig_change) change =
		compare(cases[_i].before, cases[_i].after, cases[_i].config);
	g_autofree char *is = spell(change);
	g_autoptr(GString) expected = g_string_new(cases[_i].answers);

	/* The table has the inner quotes without backslashes. */
	g_string_replace(expected, "\"a \"b\"\"", "\"a \\\"b\\\"\"", 0);
	ck_assert_msg(strcmp(is, expected->str) == 0, "case %d: \"%s\", expected \"%s\"\n%s", _i,
		      is, expected->str, cases[_i].after);
}
END_TEST

/* Conditions, and whether they hold if ON is y, X is m, OFF is n and N is 16. */
static const struct {
	const char *text;
	bool holds;
} conditions[] = {
	{ "ON", true },
	{ "!ON", false },
	{ "ON && OFF", false },
	{ "ON || OFF", true },
	{ "OFF || ON && ON", true },
	{ "(OFF || ON) && OFF", false },
	{ "ON=y", true },
	{ "ON = \"y\"", true },
	{ "OFF=n", true },
	{ "ON!=y", false },
	{ "X=m", true },
	{ "X < y", true },
	{ "X > n", true },
	{ "N = 16", true },
	{ "N >= 16", true },
	{ "N < 3", false },
	{ "N > 9", true },
	{ "S = \"text\"", true },
	{ "S != ''", true },
	{ "NOBODY = n", false },
	{ "!NOBODY", true },
	{ "!(ON && (!OFF || X))", false },
	{ "y", true },
	{ "n", false },
	{ "$(never,(a)) && n", false },
	{ "$(never) || y", true },
};

START_TEST(expressions)
{
	static const char tree[] =
		MODULES ON OFF X "config N\n\tint \"n\"\nconfig S\n\tstring \"s\"\n";
	g_autofree char *after = g_strdup_printf("%sconfig A\n\tdef_bool y\n\tdepends on %s\n",
						 tree, conditions[_i].text);
	g_autoptr(kconfig_change) change =
		compare(tree, after, KEPT "CONFIG_X=m\nCONFIG_N=16\nCONFIG_S=\"text\"\n");
	g_autofree char *is = spell(change);

	ck_assert_msg(strcmp(is, conditions[_i].holds ? "A=y" : "") == 0, "%s: %s",
		      conditions[_i].text, is);
}
END_TEST

START_TEST(text_that_is_no_entry)
{
	g_autoptr(kconfig_change) change =
		compare("",
			"# config A\n"
			"NAME := config\n"
			"comment \"config B\"\n\tdepends on C\n"
			"config D # not E\n"
			"\tbool \"an # in it\"\n"
			"\thelp\n\t  config F\n\t  \tbool\n\n\t  depends on C\n"
			"\tdefault \\\n\t\ty\n"
			"config G\n\tdef_bool y\n",
			"");
	g_autofree char *is = spell(change);

	ck_assert_str_eq(is, "D=y G=y");
}
END_TEST

START_TEST(where_and_why)
{
	g_autoptr(kconfig_change) change = compare(
		ON, ON "source \"b\"\n=== b\n\nconfig A\n\tbool\n\tdefault y if ON\n", KEPT);
	const struct kconfig_answer *answer = change->answers->pdata[0];

	ck_assert_uint_eq(change->answers->len, 1);
	ck_assert_uint_eq(change->n_undecidable, 0);
	ck_assert_str_eq(answer->file, "b");
	ck_assert_uint_eq(answer->line, 2);
	ck_assert_str_eq(answer->why, "default y");
	ck_assert_str_eq(answer->was, "n");
	ck_assert(answer->is_new);
}
END_TEST

START_TEST(applied)
{
	g_autoptr(kconfig_change) change =
		compare(ON X,
			ON "\tselect B\nconfig B\n\tbool\nconfig S\n\tstring\n\tdefault \"\\\\\"\n",
			"CONFIG_ON=y\nCONFIG_X=y\n");
	g_autofree char *text = kconfig_change_apply(
		change,
		"# head\nCONFIG_ON=y\nCONFIG_X=y\n# CONFIG_B is not set\n# CONFIG_Q is not set\n");

	ck_assert_str_eq(text, "# head\nCONFIG_ON=y\n# CONFIG_Q is not set\nCONFIG_B=y\n"
			       "CONFIG_S=\"\\\\\"\n# CONFIG_X is not set\n");
}
END_TEST

START_TEST(applied_to_the_header)
{
	g_autoptr(kconfig_change) change = compare(
		ON X MODULES "config M\n\ttristate\n\tdefault y\n",
		ON "\tselect B\nconfig B\n\tbool\nconfig S\n\tstring\n\tdefault \"s\"\n" MODULES
		   "config M\n\ttristate\n\tdefault m\n",
		"CONFIG_ON=y\nCONFIG_X=y\nCONFIG_M=y\nCONFIG_MODULES=y\n");
	g_autofree char *text = kconfig_change_apply_header(
		change, "/* head */\n#define CONFIG_ON 1\n#define CONFIG_X 1\n#define CONFIG_M 1\n"
			"#define CONFIG_B_MODULE 1\n#define CONFIG_XY 1\n");

	ck_assert_str_eq(text, "/* head */\n#define CONFIG_ON 1\n#define CONFIG_XY 1\n"
			       "#define CONFIG_B 1\n#define CONFIG_M_MODULE 1\n"
			       "#define CONFIG_S \"s\"\n");
}
END_TEST

static const char *const malformed[] = {
	"config\n",
	"config A B\n\tbool\n",
	"config A\n\tbool \"unclosed\n\tdefault y\n",
	"endif\nendmenu\nendchoice\n",
	"if\nif ON\nmenu\n",
	"choice\nconfig A\n\tbool \"a\"\n",
	"config A\n\tbool\n\tint\n\tdefault \"\n\tselect\n\tselect A-B\n\tdepends\n\tdepends on\n",
	"source \"Kconfig\"\nsource\nsource \"\nsource \"../x\"\n",
	"config A\n\tdef_bool $(a,(b\n\thelp",
	"\\",
	"config A\n\tdefault y if if if\n\tbool\n",
	"config A\n\tdef_bool y\n\tdepends on A\n\tselect A\nconfig B\n\tdef_bool !C\nconfig "
	"C\n\tdef_bool !B\n",
	"\xff\xfe\x01\n",
};

/* Malformed input must neither hang nor cause invalid memory accesses. */
START_TEST(malformed_ends)
{
	g_autoptr(kconfig_tree) tree = load(malformed[_i]);
	g_autoptr(kconfig_change) there = compare(ON, malformed[_i], KEPT);
	g_autoptr(kconfig_change) back = compare(malformed[_i], ON, KEPT);

	ck_assert_ptr_nonnull(there);
	ck_assert_ptr_nonnull(back);
	ck_assert_ptr_nonnull(kconfig_tree_problems(tree));
}
END_TEST

START_TEST(deep_parentheses)
{
	g_autoptr(GString) text = g_string_new("config A\n\tdef_bool ");
	g_autoptr(kconfig_change) change = NULL;
	g_autofree char *is = NULL;

	for (int i = 0; i < 100000; i++)
		g_string_append_c(text, i % 2 ? '(' : '!');
	change = compare("", text->str, "");
	is = spell(change);
	ck_assert_str_eq(is, "A=?");
}
END_TEST

START_TEST(many_lines)
{
	g_autoptr(GString) before = g_string_new(ON);
	g_autoptr(GString) after = g_string_new(ON OFF "if ON\n");
	g_autoptr(kconfig_change) change = NULL;

	/* Each symbol depends on the next one. */
	for (int i = 0; i < 5000; i++) {
		g_string_append_printf(before, "config A%d\n\tbool\n", i);
		g_string_append_printf(after, "config A%d\n\tdef_bool A%d\n", i, i + 1);
	}
	g_string_append(before, "config A5000\n\tbool\n");
	g_string_append(after, "config A5000\n\tdef_bool y\nendif\n");
	change = compare(before->str, after->str, KEPT);
	ck_assert_uint_eq(change->answers->len, 5001);
	ck_assert_uint_eq(change->n_undecidable, 0);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("kconfig_change");
	TCase *tcase = tcase_create("kconfig_change");

	tcase_set_timeout(tcase, 60);
	tcase_add_loop_test(tcase, answers, 0, G_N_ELEMENTS(cases));
	tcase_add_loop_test(tcase, expressions, 0, G_N_ELEMENTS(conditions));
	tcase_add_test(tcase, text_that_is_no_entry);
	tcase_add_test(tcase, where_and_why);
	tcase_add_test(tcase, applied);
	tcase_add_test(tcase, applied_to_the_header);
	tcase_add_loop_test(tcase, malformed_ends, 0, G_N_ELEMENTS(malformed));
	tcase_add_test(tcase, deep_parentheses);
	tcase_add_test(tcase, many_lines);
	suite_add_tcase(suite, tcase);
	return check_main(suite);
}
