// SPDX-License-Identifier: GPL-2.0-only
/* Headers change, but their units are not read again: moves stored lines, and stores texts. */
#include <string.h>

#include "tests/support/store_feed.h"
#include "tests/support/check_main.h"

#define H     "include/h.h"
#define OTHER "include/other.h"

/* All lines that feed_lines() stores, in the format of assert_lines(). */
#define AS_FED                                                                             \
	"global 5, initialiser 6, f 10-20, call 12, access 13, store 14, guard 15 16-17, " \
	"returns 18"

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

/* Stores a function and a variable in @file, with one fact of each kind. */
static void feed_lines(struct store *store, const char *file)
{
	struct value value = { .kind = VALUE_NUMBER, .number = 1 };
	struct value base = { .kind = VALUE_OBJECT, .name = "v", .file = file };
	struct global_fact global = { .name = "v", .file = file, .line = 5, .is_static = true };
	struct initialiser_fact initial = { "v", file, 6, "r.m", value };
	struct function_fact function = {
		.name = "f", .file = file, .line = 10, .end_line = 20, .is_static = true
	};
	struct access_fact access = { .function = "f",
				      .file = file,
				      .line = 13,
				      .mode = ACCESS_READ,
				      .variable = { .name = "v", .file = file } };
	struct store_fact fact = { "f", file, 14, base, "r.m", value };
	struct guard_fact guard = { .function = "f",
				    .file = file,
				    .line = 15,
				    .from = 16,
				    .to = 17,
				    .atom = { .kind = VALUE_GLOBAL, .name = "v", .file = file } };
	struct return_fact returns = { "f", file, 18, value };

	FEED(store, FACT_INCLUDE, include, (struct include_fact){ file });
	FEED(store, FACT_GLOBAL, global, global);
	FEED(store, FACT_INITIALISER, initialiser, initial);
	FEED(store, FACT_FUNCTION, function, function);
	feed_call(store, file, "f", "g", NULL, 12);
	FEED(store, FACT_ACCESS, access, access);
	FEED(store, FACT_STORE, store, fact);
	FEED(store, FACT_GUARD, guard, guard);
	FEED(store, FACT_RETURN, returns, returns);
}

/* Checks the lines of all facts that the unit @target sees in @path. */
static void assert_lines(const char *target, const char *path, const char *expected)
{
	static const char sql[] =
		"WITH seen AS (SELECT scope FROM unit_file JOIN unit ON unit.id = unit "
		"JOIN file ON file.id = unit_file.file WHERE target || ' ' || path = ?1), "
		"fn AS (SELECT id, line, end_line FROM function WHERE scope IN seen), "
		"var AS (SELECT id, line FROM global WHERE scope IN seen), "
		"words (word) AS ("
		"SELECT 'global ' || line FROM var UNION ALL SELECT 'initialiser ' || "
		"initialiser.line FROM initialiser JOIN var ON var.id = global UNION ALL "
		"SELECT 'f ' || line || '-' || end_line FROM fn UNION ALL "
		"SELECT 'call ' || call.line FROM call JOIN fn ON fn.id = function UNION ALL "
		"SELECT 'access ' || access.line FROM access JOIN fn ON fn.id = function UNION ALL "
		"SELECT 'store ' || store.line FROM store JOIN fn ON fn.id = function UNION ALL "
		"SELECT 'guard ' || guard.line || ' ' || first_line || '-' || last_line FROM guard "
		"JOIN fn ON fn.id = function UNION ALL "
		"SELECT 'returns ' || returns.line FROM returns JOIN fn ON fn.id = function) "
		"SELECT group_concat(word, ', ') FROM words";
	g_autofree char *name = g_strconcat(target, " ", path, NULL);
	g_autofree char *is = feed_text(db, sql, name);

	ck_assert_str_eq(is, expected);
}

static int64_t digest(const char *path)
{
	g_autofree char *text = feed_text(db,
					  "SELECT digest FROM scope JOIN file ON file.id = file "
					  "WHERE path = ?",
					  path);

	ck_assert_ptr_nonnull(text);
	return g_ascii_strtoll(text, NULL, 10);
}

