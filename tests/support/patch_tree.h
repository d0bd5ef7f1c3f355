/* SPDX-License-Identifier: GPL-2.0-only */
/* A tree in memory that patches are applied to, with a log of what the patches write. */
#ifndef INITLINT_TESTS_PATCH_TREE_H
#define INITLINT_TESTS_PATCH_TREE_H

#include "analyzer/patch/patch.h"

/* Fixture of a test case: a tree whose only file is d/ten, with the lines 1 to 10. */
void patch_tree_setup(void);
void patch_tree_teardown(void);

/* Callbacks that read and write the tree, for patch_apply() and git_range_read(). */
struct patch_target patch_tree_target(void);

/* Puts a file with @text at @path, in place of any other. The log does not show it. */
void patch_tree_put(const char *path, const char *text);

/* Removes the file at @path, if there is one. The log does not show it. */
void patch_tree_remove(const char *path);

/*
 * Makes the target fail from now on: "PATH" cannot be read, "write PATH" cannot be written.
 * @path replaces the path of the call before, and must outlive the test. NULL: nothing fails.
 */
void patch_tree_set_bad(const char *path);

/* The log, "w PATH MODE" for a file written and "r PATH" for a file removed, a line each. */
const char *patch_tree_written(void);

/* Checks that the file at @path is @text. NULL: there must be no file. */
void patch_tree_is(const char *path, const char *text);

/* Returns the numbers from @from to @to, a line each; free with g_free(). */
char *patch_tree_numbers(int from, int to);

/* Parses @text, which must be valid, under the name "p"; free with patch_free(). */
struct patch *patch_tree_parse(const char *text);

/* Checks that parsing @text fails with an input error, "p..." with @message in it. */
void patch_tree_refused(const char *text, const char *message);

/* Applies @text to the tree; checks the warnings, a line each. @fuzz is as for patch_apply(). */
void patch_tree_applies(const char *text, unsigned int fuzz, const char *warnings);

/* Checks that applying @text fails with the error @message, and writes nothing. */
void patch_tree_fails(const char *text, unsigned int fuzz, const char *message);

#endif
