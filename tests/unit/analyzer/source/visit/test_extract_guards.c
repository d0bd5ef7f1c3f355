// SPDX-License-Identifier: GPL-2.0-only
/* Which lines are reached only under a condition, and what happens otherwise. */
#include <glib.h>

#include "tests/support/check_main.h"
#include "tests/support/extract_body.h"

static const struct body_case cases[] = {
	{
		.name = "rest of block",
		.body = "int a(void) {\n"
			"\tif (!G)\n"
			"\t\treturn -517;\n"
			"\tif (flag == 3) {\n"
			"\t\tuse(G, 0, 0);\n"
			"\t\treturn 0;\n"
			"\t}\n"
			"\t{\n"
			"\t\tif (!H.parent)\n"
			"\t\t\treturn -19;\n"
			"\t\tuse(G, 0, 0);\n"
			"\t}\n"
			"\treturn 1;\n"
			"}\n",
		.facts = "guard a 11 13-23 if global:G defer !=0\n"
			 "guard a 13 14-16 if global:flag skip ==3\n"
			 "guard a 13 17-23 unless global:flag return !=3\n"
			 "guard a 18 20-21 if global:H.dev.parent error !=0\n",
	},
	{
		.name = "connectives",
		.body = "int a(void) {\n"
			"\tif (!G || !flag)\n"
			"\t\treturn -5;\n"
			"\tif (G && flag)\n"
			"\t\tuse(G, 0, 0);\n"
			"\tif (G || flag)\n"
			"\t\tuse(G, 0, 0);\n"
			"\treturn G && use(G, 0, 0) ? 1 : 0;\n"
			"}\n",
		.facts = "guard a 11 13-18 if global:G error !=0\n"
			 "guard a 11 13-18 if global:flag error !=0\n"
			 "guard a 13 14-14 if global:G skip !=0\n"
			 "guard a 13 14-14 if global:flag skip !=0\n"
			 "guard a 17 17-17 if global:G skip !=0\n"
			 "guard a 15 16-16 if global:G skip !=0 or\n"
			 "guard a 15 16-16 if global:flag skip !=0 or\n",
	},
	{
		/* A call returns an error, directly or through a local variable. */
		.name = "results",
		.body = "int a(struct dev *p) {\n"
			"\tstruct dev *d = find(1);\n"
			"\tint ret;\n"
			"\tif (IS_ERR(d))\n"
			"\t\treturn PTR_ERR(d);\n"
			"\tret = use(d, 0, 0);\n"
			"\tif (ret < 0)\n"
			"\t\treturn ret;\n"
			"\tif (!p->parent)\n"
			"\t\treturn -22;\n"
			"\td = find(2);\n"
			"\tif (!d)\n"
			"\t\tgoto out;\n"
			"\tret = -12;\n"
			"\tif (!find(3))\n"
			"\t\tgoto out;\n"
			"\tif (find(4) == NULL) {\n"
			"\t\tret = -517;\n"
			"\t\tgoto out;\n"
			"\t}\n"
			"\treturn 0;\n"
			"out:\n"
			"\treturn ret;\n"
			"}\n",
		.facts = "guard a 13 15-33 if result:find error\n"
			 "guard a 16 18-33 unless result:use error\n"
			 "guard a 18 20-33 if loaded:0.dev.parent error !=0\n"
			 "guard a 24 26-33 if result:find error\n"
			 "guard a 26 30-33 if result:find defer\n",
	},
	{
		/* The function leaves the work for later: in a variable, or on a list. */
		.name = "records",
		.body = "static struct dev *early;\n"
			"int a(struct dev *p) {\n"
			"\tif (!flag) {\n"
			"\t\tearly = p;\n"
			"\t\treturn 0;\n"
			"\t}\n"
			"\treturn use(p, 0, 0);\n"
			"}\n"
			"void b(struct dev *p) {\n"
			"\tif (!G) {\n"
			"\t\tlist_add(&p->node, &pending);\n"
			"\t\treturn;\n"
			"\t}\n"
			"\tuse(p, 0, 0);\n"
			"}\n",
		.facts = "guard a 12 16-17 if global:flag record !=0\n"
			 "guard b 19 23-24 if global:G record !=0\n",
	},
	{
		.name = "fatal",
		.body = "#define BUG() do { __builtin_unreachable(); } while (0)\n"
			"#define BUG_ON(x) do { if (x) BUG(); } while (0)\n"
			"#define WARN_ON(x) ({ int __w = !!(x); if (__w) use(0, 0, 0); __w; })\n"
			"int a(void) {\n"
			"\tBUG_ON(!G);\n"
			"\tif (!flag)\n"
			"\t\tpanic(\"x\");\n"
			"\tif (WARN_ON(!H.parent))\n"
			"\t\treturn -22;\n"
			"\treturn use(G, 0, 0);\n"
			"}\n",
		.facts = "guard a 14 15-20 if global:G fatal !=0\n"
			 "guard a 15 17-20 if global:flag fatal !=0\n"
			 "guard a 17 19-20 if global:H.dev.parent error !=0\n",
	},
	{
		.name = "otherwise",
		.body = "int a(void) {\n"
			"\tif (G) {\n"
			"\t\tuse(G, 0, 0);\n"
			"\t} else {\n"
			"\t\treturn -19;\n"
			"\t}\n"
			"\tif (flag) {\n"
			"\t\treturn 3;\n"
			"\t} else {\n"
			"\t\tuse(&H, 0, 0);\n"
			"\t}\n"
			"\tfor (;;) {\n"
			"\t\tif (!H.parent)\n"
			"\t\t\tcontinue;\n"
			"\t\tuse(H.parent, 0, 0);\n"
			"\t}\n"
			"}\n",
		.facts = "guard a 11 16-26 if global:G error !=0\n"
			 "guard a 16 18-26 unless global:flag return ==0\n"
			 "guard a 22 24-25 if global:H.dev.parent skip !=0\n",
	},
	{
		/* Code behind a constant false condition is not compiled. */
		.name = "constant",
		.body = "int a(void) {\n"
			"\tif (!1)\n"
			"\t\treturn use(G, 0, 0);\n"
			"\tif (0)\n"
			"\t\tuse(G, 0, 0);\n"
			"\telse\n"
			"\t\tuse(&H, 0, 0);\n"
			"\treturn 0;\n"
			"}\n",
		.counts = { { "guard", 0 }, { " call a ", 1 }, { "use G", 0 } },
	},
	{
		/* A guard on a parameter has the relation that must hold, if one test decides. */
		.name = "relations",
		.body = "int a(int x, unsigned y, int *p) {\n"
			"\tif (x == 3)\n"
			"\t\tuse(G, 0, 0);\n"
			"\tif (4 < x)\n"
			"\t\tuse(G, 0, 0);\n"
			"\tif (!(y & 12))\n"
			"\t\tuse(G, 0, 0);\n"
			"\tif (y & 1 && !x)\n"
			"\t\tuse(G, 0, 0);\n"
			"\tif ((y & 3) == 3)\n"
			"\t\tuse(G, 0, 0);\n"
			"\tif (IS_ERR(p))\n"
			"\t\tuse(G, 0, 0);\n"
			"\tif (x != 5)\n"
			"\t\treturn 0;\n"
			"\treturn use(G, 0, 0);\n"
			"}\n",
		.facts = "guard a 11 12-12 if param:0 skip ==3\n"
			 "guard a 13 14-14 if param:0 skip >4\n"
			 "guard a 15 16-16 unless param:1 skip !&12\n"
			 "guard a 17 18-18 if param:1 skip &1\n"
			 "guard a 17 18-18 unless param:0 skip ==0\n"
			 "guard a 19 20-20 if param:1 skip\n"
			 "guard a 21 22-22 unless param:2 skip\n"
			 "guard a 23 25-26 if param:0 return ==5\n",
	},
	{
		.name = "switches",
		.body = "int a(int x) {\n"
			"\tswitch (x) {\n"
			"\tcase 1:\n"
			"\t\tuse(G, 0, 0);\n"
			"\t\tbreak;\n"
			"\tcase 4:\n"
			"\tcase 7:\n"
			"\t\tuse(&H, 0, 0);\n"
			"\t\treturn 0;\n"
			"\tcase 9:\n"
			"\t\tuse(G, 0, 0);\n"
			"\tcase 11: {\n"
			"\t\tuse(&H, 0, 0);\n"
			"\t\tbreak;\n"
			"\t}\n"
			"\tdefault:\n"
			"\t\tuse(G, 0, 0);\n"
			"\t}\n"
			"\treturn 0;\n"
			"}\n",
		.facts = "guard a 11 13-14 if param:0 skip ==1\n"
			 "guard a 11 17-18 if param:0 skip >=4\n"
			 "guard a 11 17-18 if param:0 skip <=7\n"
			 "guard a 11 20-20 if param:0 skip ==9\n"
			 "guard a 11 21-24 if param:0 skip >=9\n"
			 "guard a 11 21-24 if param:0 skip <=11\n"
			 "guard a 11 26-27 if param:0 skip !=1\n"
			 "guard a 11 26-27 if param:0 skip !=11\n",
		.counts = { { "guard a", 11 } },
	},
	{
		/* Code that is reached by a fall into or out of a default has no guard. */
		.name = "defaults",
		.body = "int a(int x) {\n"
			"\tswitch (x) {\n"
			"\tdefault:\n"
			"\t\tuse(G, 0, 0);\n"
			"\tcase 1:\n"
			"\t\tuse(&H, 0, 0);\n"
			"\t}\n"
			"\tswitch (x) {\n"
			"\tcase 1:\n"
			"\t\tuse(G, 0, 0);\n"
			"\tdefault:\n"
			"\t\tuse(&H, 0, 0);\n"
			"\t}\n"
			"\treturn 0;\n"
			"}\n"
			"\n"
			"int b(int x) {\n"
			"\twhile (x > 3)\n"
			"\t\tx = use(G, 0, 0);\n"
			"\treturn 0;\n"
			"}\n",
		.facts = "guard a 11 13-13 if param:0 skip !=1\n"
			 "guard a 17 19-19 if param:0 skip ==1\n"
			 /* The loop changes the parameter: the guard has no relation. */
			 "guard b 27 28-28 if param:0 loop\n",
		.counts = { { "guard a", 2 } },
	},
	{
		.name = "comparison with an address",
		.body = "struct kind { int id; } k;\n"
			"struct thing { struct kind *kind; };\n"
			"int a(struct thing *t) {\n"
			"\tif (t->kind == &k)\n"
			"\t\tuse(G, 0, 0);\n"
			"\tif (t->kind != &k)\n"
			"\t\treturn 0;\n"
			"\treturn use(G, 0, 0);\n"
			"}\n",
		.facts = "guard a 13 14-14 if loaded:0.thing.kind skip ==&k\n"
			 "guard a 15 17-18 if loaded:0.thing.kind return ==&k\n",
		.counts = { { "guard a", 2 } },
	},
	{
		.name = "for loop over a list",
		.body = "struct list { struct list *next; } head;\n"
			"int a(struct list *h) {\n"
			"\tstruct list *p;\n"
			"\n"
			"\tfor (p = head.next; p != &head; p = p->next)\n"
			"\t\tuse(G, 0, 0);\n"
			"\tfor (p = h->next; p; p = p->next)\n"
			"\t\tuse(G, 0, 0);\n"
			"\tfor (int i = 0; i < 3; i++)\n"
			"\t\tuse(G, 0, 0);\n"
			"\treturn 0;\n"
			"}\n",
		.facts = "guard a 14 15-15 if global:head.list.next loop !=0\n"
			 "guard a 16 17-17 if loaded:0.list.next loop !=0\n",
		.counts = { { "guard a", 2 } },
	},
	{
		.name = "jump over the rest",
		.body = "int a(int x) {\n"
			"\tif (x == 3)\n"
			"\t\tgoto out;\n"
			"\tuse(G, 0, 0);\n"
			"out:\n"
			"\tuse(G, 0, 0);\n"
			"\treturn 0;\n"
			"}\n",
		.facts = "guard a 11 13-13 unless param:0 return !=3\n",
		.counts = { { "guard a", 1 } },
	},
};

