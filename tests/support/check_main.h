/* SPDX-License-Identifier: GPL-2.0-only */
/* The end of every unit test's main(). */
#ifndef INITLINT_TESTS_CHECK_MAIN_H
#define INITLINT_TESTS_CHECK_MAIN_H

#include <check.h>

/* Runs and frees @suite. Returns the exit status of the program. */
int check_main(Suite *suite);

#endif
