// SPDX-License-Identifier: GPL-2.0-only
/* Tests patch_apply(). */
#include "tests/support/patch_tree.h"
#include "tests/support/check_main.h"

#define GIT(path)   "diff --git a/" path " b/" path "\n"
#define NAMES(path) "--- a/" path "\n+++ b/" path "\n"

#define SIX_TO_X                                 \
	GIT("d/ten")                             \
	"index 1111111..2222222 100644\n" NAMES( \
		"d/ten") "@@ -3,7 +3,7 @@ two\n 3\n 4\n 5\n-6\n+x\n 7\n 8\n 9\n"

static void put_numbers(int from, int to, const char *before, const char *after)
{
	g_autofree char *middle = patch_tree_numbers(from, to);
	g_autofree char *text = g_strconcat(before, middle, after, NULL);

	patch_tree_put("d/ten", text);
}

START_TEST(plain)
{
	patch_tree_applies("A message.\n---\n d/ten | 2 +-\n\n" SIX_TO_X "-- \n2.39.5\n\n", 0, "");
	patch_tree_is("d/ten", "1\n2\n3\n4\n5\nx\n7\n8\n9\n10\n");
	ck_assert_str_eq(patch_tree_written(), "w d/ten 0\n");
}
END_TEST

START_TEST(offsets)
{
	put_numbers(1, 10, "a\nb\n", "");
	patch_tree_applies(SIX_TO_X, 0, "p: hunk 1 of d/ten applies 2 lines further down");
	patch_tree_is("d/ten", "a\nb\n1\n2\n3\n4\n5\nx\n7\n8\n9\n10\n");
	put_numbers(2, 10, "", "");
	patch_tree_applies(SIX_TO_X, 0, "p: hunk 1 of d/ten applies 1 line further up");
	patch_tree_is("d/ten", "2\n3\n4\n5\nx\n7\n8\n9\n10\n");
}
END_TEST

/* Two positions match: the nearer one is used; if both are equally near, the lower one. */
START_TEST(nearest)
{
	const char *patch = NAMES("r") "@@ -4,3 +4,3 @@\n a\n-b\n+x\n c\n";

	patch_tree_put("r", "a\nb\nc\n4\n5\na\nb\nc\n");
	patch_tree_applies(patch, 0, "p: hunk 1 of r applies 2 lines further down");
	patch_tree_is("r", "a\nb\nc\n4\n5\na\nx\nc\n");
	patch_tree_put("r", "1\na\nb\nc\n5\na\nb\nc\n");
	patch_tree_applies(patch, 0, "p: hunk 1 of r applies 2 lines further down");
	patch_tree_is("r", "1\na\nb\nc\n5\na\nx\nc\n");
	patch_tree_put("r", "1\n2\na\nb\nc\na\nb\nc\n");
	patch_tree_applies(patch, 0, "p: hunk 1 of r applies 1 line further up");
	patch_tree_is("r", "1\n2\na\nx\nc\na\nb\nc\n");
}
END_TEST

START_TEST(fuzz)
{
	put_numbers(4, 10, "1\n2\ndrei\n", "");
	patch_tree_fails(
		SIX_TO_X, 0,
		"p: d/ten:3: hunk 1 does not apply: expected \"3\", found \"drei\"; it would with "
		"fuzz 1 (--fuzz=1)");
	patch_tree_applies(SIX_TO_X, 1, "p: hunk 1 of d/ten applies with fuzz 1");
	patch_tree_is("d/ten", "1\n2\ndrei\n4\n5\nx\n7\n8\n9\n10\n");
	put_numbers(5, 10, "0\n1\n2\ndrei\nvier\n", "");
	patch_tree_fails(
		SIX_TO_X, 1,
		"p: d/ten:4: hunk 1 does not apply: expected \"3\", found \"drei\"; it would with "
		"fuzz 2 (--fuzz=2)");
	patch_tree_applies(SIX_TO_X, 2,
			   "p: hunk 1 of d/ten applies with fuzz 2, 1 line further down");
	patch_tree_is("d/ten", "0\n1\n2\ndrei\nvier\n5\nx\n7\n8\n9\n10\n");
}
END_TEST

