// SPDX-License-Identifier: GPL-2.0-only
/* Tests scratch.h. */
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "analyzer/patch/scratch.h"
#include "db/error.h"
#include "tests/support/check_main.h"

static char *directory; /* temporary directory of the test */
static char *tree;
static char *changed;
static struct scratch *made;
static GError *failure;

static char *in(const char *root, const char *path)
{
	return g_build_filename(root, path, NULL);
}

static void put(const char *path, const char *text)
{
	g_autofree char *full = in(tree, path);
	g_autofree char *parent = g_path_get_dirname(full);

	ck_assert_int_eq(g_mkdir_with_parents(parent, 0777), 0);
	ck_assert(g_file_set_contents(full, text, -1, NULL));
}

static void setup(void)
{
	failure = NULL;
	directory = g_dir_make_tmp(NULL, NULL);
	tree = in(directory, "tree");
	changed = in(directory, "changed");
	put("Makefile", "top\n");
	put("drivers/base/core.c", "core\n");
	put("drivers/base/core.h", "header\n");
	put("drivers/tee/tee.c", "tee\n");
	made = scratch_new(tree, changed);
}

/* scratch_free() must remove the scratch directory. */
static void teardown(void)
{
	const char *const argv[] = { "rm", "-r", directory, NULL };
	int status = -1;

	scratch_free(made);
	ck_assert_int_ne(g_access(changed, F_OK), 0);
	ck_assert(g_spawn_sync(NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL,
			       NULL, &status, NULL));
	ck_assert_int_eq(status, 0);
	g_clear_error(&failure);
	g_free(directory);
	g_free(tree);
	g_free(changed);
}

static void write_text(const char *path, const char *text)
{
	g_autoptr(GBytes) content = text ? g_bytes_new(text, strlen(text)) : NULL;

	ck_assert_msg(scratch_write(made, path, content, &failure), "%s",
		      failure ? failure->message : "no error");
}

/* Checks the content of @path. @expected NULL: the file does not exist. */
static void assert_reads(const char *path, const char *expected)
{
	g_autoptr(GBytes) content = scratch_read(made, path, &failure);

	ck_assert_ptr_null(failure);
	ck_assert_int_eq(!content, !expected);
	if (expected) {
		ck_assert_uint_eq(g_bytes_get_size(content), strlen(expected));
		/* For an empty file, g_bytes_get_data() returns NULL. */
		if (*expected)
			ck_assert_mem_eq(g_bytes_get_data(content, NULL), expected,
					 strlen(expected));
	}
}

static void assert_file(const char *root, const char *path, const char *expected)
{
	g_autofree char *full = in(root, path);
	g_autofree char *text = NULL;

	g_file_get_contents(full, &text, NULL, NULL);
	ck_assert_pstr_eq(text, expected);
}

static void assert_failed(enum initlint_error code, const char *what)
{
	ck_assert(g_error_matches(failure, INITLINT_ERROR, (int)code));
	ck_assert_msg(strstr(failure->message, what) != NULL, "%s", failure->message);
	g_clear_error(&failure);
}

static bool is_link(const char *path)
{
	g_autofree char *full = in(changed, path);

	return g_file_test(full, G_FILE_TEST_IS_SYMLINK);
}

static void bring_up(void)
{
	const char *path = scratch_tree(made, &failure);

	ck_assert_msg(path != NULL, "%s", failure ? failure->message : "no error");
	ck_assert_str_eq(path, changed);
}

START_TEST(nothing_changed)
{
	assert_reads("Makefile", "top\n");
	assert_reads("none", NULL);
	assert_reads("Makefile/none", NULL);
	bring_up();
	ck_assert(is_link("Makefile"));
	ck_assert(is_link("drivers"));
	assert_file(changed, "drivers/base/core.c", "core\n");
}
END_TEST

START_TEST(change)
{
	write_text("drivers/base/core.c", "changed\n");
	write_text("drivers/new/deep/new.c", "");
	write_text("drivers/tee/tee.c", NULL);
	assert_reads("drivers/base/core.c", "changed\n");
	assert_reads("drivers/new/deep/new.c", "");
	assert_reads("drivers/tee/tee.c", NULL);
	bring_up();
	assert_file(changed, "drivers/base/core.c", "changed\n");
	assert_file(changed, "drivers/new/deep/new.c", "");
	assert_file(changed, "drivers/tee/tee.c", NULL);
	ck_assert(!is_link("drivers"));
	ck_assert(!is_link("drivers/base/core.c"));
	ck_assert(is_link("drivers/base/core.h"));
	ck_assert(is_link("Makefile"));
	/* The tree itself is unchanged. */
	assert_file(tree, "drivers/base/core.c", "core\n");
	assert_file(tree, "drivers/tee/tee.c", "tee\n");
	assert_file(tree, "drivers/new/deep/new.c", NULL);
}
END_TEST

START_TEST(changed_names)
{
	g_autoptr(GPtrArray) paths = NULL;

	write_text("Makefile", "a");
	write_text("Makefile", "b");
	paths = scratch_changed(made);
	ck_assert_uint_eq(paths->len, 1);
	ck_assert_str_eq(paths->pdata[0], "Makefile");
}
END_TEST

