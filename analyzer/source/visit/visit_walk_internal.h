/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The walk of a body. visit_walk.c walks statements and expressions. visit_access.c handles
 * variables and members.
 */
#ifndef INITLINT_ANALYZER_SOURCE_VISIT_VISIT_WALK_INTERNAL_H
#define INITLINT_ANALYZER_SOURCE_VISIT_VISIT_WALK_INTERNAL_H

#include "analyzer/source/visit/visit_body_internal.h"

/* How the value of an expression is used. */
enum mode {
	M_NONE, /* the value is not used, or only a part of an lvalue is accessed */
	M_READ,
	M_TRACK, /* assigned to a local variable whose value visit_local_anywhere() knows */
	M_DEREF, /* the value is a pointer that is dereferenced or called */
	M_PASS,	 /* passed to a call */
	M_WRITE,
	M_UPDATE,  /* the new value depends on the old value: ++, |=, ... */
	M_ADDRESS, /* the address is taken */
};

void visit_walk_node(struct body *body, struct node *node, enum mode mode);

/*
 * visit_access.c: reports the access to the lvalue @node. Walks the pointers and indexes inside
 * @node. If @mode is M_WRITE, @written is the assigned value, otherwise NULL.
 */
void visit_walk_lvalue(struct body *body, struct node *node, enum mode mode,
		       const struct value *written);
bool visit_is_lvalue(const struct node *node);
/*
 * Walks an argument that points to the accessed object, such as &x in atomic_read(&x). @mode says
 * how the call accesses this object. @written: as in visit_walk_lvalue().
 */
void visit_walk_pointed(struct body *body, struct node *argument, enum mode mode,
			const struct value *written);
/*
 * Reports the assignment of @value to the member @lvalue as FACT_STORE. If @lvalue->field is NULL,
 * reports only the assignments "*out = function" and "*out = &object", where out is a parameter.
 *
 * Does the same as visit_store_unknown() if @value is not known, or if @value is a number other
 * than 0 and the object of the member is not known. Exception: an unknown @value in a global
 * variable is not reported as FACT_STORE, because visit_walk_lvalue() reports the access to the
 * variable.
 */
void visit_store(struct body *body, struct node *node, const struct lvalue *lvalue,
		 const struct value *value);

#endif
