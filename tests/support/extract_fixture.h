/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * For the tests of extraction: a small tree in a temporary directory, units in the tree, and
 * a sink that writes each fact as a line of text.
 */
#ifndef INITLINT_TESTS_EXTRACT_FIXTURE_H
#define INITLINT_TESTS_EXTRACT_FIXTURE_H

#include <check.h>
#include <stdbool.h>
#include <glib.h>

#include "analyzer/source/read/extract.h"

#define FIXTURE_MAX_UNITS 16

struct fixture {
	char *root;  /* the temporary directory */
	char *tree;  /* ROOT/tree */
	char *build; /* ROOT/build */
	struct kbuild_object objects[FIXTURE_MAX_UNITS];
	struct kbuild_source sources[FIXTURE_MAX_UNITS];
	struct extract_unit units[FIXTURE_MAX_UNITS];
	unsigned int n_units;
	struct extract_options options; /* a test may change them before fixture_run() */
	struct extract_stats stats;	/* of the last run */
	char *unit;			/* target of the unit whose facts arrive */
	GPtrArray *lines;		/* of the last run: "TARGET KIND ..." in order of arrival */
	GError *error;			/* of the last run */
	bool ok;			/* the last run succeeded */
};

/* Makes the tree, with a few headers and without a unit. fixture_teardown() removes it. */
void fixture_setup(struct fixture *f);
void fixture_teardown(struct fixture *f);

/* Writes @text to @path, which is relative to the root; makes the folders. */
void fixture_write(struct fixture *f, const char *path, const char *text);

/*
 * Adds a unit NAME.o, compiled from NAME.c. @text is written to NAME.c; NULL: there is no
 * such file. @flag: one more compiler flag, or NULL.
 */
void fixture_unit(struct fixture *f, const char *name, const char *text, const char *flag);

/* Extracts the facts of all units. The outcome is in the members of @f. */
void fixture_run(struct fixture *f);

/* Returns true if @line is one of the lines. */
bool fixture_has(const struct fixture *f, const char *line);

/* Fails the test, and prints all lines, if @line is not one of the lines. */
void fixture_expect(const struct fixture *f, const char *line);

/* Returns how many lines contain @part. */
unsigned int fixture_count(const struct fixture *f, const char *part);

#endif
