/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which un-run shell commands a value may depend on. A taint is the number of a set of
 * commands; 0 is the empty set. Equal sets have equal numbers.
 */
#ifndef INITLINT_ANALYZER_MAKE_MAKE_TAINT_INTERNAL_H
#define INITLINT_ANALYZER_MAKE_MAKE_TAINT_INTERNAL_H

#include "analyzer/make/make.h"

struct taints;

struct taints *taints_new(struct arena *arena);
void taints_free(struct taints *taints);
/* The set that holds just this command; the same place and command is the same set. */
unsigned int taints_shell(struct taints *taints, struct make_place place, struct word command);
unsigned int taints_union(struct taints *taints, unsigned int a, unsigned int b);
void taints_mark(struct taints *taints, unsigned int taint);
unsigned int taints_n_shells(const struct taints *taints);
const struct make_shell *taints_get(const struct taints *taints, unsigned int i);

#endif
