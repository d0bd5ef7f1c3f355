// SPDX-License-Identifier: GPL-2.0-only
/* Tests which units are read again after a change. Also tests tree.h. */
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "analyzer/reindex/header_text.h"
#include "analyzer/reindex/stale.h"
#include "analyzer/base/tree.h"
#include "tests/support/store_feed.h"
#include "tests/support/check_main.h"

static char *db;
static char *tree;
static char *build;

static void put(const char *path, const char *text)
{
	g_autofree char *real = tree_path(tree, build, path);
	g_autofree char *directory = g_path_get_dirname(real);

	ck_assert_int_eq(g_mkdir_with_parents(directory, 0777), 0);
	ck_assert(g_file_set_contents(real, text, -1, NULL));
}

/* Stores the file's present content in the database. */
static void record(struct store *store, const char *path)
{
	g_autofree char *real = tree_path(tree, build, path);
	struct file_content content;

	hash_file(real, &content);
	ck_ok(store_set_file(store, path, content.exists ? content.hash : "", content.size,
			     content.changed_ns, &ck_error));
}

/* a.c and b.c include a.h. b.c also includes a generated header. c.c includes nothing. */
static const char *const files[] = { "a.c", "b.c", "c.c", "a.h", "$O/gen.h" };

static struct stale_unit units[] = {
	{ "a.o", "a.c", "f1", STALE_NOT, false, NULL },
	{ "b.o", "b.c", "f1", STALE_NOT, false, NULL },
	{ "c.o", "c.c", "f1", STALE_NOT, false, NULL },
};

static void setup(void)
{
	GError *error = NULL;
	struct store *store;

	feed_setup();
	db = feed_path("test.db");
	tree = feed_path("tree");
	build = feed_path("build");
	for (gsize i = 0; i < G_N_ELEMENTS(files); i++)
		put(files[i], files[i]);
	store = store_create(db, &error);
	feed_unit(store, "a.o", "a.c", "f1");
	feed_include(store, "a.h");
	feed_end(store);
	feed_unit(store, "b.o", "b.c", "f1");
	feed_include(store, "a.h");
	feed_include(store, "$O/gen.h");
	feed_end(store);
	feed_unit(store, "c.o", "c.c", "f1");
	feed_end(store);
	for (gsize i = 0; i < G_N_ELEMENTS(files); i++)
		record(store, files[i]);
	ck_ok(store_commit(store, &ck_error));
	store_free(store);
}

static void teardown(void)
{
	g_clear_pointer(&db, g_free);
	g_clear_pointer(&tree, g_free);
	g_clear_pointer(&build, g_free);
	feed_done();
}

/*
 * Returns "a:FILE b:NEW ..." for all stale units, then "differ:N" and "gone:N" unless 0. Free with
 * g_free().
 */
static char *stale_of(struct stale_unit *of, unsigned int n)
{
	static const char *const names[] = { "NOT", "NEW", "FLAGS", "FILE", "RETRY" };
	g_autoptr(query) query = query_open(db, NULL);
	GString *text = g_string_new("");
	struct stale_result result;

	ck_ok(stale_check(query, tree, build, 2, of, n, &result, &ck_error));
	for (unsigned int i = 0; i < n; i++)
		if (of[i].reason != STALE_NOT)
			g_string_append_printf(text, "%.1s:%s ", of[i].target, names[of[i].reason]);
	if (result.files->len)
		g_string_append_printf(text, "differ:%u ", result.files->len);
	if (result.gone->len)
		g_string_append_printf(text, "gone:%u ", result.gone->len);
	stale_result_clear(&result);
	return g_strchomp(g_string_free(text, FALSE));
}

static void assert_stale(const char *expected)
{
	g_autofree char *found = stale_of(units, G_N_ELEMENTS(units));

	ck_assert_str_eq(found, expected);
}

START_TEST(nothing_changed)
{
	assert_stale("");
}
END_TEST

START_TEST(touched_only)
{
	g_autofree char *real = tree_path(tree, build, "a.h");
	struct timespec times[2] = { { 1000, 0 }, { 1000, 0 } };

	ck_assert_int_eq(utimensat(AT_FDCWD, real, times, 0), 0);
	assert_stale("differ:1");
}
END_TEST

START_TEST(source_changed)
{
	put("a.c", "something longer than before");
	assert_stale("a:FILE differ:1");
}
END_TEST

START_TEST(header_changed)
{
	put("a.h", "A.h");
	assert_stale("a:FILE b:FILE differ:1");
}
END_TEST

/* Records the text of @header, and commits. */
static void commit_with_text(struct store *store, const char *header)
{
	g_autofree char *real = tree_path(tree, build, header);
	const char *path = real;
	struct header_text text;

	header_texts_read(&path, &text, 1, 1);
	ck_ok(store_set_text(store, header, text.hash, text.packed, &ck_error));
	g_bytes_unref(text.packed);
	feed_commit(store);
}