START_TEST(does_not_apply)
{
	put_numbers(7, 10, "1\n2\n3\n4\n5\nsechs\n", "");
	patch_tree_fails(
		SIX_TO_X, 2,
		"p: d/ten:6: hunk 1 does not apply: expected \"6\", found \"sechs\"; rebase the "
		"patch on this tree");
	put_numbers(1, 8, "", "");
	patch_tree_fails(
		SIX_TO_X, 0,
		"p: d/ten:8: hunk 1 does not apply: expected \"9\", found the end of the file; it "
		"would with fuzz 1 (--fuzz=1)");
	patch_tree_put("d/ten", "");
	patch_tree_fails(
		SIX_TO_X, 2,
		"p: d/ten:1: hunk 1 does not apply: expected \"3\", found the end of the file; "
		"rebase the patch on this tree");
	patch_tree_remove("d/ten");
	patch_tree_fails(
		SIX_TO_X, 0,
		"p: d/ten: is not in the tree; expected a patch for this version, with paths from "
		"the tree's top behind a/ and b/");
}
END_TEST

/* Messages have line numbers of the original file, even after other hunks were applied. */
START_TEST(second_hunk)
{
	patch_tree_fails(
		NAMES("d/ten") "@@ -1,2 +1,4 @@\n 1\n+a\n+b\n 2\n@@ -6,3 +8,3 @@\n 6\n-sieben\n+x\n"
			       " 8\n",
		0,
		"p: d/ten:7: hunk 2 does not apply: expected \"sieben\", found \"7\"; rebase the "
		"patch on this tree");
	patch_tree_fails(
		NAMES("d/ten") "@@ -1,2 +1,3 @@\n 1\n+a\n 2\n@@ -1,3 +2,4 @@\n 1\n 2\n+b\n 3\n", 0,
		"p: d/ten:1: hunk 2 does not apply: expected \"1\", which belongs to an earlier "
		"hunk; rebase the patch on this tree");
}
END_TEST

START_TEST(anchored)
{
	const char *begin = NAMES("d/ten") "@@ -1,2 +1,3 @@\n+0\n 1\n 2\n";
	const char *end = NAMES("d/ten") "@@ -9,2 +9,3 @@\n 9\n 10\n+11\n";

	patch_tree_applies(begin, 0, "");
	patch_tree_applies(end, 0, "p: hunk 1 of d/ten applies 1 line further down");
	patch_tree_is("d/ten", "0\n1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n");
	put_numbers(1, 10, "a\n", "a\n");
	patch_tree_fails(
		begin, 0,
		"p: d/ten:1: hunk 1 does not apply: expected \"1\", found \"a\"; rebase the patch "
		"on this tree");
	patch_tree_fails(
		end, 0,
		"p: d/ten:12: hunk 1 does not apply: expected the file's beginning or end here; "
		"rebase the patch on this tree");
}
END_TEST

#define NO_NEWLINE "\\ No newline at end of file\n"

START_TEST(newline_at_end)
{
	const char *take = NAMES("n") "@@ -1,2 +1,2 @@\n a\n-b\n+b\n" NO_NEWLINE;
	const char *add = NAMES("n") "@@ -1,2 +1,2 @@\n a\n-b\n" NO_NEWLINE "+b\n";
	const char *keep = NAMES("n") "@@ -1,2 +1,2 @@\n-a\n+x\n b\n" NO_NEWLINE;
	const char *both = NAMES("n") "@@ -1,2 +1,2 @@\n a\n-b\n" NO_NEWLINE "+c\n" NO_NEWLINE;

	patch_tree_put("n", "a\nb\n");
	patch_tree_applies(take, 0, "");
	patch_tree_is("n", "a\nb");
	patch_tree_applies(add, 0, "");
	patch_tree_is("n", "a\nb\n");
	patch_tree_fails(keep, 0,
			 "p: n:2: hunk 1 does not apply: expected \"b\" without newline at its "
			 "end; it would "
			 "with fuzz 1 (--fuzz=1)");
	patch_tree_put("n", "a\nb");
	patch_tree_applies(keep, 0, "");
	patch_tree_is("n", "x\nb");
	patch_tree_put("n", "a\nb");
	patch_tree_applies(both, 0, "");
	patch_tree_is("n", "a\nc");
}
END_TEST