START_TEST(again_and_back)
{
	write_text("drivers/base/core.c", "one\n");
	write_text("drivers/tee/tee.c", NULL);
	write_text("new.c", "new\n");
	bring_up();
	write_text("drivers/base/core.c", "two\n");
	bring_up();
	assert_file(changed, "drivers/base/core.c", "two\n");
	scratch_reset(made);
	assert_reads("drivers/tee/tee.c", "tee\n");
	assert_reads("new.c", NULL);
	bring_up();
	assert_file(changed, "drivers/base/core.c", "core\n");
	assert_file(changed, "drivers/tee/tee.c", "tee\n");
	assert_file(changed, "new.c", NULL);
	ck_assert(is_link("drivers/base/core.c"));
}
END_TEST

/* Contents of the same size have different modification times, which lie in the past. */
START_TEST(times)
{
	g_autofree char *full = in(changed, "Makefile");
	struct stat one, two;

	write_text("Makefile", "one\n");
	bring_up();
	ck_assert_int_eq(stat(full, &one), 0);
	write_text("Makefile", "two\n");
	bring_up();
	ck_assert_int_eq(stat(full, &two), 0);
	ck_assert_int_eq(one.st_size, two.st_size);
	ck_assert(one.st_mtim.tv_sec != two.st_mtim.tv_sec ||
		  one.st_mtim.tv_nsec != two.st_mtim.tv_nsec);
	ck_assert_int_lt(two.st_mtim.tv_sec, g_get_real_time() / G_USEC_PER_SEC - 5);
}
END_TEST

/* Below a link, ".." leads into the tree. Below a real directory it stays in the copy. */
START_TEST(open_directory)
{
	write_text("drivers/base/core.h", "changed\n");
	ck_assert(scratch_open(made, "drivers/tee/tee.c", &failure));
	bring_up();
	ck_assert(!is_link("drivers/tee"));
	ck_assert(is_link("drivers/tee/tee.c"));
	assert_file(changed, "drivers/tee/../base/core.h", "changed\n");
	/* scratch_open() also works after scratch_tree(). */
	put("sound/core.c", "sound\n");
	ck_assert(scratch_open(made, "sound/core.c", &failure));
	assert_file(changed, "sound/core.c", "sound\n");
}
END_TEST

static void link_in_tree(const char *target, const char *path)
{
	g_autofree char *full = in(tree, path);

	ck_assert_int_eq(symlink(target, full), 0);
}

START_TEST(links)
{
	g_autoptr(GBytes) content = g_bytes_new_static("x", 1);

	link_in_tree("drivers", "alias");
	link_in_tree("/etc/passwd", "passwd");
	link_in_tree("nowhere", "dangling");
	ck_assert_ptr_null(scratch_read(made, "passwd", &failure));
	assert_failed(INITLINT_ERROR_INPUT, "tree/passwd: is a symbolic link");
	ck_assert_ptr_null(scratch_read(made, "dangling", &failure));
	assert_failed(INITLINT_ERROR_INPUT, "tree/dangling: is a symbolic link");
	ck_assert_ptr_null(scratch_read(made, "alias/base/core.c", &failure));
	assert_failed(INITLINT_ERROR_INPUT, "tree/alias: is a symbolic link");
	ck_assert(!scratch_write(made, "alias/new.c", content, &failure));
	assert_failed(INITLINT_ERROR_INPUT, "tree/alias: is a symbolic link");
	ck_assert(!scratch_write(made, "passwd", NULL, &failure));
	assert_failed(INITLINT_ERROR_INPUT, "tree/passwd: is a symbolic link");
	ck_assert_ptr_null(scratch_read(made, "drivers/base", &failure));
	assert_failed(INITLINT_ERROR_INPUT, "tree/drivers/base: is no file");
}
END_TEST

/* A directory replaces a removed file. */
START_TEST(other_kind)
{
	write_text("drivers/tee/tee.c", NULL);
	write_text("Makefile", NULL);
	write_text("Makefile/inside", "x\n");
	bring_up();
	assert_file(changed, "Makefile/inside", "x\n");
	assert_file(tree, "Makefile", "top\n");
}
END_TEST

START_TEST(directory_is_there)
{
	ck_assert_int_eq(g_mkdir(changed, 0777), 0);
	ck_assert_ptr_null(scratch_tree(made, &failure));
	assert_failed(INITLINT_ERROR_FAILED, "changed: File exists");
	ck_assert_int_eq(g_rmdir(changed), 0);
}
END_TEST

/* The scratch directory may be in the tree. It is not linked into itself. */
START_TEST(inside_the_tree)
{
	g_autofree char *inside = in(tree, "scratch");
	g_autofree char *itself = in(inside, "scratch");
	struct scratch *other = scratch_new(tree, inside);

	ck_assert_ptr_nonnull(scratch_tree(other, NULL));
	ck_assert(!g_file_test(itself, G_FILE_TEST_IS_SYMLINK));
	scratch_free(other);
	ck_assert_int_ne(g_access(inside, F_OK), 0);
	assert_file(tree, "Makefile", "top\n");
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("scratch");
	TCase *tcase = tcase_create("scratch");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, nothing_changed);
	tcase_add_test(tcase, change);
	tcase_add_test(tcase, changed_names);
	tcase_add_test(tcase, again_and_back);
	tcase_add_test(tcase, times);
	tcase_add_test(tcase, open_directory);
	tcase_add_test(tcase, links);
	tcase_add_test(tcase, other_kind);
	tcase_add_test(tcase, directory_is_there);
	tcase_add_test(tcase, inside_the_tree);
	suite_add_tcase(suite, tcase);
	return check_main(suite);
}