START_TEST(facts)
{
	body_check(&cases[_i]);
}
END_TEST

/* A condition before a return, and what is told of the line behind it. */
static const struct {
	const char *condition;
	const char *guards[4];
} shapes[] = {
	{ "!G", { "if global:G defer !=0" } },
	{ "G", { "unless global:G defer ==0" } },
	{ "!!G", { "unless global:G defer ==0" } },
	{ "!G || !flag", { "if global:G defer !=0", "if global:flag defer !=0" } },
	{ "x && !G", { "unless param:0 defer ==0 or", "if global:G defer !=0 or" } },
	{ "1 && x && !G", { "unless param:0 defer ==0 or", "if global:G defer !=0 or" } },
	{ "1 && !G", { "if global:G defer !=0" } },
	{ "0 || !G", { "if global:G defer !=0" } },
	{ "!G && 1", { "if global:G defer !=0" } },
	{ "!(G && flag)", { "if global:G defer !=0", "if global:flag defer !=0" } },
	{ "!(G || flag)", { "if global:G defer !=0 or", "if global:flag defer !=0 or" } },
	{ "likely(!G)", { "if global:G defer !=0" } },
	{ "unlikely(x && likely(!G))",
	  { "unless param:0 defer ==0 or", "if global:G defer !=0 or" } },
	{ "x ? !G : 0", { "unless param:0 defer ==0 or", "if global:G defer !=0 or" } },
	{ "x ? !G : !flag",
	  { "unless param:0 defer ==0 or", "if global:G defer !=0 or", "if param:0 defer !=0 or",
	    "if global:flag defer !=0 or" } },
	{ "1 ? !G : !flag", { "if global:G defer !=0" } },
	{ "(x, !G)", { "if global:G defer !=0" } },
	{ "x && (!G || !flag)",
	  { "unless param:0 defer ==0 or", "if global:G defer !=0 or",
	    "if global:flag defer !=0 or", "unless param:0 defer ==0 or" } },
	{ "IS_ENABLED(CONFIG_ON) && x && !ready()",
	  { "unless param:0 defer ==0 or", "if result:ready defer or" } },
	{ "!IS_ENABLED(CONFIG_OFF) && !ready()", { "if result:ready defer" } },
	{ "!static_branch_likely(&key)", { "if global:key@a.c.static_key.enabled defer !=0" } },
	{ "x > y && !G", { "if global:G defer or" } },
	{ "x > y", { NULL } },
	{ "0 && !G", { NULL } },
};