#define ADD_NEW                                          \
	GIT("d/new")                                     \
	"new file mode 100755\nindex 0000000..1111111\n" \
	"--- /dev/null\n+++ b/d/new\n@@ -0,0 +1,2 @@\n+a\n+b\n"
#define DELETE_TWO                                           \
	GIT("d/two")                                         \
	"deleted file mode 100644\nindex 1111111..0000000\n" \
	"--- a/d/two\n+++ /dev/null\n@@ -1,2 +0,0 @@\n-a\n-b\n"

START_TEST(already_applied)
{
	patch_tree_applies(SIX_TO_X ADD_NEW, 0, "");
	patch_tree_fails(SIX_TO_X ADD_NEW, 2, "p: the patch is in the tree already; leave it out");
	patch_tree_fails(DELETE_TWO, 0, "p: the patch is in the tree already; leave it out");
	patch_tree_put("d/new", "other\n");
	patch_tree_fails(SIX_TO_X ADD_NEW, 2,
			 "p: d/ten: the tree already has the patch's changes of this file; rebase "
			 "the patch on "
			 "this tree");
}
END_TEST

START_TEST(added)
{
	patch_tree_applies(ADD_NEW, 0, "");
	patch_tree_is("d/new", "a\nb\n");
	ck_assert_str_eq(patch_tree_written(), "w d/new 100755\n");
	patch_tree_applies(GIT("d/empty") "new file mode 100644\nindex 0000000..e69de29\n", 0, "");
	patch_tree_is("d/empty", "");
	patch_tree_put("d/new", "other\n");
	patch_tree_fails(ADD_NEW, 0, "p: d/new: is added by the patch, but is already in the tree");
}
END_TEST

START_TEST(deleted)
{
	patch_tree_put("d/two", "a\nb\n");
	patch_tree_applies(DELETE_TWO, 0, "");
	patch_tree_is("d/two", NULL);
	ck_assert_str_eq(patch_tree_written(), "r d/two\n");
	patch_tree_put("d/two", "a\nc\n");
	patch_tree_fails(
		DELETE_TWO, 0,
		"p: d/two:2: differs from the file that the patch deletes: expected \"b\", found "
		"\"c\"; rebase the patch on this tree");
	patch_tree_put("d/two", "a\nb\nc\n");
	patch_tree_fails(
		DELETE_TWO, 0,
		"p: d/two:3: differs from the file that the patch deletes: expected the file's end "
		"here; rebase the patch on this tree");
	patch_tree_put("d/two", "a\n");
	patch_tree_fails(
		GIT("d/two") "deleted file mode 100644\nindex e69de29..0000000\n", 0,
		"p: d/two: differs from the file that the patch deletes: 1 line would be left");
}
END_TEST

#define RENAME(from, to)                                                          \
	"diff --git a/" from " b/" to "\nsimilarity index 90%\nrename from " from \
	"\nrename to " to "\n"

START_TEST(renamed)
{
	patch_tree_applies(RENAME("d/ten", "e/zehn"), 0, "");
	patch_tree_is("d/ten", NULL);
	ck_assert_str_eq(patch_tree_written(), "r d/ten\nw e/zehn 0\n");
	patch_tree_applies(RENAME("e/zehn", "d/ten") "index 1111111..2222222 100644\n--- a/e/zehn\n"
						     "+++ b/d/ten\n@@ -1,2 +1,1 @@\n-1\n 2\n",
			   0, "");
	patch_tree_is("e/zehn", NULL);
	patch_tree_is("d/ten", "2\n3\n4\n5\n6\n7\n8\n9\n10\n");
	patch_tree_put("e/zehn", "here\n");
	patch_tree_fails(
		RENAME("d/ten", "e/zehn"), 0,
		"p: e/zehn: is renamed or copied from another file, but is already in the tree");
}
END_TEST

