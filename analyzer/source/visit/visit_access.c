// SPDX-License-Identifier: GPL-2.0-only
/* Reports accesses to variables, and stores to members. */
#include "analyzer/source/visit/visit_walk_internal.h"

static void walk_parts(struct body *body, struct node *node);

static bool holds_pointer(const struct node *node, const struct lvalue *lvalue)
{
	if (lvalue->last)
		return lvalue->last->is_pointer && lvalue->last->arrays == lvalue->subscripts;
	return clang_getCanonicalType(clang_getCursorType(node->cursor)).kind == CXType_Pointer;
}

static void access_global(struct body *body, struct node *node, const struct lvalue *lvalue,
			  enum mode mode, const struct value *written)
{
	enum access_mode access;

	if (lvalue->is_const)
		return;
	if (visit_lvalue_is_array(lvalue) && mode != M_WRITE && mode != M_UPDATE) {
		/* The value of a whole array is the array's address. No content is accessed. */
		if (mode != M_READ && mode != M_PASS && mode != M_ADDRESS)
			return;
		mode = M_ADDRESS;
	}
	switch (mode) {
	case M_NONE:
		return;
	case M_DEREF:
	case M_PASS:
		access = holds_pointer(node, lvalue) ? ACCESS_USE : ACCESS_READ;
		break;
	case M_WRITE:
		access = ACCESS_WRITE;
		break;
	case M_UPDATE:
		access = ACCESS_UPDATE;
		break;
	case M_ADDRESS:
		access = ACCESS_ADDRESS;
		break;
	default:
		access = ACCESS_READ;
		break;
	}
	emit_access(body, node, access, &lvalue->pointer, lvalue->field, written);
}

/*
 * The value of a local pointer may come from a global variable. Then a use of the local pointer is
 * reported as an access to the global variable. The value may also be the address of a global
 * variable. Then a call that gets the local pointer is reported as ACCESS_ADDRESS of the global
 * variable.
 */
static void access_local(struct body *body, struct node *node, enum mode mode)
{
	struct value value;

	if (mode != M_DEREF && mode != M_PASS)
		return;
	if (!node->decl->is_pointer || node->decl->arrays)
		return;
	value = visit_value(body, node);
	if (value.kind == VALUE_GLOBAL && !g_hash_table_contains(body->v->constants, value.name))
		emit_access(body, node, ACCESS_USE, &value, value.field, NULL);
	else if (value.kind == VALUE_OBJECT && mode == M_PASS &&
		 !g_hash_table_contains(body->v->constants, value.name))
		emit_access(body, node, ACCESS_ADDRESS, &value, value.field, NULL);
}

/*
 * Walks @node, the base of a member or element, such as "a.b" in "a.b.c". visit_walk_lvalue() has
 * already reported the access to the member or element. So walk_base() walks only the indexes and
 * pointers inside @node.
 */
static void walk_base(struct body *body, struct node *node)
{
	node = visit_strip(node);
	switch (node->kind) {
	case CXCursor_DeclRefExpr:
		break;
	case CXCursor_MemberRefExpr:
	case CXCursor_ArraySubscriptExpr:
		walk_parts(body, node);
		break;
	default:
		visit_walk_node(body, node, M_DEREF);
		break;
	}
}

static void walk_parts(struct body *body, struct node *node)
{
	struct lvalue lvalue;

	if (!node->child)
		return;
	switch (node->kind) {
	case CXCursor_MemberRefExpr:
		if (visit_is_arrow(node))
			visit_walk_node(body, node->child, M_DEREF);
		else
			walk_base(body, node->child);
		break;
	case CXCursor_ArraySubscriptExpr:
		lvalue = visit_lvalue(body, node->child);
		if (visit_lvalue_is_array(&lvalue))
			walk_base(body, node->child);
		else
			visit_walk_node(body, node->child, M_DEREF);
		if (node->child->next)
			visit_walk_node(body, node->child->next, M_READ);
		break;
	case CXCursor_UnaryOperator:
		visit_walk_node(body, node->child, M_DEREF);
		break;
	default:
		break;
	}
}

void visit_store_unknown(struct body *body, const struct value *base, const char *field)
{
	struct fact fact = { .kind = FACT_STORE, .store = { .base = *base, .field = field } };

	if (!field || field[0] == '[')
		return;
	if (base->kind != VALUE_OBJECT && base->kind != VALUE_PARAM)
		fact.store.base = (struct value){ 0 };
	fact.store.base.field = NULL;
	emit_once(body, &fact);
}

