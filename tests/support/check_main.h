/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What every unit test's main() does with its suite.
 */
#ifndef INITLINT_TESTS_CHECK_MAIN_H
#define INITLINT_TESTS_CHECK_MAIN_H

#include <check.h>
#include <stdlib.h>

/* Runs and frees @suite; returns the exit status. */
static inline int check_main(Suite *suite)
{
	SRunner *runner = srunner_create(suite);
	int n_failed;

	srunner_run_all(runner, CK_NORMAL);
	n_failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return n_failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

#endif
