// SPDX-License-Identifier: GPL-2.0-only
/* Tests git_range_read(): the commits, and the files of the base commit. */
#include <string.h>
#include <glib/gstdio.h>

#include "analyzer/patch/git_range.h"
#include "db/error.h"
#include "tests/support/check_main.h"
#include "tests/support/patch_tree.h"
#include "tests/support/temp_dir.h"

static char *directory;
static GPtrArray *differing;
static GError *failure;

static void git(const char *first, ...)
{
	g_autoptr(GPtrArray) argv = g_ptr_array_new();
	const char *const always[] = {
		"git", "-C", directory, "-c", "user.name=Jo Doe", "-c", "user.email=jo@example.org"
	};
	va_list args;
	int status = -1;

	for (gsize i = 0; i < G_N_ELEMENTS(always); i++)
		g_ptr_array_add(argv, (gpointer)always[i]);
	va_start(args, first);
	for (const char *arg = first; arg; arg = va_arg(args, const char *))
		g_ptr_array_add(argv, (gpointer)arg);
	va_end(args);
	g_ptr_array_add(argv, NULL);
	ck_assert(g_spawn_sync(NULL, (char **)argv->pdata, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL,
			       NULL, NULL, &status, NULL));
	ck_assert_int_eq(status, 0);
}

static void put(const char *path, const char *text)
{
	g_autofree char *full = g_build_filename(directory, path, NULL);

	ck_assert(g_file_set_contents(full, text, -1, NULL));
}

static void commit(const char *tag, const char *subject)
{
	git("add", "-A", NULL);
	git("commit", "-q", "-m", subject, NULL);
	git("tag", tag, NULL);
}

/* Makes branch main: base, one, two, three. Makes branch side from base. Checks out main. */
static void setup(void)
{
	patch_tree_setup();
	failure = NULL;
	differing = g_ptr_array_new_with_free_func(g_free);
	directory = temp_dir_new();
	git("init", "-q", "-b", "main", NULL);
	put("a", "1\n2\n3\n");
	put("b", "b\nb\nb\nb\n");
	commit("base", "The beginning");
	put("a", "1\n2\nthree\n");
	commit("one", "a: three\n\nWith a body.");
	git("mv", "b", "c", NULL);
	commit("two", "b is c");
	git("commit", "-q", "--allow-empty", "-m", "Nothing", NULL);
	put("d", "d\n");
	commit("three", "d comes");
	git("checkout", "-q", "-b", "side", "base", NULL);
	put("e", "e\n");
	commit("aside", "e");
	git("checkout", "-q", "main", NULL);
}

static void teardown(void)
{
	g_ptr_array_unref(differing);
	g_clear_error(&failure);
	temp_dir_free(directory);
	patch_tree_teardown();
}

static GPtrArray *read_range(const char *range)
{
	const struct patch_target target = patch_tree_target();

	/* What is written as removed must have been there. */
	patch_tree_put("d", "d\n");
	patch_tree_put("c", "b\n");
	patch_tree_put("e", "e\n");
	return git_range_read(directory, range, &target, differing, &failure);
}

static void assert_subjects(const GPtrArray *commits, const char *expected)
{
	g_autoptr(GString) text = g_string_new(NULL);

	ck_assert_msg(commits != NULL, "%s", failure ? failure->message : "no error");
	for (guint i = 0; i < commits->len; i++) {
		const struct git_commit *one = commits->pdata[i];

		ck_assert_uint_eq(strlen(one->id), 40);
		ck_assert_uint_eq(one->len, strlen(one->text));
		g_string_append_printf(text, "%s%s", i ? ", " : "", one->subject);
	}
	ck_assert_str_eq(text->str, expected);
}

START_TEST(range)
{
	g_autoptr(GPtrArray) commits = read_range("base..three");
	const struct git_commit *one;

	/* A commit without changes is left out. */
	assert_subjects(commits, "a: three, b is c, d comes");
	one = commits->pdata[0];
	ck_assert_ptr_nonnull(strstr(one->text, "-3\n+three\n"));
	one = commits->pdata[1];
	ck_assert_ptr_nonnull(strstr(one->text, "rename from b\nrename to c\n"));
}
END_TEST

/* The working tree is at three: files are written as they are in base. */
START_TEST(state_before)
{
	g_autoptr(GPtrArray) commits = read_range("base..three");

	patch_tree_is("a", "1\n2\n3\n");
	patch_tree_is("b", "b\nb\nb\nb\n");
	patch_tree_is("c", NULL);
	patch_tree_is("d", NULL);
	ck_assert_uint_eq(differing->len, 4);
	ck_assert_uint_eq(commits->len, 3);
}
END_TEST

