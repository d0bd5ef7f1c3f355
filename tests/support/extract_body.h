/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * For the tests of the facts in a function's body: one unit, a.c. Its first nine lines declare
 * things that look like a kernel's; the text of the test begins on line 10.
 */
#ifndef INITLINT_TESTS_EXTRACT_BODY_H
#define INITLINT_TESTS_EXTRACT_BODY_H

/* Fixture of a test case. */
void body_setup(void);
void body_teardown(void);

/* One text and the facts that it must bring. */
struct body_case {
	const char *name; /* shown if the case fails */
	const char *body;
	const char *facts; /* as fixture_expect(), without "a.o", each with "\n"; or NULL */
	struct {
		const char *part; /* as for fixture_count(); NULL ends the list */
		unsigned int n;
	} counts[4];
};

/* Reads @c->body and checks its facts. */
void body_check(const struct body_case *c);

/* Reads a.c with @body behind the declarations. Any error in the unit fails the test. */
void body_run(const char *body);

/* As fixture_expect() and fixture_count(), on the facts of a.c. */
void body_expect(const char *line);
unsigned int body_count(const char *part);

#endif