/* Stores a unit that includes both headers and does not use a shared header. */
static void feed_reader(struct store *store, const char *target)
{
	feed_unit(store, target, "a.c", "f1");
	feed_lines(store, H);
	feed_lines(store, OTHER);
	feed_end_as(store, UNIT_SHIM, 0, NULL);
}

static void change(const char *path, const struct line_move *moves, unsigned int n)
{
	struct store *store = feed_begin(db);

	ck_ok(store_change_header(store, path, moves, n, &ck_error));
	feed_commit(store);
}

#define CHANGE(path, ...)                                       \
	change(path, (const struct line_move[]){ __VA_ARGS__ }, \
	       G_N_ELEMENTS(((const struct line_move[]){ __VA_ARGS__ })))

#define MAX_MOVES 4

static const struct moved_case {
	struct line_move moves[MAX_MOVES];
	const char *expected;
} moved_cases[] = {
	{ { { 1, UINT_MAX, 3 } },
	  "global 8, initialiser 9, f 13-23, call 15, access 16, store 17, guard 18 19-20, "
	  "returns 21" },
	{ { { 1, UINT_MAX, -2 } },
	  "global 3, initialiser 4, f 8-18, call 10, access 11, store 12, guard 13 14-15, "
	  "returns 16" },
	/* The first and the last line of a move are moved. The lines next to them are not. */
	{ { { 12, 13, 40 } },
	  "global 5, initialiser 6, f 10-20, call 52, access 53, store 14, guard 15 16-17, "
	  "returns 18" },
	/* The lines of one row are moved independently. */
	{ { { 17, 20, 5 } },
	  "global 5, initialiser 6, f 10-25, call 12, access 13, store 14, guard 15 16-22, "
	  "returns 23" },
	{ { { 15, 15, 1 }, { 16, 16, 2 }, { 17, 17, 4 } },
	  "global 5, initialiser 6, f 10-20, call 12, access 13, store 14, guard 16 18-21, "
	  "returns 18" },
	/* A moved line gets into the range of another move. It must not be moved again. */
	{ { { 1, 9, 5 }, { 10, 11, 2 }, { 12, 13, 1 }, { 14, 20, -9 } },
	  "global 10, initialiser 11, f 12-11, call 13, access 14, store 5, guard 6 7-8, "
	  "returns 9" },
	/* Some ranges do not move. */
	{ { { 1, 9, 0 }, { 10, 13, 7 }, { 14, 17, 0 }, { 18, 30, 8 } },
	  "global 5, initialiser 6, f 17-28, call 19, access 20, store 14, guard 15 16-17, "
	  "returns 26" },
	{ { { 10, 13, 7 }, { 14, 30, 0 } },
	  "global 5, initialiser 6, f 17-20, call 19, access 20, store 14, guard 15 16-17, "
	  "returns 18" },
	/* There are no facts in the moved lines. */
	{ { { 30, 40, 5 } }, AS_FED },
};

START_TEST(lines_move)
{
	const struct moved_case *c = &moved_cases[_i];
	struct store *store = feed_begin(db);
	unsigned int n = 0;
	int64_t was, other;

	feed_reader(store, "a.o");
	feed_commit(store);
	assert_lines("a.o", H, AS_FED);
	was = digest(H);
	other = digest(OTHER);
	while (n < MAX_MOVES && c->moves[n].first)
		n++;
	change(H, c->moves, n);
	assert_lines("a.o", H, c->expected);
	ck_assert(digest(H) != was);
	assert_lines("a.o", OTHER, AS_FED);
	ck_assert(digest(OTHER) == other);
}
END_TEST

START_TEST(nothing_moves_by_zero)
{
	struct store *store = feed_begin(db);
	int64_t was;

	feed_reader(store, "a.o");
	feed_commit(store);
	was = digest(H);
	CHANGE(H, { 1, 9, 0 }, { 10, 30, 0 });
	change(H, NULL, 0);
	assert_lines("a.o", H, AS_FED);
	ck_assert(digest(H) == was);
}
END_TEST

