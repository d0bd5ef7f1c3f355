// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>

#include "tests/support/extract_body.h"
#include "tests/support/extract_fixture.h"

static struct fixture fixture;

/* Nine lines. The tests expect their own text on line 10. */
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

void body_setup(void)
{
	fixture_setup(&fixture);
}

void body_teardown(void)
{
	fixture_teardown(&fixture);
}

void body_run(const char *body)
{
	g_autofree char *text = g_strconcat(kernel, body, NULL);

	fixture_unit(&fixture, "a", text, NULL);
	fixture_run(&fixture);
	ck_assert_msg(fixture.ok, "%s", fixture.error ? fixture.error->message : "?");
	fixture_expect(&fixture, "a.o result 1 0 -");
}

void body_expect(const char *line)
{
	fixture_expect(&fixture, line);
}

unsigned int body_count(const char *part)
{
	return fixture_count(&fixture, part);
}

void body_check(const struct body_case *c)
{
	g_auto(GStrv) facts = g_strsplit(c->facts ? c->facts : "", "\n", -1);

	body_run(c->body);
	for (char **fact = facts; *fact && **fact; fact++) {
		g_autofree char *line = g_strconcat("a.o ", *fact, NULL);

		if (!fixture_has(&fixture, line))
			fprintf(stderr, "case \"%s\":\n", c->name);
		body_expect(line);
	}
	for (unsigned int i = 0; i < G_N_ELEMENTS(c->counts) && c->counts[i].part; i++)
		ck_assert_msg(body_count(c->counts[i].part) == c->counts[i].n,
			      "%s: %u facts with '%s'", c->name, body_count(c->counts[i].part),
			      c->counts[i].part);
}
