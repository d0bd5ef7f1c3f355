/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Sets of unexecuted shell commands. initlint does not run the commands in $(shell) and "!=". A
 * taint is the number of a set of commands. 0 is the empty set. Equal sets have equal numbers.
 */
#ifndef INITLINT_ANALYZER_MAKE_MAKE_TAINT_INTERNAL_H
#define INITLINT_ANALYZER_MAKE_MAKE_TAINT_INTERNAL_H

#include "analyzer/make/make.h"

struct taints;

/*
 * Returns a collection of sets, which at first has only the empty set. @arena keeps the texts of
 * the commands. @arena must live as long as the result. Free with taints_free().
 */
struct taints *taints_new(struct arena *arena);
void taints_free(struct taints *taints);
/* Returns the number of the set that contains only @command at @place. */
unsigned int taints_shell(struct taints *taints, struct make_place place, struct word command);
/* Returns the number of the union of the sets with the numbers @a and @b. */
unsigned int taints_union(struct taints *taints, unsigned int a, unsigned int b);
/* Sets @matters of struct make_shell to true for all commands in the set with the number @taint. */
void taints_mark(struct taints *taints, unsigned int taint);
unsigned int taints_n_shells(const struct taints *taints);
/*
 * Returns the command with the number @i. The first command has the number 0. The pointer is valid
 * until the next call of taints_shell().
 */
const struct make_shell *taints_get(const struct taints *taints, unsigned int i);

#endif