/* The moves of one header do not affect another. Several moves of a header are applied in order. */
START_TEST(changes_follow_each_other)
{
	const struct line_move by_one[] = { { 1, 15, 1 } };
	const struct line_move by_ten[] = { { 14, 30, 10 } };
	struct store *store = feed_begin(db);

	feed_reader(store, "a.o");
	feed_commit(store);
	store = feed_begin(db);
	ck_ok(store_change_header(store, H, by_one, 1, &ck_error));
	ck_ok(store_change_header(store, OTHER, by_ten, 1, &ck_error));
	feed_commit(store);
	assert_lines("a.o", H,
		     "global 6, initialiser 7, f 11-20, call 13, access 14, store 15, "
		     "guard 16 16-17, returns 18");
	assert_lines("a.o", OTHER,
		     "global 5, initialiser 6, f 10-30, call 12, access 13, store 24, "
		     "guard 25 26-27, returns 28");
	store = feed_begin(db);
	ck_ok(store_change_header(store, H, by_ten, 1, &ck_error));
	feed_commit(store);
	assert_lines("a.o", H,
		     "global 6, initialiser 7, f 11-30, call 13, access 24, store 25, "
		     "guard 26 26-27, returns 28");
}
END_TEST

/* A header with several scopes: the lines of all of its scopes are moved. */
START_TEST(all_scopes_move)
{
	struct store *store = feed_begin(db);

	feed_reader(store, "a.o");
	feed_unit(store, "b.o", "b.c", "f1");
	feed_function(store, H, "only_in_b", 10, true);
	feed_end_as(store, UNIT_SHIM, 0, NULL);
	feed_commit(store);
	CHANGE(H, { 10, 20, 3 });
	assert_lines("a.o", H,
		     "global 5, initialiser 6, f 13-23, call 15, access 16, store 17, "
		     "guard 18 19-20, returns 21");
	assert_lines("b.o", H, "f 13-18");
	ck_assert_int_eq(feed_count(db, "SELECT count(DISTINCT digest) FROM scope JOIN file ON "
					"file.id = file WHERE path = '" H "'"),
			 2);
}
END_TEST

/* A new unit reads the header with the old lines. It must not get the scope with moved lines. */
START_TEST(moved_scope_is_not_found_again)
{
	static const char moved[] =
		"global 5, initialiser 6, f 10-20, call 12, access 13, store 14, "
		"guard 15 16-17, returns 19";
	struct store *store = feed_begin(db);

	feed_reader(store, "a.o");
	feed_commit(store);
	store = feed_begin(db);
	ck_ok(store_change_header(store, H, &(struct line_move){ 18, 18, 1 }, 1, &ck_error));
	feed_reader(store, "b.o");
	feed_commit(store);
	assert_lines("a.o", H, moved);
	assert_lines("b.o", H, AS_FED);
	ck_assert_int_eq(feed_count(db, "SELECT count(*) FROM scope"), 3);
	store = feed_begin(db);
	feed_reader(store, "c.o");
	feed_commit(store);
	assert_lines("a.o", H, moved);
	assert_lines("c.o", H, AS_FED);
	ck_assert_int_eq(feed_count(db, "SELECT count(*) FROM scope"), 3);
}
END_TEST

START_TEST(header_that_nobody_includes)
{
	struct store *store = feed_begin(db);

	feed_reader(store, "a.o");
	feed_commit(store);
	CHANGE("include/new.h", { 1, 30, 3 });
	assert_lines("a.o", H, AS_FED);
	assert_lines("a.o", OTHER, AS_FED);
}
END_TEST

static void set_file(struct store *store, const char *path, const char *hash)
{
	ck_ok(store_set_file(store, path, hash, 1, 1, &ck_error));
}

static void set_text(struct store *store, const char *path, const char *hash, const char *text)
{
	g_autoptr(GBytes) bytes = g_bytes_new(text, strlen(text));

	ck_ok(store_set_text(store, path, hash, bytes, &ck_error));
}

/* @expected: the text that query_header_text() must return for @path; NULL: no text. */
static void assert_text(const char *path, const char *expected)
{
	GError *error = NULL;
	g_autoptr(query) query = query_open(db, &error);
	const struct file_state *files;
	g_autoptr(GBytes) text = NULL;
	unsigned int n, f = 0;

	ck_assert_msg(query, "%s", error ? error->message : "");
	files = query_files(query, &n, &error);
	while (f < n && strcmp(files[f].path, path) != 0)
		f++;
	ck_assert_uint_lt(f, n);
	text = query_header_text(query, f, &error);
	ck_assert_ptr_null(error);
	ck_assert(!text == !expected);
	if (!text)
		return;
	ck_assert_mem_eq(g_bytes_get_data(text, NULL), expected, strlen(expected));
	ck_assert_uint_eq(g_bytes_get_size(text), strlen(expected));
}