START_TEST(shapes_of_conditions)
{
	g_autofree char *text = g_strdup_printf(
		"#define likely(x) __builtin_expect(!!(x), 1)\n"
		"#define unlikely(x) __builtin_expect(!!(x), 0)\n"
		"#define CONFIG_ON 1\n"
		"#define __ARG_PLACEHOLDER_1 0,\n"
		"#define __take_second_arg(__ignored, val, ...) val\n"
		"#define ___is_defined(arg1_or_junk) __take_second_arg(arg1_or_junk 1, 0)\n"
		"#define __is_defined(val) ___is_defined(__ARG_PLACEHOLDER_##val)\n"
		"#define _is_defined(x) __is_defined(x)\n"
		"#define IS_ENABLED(option) _is_defined(option)\n"
		"struct static_key { int enabled; };\nstatic struct static_key key;\n"
		"#define static_branch_likely(x) ((x)->enabled != 0)\n"
		"_Bool ready(void);\n"
		"int a(int x, int y) {\n"
		"\tif (%s)\n"
		"\t\treturn -517;\n"
		"\treturn use(G, 0, 0);\n"
		"}\n",
		shapes[_i].condition);
	unsigned int n = 0;

	body_run(text);
	for (; n < G_N_ELEMENTS(shapes[_i].guards) && shapes[_i].guards[n]; n++) {
		g_autofree char *line =
			g_strdup_printf("a.o guard a 24 26-27 %s", shapes[_i].guards[n]);

		body_expect(line);
	}
	ck_assert_msg(body_count("guard a 24 26") == n, "%s: %u guards", shapes[_i].condition,
		      body_count("guard a 24 26"));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("guards");
	TCase *tcase = tcase_create("guards");

	tcase_add_checked_fixture(tcase, body_setup, body_teardown);
	tcase_set_timeout(tcase, 120);
	tcase_add_loop_test(tcase, facts, 0, G_N_ELEMENTS(cases));
	tcase_add_loop_test(tcase, shapes_of_conditions, 0, G_N_ELEMENTS(shapes));
	suite_add_tcase(suite, tcase);
	return check_main(suite);
}
