// SPDX-License-Identifier: GPL-2.0-only
/* The shared header is read again, but its units are not. They must get its new scopes. */
#include "tests/support/store_feed.h"
#include "tests/support/check_main.h"

#define H     "include/h.h"
#define OTHER "include/other.h"

static char *db;

static void setup(void)
{
	feed_setup();
	db = feed_path("test.db");
}

static void teardown(void)
{
	g_clear_pointer(&db, g_free);
	feed_done();
}

/* The line of f() that a unit sees in a file is a positive number, or one of these. */
#define NOT_IN	(-1) /* the unit does not include the file */
#define NOTHING 0    /* the unit includes the file, but sees no f() there */

static void assert_sees(const char *target, const char *path, int line)
{
	static const char sql[] =
		"SELECT CASE WHEN scope IS NULL THEN 0 ELSE (SELECT line FROM function "
		"WHERE function.scope = unit_file.scope) END FROM unit_file "
		"JOIN unit ON unit.id = unit JOIN file ON file.id = unit_file.file "
		"WHERE target || ' ' || path = ?";
	g_autofree char *name = g_strconcat(target, " ", path, NULL);
	g_autofree char *is = feed_text(db, sql, name);
	int sees = is ? atoi(is) : NOT_IN;

	ck_assert_msg(sees == line, "'%s': %d, not %d", name, sees, line);
}

static void feed_seen(struct store *store, const char *path, int line)
{
	if (line == NOT_IN)
		return;
	feed_include(store, path);
	if (line != NOTHING)
		feed_function(store, path, "f", (unsigned int)line, true);
}

/* Stores the unit of the shared header. It has f() at line @h of H and line @other of OTHER. */
static void feed_shared(struct store *store, int h, int other)
{
	struct unit_fact unit = { "", "", "$O/.initlint/pch.h", "k1" };

	FEED(store, FACT_UNIT_BEGIN, unit, unit);
	feed_seen(store, H, h);
	feed_seen(store, OTHER, other);
	feed_end(store);
}

/*
 * Stores the shared header as feed_shared() does, and four units.
 *   pch.o      uses the shared header
 *   own.o      uses the shared header, but sees another f() in H
 *   shim.o     does not use the shared header, and sees the same f() in both headers
 *   minimal.o  does not use the shared header, and sees no f()
 */
static void feed_followers(int h, int other)
{
	struct store *store = feed_begin(db);

	feed_shared(store, h, other);
	feed_unit(store, "pch.o", "pch.c", "f1");
	feed_include(store, H);
	feed_include(store, OTHER);
	feed_end(store);
	feed_unit(store, "own.o", "own.c", "f1");
	feed_seen(store, H, 99);
	feed_include(store, OTHER);
	feed_end(store);
	feed_unit(store, "shim.o", "shim.c", "f1");
	feed_seen(store, H, h);
	feed_seen(store, OTHER, other);
	feed_end_as(store, UNIT_SHIM, 0, NULL);
	feed_unit(store, "minimal.o", "minimal.c", "f1");
	feed_include(store, H);
	feed_end_as(store, UNIT_MINIMAL, 0, NULL);
	feed_commit(store);
}