START_TEST(text_goes_with_the_hash)
{
	struct store *store = feed_begin(db);

	set_file(store, H, "aa");
	set_file(store, OTHER, "aa");
	set_text(store, H, "bb", "of another version");
	set_text(store, "include/unknown.h", "aa", "of no file");
	feed_commit(store);
	assert_text(H, NULL);
	ck_assert_int_eq(feed_count(db, "SELECT count(*) FROM file_text"), 0);

	store = feed_begin(db);
	set_text(store, H, "aa", "int a;");
	feed_commit(store);
	assert_text(H, "int a;");
	assert_text(OTHER, NULL);

	/* The hash of the header has changed, but the stored text is for the old hash. */
	store = feed_begin(db);
	set_file(store, H, "cc");
	set_text(store, H, "aa", "too late");
	feed_commit(store);
	assert_text(H, NULL);
	store = feed_begin(db);
	set_file(store, H, NULL);
	feed_commit(store);
	assert_text(H, NULL);

	store = feed_begin(db);
	set_file(store, H, "cc");
	set_text(store, H, "cc", "int c, d;");
	feed_commit(store);
	assert_text(H, "int c, d;");
	assert_text(OTHER, NULL);
}
END_TEST

static int by_text(gconstpointer a, gconstpointer b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void assert_textless(struct store *store, const char *expected)
{
	GError *error = NULL;
	g_autoptr(GPtrArray) paths = store_textless_files(store, &error);
	g_autofree char *is = NULL;

	ck_assert_msg(paths, "%s", error ? error->message : "");
	g_ptr_array_sort(paths, by_text);
	g_ptr_array_add(paths, NULL);
	is = g_strjoinv(" ", (char **)paths->pdata);
	ck_assert_str_eq(is, expected);
}

START_TEST(textless_files)
{
	struct store *store = feed_begin(db);

	assert_textless(store, "");
	feed_unit(store, "a.o", "a.c", "f1");
	feed_include(store, H);
	feed_end(store);
	set_file(store, "a.c", "11");
	assert_textless(store, ""); /* a source needs no text; the hash of H is not known yet */
	set_file(store, H, "aa");
	set_file(store, OTHER, "bb");
	set_file(store, "include/missing.h", "");
	set_file(store, "include/unsure.h", NULL);
	set_file(store, "$O/.initlint/shim.h", "22");
	set_file(store, "$O/include/generated/autoconf.h", "33");
	assert_textless(store, "$O/include/generated/autoconf.h " H " " OTHER);
	set_text(store, "$O/include/generated/autoconf.h", "33", "x");
	set_text(store, OTHER, "bb", "x");
	set_text(store, H, "not that", "x");
	assert_textless(store, H);
	set_text(store, H, "aa", "x");
	assert_textless(store, "");
	feed_commit(store);

	/* A text for an old hash does not count. */
	store = feed_begin(db);
	assert_textless(store, "");
	set_file(store, OTHER, "cc");
	assert_textless(store, OTHER);
	set_text(store, OTHER, "cc", "y");
	assert_textless(store, "");
	set_file(store, OTHER, NULL);
	assert_textless(store, "");
	store_free(store);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("store header");
	TCase *tcase = tcase_create("store header");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_loop_test(tcase, lines_move, 0, G_N_ELEMENTS(moved_cases));
	tcase_add_test(tcase, nothing_moves_by_zero);
	tcase_add_test(tcase, changes_follow_each_other);
	tcase_add_test(tcase, all_scopes_move);
	tcase_add_test(tcase, moved_scope_is_not_found_again);
	tcase_add_test(tcase, header_that_nobody_includes);
	tcase_add_test(tcase, text_goes_with_the_hash);
	tcase_add_test(tcase, textless_files);
	suite_add_tcase(suite, tcase);
	return check_main(suite);
}