/*
 * @mode says how the code accesses the member @lvalue. True if the access may change the member,
 * and initlint would not report this change elsewhere. So the result is true if the code updates
 * the member. The result is also true if the code takes the address of the member, because other
 * code may write through this address. But the result is false for the address of a struct, a union
 * or an array: code that writes through such an address names the inner member or the element, and
 * initlint reports the change there.
 */
static bool may_change_member(const struct lvalue *lvalue, enum mode mode)
{
	if (lvalue->root != LVALUE_POINTER && lvalue->root != LVALUE_LOCAL)
		return false;
	return mode == M_UPDATE || (mode == M_ADDRESS && lvalue->last && !lvalue->last->is_record &&
				    !lvalue->last->arrays);
}

void visit_walk_lvalue(struct body *body, struct node *node, enum mode mode,
		       const struct value *written)
{
	struct lvalue lvalue;

	if (mode != M_NONE || node->kind == CXCursor_DeclRefExpr) {
		lvalue = visit_lvalue(body, node);
		if (may_change_member(&lvalue, mode))
			visit_store_unknown(body, &lvalue.pointer, lvalue.field);
		if (lvalue.root == LVALUE_GLOBAL)
			access_global(body, node, &lvalue, mode, written);
		else if (lvalue.root == LVALUE_LOCAL && node->kind == CXCursor_DeclRefExpr)
			access_local(body, node, mode);
	}
	walk_parts(body, node);
}

bool visit_is_lvalue(const struct node *node)
{
	switch (node->kind) {
	case CXCursor_DeclRefExpr:
	case CXCursor_MemberRefExpr:
	case CXCursor_ArraySubscriptExpr:
		return true;
	case CXCursor_UnaryOperator:
		return node->op == CXUnaryOperator_Deref;
	default:
		return false;
	}
}

static bool is_zero(const struct value *value)
{
	return value->kind == VALUE_NUMBER && value->number == 0;
}

void visit_walk_pointed(struct body *body, struct node *argument, enum mode mode,
			const struct value *written)
{
	struct node *node = visit_strip(argument);
	struct value pointer = visit_value(body, argument);
	struct lvalue lvalue;

	if (node->kind == CXCursor_UnaryOperator && node->op == CXUnaryOperator_AddrOf &&
	    visit_is_lvalue(visit_strip(node->child))) {
		lvalue = visit_lvalue(body, visit_strip(node->child));
		if (mode == M_WRITE && lvalue.root != LVALUE_GLOBAL && !is_zero(written))
			visit_store_unknown(body, &lvalue.pointer, lvalue.field);
		visit_walk_lvalue(body, visit_strip(node->child), mode, written);
		return;
	}
	lvalue = visit_lvalue(body, node);
	if (lvalue.root == LVALUE_GLOBAL && visit_lvalue_is_array(&lvalue) && !lvalue.is_const)
		emit_access(body, node, mode == M_WRITE ? ACCESS_WRITE : ACCESS_READ, &pointer,
			    pointer.field, written);
	visit_walk_node(body, argument, M_DEREF);
}

void visit_store(struct body *body, struct node *node, const struct lvalue *lvalue,
		 const struct value *value)
{
	struct value base = lvalue->pointer;

	/*
	 * "*out = function;" and "*out = &object;" give a function or an object to the caller.
	 * Here, out is a parameter. "*find_end() = object;" appends a parameter to a list.
	 */
	bool is_output = !lvalue->field && lvalue->root == LVALUE_POINTER && !base.field &&
			 ((base.kind == VALUE_PARAM &&
			   (value->kind == VALUE_FUNCTION || value->kind == VALUE_OBJECT)) ||
			  (base.kind == VALUE_RESULT && value->kind == VALUE_PARAM));

	if (!lvalue->field && !is_output)
		return;
	if (value->kind == VALUE_UNKNOWN || value->kind == VALUE_SELF) {
		if (lvalue->root != LVALUE_GLOBAL)
			visit_store_unknown(body, &base, lvalue->field);
		return;
	}
	if (lvalue->root == LVALUE_LOCAL ||
	    (base.kind != VALUE_OBJECT && base.kind != VALUE_PARAM && !is_output)) {
		/*
		 * The object is not known. So only report that this member of some object may
		 * become nonzero.
		 */
		if (value->kind == VALUE_NUMBER) {
			if (!is_zero(value))
				visit_store_unknown(body, &base, lvalue->field);
			return;
		}
		base = (struct value){ 0 };
	}
	base.field = NULL;
	emit_store(body, node, &base, lvalue->field, value);
}
