/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Converts conditions into clauses. visit_condition.c converts all conditions except comparisons.
 * visit_compare.c converts comparisons and "value & mask". struct atom in visit_body_internal.h
 * explains what clauses and atoms are.
 */
#ifndef INITLINT_ANALYZER_SOURCE_VISIT_VISIT_CONDITION_INTERNAL_H
#define INITLINT_ANALYZER_SOURCE_VISIT_VISIT_CONDITION_INTERNAL_H

#include "analyzer/source/visit/visit_body_internal.h"

/*
 * Adds a clause that consists of one undecidable atom. add_either() may merge this clause with
 * another clause. Then the undecidable atom shows that all other atoms of the merged clause may be
 * false.
 */
void visit_add_unknown(struct body *body, GArray *atoms);
/*
 * Sets the exact test of each atom from index @first on: atom->relation to @relation, and
 * atom->number to @number. Skips atoms that have no exact test.
 */
void visit_set_relation(GArray *atoms, guint first, enum relation relation, int64_t number);
/* True if an atom with @value can have an exact test. */
bool visit_is_comparable(const struct value *value);
/*
 * Appends to @atoms the clauses that hold if the comparison @node has the value @truth. For
 * example, @node is "x > 3".
 */
void visit_compare_atoms(struct body *body, struct node *node, bool truth, GArray *atoms);
/*
 * Appends to @atoms the clauses that hold if the expression @node, "value & mask", has the truth
 * value @truth.
 */
void visit_mask_atoms(struct body *body, struct node *node, bool truth, GArray *atoms);

#endif
