/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The walk of a body (visit_walk.c) and what it does at variables and members
 * (visit_access.c).
 */
#ifndef INITLINT_ANALYZER_SOURCE_VISIT_VISIT_WALK_INTERNAL_H
#define INITLINT_ANALYZER_SOURCE_VISIT_VISIT_WALK_INTERNAL_H

#include "analyzer/source/visit/visit_body_internal.h"

/* What is done to the value of an expression. */
enum mode {
	M_NONE, /* nothing; or it is an lvalue of which a part is accessed */
	M_READ,
	M_TRACK, /* goes into a local variable that is known to hold it */
	M_DEREF, /* the pointer is followed or called */
	M_HAND,	 /* handed to a call */
	M_WRITE,
	M_UPDATE,
	M_ADDRESS,
};

void visit_walk_node(struct body *body, struct node *node, enum mode mode);

/* visit_access.c. @written: by M_WRITE; or NULL. */
void visit_walk_lvalue(struct body *body, struct node *node, enum mode mode,
		       const struct value *written);
bool visit_is_lvalue(const struct node *node);
/* @argument points to what is read or set: atomic_read(&x). */
void visit_walk_pointed(struct body *body, struct node *argument, enum mode mode,
			const struct value *written);
void visit_store(struct body *body, struct node *node, const struct lvalue *lvalue,
		 const struct value *value);

#endif