/* The patches apply to the files of the base commit. */
START_TEST(applies_to_it)
{
	const struct patch_target target = patch_tree_target();
	g_autoptr(GPtrArray) commits = read_range("base..three");

	for (guint i = 0; i < commits->len; i++) {
		const struct git_commit *one = commits->pdata[i];
		g_autoptr(patch) patch = patch_parse(one->text, one->len, one->id, &failure);

		ck_assert_msg(patch && patch_apply(patch, &target, 0, NULL, &failure), "%s",
			      failure ? failure->message : "no error");
	}
	patch_tree_is("a", "1\n2\nthree\n");
	patch_tree_is("c", "b\nb\nb\nb\n");
	patch_tree_is("d", "d\n");
}
END_TEST

START_TEST(at_the_beginning)
{
	g_autoptr(GPtrArray) commits = NULL;

	git("checkout", "-q", "base", NULL);
	/* An untracked file. */
	put("stray", "x\n");
	commits = read_range("base..three");
	ck_assert_uint_eq(differing->len, 0);
	ck_assert_uint_eq(commits->len, 3);
}
END_TEST

/* Changes that are not committed are ignored, whether staged or not. */
START_TEST(dirty)
{
	g_autoptr(GPtrArray) commits = NULL;

	git("checkout", "-q", "base", NULL);
	put("a", "changed\n");
	put("b", "staged\n");
	git("add", "b", NULL);
	commits = read_range("base..one");
	assert_subjects(commits, "a: three");
	ck_assert_uint_eq(differing->len, 2);
	patch_tree_is("a", "1\n2\n3\n");
	patch_tree_is("b", "b\nb\nb\nb\n");
}
END_TEST

START_TEST(single)
{
	g_autoptr(GPtrArray) commits = read_range("two");

	assert_subjects(commits, "b is c");
}
END_TEST

/* Kernel versions have annotated tags. */
START_TEST(annotated_tags)
{
	g_autoptr(GPtrArray) commits = NULL;
	g_autoptr(GPtrArray) one = NULL;

	git("tag", "-a", "-m", "A version", "v1", "base", NULL);
	git("tag", "-a", "-m", "A version", "v2", "two", NULL);
	commits = read_range("v1..v2");
	assert_subjects(commits, "a: three, b is c");
	one = read_range("v2");
	assert_subjects(one, "b is c");
}
END_TEST

/* At a merge the first parent is followed. The merged branch is one patch. */
START_TEST(merge)
{
	g_autoptr(GPtrArray) commits = NULL;

	git("merge", "-q", "--no-ff", "-m", "Merge side", "side", NULL);
	commits = read_range("two..main");
	assert_subjects(commits, "d comes, Merge side");
}
END_TEST

static void assert_refused(const char *range, const char *expected)
{
	ck_assert_ptr_null(read_range(range));
	ck_assert(g_error_matches(failure, INITLINT_ERROR, INITLINT_ERROR_INPUT));
	ck_assert_msg(strstr(failure->message, expected) != NULL, "%s", failure->message);
	ck_assert_msg(strstr(failure->message, range) != NULL, "%s", failure->message);
	g_clear_error(&failure);
}

START_TEST(no_such_range)
{
	assert_refused("three..base", "its end does not descend from its beginning");
	assert_refused("side..three", "its end does not descend from its beginning");
	assert_refused("base..base", "there are no commits in it");
	assert_refused("base...three", "expected A..B");
	assert_refused("base", "a commit that has no parent");
	assert_refused("nosuch", "no range of commits");
	assert_refused("three..", "there are no commits in it");
	assert_refused("", "no range of commits");
	assert_refused("base:a", "names something that is no commit");
	assert_refused("base..three^{tree}", "names something that is no commit");
}
END_TEST

START_TEST(no_repository)
{
	char *top = directory;

	directory = g_build_filename(top, "below", NULL);
	ck_assert_int_eq(g_mkdir(directory, 0777), 0);
	assert_refused("base..three", "no git repository");
	g_free(directory);
	directory = top;
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("git_range");
	TCase *tcase = tcase_create("git_range");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_set_timeout(tcase, 60);
	tcase_add_test(tcase, range);
	tcase_add_test(tcase, state_before);
	tcase_add_test(tcase, applies_to_it);
	tcase_add_test(tcase, at_the_beginning);
	tcase_add_test(tcase, dirty);
	tcase_add_test(tcase, single);
	tcase_add_test(tcase, annotated_tags);
	tcase_add_test(tcase, merge);
	tcase_add_test(tcase, no_such_range);
	tcase_add_test(tcase, no_repository);
	suite_add_tcase(suite, tcase);
	return check_main(suite);
}
