// SPDX-License-Identifier: GPL-2.0-only
/* Tests patch_parse(): what counts as a diff, and which patches are refused. */
#include "tests/support/patch_tree.h"
#include "tests/support/check_main.h"

#define GIT(path)   "diff --git a/" path " b/" path "\n"
#define NAMES(path) "--- a/" path "\n+++ b/" path "\n"
#define HUNK	    "@@ -1 +1 @@\n-a\n+b\n"

static void names_are(const char *text, const char *old_path, const char *new_path,
		      enum patch_kind kind)
{
	g_autoptr(patch) patch = patch_tree_parse(text);
	unsigned int n;
	const struct patch_file *file = patch_files(patch, &n);

	ck_assert_uint_eq(n, 1);
	ck_assert_pstr_eq(file->old_path, old_path);
	ck_assert_pstr_eq(file->new_path, new_path);
	ck_assert_int_eq(file->kind, kind);
}

START_TEST(bare)
{
	names_are(NAMES("d/x.c") HUNK, "d/x.c", "d/x.c", PATCH_MODIFY);
	names_are("--- linux.orig/d/x.c\t2024-01-01 12:00:00.000000000 +0100\n"
		  "+++ linux/d/x.c\t2024-01-01 12:00:01.000000000 +0100\n" HUNK,
		  "d/x.c", "d/x.c", PATCH_MODIFY);
	names_are("Index: linux/x\n====\n--- linux/x.c.orig\n+++ linux/x.c\n" HUNK, "x.c", "x.c",
		  PATCH_MODIFY);
	names_are("diff -Nru a/x b/x\n--- a/x\t1970-01-01 01:00:00.000000000 +0100\n"
		  "+++ b/x\t2024-01-01 12:00:01.000000000 +0100\n@@ -0,0 +1 @@\n+a\n",
		  NULL, "x", PATCH_ADD);
	names_are("--- a/x\t2024-01-01 12:00:01 +0100\n+++ b/x\t1970-01-01 00:00:00 +0000\n"
		  "@@ -1 +0,0 @@\n-a\n",
		  "x", NULL, PATCH_DELETE);
	names_are("--- /dev/null\n+++ b/x\n@@ -0,0 +1 @@\n+a\n", NULL, "x", PATCH_ADD);
	names_are("--- a/x\n+++ /dev/null\n@@ -1 +0,0 @@\n-a\n", "x", NULL, PATCH_DELETE);
	patch_tree_refused("--- x.c\n+++ x.c\n" HUNK,
			   "x.c: expected a name with a directory to take off");
	patch_tree_refused("--- a/x\n+++ b/y\n" HUNK, "one file under two names, x and y");
	/* Not every diff -u tells an added file. */
	patch_tree_applies("--- a/new\n+++ b/new\n@@ -0,0 +1 @@\n+a\n", 0, "");
	patch_tree_is("new", "a\n");
}
END_TEST

START_TEST(by_git)
{
	names_are(GIT("d/x") NAMES("d/x") HUNK, "d/x", "d/x", PATCH_MODIFY);
	names_are("diff --git c/d/x w/d/x\nindex 1111111..2222222 100644\n--- c/d/x\n+++ "
		  "w/d/x\n" HUNK,
		  "d/x", "d/x", PATCH_MODIFY);
	names_are(
		"diff --git \"a/d/\\303\\244\" \"b/d/\\303\\244\"\nindex 1111111..2222222 100644\n"
		"--- \"a/d/\\303\\244\"\n+++ \"b/d/\\303\\244\"\n" HUNK,
		"d/ä", "d/ä", PATCH_MODIFY);
	names_are(GIT("a b") "index 1111111..2222222 100644\n--- a/a b\t\n+++ b/a b\t\n" HUNK,
		  "a b", "a b", PATCH_MODIFY);
	names_are("diff --git a/x b/y\nrename from x\nrename to y\n", "x", "y", PATCH_RENAME);
	names_are(GIT("x") "new file mode 100644\n", NULL, "x", PATCH_ADD);
	names_are(GIT("x") "new file mode 100644\n--- /dev/null\n+++ b/x\n@@ -0,0 +1 @@\n+a\n",
		  NULL, "x", PATCH_ADD);
	names_are(GIT("x") "old mode 100644\nnew mode 100755\nindex 1111111..2222222\n" NAMES("x")
			  HUNK,
		  "x", "x", PATCH_MODIFY);
	names_are(GIT("x") "new file mode 100644\nGIT binary patch\nliteral 0\nHcmV?d00001\n\n",
		  NULL, "x", PATCH_ADD);
	names_are(GIT("x") "deleted file mode 100644\nindex 1111111..0000000\nBinary files a/x and "
			   "/dev/null differ\n",
		  "x", NULL, PATCH_DELETE);
}
END_TEST