static const struct follow_case {
	int h[2];	     /* line of f() in H that the shared header sees, before and after */
	int other[2];	     /* the same for OTHER */
	const char *changed; /* the header that store_change_header() is called for; NULL: none */
	int seen_h;	     /* line of f() in H that pch.o must see afterwards */
	int seen_other;	     /* the same for OTHER */
} follow_cases[] = {
	{ { 10, 10 }, { 30, 30 }, NULL, 10, 30 },
	{ { 10, 12 }, { 30, 30 }, H, 12, 30 },
	{ { 10, 12 }, { 30, 33 }, H, 12, 33 },
	/* A new line counts also if store_change_header() was not called. */
	{ { 10, 12 }, { 30, 30 }, NULL, 12, 30 },
	/* f() is removed from a header. */
	{ { 10, NOTHING }, { 30, 30 }, H, NOTHING, 30 },
	{ { 10, NOTHING }, { 30, 30 }, NULL, 10, 30 },
	{ { 10, NOTHING }, { 30, NOTHING }, OTHER, 10, NOTHING },
	/* f() is added to H. */
	{ { NOTHING, 12 }, { 30, 30 }, H, 12, 30 },
	{ { NOTHING, 12 }, { 30, 30 }, OTHER, NOTHING, 30 },
	{ { NOTHING, NOTHING }, { 30, 33 }, H, NOTHING, 33 },
	/* The shared header no longer includes H. So the new state of H is not known. */
	{ { 10, NOT_IN }, { 30, 33 }, H, 10, 33 },
	{ { 10, NOT_IN }, { 30, 30 }, NULL, 10, 30 },
};

START_TEST(units_follow)
{
	const struct follow_case *c = &follow_cases[_i];
	struct store *store;

	feed_followers(c->h[0], c->other[0]);
	assert_sees("pch.o", H, c->h[0]);
	assert_sees("own.o", H, 99);
	store = feed_begin(db);
	if (c->changed)
		ck_ok(store_change_header(store, c->changed, NULL, 0, &ck_error));
	feed_shared(store, c->h[1], c->other[1]);
	feed_commit(store);
	assert_sees("", H, c->h[1]);
	assert_sees("", OTHER, c->other[1]);
	assert_sees("pch.o", H, c->seen_h);
	assert_sees("pch.o", OTHER, c->seen_other);
	assert_sees("own.o", H, 99);
	assert_sees("own.o", OTHER, c->seen_other);
	assert_sees("shim.o", H, c->h[0]);
	assert_sees("shim.o", OTHER, c->other[0]);
	assert_sees("minimal.o", H, NOTHING);
	assert_sees("minimal.o", OTHER, NOT_IN);
}
END_TEST

/* Like an index: moves the lines of all units, then stores the shared header again. */
START_TEST(units_follow_what_has_moved)
{
	struct store *store;

	feed_followers(10, 30);
	store = feed_begin(db);
	ck_ok(store_change_header(store, H, &(struct line_move){ 1, 50, 3 }, 1, &ck_error));
	feed_shared(store, 13, 30);
	feed_commit(store);
	assert_sees("pch.o", H, 13);
	assert_sees("shim.o", H, 13);
	assert_sees("own.o", H, 99);
	assert_sees("pch.o", OTHER, 30);
	ck_assert_int_eq(feed_count(db, "SELECT count(DISTINCT scope) FROM unit_file JOIN unit ON "
					"unit.id = unit JOIN file ON file.id = unit_file.file "
					"WHERE path = '" H "' AND target IN ('', 'pch.o')"),
			 1);
}
END_TEST

/*
 * The shared header is stored several times. pch.o follows each time. store_change_header() counts
 * only until the end of its update.
 */
START_TEST(units_follow_again)
{
	static const int lines[] = { 12, 10, 12, 14 };
	struct store *store;

	feed_followers(10, 30);
	store = feed_begin(db);
	for (unsigned int i = 0; i < G_N_ELEMENTS(lines); i++)
		feed_shared(store, lines[i], 30);
	feed_commit(store);
	assert_sees("pch.o", H, 14);
	store = feed_begin(db);
	ck_ok(store_change_header(store, H, NULL, 0, &ck_error));
	feed_shared(store, 16, 30);
	feed_commit(store);
	store = feed_begin(db);
	feed_shared(store, NOTHING, 30);
	feed_commit(store);
	assert_sees("pch.o", H, 16);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("store follow");
	TCase *tcase = tcase_create("store follow");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_loop_test(tcase, units_follow, 0, G_N_ELEMENTS(follow_cases));
	tcase_add_test(tcase, units_follow_what_has_moved);
	tcase_add_test(tcase, units_follow_again);
	suite_add_tcase(suite, tcase);
	return check_main(suite);
}
