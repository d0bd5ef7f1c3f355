/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the tests of a body's facts have in common: one unit behind a few declarations of a
 * kernel's shape, whose lines are the first nine.
 */
#ifndef TEST_EXTRACT_KERNEL_H
#define TEST_EXTRACT_KERNEL_H

#include "tests/support/extract_fixture.h"

static struct fixture f;

static void setup(void)
{
	fixture_setup(&f);
}

static void teardown(void)
{
	fixture_teardown(&f);
}

static void run(const char *text)
{
	fixture_unit(&f, "a", text, NULL);
	fixture_run(&f);
	ck_assert_msg(f.ok, "%s", f.error ? f.error->message : "?");
	fixture_expect(&f, "a.o result 1 0 -");
}

static const char kernel[] =
	"struct list_head { struct list_head *next, *prev; };\n"
	"struct dev { struct dev *parent; int (*cb)(struct dev *); struct list_head node; };\n"
	"extern struct dev *G, H; extern int flag; extern struct list_head pending;\n"
	"int use(struct dev *, const char *, struct list_head *); struct dev *find(int);\n"
	"void panic(const char *, ...) __attribute__((noreturn));\n"
	"void list_add(struct list_head *, struct list_head *);\n"
	"_Bool IS_ERR(const void *); long PTR_ERR(const void *);\n"
	"#define container_of(p, t, m) ({ void *__m = (void *)(p); "
	"(t *)(__m - __builtin_offsetof(t, m)); })\n"
	"#define NULL ((void *)0)\n";

static void run_kernel(const char *body)
{
	g_autofree char *text = g_strconcat(kernel, body, NULL);

	run(text);
}

#endif