/* Message text that looks like a diff, signatures, and blanks removed by an editor. */
START_TEST(around)
{
	names_are("diff --git is what to use\n\n--- not this\n---\n\n" GIT("x") NAMES("x") HUNK
		  "-- \n2.39.5\n\n____\nlist mailing list\n",
		  "x", "x", PATCH_MODIFY);
	names_are(GIT("x") NAMES("x") "@@ -1,3 +1,3 @@\n-a\n+b\n\n\n", "x", "x", PATCH_MODIFY);
	names_are(GIT("x") NAMES("x") "@@ -1 +1 @@\n-a\n+b", "x", "x", PATCH_MODIFY);
	patch_tree_put("x", "a\n\n\n");
	patch_tree_applies(GIT("x") NAMES("x") "@@ -1,3 +1,3 @@\n-a\n+b\n\n\n", 0, "");
	patch_tree_is("x", "b\n\n\n");
}
END_TEST

START_TEST(no_diff)
{
	patch_tree_refused("", "p: holds no diff");
	patch_tree_refused("Looks good to me.\n", "p: holds no diff");
	patch_tree_refused("> " GIT("x") "> " NAMES("x"), "p: holds no diff");
	patch_tree_refused("diff --git a/x b/x\n", "p: holds no diff");
}
END_TEST

START_TEST(cut_short)
{
	patch_tree_refused(
		GIT("x") NAMES("x") "@@ -1,4 +1,4 @@\n a\n-b\n+c\n",
		"p, line 7: the text ends inside a hunk, 2 lines too early for its header (line "
		"4)");
	patch_tree_refused(
		GIT("x") NAMES("x") "@@ -1,4 +1,4 @@\n a\n-b\n+c\n" GIT("y"),
		"p, line 8: the hunk ends here, but by its header (line 4) there are 2 more");
	patch_tree_refused(GIT("x") NAMES("x") "@@ -1,4 +1,4 @@\n a\n-b\n+c\n-- \n2.39.5\n",
			   "p, line 9: the ");
	patch_tree_refused(GIT("x") "index 1111111..2222222 100644\n" NAMES("x"),
			   "p, line 4: no change follows");
	patch_tree_refused(GIT("x") "index 1111111..2222222 100644\n",
			   "p, line 2: no change follows");
	patch_tree_refused(GIT("x") "deleted file mode 100644\nindex 1111111..0000000\n",
			   "irreversible-delete");
	patch_tree_refused(GIT("x") "index 1111111..2222222\n--- a/x\n",
			   "p, line 3: no change follows");
}
END_TEST

START_TEST(damaged)
{
	patch_tree_refused(GIT("x") NAMES("x") "@@ -1 +1 @@\n-a\n+b\n+c\n",
			   "p, line 7: the hunk has more lines than its header (line 4) tells");
	patch_tree_refused(GIT("x") NAMES("x") "@@ -1 +1 @@\n-a\n+b\n\n@@ -9 +9 @@\n-a\n+b\n",
			   "p, line 8: a hunk that no file's header precedes");
	patch_tree_refused(GIT("x") NAMES("x") "@@ -1,3 +1,3 @@\n-a long\nline\n+b\n c\n c\n",
			   "p, line 6: the hunk ends here");
	patch_tree_refused(GIT("x") NAMES("x") "@@ -1 +1\n-a\n+b\n",
			   "p, line 4: not the header of a hunk");
	patch_tree_refused(GIT("x") NAMES("x") "@@ -99999999999999999999 +1 @@\n-a\n+b\n",
			   "p, line 4: not ");
	patch_tree_refused("diff --git a/x b/y\n--- a/x\n+++ b/y\n" HUNK,
			   "p, line 1: y: the old name differs, but it is no rename");
	patch_tree_refused(GIT("x") NAMES("x") "@@ -0,0 +0,0 @@\n", "p, line 4: an empty hunk");
}
END_TEST