/* With its earlier text on record, a header concerns who has its words. */
START_TEST(header_change_told)
{
	struct store *store;

	put("a.h", "int a(void);\n");
	put("a.c", "int x = a();\n");
	store = store_update(db, NULL);
	record(store, "a.h");
	record(store, "a.c");
	commit_with_text(store, "a.h");
	assert_stale("");
	put("a.h", "int a(long x);\n");
	assert_stale("a:FILE differ:1");
	ck_assert(!units[0].unaffected);
	ck_assert(units[1].unaffected);
	put("a.h", "/* moved */\nint a(void);\n");
	assert_stale("differ:1");
	put("a.h", "int a(void);\n#include <b.h>\n");
	assert_stale("a:FILE b:FILE differ:1");
}
END_TEST

/*
 * b.c defines a macro that the new text of gen.h uses, so the change concerns b.o. The database lists b.c
 * before gen.h.
 */
START_TEST(header_uses_a_macro_of_an_earlier_file)
{
	struct store *store;

	put("$O/gen.h", "int g(void);\n");
	put("b.c", "#define X 1\nint y;\n");
	store = store_update(db, NULL);
	record(store, "$O/gen.h");
	record(store, "b.c");
	commit_with_text(store, "$O/gen.h");
	assert_stale("");
	put("$O/gen.h", "int g(int n[X]);\n");
	assert_stale("b:FILE differ:1");
	ck_assert(!units[1].unaffected);
}
END_TEST

/*
 * Unit a.o has its own scope of a.h: it sees f() in another way than the shared precompiled header.
 * It must be read again when the body of f() changes.
 */
START_TEST(body_changed_of_a_variant)
{
	const struct unit_fact shared = { "", "", "$O/.initlint/pch.h", "k1" };
	struct store *store = store_update(db, NULL);

	put("a.h", "static inline int f(void)\n{\n\treturn 1;\n}\n");
	FEED(store, FACT_UNIT_BEGIN, unit, shared);
	feed_include(store, "a.h");
	feed_function(store, "a.h", "f", 1, true);
	feed_end(store);
	feed_unit(store, "a.o", "a.c", "f1");
	feed_include(store, "a.h");
	feed_function(store, "a.h", "f", 99, true);
	feed_end(store);
	feed_unit(store, "b.o", "b.c", "f1");
	feed_include(store, "a.h");
	feed_end(store);
	record(store, "a.h");
	commit_with_text(store, "a.h");
	assert_stale("");
	put("a.h", "static inline int f(void)\n{\n\treturn 2;\n}\n");
	assert_stale("a:FILE differ:1");
	ck_assert(units[1].unaffected);
}
END_TEST

START_TEST(generated_header_changed)
{
	put("$O/gen.h", "other");
	assert_stale("b:FILE differ:1");
}
END_TEST

START_TEST(header_vanished_and_back)
{
	g_autofree char *real = tree_path(tree, build, "$O/gen.h");
	struct store *store;

	g_unlink(real);
	assert_stale("b:FILE differ:1");
	store = store_update(db, NULL);
	record(store, "$O/gen.h");
	ck_ok(store_commit(store, &ck_error));
	store_free(store);
	assert_stale("");
	put("$O/gen.h", "$O/gen.h");
	assert_stale("b:FILE differ:1");
}
END_TEST

START_TEST(flags_changed_and_new_and_gone)
{
	struct stale_unit now[] = {
		{ "a.o", "a.c", "f2", STALE_NOT, false, NULL },
		{ "b.o", "b.c", "f1", STALE_NOT, false, NULL },
		{ "d.o", "a.c", "f1", STALE_NOT, false, NULL },
	};
	g_autofree char *found = stale_of(now, G_N_ELEMENTS(now));

	ck_assert_str_eq(found, "a:FLAGS d:NEW gone:1");
}
END_TEST

START_TEST(failed_and_incomplete_are_tried_again)
{
	struct store *store = store_update(db, NULL);

	feed_unit(store, "a.o", "a.c", "f1");
	feed_end_as(store, UNIT_SHIM, 1, "a.c:1:10: 'gen2.h' file not found");
	feed_unit(store, "b.o", "b.c", "f1");
	feed_end_as(store, UNIT_SHIM, 1, "b.c:7:1: unknown type name 'foo_t'");
	feed_unit(store, "c.o", "c.c", "f1");
	feed_end_as(store, UNIT_FAILED, 0, "c.c: timed out");
	ck_ok(store_commit(store, &ck_error));
	store_free(store);
	/* b.c's error is not a missing file: only a change of its files can fix it. */
	assert_stale("a:RETRY c:RETRY");
}
END_TEST

START_TEST(content_not_known_for_sure)
{
	struct store *store = store_update(db, NULL);
	GPtrArray *unknown;

	ck_ok(store_set_file(store, "b.c", NULL, 0, 0, &ck_error));
	unknown = store_unknown_files(store, NULL);
	ck_assert_uint_eq(unknown->len, 1);
	ck_assert_str_eq(unknown->pdata[0], "b.c");
	g_ptr_array_unref(unknown);
	ck_ok(store_commit(store, &ck_error));
	store_free(store);
	assert_stale("b:FILE differ:1");
}
END_TEST

