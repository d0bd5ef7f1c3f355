/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Feeds the facts of a small kernel, function by function, for the tests of the whole-program
 * analysis. k_file() begins a source file, and k_function() begins a function in it. The facts
 * that follow are in the body of that function, each on a line of its own. k_load() ends the
 * kernel and loads it. Names of this file begin with k_ (of the kernel) or v_ (a value).
 */
#ifndef INITLINT_TESTS_INFER_FEED_H
#define INITLINT_TESTS_INFER_FEED_H

#include <string.h>

#include "db/query/query_facts.h"
#include "rules/engine/files/model.h"
#include "rules/engine/infer/infer.h"
#include "rules/engine/program/program.h"
#include "tests/support/check_main.h"
#include "tests/support/store_feed.h"

/* The source files of the kernel, in link order. */
#define A "drivers/a.c"
#define B "drivers/b.c"
#define C "drivers/c.c"

/* Fixture of a test case: begins an empty kernel, and frees it. */
void k_setup(void);
void k_teardown(void);

/* Begins the source file @file, which is A, B or C. */
void k_file(const char *file);

/*
 * Begins a function: k_function() an external one, k_static() a static one, k_define() one that
 * is as @function. k_define() replaces the file and the lines of @function.
 */
void k_function(const char *name);
void k_static(const char *name);
void k_define(struct function_fact function);

/* Moves the place of the next fact @n lines down; up, if @n is negative. */
void k_skip_lines(int n);

/* Values. A named function or variable is external. @number of a parameter counts from 0. */
struct value v_number(int64_t number);
struct value v_string(const char *text);
struct value v_function(const char *name);
struct value v_object(const char *name);
struct value v_global(const char *name);
struct value v_result(const char *name);
struct value v_param(int64_t number);
struct value v_loaded(int64_t number, const char *field);

/* A call of the function @name; @value is its argument 0. */
void k_call(const char *name);
void k_call_with(const char *name, struct value value);

/* A call of the function that @target holds. */
void k_call_value(struct value target);

/* Argument @index of the call before. */
void k_argument(unsigned int index, struct value value);

/* An access to the variable @name, or to its @field, which may be NULL; @value is written. */
void k_access(enum access_mode mode, const char *name);
void k_access_part(enum access_mode mode, const char *name, const char *field, struct value value);

/* @base->@field = @value. */
void k_store(struct value base, const char *field, struct value value);

void k_return(struct value value);

/* The next @n lines are reached only if parameter 0 is in @relation to @number. */
void k_guard_relation(enum relation relation, int64_t number, unsigned int n);

/*
 * The next @n lines are reached only if @atom is not zero (@when true), or zero (false). The
 * test is on the line before them; @exit is what happens otherwise.
 */
void k_guard(struct value atom, bool when, enum guard_exit exit, unsigned int n);

/* A variable: k_global() an external one, k_global_fact() one as @global, but for its place. */
void k_global(const char *name);
void k_global_fact(struct global_fact global);

/* A field in the static initialiser of the variable @name. */
void k_initial(const char *name, const char *field, struct value value);

/* An external variable whose initialiser has one field. */
void k_object(const char *name, const char *field, struct value value);

/* Makes @function an initcall. */
void k_initcall(enum initcall_level level, const char *function);

/* Begins an external function that is an initcall. */
void k_init(enum initcall_level level, const char *name);

/* Commits the kernel and loads it. No fact may follow. */
void k_load(void);

/* The loaded kernel. k_teardown() frees it. NULL before k_load(). */
struct query *k_query(void);
struct facts *k_facts(void);
struct program *k_program(void);

/* Returns the index of the function @name in @file, or in any file (NULL); -1 if there is none. */
int32_t k_find_in(const char *name, const char *file);

/* Returns the index of the function @name. The test fails if there is none. */
int32_t k_find(const char *name);

/*
 * Returns an array of one model (struct model *) with @lists in its file; free with
 * g_ptr_array_unref().
 */
GPtrArray *k_models(const char *lists);

/*
 * Loads the kernel and infers with one model, which has @lists. @least is as for
 * inference_new(), @all as for inference_findings(). k_teardown() frees the results.
 */
void k_infer(const char *lists, enum confidence least, bool all);

/* The results of k_infer(). k_input() is what the inference works on. */
struct inference *k_inference(void);
struct rule_input *k_input(void);
GPtrArray *k_found(void); /* struct finding * */

/* Returns the finding of k_infer(). The test fails unless there is exactly one. */
const struct finding *k_only(void);

/* Returns a suite of @n tests in one test case, with this fixture. */
Suite *k_suite(const char *name, void (*setup)(void), void (*teardown)(void),
	       const TTest *const *tests, size_t n);

/* Runs such a suite. Returns the exit status of the program. */
int k_main(const char *name, void (*setup)(void), void (*teardown)(void), const TTest *const *tests,
	   size_t n);

#endif
