/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Sets of unexecuted shell commands. A taint is the number of a set. 0 is the empty set. Equal sets
 * have equal numbers.
 */
#ifndef INITLINT_ANALYZER_MAKE_MAKE_TAINT_INTERNAL_H
#define INITLINT_ANALYZER_MAKE_MAKE_TAINT_INTERNAL_H

#include "analyzer/make/make.h"

struct taints;

/* @arena keeps the texts of the commands and must live as long as the result. */
struct taints *taints_new(struct arena *arena);
void taints_free(struct taints *taints);
/* Returns the set that contains only @command at @place. */
unsigned int taints_shell(struct taints *taints, struct make_place place, struct word command);
unsigned int taints_union(struct taints *taints, unsigned int a, unsigned int b);
/* Sets make_shell.matters for all commands in @taint. */
void taints_mark(struct taints *taints, unsigned int taint);
unsigned int taints_n_shells(const struct taints *taints);
/* Returns command number @i, from 0. The command is valid until the next taints_shell(). */
const struct make_shell *taints_get(const struct taints *taints, unsigned int i);

#endif