START_TEST(another_checkout)
{
	g_autofree char *other = feed_path("other");

	g_free(tree);
	tree = g_strdup(other);
	for (gsize i = 0; i < 4; i++)
		put(files[i], files[i]);
	assert_stale("differ:4");
	put("a.h", "changed there");
	assert_stale("a:FILE b:FILE differ:4");
}
END_TEST

START_TEST(hash_of_many)
{
	enum { N = 200 };
	struct file_content contents[N];
	GPtrArray *paths = g_ptr_array_new_with_free_func(g_free);

	put("abc", "abc");
	for (int i = 0; i < N; i++)
		g_ptr_array_add(paths, tree_path(tree, build, i % 2 ? "abc" : "none"));
	hash_files((const char *const *)paths->pdata, contents, N, 4);
	for (int i = 0; i < N; i++) {
		ck_assert_int_eq(contents[i].exists, i % 2);
		ck_assert_str_eq(contents[i].hash, i % 2 ? "ba7816bf8f01cfea414140de5dae2223"
							   "b00361a396177a9cb410ff61f20015ad"
							 : "");
	}
	g_ptr_array_unref(paths);
}
END_TEST

#define COMMIT_A "0123456789abcdef0123456789abcdef01234567"
#define COMMIT_B "89abcdef0123456789abcdef0123456789abcdef"

static void assert_commit(const char *expected)
{
	g_autofree char *commit = tree_commit(tree);

	ck_assert_pstr_eq(commit, expected);
}

START_TEST(commit_of_a_checkout)
{
	g_autofree char *main_git = feed_path("main");
	g_autofree char *gitdir = g_strdup_printf("gitdir: %s/worktrees/w\n", main_git);

	assert_commit(NULL);
	put(".git/HEAD", COMMIT_A "\n");
	assert_commit(COMMIT_A);
	put(".git/HEAD", "ref: refs/heads/x\n");
	assert_commit(NULL);
	put(".git/packed-refs", "# pack-refs with: peeled\n" COMMIT_B " refs/heads/xy\n" COMMIT_A
				" refs/heads/x\n^" COMMIT_B "\n");
	assert_commit(COMMIT_A);
	put(".git/refs/heads/x", COMMIT_B "\n");
	assert_commit(COMMIT_B);
	put(".git/refs/heads/x", "ref: refs/heads/x\n");
	assert_commit(NULL);
	/* A worktree has its own HEAD, and the references of the main repository. */
	g_free(tree);
	tree = feed_path("worktree");
	put(".git", gitdir);
	g_free(tree);
	tree = g_strdup(main_git);
	put("worktrees/w/HEAD", "ref: refs/heads/w\n");
	put("worktrees/w/commondir", "../..\n");
	put("refs/heads/w", COMMIT_A "\n");
	g_free(tree);
	tree = feed_path("worktree");
	assert_commit(COMMIT_A);
}
END_TEST

START_TEST(version_and_kind_of_a_tree)
{
	GError *error = NULL;
	g_autofree char *version = NULL;

	ck_assert(!tree_check(build, &error));
	ck_assert_msg(strstr(error->message, "not a kernel source tree"), "%s", error->message);
	g_clear_error(&error);
	ck_assert(!tree_check("/no/such/tree", &error));
	ck_assert_msg(strstr(error->message, "no such directory"), "%s", error->message);
	g_clear_error(&error);
	ck_assert_ptr_null(tree_version(tree));
	put("Makefile", "# x\nVERSION = 6\nPATCHLEVEL = 12\nSUBLEVEL = 0\nEXTRAVERSION = -rc2\n"
			"NAME = Baby Opossum Posse\nVERSION = 9\n");
	version = tree_version(tree);
	ck_assert_str_eq(version, "6.12.0-rc2");
	put("Kconfig", "");
	put("arch/Kconfig", "");
	put("init/main.c", "");
	ck_ok(tree_check(tree, &ck_error));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("stale");
	TCase *tcase = tcase_create("stale");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, nothing_changed);
	tcase_add_test(tcase, touched_only);
	tcase_add_test(tcase, source_changed);
	tcase_add_test(tcase, header_changed);
	tcase_add_test(tcase, header_change_told);
	tcase_add_test(tcase, header_uses_a_macro_of_an_earlier_file);
	tcase_add_test(tcase, body_changed_of_a_variant);
	tcase_add_test(tcase, generated_header_changed);
	tcase_add_test(tcase, header_vanished_and_back);
	tcase_add_test(tcase, flags_changed_and_new_and_gone);
	tcase_add_test(tcase, failed_and_incomplete_are_tried_again);
	tcase_add_test(tcase, content_not_known_for_sure);
	tcase_add_test(tcase, another_checkout);
	tcase_add_test(tcase, hash_of_many);
	tcase_add_test(tcase, commit_of_a_checkout);
	tcase_add_test(tcase, version_and_kind_of_a_tree);
	suite_add_tcase(suite, tcase);
	return check_main(suite);
}
