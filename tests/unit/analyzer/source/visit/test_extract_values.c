// SPDX-License-Identifier: GPL-2.0-only
/* Where values come from, in arguments, accesses, stores and returns. */
#include <glib.h>

#include "tests/support/check_main.h"
#include "tests/support/extract_body.h"

START_TEST(arguments)
{
	body_run("int a(struct dev *p, int n) {\n"
		 "\tuse(p, \"name\", &p->node);\n"
		 "\tuse(&H, (const char *)0, &pending);\n"
		 "\tuse(G, \"x\\n\", &H.node);\n"
		 "\tuse(p->parent, 0, p->parent->node.next);\n"
		 "\tuse(find(n), 0, NULL);\n"
		 "\treturn 0;\n"
		 "}\n");
	body_expect("a.o argument a 0 0 param:0");
	body_expect("a.o argument a 0 1 string:name");
	body_expect("a.o argument a 0 2 param:0.dev.node");
	body_expect("a.o argument a 1 0 object:H");
	body_expect("a.o argument a 1 1 number:0");
	body_expect("a.o argument a 1 2 object:pending");
	body_expect("a.o argument a 2 0 global:G");
	body_expect("a.o argument a 2 2 object:H.dev.node");
	body_expect("a.o argument a 3 0 loaded:0.dev.parent");
	body_expect("a.o argument a 3 2 loaded:0.list_head.next");
	body_expect("a.o argument a 4 0 param:1");
	body_expect("a.o argument a 5 0 result:find");
	body_expect("a.o access a 12 address H -");
	body_expect("a.o access a 12 address pending -");
	body_expect("a.o access a 13 use G -");
	body_expect("a.o access a 13 address H.dev.node -");
	body_expect("a.o return a 16 number:0");
	ck_assert_uint_eq(body_count("argument a 2 1"), 0);
}
END_TEST

/* A local variable is what it was set from, as far as it can be told. */
/* What is printed is of no interest; in a header it is what each unit's pr_fmt() makes of it. */
START_TEST(variable_arguments)
{
	body_run("int log(const char *, int, ...);\n"
		 "int a(int x) { return log(\"%d\", 1, x, &H); }\n");
	ck_assert_uint_eq(body_count("argument a"), 2);
	body_expect("a.o argument a 0 0 string:%d");
	body_expect("a.o argument a 0 1 number:1");
}
END_TEST

START_TEST(locals)
{
	body_run("int a(struct dev *p, struct list_head *l) {\n"
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
		 "}\n");
	body_expect("a.o argument a 0 0 global:G");
	body_expect("a.o access a 12 use G -");
	body_expect("a.o access a 13 use G -");
	body_expect("a.o argument a 1 0 object:H");
	body_expect("a.o access a 16 address H -");
	body_expect("a.o argument a 3 0 result:find");
	body_expect("a.o argument a 4 0 param:1");
	body_expect("a.o argument a 5 0 global:G");
	body_expect("a.o access a 11 read G -");
	body_expect("a.o access a 21 use G -");
	body_expect("a.o return a 24 result:use");
	ck_assert_uint_eq(body_count("argument a 6 0"), 0);
}
END_TEST

/* The last assignment that must have run counts, not the others. */
START_TEST(reused)
{
	body_run("int a(void) {\n"
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
		 "}\n");
	body_expect("a.o return a 13 result:use");
	body_expect("a.o return a 15 result:use");
	body_expect("a.o return b 23 number:-12");
	body_expect("a.o return b 23 result:use");
	ck_assert_uint_eq(body_count("return a 15 number"), 0);
}
END_TEST

START_TEST(accesses)
{
	body_run("int a_cb(struct dev *); static int *table[4]; static struct dev devs[2]; "
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
		 "}\n");
	body_expect("a.o access a 14 update count@a.c -");
	body_expect("a.o access a 15 update a.inside@a.c -");
	body_expect("a.o access a 16 write count@a.c global:fixed@a.c");
	body_expect("a.o access a 17 write devs@a.c.dev.parent global:G");
	body_expect("a.o store a 17 object:devs@a.c dev.parent global:G");
	body_expect("a.o access a 18 write devs@a.c.dev.cb function:a_cb");
	body_expect("a.o access a 19 write table@a.c.[2] object:count@a.c");
	body_expect("a.o access a 20 write table@a.c.[] number:0");
	body_expect("a.o access a 21 use table@a.c.[3] -");
	body_expect("a.o access a 21 read count@a.c -");
	body_expect("a.o access a 21 use devs@a.c.dev.parent -");
	body_expect("a.o call a a.c:21 loaded:-1.dev.cb");
	body_expect("a.o access a 21 use G -");
	ck_assert_uint_eq(body_count("access a 16 read"), 0);
}
END_TEST