START_TEST(hostile_paths)
{
	static const struct {
		const char *text;
		const char *message;
	} cases[] = {
		{ GIT("/etc/passwd") NAMES("/etc/passwd") HUNK, "absolute path" },
		{ "--- /etc/passwd\n+++ /etc/passwd\n" HUNK, "absolute path" },
		{ "--- a//etc/passwd\n+++ b//etc/passwd\n" HUNK, "absolute path" },
		{ "diff --git /etc/x /etc/x\n--- /etc/x\n+++ /etc/x\n" HUNK, "absolute path" },
		{ "diff --git \"/etc/x\" \"/etc/x\"\n--- a/x\n+++ b/x\n" HUNK, "absolute path" },
		{ "diff --git a/x b/y\nsimilarity index 100%\nrename from /x\nrename to y\n",
		  "absolute path" },
		{ NAMES("../x") HUNK, "\"..\" component" },
		{ NAMES("d/../../x") HUNK, "\"..\" component" },
		{ NAMES("d/..") HUNK, "\"..\" component" },
		{ GIT("d/../x") NAMES("d/../x") HUNK, "\"..\" component" },
		{ GIT("d/../x") "old mode 100644\nnew mode 100755\n", "\"..\" component" },
		{ "diff --git \"a/\\056\\056/x\" \"b/\\056\\056/x\"\n--- \"a/\\056\\056/x\"\n"
		  "+++ \"b/\\056\\056/x\"\n" HUNK,
		  "\"..\" component" },
		{ "diff --git a/x b/../y\nsimilarity index 100%\nrename from x\nrename to ../y\n",
		  "\"..\" component" },
		{ "diff --git a/../x b/y\nsimilarity index 100%\ncopy from ../x\ncopy to y\n",
		  "\"..\" component" },
		{ "--- /dev/null\n+++ b/../x\n@@ -0,0 +1 @@\n+a\n", "\"..\" component" },
		{ "--- a/../x\n+++ /dev/null\n@@ -1 +0,0 @@\n-a\n", "\"..\" component" },
		{ NAMES("./x") HUNK, "\".\"" },
		{ NAMES("d//x") HUNK, "empty component" },
		{ NAMES("d/") HUNK, "empty component" },
		{ NAMES(".git/config") HUNK, "git's own directory" },
		{ NAMES("d/.GIT/hooks/x") HUNK, "git's own directory" },
		{ NAMES("x\001y") HUNK, "control character" },
		{ "diff --git \"a/x\\ny\" \"b/x\\ny\"\n--- \"a/x\\ny\"\n+++ \"b/x\\ny\"\n" HUNK,
		  "control character" },
		{ NAMES("x\xff") HUNK, "no UTF-8" },
	};

	for (gsize i = 0; i < G_N_ELEMENTS(cases); i++)
		patch_tree_refused(cases[i].text, cases[i].message);
}
END_TEST

START_TEST(hostile_modes)
{
	patch_tree_refused(
		GIT("x") "new file mode 120000\nindex 0000000..1111111\n--- /dev/null\n+++ b/x\n"
			 "@@ -0,0 +1 @@\n+/etc\n\\ No newline at end of file\n",
		"p, line 1: x: a symbolic link; refused");
	patch_tree_refused(GIT("x") "index 1111111..2222222 120000\n" NAMES("x") HUNK,
			   "x: a symbolic link");
	patch_tree_refused(GIT("x") "old mode 100644\nnew mode 120000\n", "x: a symbolic link");
	patch_tree_refused(GIT("x") "old mode 120000\nnew mode 100644\n", "x: a symbolic link");
	patch_tree_refused(GIT("x") "deleted file mode 120000\nindex 1111111..0000000\n--- a/x\n"
				    "+++ /dev/null\n@@ -1 +0,0 @@\n-a\n",
			   "x: a symbolic link");
	patch_tree_refused(GIT("x") "index 1111111..2222222 160000\n" NAMES("x") HUNK,
			   "x: a submodule");
	patch_tree_refused(
		GIT("x") "new file mode 160000\nindex 0000000..1111111\n--- /dev/null\n+++ b/x\n"
			 "@@ -0,0 +1 @@\n+Subproject commit 1111111\n",
		"x: a submodule");
	patch_tree_refused(GIT("x") "new file mode 040000\nindex 0000000..e69de29\n", "x: neither");
}
END_TEST

/* A harmless diff before the hostile diff: the patch is still refused. */
START_TEST(hostile_second)
{
	patch_tree_refused(GIT("x") NAMES("x") HUNK GIT("../y") NAMES("../y") HUNK,
			   "p, line 7: ../y: a path");
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("patch_refused");
	TCase *tcase = tcase_create("patch_refused");

	tcase_add_checked_fixture(tcase, patch_tree_setup, patch_tree_teardown);
	tcase_add_test(tcase, bare);
	tcase_add_test(tcase, by_git);
	tcase_add_test(tcase, around);
	tcase_add_test(tcase, no_diff);
	tcase_add_test(tcase, cut_short);
	tcase_add_test(tcase, damaged);
	tcase_add_test(tcase, hostile_paths);
	tcase_add_test(tcase, hostile_modes);
	tcase_add_test(tcase, hostile_second);
	suite_add_tcase(suite, tcase);
	return check_main(suite);
}
