/* SPDX-License-Identifier: GPL-2.0-only */
/* Makefiles, and the value that GNU make gives to the variable "out" in each. */
#ifndef INITLINT_TESTS_MAKE_CASES_H
#define INITLINT_TESTS_MAKE_CASES_H

struct make_case {
	const char *name;
	const char *text; /* the Makefile */
	const char *out;  /* the value of "out" after GNU make 4.3 has read the Makefile */
};

/* The cases. tests/real/make_cases.sh compares them with the make that is installed. */
extern const struct make_case make_cases[];
extern const unsigned int make_cases_count;

#endif