/* Two renames swap files: each starts from the original tree, whatever their order. */
START_TEST(swapped)
{
	patch_tree_put("a", "a\n");
	patch_tree_put("b", "b\n");
	patch_tree_applies(RENAME("a", "b") RENAME("b", "a"), 0, "");
	patch_tree_is("a", "b\n");
	patch_tree_is("b", "a\n");
	patch_tree_applies(RENAME("a", "c")
				   GIT("a") "new file mode 100644\n--- /dev/null\n+++ b/a\n"
					    "@@ -0,0 +1 @@\n+new\n",
			   0, "");
	patch_tree_is("a", "new\n");
	patch_tree_is("c", "b\n");
}
END_TEST

START_TEST(copied)
{
	patch_tree_applies(
		"diff --git a/d/ten b/d/copy\nsimilarity index 90%\ncopy from d/ten\ncopy to "
		"d/copy\nindex 1111111..2222222 100644\n--- a/d/ten\n+++ b/d/copy\n"
		"@@ -9,2 +9,1 @@\n 9\n-10\n" SIX_TO_X,
		0, "");
	patch_tree_is("d/copy", "1\n2\n3\n4\n5\n6\n7\n8\n9\n");
	patch_tree_is("d/ten", "1\n2\n3\n4\n5\nx\n7\n8\n9\n10\n");
}
END_TEST

START_TEST(mode)
{
	const char *text = GIT("d/ten") "old mode 100644\nnew mode 100755\n";
	g_autoptr(patch) patch = patch_tree_parse(text);
	unsigned int n;

	ck_assert_int_eq(patch_files(patch, &n)->kind, PATCH_MODE);
	ck_assert_uint_eq(n, 1);
	patch_tree_applies(text, 0, "");
	ck_assert_str_eq(patch_tree_written(), "w d/ten 100755\n");
	patch_tree_is("d/ten", "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n");
}
END_TEST

START_TEST(binary)
{
	patch_tree_applies(
		GIT("logo.png") "index 1111111..2222222 100644\nGIT binary patch\n"
				"literal 3\nKcmZQzWMT#Y01f~L\n\nliteral 0\nHcmV?d00001\n\n" SIX_TO_X
					GIT("x.gif") "new file mode 100644\nindex "
						     "0000000..3333333\n"
						     "Binary files /dev/null and b/x.gif differ\n",
		0, "p: logo.png: binary, left as it is\np: x.gif: binary, left as it is");
	ck_assert_str_eq(patch_tree_written(), "w d/ten 0\n");
	patch_tree_fails(
		GIT("d/a.c") "index 1111111..2222222 100644\nBinary files a/d/a.c and b/d/a.c "
			     "differ\n",
		0, "p: d/a.c: is changed in binary, which cannot be applied here; send it as text");
	patch_tree_fails(
		GIT("Makefile") "index 1111111..2222222 100644\nGIT binary patch\nliteral 0\n"
				"HcmV?d00001\n\n",
		0,
		"p: Makefile: is changed in binary, which cannot be applied here; send it as text");
}
END_TEST

/* The first diff applies and the second does not: nothing is written. */
START_TEST(all_or_nothing)
{
	patch_tree_fails(SIX_TO_X NAMES("missing") "@@ -1 +1 @@\n-a\n+b\n", 0,
			 "p: missing: is not in the tree; expected a patch for this version, with "
			 "paths from "
			 "the tree's top behind a/ and b/");
	patch_tree_set_bad("d/ten");
	patch_tree_fails(SIX_TO_X, 0, "p: bad disk");
	patch_tree_set_bad("write d/ten");
	patch_tree_fails(SIX_TO_X, 0, "disk full");
}
END_TEST

/* One message has two diffs of the same file: the second applies to the result of the first. */
START_TEST(twice)
{
	patch_tree_applies(SIX_TO_X GIT("d/ten") "index 2222222..3333333 100644\n" NAMES(
				   "d/ten") "@@ -5,3 +5,3 @@\n 5\n-x\n+y\n 7\n",
			   0, "");
	patch_tree_is("d/ten", "1\n2\n3\n4\n5\ny\n7\n8\n9\n10\n");
	ck_assert_str_eq(patch_tree_written(), "w d/ten 0\n");
	patch_tree_fails(ADD_NEW ADD_NEW, 0, "p: d/new: is made twice by the same patch");
	patch_tree_put("d/two", "a\nb\n");
	patch_tree_fails(DELETE_TWO NAMES("d/two") "@@ -1 +1 @@\n-a\n+b\n", 0,
			 "p: d/two: is changed after the same patch has removed it");
}
END_TEST

