// SPDX-License-Identifier: GPL-2.0-only
/* Where values come from, in arguments, accesses, stores and returns. */
#include <glib.h>

#include "tests/support/check_main.h"
#include "tests/support/extract_body.h"

static const struct body_case cases[] = {
	{
		/* A designator of an anonymous member stands before the named members. */
		.name = "anonymous members",
		.body = "struct base { char name[8]; int n; };\n"
			"struct alg { int rank; union { struct { struct base base; };\n"
			"\tstruct base all; }; };\n"
			"struct alg one = { .base.name = \"one\", .base.n = 3, .rank = 4 };\n"
			"struct alg many[] = { { .rank = 5, .base.name = \"two\" },\n"
			"\t{ .all.name = \"three\" } };\n",
		.facts = "initialiser one 13 base.name string:one\n"
			 "initialiser one 13 base.n number:3\n"
			 "initialiser one 13 alg.rank number:4\n"
			 "initialiser many 14 alg.rank number:5\n"
			 "initialiser many 14 base.name string:two\n"
			 "initialiser many 15 base.name string:three\n",
		.counts = { { "initialiser one", 3 }, { "initialiser many", 3 } },
	},
	{
		.name = "arguments",
		.body = "int a(struct dev *p, int n) {\n"
			"\tuse(p, \"name\", &p->node);\n"
			"\tuse(&H, (const char *)0, &pending);\n"
			"\tuse(G, \"x\\n\", &H.node);\n"
			"\tuse(p->parent, 0, p->parent->node.next);\n"
			"\tuse(find(n), 0, NULL);\n"
			"\treturn 0;\n"
			"}\n",
		.facts = "argument a 0 0 param:0\n"
			 "argument a 0 1 string:name\n"
			 "argument a 0 2 param:0.dev.node\n"
			 "argument a 1 0 object:H\n"
			 "argument a 1 1 number:0\n"
			 "argument a 1 2 object:pending\n"
			 "argument a 2 0 global:G\n"
			 "argument a 2 2 object:H.dev.node\n"
			 "argument a 3 0 loaded:0.dev.parent\n"
			 "argument a 3 2 loaded:0.list_head.next\n"
			 "argument a 4 0 param:1\n"
			 "argument a 5 0 result:find\n"
			 "access a 12 address H -\n"
			 "access a 12 address pending -\n"
			 "access a 13 use G -\n"
			 "access a 13 address H.dev.node -\n"
			 "return a 16 number:0\n",
		.counts = { { "argument a 2 1", 0 } },
	},
	{
		/* Variable arguments are no facts: in a header, pr_fmt() of the unit decides. */
		.name = "variable arguments",
		.body = "int log(const char *, int, ...);\n"
			"int a(int x) { return log(\"%d\", 1, x, &H); }\n",
		.facts = "argument a 0 0 string:%d\n"
			 "argument a 0 1 number:1\n",
		.counts = { { "argument a", 2 } },
	},
	{
		/* A local variable has the value that it was last set to, where that is known. */
		.name = "locals",
		.body = "int a(struct dev *p, struct list_head *l) {\n"
			"\tstruct dev *d = G, *e = NULL, *c = container_of(l, struct dev, node);\n"
			"\td->cb = p->cb;\n"
			"\tuse(d, 0, 0);\n"
			"\tif (flag)\n"
			"\t\te = &H;\n"
			"\tuse(e, 0, 0);\n"
			"\td = find(1);\n"
			"\tuse(d, 0, 0);\n"
			"\tuse(c, 0, 0);\n"
			"\tfor (d = G; d; d = d->parent)\n"
			"\t\tuse(d, 0, 0);\n"
			"\tif (flag)\n"
			"\t\td = p;\n"
			"\treturn use(d, 0, 0);\n"
			"}\n",
		.facts = "argument a 0 0 global:G\n"
			 "access a 12 use G -\n"
			 "access a 13 use G -\n"
			 "argument a 1 0 object:H\n"
			 "access a 16 address H -\n"
			 "argument a 3 0 result:find\n"
			 "argument a 4 0 param:1\n"
			 "argument a 5 0 global:G\n"
			 "access a 11 read G -\n"
			 "access a 21 use G -\n"
			 "return a 24 result:use\n",
		.counts = { { "argument a 6 0", 0 } },
	},
	{
		/* Assignments before the last one that must have run do not count. */
		.name = "reused",
		.body = "int a(void) {\n"
			"\tint ret = use(G, 0, 0);\n"
			"\tif (ret)\n"
			"\t\treturn ret;\n"
			"\tret = use(G->parent, 0, 0);\n"
			"\treturn ret;\n"
			"}\n"
			"int b(void) {\n"
			"\tint ret = -12;\n"
			"\tif (flag)\n"
			"\t\tgoto out;\n"
			"\tret = use(G, 0, 0);\n"
			"out:\n"
			"\treturn ret;\n"
			"}\n",
		.facts = "return a 13 result:use\n"
			 "return a 15 result:use\n"
			 "return b 23 number:-12\n"
			 "return b 23 result:use\n",
		.counts = { { "return a 15 number", 0 } },
	},
	{
		.name = "accesses",
		.body = "int a_cb(struct dev *); static int *table[4]; static struct dev devs[2]; "
			"static int count; static const int fixed = 3;\n"
			"int a(int i) {\n"
			"\tstatic int inside;\n"
			"\tstruct dev *d = &devs[i];\n"
			"\tcount++;\n"
			"\tinside |= 2;\n"
			"\tcount = fixed;\n"
			"\td->parent = G;\n"
			"\tdevs[1].cb = a_cb;\n"
			"\ttable[2] = &count;\n"
			"\ttable[i] = NULL;\n"
			"\treturn *table[3] + (count > 3) + devs[i].parent->cb(G);\n"
			"}\n",
		.facts = "access a 14 update count@a.c -\n"
			 "access a 15 update a.inside@a.c -\n"
			 "access a 16 write count@a.c global:fixed@a.c\n"
			 "access a 17 write devs@a.c.dev.parent global:G\n"
			 "store a 17 object:devs@a.c dev.parent global:G\n"
			 "access a 18 write devs@a.c.dev.cb function:a_cb\n"
			 "access a 19 write table@a.c.[2] object:count@a.c\n"
			 "access a 20 write table@a.c.[#0] number:0\n"
			 "access a 21 use table@a.c.[3] -\n"
			 "access a 21 read count@a.c -\n"
			 "access a 21 use devs@a.c.dev.parent -\n"
			 "call a a.c:21 loaded:-1.dev.cb\n"
			 "access a 21 use G -\n",
		.counts = { { "access a 16 read", 0 } },
	},
	{
		.name = "predicates",
		.body = "static int ready;\n"
			"_Bool a(void) { return ready; }\n"
			"_Bool b(void) { return !ready; }\n"
			"_Bool c(void) { return G != NULL && ready; }\n"
			"struct dev *d(struct dev *p) { return p->parent; }\n"
			"struct dev *e(void) { return G->parent; }\n",
		.facts = "return a 11 global:ready@a.c\n"
			 "return b 12 global:ready@a.c\n"
			 "return c 13 global:G\n"
			 "return c 13 global:ready@a.c\n"
			 "return d 14 loaded:0.dev.parent\n"
			 "return e 15 loaded:-1.dev.parent\n"
			 "access e 15 use G -\n"
			 "access a 11 read ready@a.c -\n",
	},
	{
		/* One fact without a line says that a member may become nonzero. */
		.name = "stores of unknown values",
		.body = "struct ops { int n, m, k, z; };\n"
			"struct ops big[] = { { 1 }, { 1 }, { 1 }, { 1 }, { 1 }, { 1 }, { 1 }, { 1 "
			"}, { 1 }, "
			"{ 1 }, { 1 }, { 1 }, { 1 }, { 1 }, { 1 }, { 1 }, { 1 }, { 1 } };\n"
			"struct ops *get(int *k);\n"
			"void a(struct ops *o, int x) {\n"
			"\to->n = x * 2;\n"
			"\to->n = x * 3;\n"
			"\to->m++;\n"
			"\to->z = 0;\n"
			"\tget(&o->k)->m = 5;\n"
			"\tget(0)->z = 0;\n"
			"}\n",
		.facts = "initialiser big 0 ops.n -\n"
			 "store a 0 param:0 ops.n -\n"
			 "store a 0 param:0 ops.m -\n"
			 "store a 0 param:0 ops.k -\n"
			 "store a 0 - ops.m -\n",
		.counts = { { "store a 0", 4 }, { "ops.z -", 0 } },
	},
	{
		.name = "stores",
		.body = "int cb(struct dev *);\n"
			"struct ops { const char *name; int n; struct dev *dev; struct { int "
			"(*cb)(struct dev *); } in; };\n"
			"static struct ops one = { \"one\", 3, &H, { cb } };\n"
			"struct ops many[] = { { .dev = &H, .in.cb = cb, .n = 0 }, "
			"{ \"two\", 1, NULL, cb } };\n"
			"static int (*const calls[])(struct dev *) = { cb, [3] = cb };\n"
			"int zero = 0, unset; struct list_head *list = &pending; "
			"struct ops *pointer = &(struct ops){ .n = 7 };\n"
			"void a(struct dev *p, struct ops *o) {\n"
			"\tstruct ops local = { .in = { .cb = cb } };\n"
			"\tp->parent = &H;\n"
			"\to->in.cb = cb;\n"
			"\to->n = 4;\n"
			"\tfind(0)->cb = cb;\n"
			"\tuse((struct dev *)&local, 0, 0);\n"
			"\tstatic struct dev kept = { .cb = cb };\n"
			"}\n",
		.facts = "initialiser one 12 ops.name string:one\n"
			 "initialiser one 12 ops.n number:3\n"
			 "initialiser one 12 ops.dev object:H\n"
			 "initialiser one 12 ops.cb function:cb\n"
			 "initialiser many 13 ops.dev object:H\n"
			 "initialiser many 13 ops.cb function:cb\n"
			 "initialiser many 13 ops.name string:two\n"
			 "initialiser calls 14 [] function:cb\n"
			 "initialiser pointer 15 ops.n number:7\n"
			 "global one a.c:12 static set ops\n"
			 "global many a.c:13 set ops\n"
			 "global calls a.c:14 static set -\n"
			 "global zero a.c:15 -\n"
			 "global unset a.c:15 -\n"
			 "global list a.c:15 set pointer -\n"
			 "store a 17 - ops.cb function:cb\n"
			 "store a 18 param:0 dev.parent object:H\n"
			 "store a 19 param:1 ops.cb function:cb\n"
			 "store a 20 param:1 ops.n number:4\n"
			 "store a 21 - dev.cb function:cb\n"
			 "initialiser a.kept 23 dev.cb function:cb\n"
			 "global a.kept a.c:23 static set dev\n",
		.counts = { { "initialiser many 13 ops.n number", 1 } },
	},
	{
		.name = "weak and alias",
		.body = "int __attribute__((weak)) w(void) { return 0; }\n"
			"int real(void) { return 1; }\n"
			"int other(void) __attribute__((weak, alias(\"real\")));\n"
			"int __attribute__((section(\".data..percpu\"))) per;\n",
		.facts = "function w a.c:10-10 weak\n"
			 "function real a.c:11-11\n"
			 "function other a.c:12-12 weak alias real\n"
			 "global per a.c:13 percpu -\n",
	},
};

START_TEST(facts)
{
	body_check(&cases[_i]);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("values");
	TCase *tcase = tcase_create("values");

	tcase_add_checked_fixture(tcase, body_setup, body_teardown);
	tcase_set_timeout(tcase, 120);
	tcase_add_loop_test(tcase, facts, 0, G_N_ELEMENTS(cases));
	suite_add_tcase(suite, tcase);
	return check_main(suite);
}