START_TEST(predicates)
{
	body_run("static int ready;\n"
		 "_Bool a(void) { return ready; }\n"
		 "_Bool b(void) { return !ready; }\n"
		 "_Bool c(void) { return G != NULL && ready; }\n"
		 "struct dev *d(struct dev *p) { return p->parent; }\n"
		 "struct dev *e(void) { return G->parent; }\n");
	body_expect("a.o return a 11 global:ready@a.c");
	body_expect("a.o return b 12 global:ready@a.c");
	body_expect("a.o return c 13 global:G");
	body_expect("a.o return c 13 global:ready@a.c");
	body_expect("a.o return d 14 loaded:0.dev.parent");
	body_expect("a.o return e 15 loaded:-1.dev.parent");
	body_expect("a.o access e 15 use G -");
	body_expect("a.o access a 11 read ready@a.c -");
}
END_TEST

START_TEST(stores)
{
	body_run("int cb(struct dev *);\n"
		 "struct ops { const char *name; int n; struct dev *dev; struct { int "
		 "(*cb)(struct dev *); } in; };\n"
		 "static struct ops one = { \"one\", 3, &H, { cb } };\n"
		 "struct ops many[] = { { .dev = &H, .in.cb = cb, .n = 0 }, { \"two\", 1, NULL, "
		 "cb } };\n"
		 "static int (*const calls[])(struct dev *) = { cb, [3] = cb };\n"
		 "int zero = 0, unset; struct list_head *list = &pending; struct ops *pointer = "
		 "&(struct ops){ .n = 7 };\n"
		 "void a(struct dev *p, struct ops *o) {\n"
		 "\tstruct ops local = { .in = { .cb = cb } };\n"
		 "\tp->parent = &H;\n"
		 "\to->in.cb = cb;\n"
		 "\to->n = 4;\n"
		 "\tfind(0)->cb = cb;\n"
		 "\tuse((struct dev *)&local, 0, 0);\n"
		 "\tstatic struct dev kept = { .cb = cb };\n"
		 "}\n");
	body_expect("a.o initialiser one 12 ops.name string:one");
	body_expect("a.o initialiser one 12 ops.n number:3");
	body_expect("a.o initialiser one 12 ops.dev object:H");
	body_expect("a.o initialiser one 12 ops.cb function:cb");
	body_expect("a.o initialiser many 13 ops.dev object:H");
	body_expect("a.o initialiser many 13 ops.cb function:cb");
	body_expect("a.o initialiser many 13 ops.name string:two");
	body_expect("a.o initialiser calls 14 [] function:cb");
	body_expect("a.o initialiser pointer 15 ops.n number:7");
	body_expect("a.o global one a.c:12 static set ops");
	body_expect("a.o global many a.c:13 set ops");
	body_expect("a.o global calls a.c:14 static set -");
	body_expect("a.o global zero a.c:15 -");
	body_expect("a.o global unset a.c:15 -");
	body_expect("a.o global list a.c:15 set pointer -");
	body_expect("a.o store a 17 - ops.cb function:cb");
	body_expect("a.o store a 18 param:0 dev.parent object:H");
	body_expect("a.o store a 19 param:1 ops.cb function:cb");
	body_expect("a.o store a 20 param:1 ops.n number:4");
	body_expect("a.o store a 21 - dev.cb function:cb");
	body_expect("a.o initialiser a.kept 23 dev.cb function:cb");
	body_expect("a.o global a.kept a.c:23 static set dev");
	ck_assert_uint_eq(body_count("initialiser many 13 ops.n number"), 1);
}
END_TEST

START_TEST(weak_and_alias)
{
	body_run("int __attribute__((weak)) w(void) { return 0; }\n"
		 "int real(void) { return 1; }\n"
		 "int other(void) __attribute__((weak, alias(\"real\")));\n"
		 "int __attribute__((section(\".data..percpu\"))) per;\n");
	body_expect("a.o function w a.c:10-10 weak");
	body_expect("a.o function real a.c:11-11");
	body_expect("a.o function other a.c:12-12 weak alias real");
	body_expect("a.o global per a.c:13 percpu -");
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("values");
	TCase *tc = tcase_create("values");

	tcase_add_checked_fixture(tc, body_setup, body_teardown);
	tcase_set_timeout(tc, 120);
	tcase_add_test(tc, arguments);
	tcase_add_test(tc, variable_arguments);
	tcase_add_test(tc, locals);
	tcase_add_test(tc, reused);
	tcase_add_test(tc, accesses);
	tcase_add_test(tc, predicates);
	tcase_add_test(tc, stores);
	tcase_add_test(tc, weak_and_alias);
	suite_add_tcase(s, tc);
	return s;
}

int main(void)
{
	SRunner *sr = srunner_create(suite());
	int failed;

	srunner_run_all(sr, CK_NORMAL);
	failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed ? 1 : 0;
}