START_TEST(no_context)
{
	patch_tree_applies(NAMES("d/ten") "@@ -2,0 +3,2 @@\n+a\n+b\n@@ -7,2 +8,0 @@\n-7\n-8\n", 0,
			   "");
	patch_tree_is("d/ten", "1\n2\na\nb\n3\n4\n5\n6\n9\n10\n");
	patch_tree_applies(
		NAMES("d/ten") "@@ -0,0 +1 @@\n+0\n@@ -9 +10 @@\n-9\n+x\n@@ -10,0 +12 @@\n+y\n", 0,
		"");
	patch_tree_is("d/ten", "0\n1\n2\na\nb\n3\n4\n5\n6\nx\n10\ny\n");
	patch_tree_fails(
		NAMES("d/ten") "@@ -20,0 +21 @@\n+a\n", 0,
		"p: d/ten:12: hunk 1 does not apply: the file has no line 20 to add after; rebase "
		"the patch on this tree");
}
END_TEST

static void changed_are(const struct patch *patch, const char *path, const char *expected)
{
	unsigned int n;
	const unsigned int *lines = patch_changed_lines(patch, path, &n);
	g_autoptr(GString) text = g_string_new(NULL);

	for (unsigned int i = 0; i < n; i++)
		g_string_append_printf(text, "%u ", lines[i]);
	ck_assert_str_eq(text->str, expected);
	ck_assert(!lines == !n);
}

START_TEST(changed_lines)
{
	struct patch_target target = patch_tree_target();
	g_autoptr(patch) patch = patch_tree_parse(
		SIX_TO_X "@@ -10 +10,3 @@\n 10\n+a\n+b\n" ADD_NEW DELETE_TWO GIT("d/ten")
			NAMES("d/ten") "@@ -1,3 +1,3 @@\n 1\n-2\n+z\n 3\n");

	put_numbers(1, 10, "", "");
	patch_tree_put("d/two", "a\nb\n");
	changed_are(patch, "d/ten", "");
	ck_assert(patch_apply(patch, &target, 0, NULL, NULL));
	changed_are(patch, "d/ten", "2 6 11 12 ");
	changed_are(patch, "d/new", "1 2 ");
	changed_are(patch, "d/two", "");
	changed_are(patch, "d/other", "");
	ck_assert(!patch_apply(patch, &target, 0, NULL, NULL));
	changed_are(patch, "d/ten", "");
}
END_TEST

START_TEST(changed_lines_move_with_the_hunk)
{
	struct patch_target target = patch_tree_target();
	g_autoptr(patch) patch = patch_tree_parse(SIX_TO_X);

	put_numbers(1, 10, "a\nb\nc\n", "");
	ck_assert(patch_apply(patch, &target, 0, NULL, NULL));
	changed_are(patch, "d/ten", "9 ");
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("patch");
	TCase *tcase = tcase_create("patch");

	tcase_add_checked_fixture(tcase, patch_tree_setup, patch_tree_teardown);
	tcase_add_test(tcase, plain);
	tcase_add_test(tcase, offsets);
	tcase_add_test(tcase, nearest);
	tcase_add_test(tcase, fuzz);
	tcase_add_test(tcase, does_not_apply);
	tcase_add_test(tcase, second_hunk);
	tcase_add_test(tcase, anchored);
	tcase_add_test(tcase, newline_at_end);
	tcase_add_test(tcase, already_applied);
	tcase_add_test(tcase, added);
	tcase_add_test(tcase, deleted);
	tcase_add_test(tcase, renamed);
	tcase_add_test(tcase, swapped);
	tcase_add_test(tcase, copied);
	tcase_add_test(tcase, mode);
	tcase_add_test(tcase, binary);
	tcase_add_test(tcase, all_or_nothing);
	tcase_add_test(tcase, twice);
	tcase_add_test(tcase, no_context);
	tcase_add_test(tcase, changed_lines);
	tcase_add_test(tcase, changed_lines_move_with_the_hunk);
	suite_add_tcase(suite, tcase);
	return check_main(suite);
}
