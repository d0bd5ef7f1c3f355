// SPDX-License-Identifier: GPL-2.0-only
/* An index in a process of its own: its errors come back, and its death is an error. */
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "analyzer/index/index_process.h"
#include "db/error.h"
#include "tests/support/check_main.h"
#include "tests/support/temp_dir.h"

static volatile int cancel;
static char *directory;

static void setup(void)
{
	cancel = 0;
	/* The process inherits the handler, and Check's own one would end the process group. */
	signal(SIGTERM, SIG_DFL);
	directory = temp_dir_new();
}

static void teardown(void)
{
	g_clear_pointer(&directory, temp_dir_free);
}

static struct index_options options_for(const char *tree)
{
	return (struct index_options){ .tree = tree, .build = directory, .db = "x.db" };
}

/* The error is that of index_run(), with its code and its text. */
START_TEST(error_comes_back)
{
	g_autofree char *tree = g_build_filename(directory, "n\xf6-tree", NULL);
	struct index_options options = options_for(tree);
	const struct index_callbacks callbacks = { 0 };
	struct index_process *process = index_process_start(&cancel, NULL);
	struct index *index = index_new(&options, &callbacks);
	GError *here = NULL, *there = NULL;

	ck_assert_ptr_nonnull(process);
	ck_assert(!index_run(index, &here));
	for (int i = 0; i < 2; i++) {
		ck_assert(!index_process_run(process, &options, &callbacks, &there));
		ck_assert(g_error_matches(there, INITLINT_ERROR, here->code));
		ck_assert_int_eq(there->code, INITLINT_ERROR_INPUT);
		ck_assert_str_eq(there->message, here->message);
		g_clear_error(&there);
	}
	g_error_free(here);
	index_free(index);
	index_process_end(process);
}
END_TEST

static pid_t only_child(void)
{
	g_autofree char *path = g_strdup_printf("/proc/self/task/%d/children", (int)getpid());
	g_autofree char *text = NULL;

	ck_assert(g_file_get_contents(path, &text, NULL, NULL));
	ck_assert_int_gt(atoi(text), 0);
	return atoi(text);
}

/* An index fails if its process has died, and so do all later ones. */
START_TEST(death_is_an_error)
{
	struct index_options options = options_for(directory);
	const struct index_callbacks callbacks = { 0 };
	struct index_process *process;
	GError *error = NULL;

	process = index_process_start(&cancel, NULL);
	kill(only_child(), SIGTERM);
	for (int i = 0; i < 2; i++) {
		ck_assert(!index_process_run(process, &options, &callbacks, &error));
		ck_assert(g_error_matches(error, INITLINT_ERROR, INITLINT_ERROR_FAILED));
		ck_assert_str_eq(error->message,
				 "the process that ran the index has died (signal 15)");
		g_clear_error(&error);
	}
	index_process_end(process);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("index process");
	TCase *tcase = tcase_create("index process");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, error_comes_back);
	tcase_add_test(tcase, death_is_an_error);
	suite_add_tcase(suite, tcase);
	return check_main(suite);
}
