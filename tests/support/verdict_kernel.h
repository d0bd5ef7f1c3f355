/* SPDX-License-Identifier: GPL-2.0-only */
/* Kernels made by hand, and a rule about them, for the tests of verdicts. */
#ifndef INITLINT_TESTS_VERDICT_KERNEL_H
#define INITLINT_TESTS_VERDICT_KERNEL_H

#include "rules/engine/verdict/verdict.h"

/* Objects of a kernel: user.o is linked before maker.o; user.ko is user.o as a module. */
extern const struct object kernel_user_o;
extern const struct object kernel_maker_o;
extern const struct object kernel_user_ko;

/* A kernel: two sources, a configuration, up to four initcalls. */
struct kernel {
	const struct object *user;	/* of user.c; NULL: user.c is not built */
	const struct object *maker;	/* of maker.c; NULL: maker.c is not built */
	const char *const (*config)[2]; /* symbol and value; ends with NULL; may be NULL */
	struct initcall initcalls[4];
	unsigned int n; /* of initcalls */
	struct unit_problem problem;
	struct rule_input input;
};

/*
 * Makes @kernel an arm64 kernel 6.12.117 of user.o and maker.o, without an initcall. @kernel
 * must not be copied: its input refers to it. There is nothing to free.
 */
void kernel_init(struct kernel *kernel);

/* Adds an initcall behind the others. Its line is 10 plus its position. */
void kernel_add(struct kernel *kernel, const char *function, const char *file,
		enum initcall_level level, const struct object *object);

/*
 * Makes the rule that user_init of user.c runs after maker_init or maker_start of maker.c;
 * free with rule_free().
 */
struct rule *kernel_rule(void);

/* Returns what @rule finds in @kernel (struct finding *); free with g_ptr_array_unref(). */
GPtrArray *kernel_judge(struct kernel *kernel, const struct rule *rule);

/* Checks that @rule has one finding in @kernel, with this verdict, message and first reason. */
void kernel_check(struct kernel *kernel, const struct rule *rule, enum verdict verdict,
		  const char *message, const char *reason);

#endif
