// SPDX-License-Identifier: GPL-2.0-only
/*
 * The walk of a body: calls with their arguments, accesses to variables, stores, and
 * returned values. Each expression is entered with what is done to its value.
 */
#include "analyzer/visit_body.h"

#include <string.h>

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

static void walk(struct body *body, struct node *node, enum mode mode);
static void walk_parts(struct body *body, struct node *node);

static void walk_children(struct body *body, struct node *node, enum mode mode)
{
	for (struct node *child = node->child; child; child = child->next)
		walk(body, child, mode);
}

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
		/* Its address. */
		if (mode != M_READ && mode != M_HAND && mode != M_ADDRESS)
			return;
		mode = M_ADDRESS;
	}
	switch (mode) {
	case M_NONE:
		return;
	case M_DEREF:
	case M_HAND:
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

/* A local variable stands for what it was set from. */
static void access_local(struct body *body, struct node *node, enum mode mode)
{
	struct value value;

	if (mode != M_DEREF && mode != M_HAND)
		return;
	if (!node->decl->is_pointer || node->decl->arrays)
		return;
	value = visit_value(body, node);
	if (value.kind == VALUE_GLOBAL && !g_hash_table_contains(body->v->constants, value.name))
		emit_access(body, node, ACCESS_USE, &value, value.field, NULL);
	else if (value.kind == VALUE_OBJECT && mode == M_HAND &&
		 !g_hash_table_contains(body->v->constants, value.name))
		emit_access(body, node, ACCESS_ADDRESS, &value, value.field, NULL);
}

/* The lvalue @node is part of what is accessed; its own parts are what leads there. */
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
		walk(body, node, M_DEREF);
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
			walk(body, node->child, M_DEREF);
		else
			walk_base(body, node->child);
		break;
	case CXCursor_ArraySubscriptExpr:
		lvalue = visit_lvalue(body, node->child);
		if (visit_lvalue_is_array(&lvalue))
			walk_base(body, node->child);
		else
			walk(body, node->child, M_DEREF);
		if (node->child->next)
			walk(body, node->child->next, M_READ);
		break;
	case CXCursor_UnaryOperator:
		walk(body, node->child, M_DEREF);
		break;
	default:
		break;
	}
}

static void walk_lvalue(struct body *body, struct node *node, enum mode mode,
			const struct value *written)
{
	struct lvalue lvalue;

	if (mode != M_NONE || node->kind == CXCursor_DeclRefExpr) {
		lvalue = visit_lvalue(body, node);
		if (lvalue.root == LVALUE_GLOBAL)
			access_global(body, node, &lvalue, mode, written);
		else if (lvalue.root == LVALUE_LOCAL && node->kind == CXCursor_DeclRefExpr)
			access_local(body, node, mode);
	}
	walk_parts(body, node);
}

static bool is_lvalue(const struct node *node)
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

/* What is done to the value of @node's initialiser or right side. */
static enum mode mode_into(struct body *body, struct decl *decl)
{
	if (!decl || (decl->kind != DECL_LOCAL && decl->kind != DECL_PARAM) || decl->arrays ||
	    decl->is_record)
		return M_READ;
	return visit_local_anywhere(body, decl).kind == VALUE_UNKNOWN ? M_READ : M_TRACK;
}

static void store(struct body *body, struct node *node, const struct lvalue *lvalue,
		  const struct value *value)
{
	struct value base = lvalue->pointer;

	if (!lvalue->field || value->kind == VALUE_UNKNOWN || value->kind == VALUE_SELF)
		return;
	if (lvalue->root == LVALUE_LOCAL ||
	    (base.kind != VALUE_OBJECT && base.kind != VALUE_PARAM)) {
		/* A number in nobody knows what says nothing. */
		if (value->kind == VALUE_NUMBER)
			return;
		base = (struct value){ 0 };
	}
	base.field = NULL;
	emit_store(body, node, &base, lvalue->field, value);
}

static void walk_assignment(struct body *body, struct node *node)
{
	struct node *left = visit_strip(node->child), *right = node->child->next;
	struct value value;
	struct lvalue lvalue;

	if (left->kind == CXCursor_DeclRefExpr && left->decl && left->decl->kind != DECL_GLOBAL) {
		walk(body, right, mode_into(body, left->decl));
		return;
	}
	value = visit_value(body, right);
	if (value.kind == VALUE_SELF)
		value = (struct value){ 0 };
	lvalue = visit_lvalue(body, left);
	walk(body, right, M_READ);
	if (is_lvalue(left))
		walk_lvalue(body, left, M_WRITE, &value);
	else
		walk(body, left, M_READ);
	store(body, node, &lvalue, &value);
}

static void walk_binary(struct body *body, struct node *node, enum mode mode)
{
	switch (node->op) {
	case CXBinaryOperator_Assign:
		walk_assignment(body, node);
		break;
	case CXBinaryOperator_Comma:
		walk(body, node->child, M_NONE);
		walk(body, node->child->next, mode);
		break;
	case CXBinaryOperator_Add:
	case CXBinaryOperator_Sub:
		walk(body, node->child, mode == M_NONE ? M_READ : mode);
		walk(body, node->child->next, M_READ);
		break;
	case CXBinaryOperator_LAnd:
	case CXBinaryOperator_LOr:
		visit_guard(body, node);
		walk_children(body, node, M_READ);
		break;
	default:
		walk_children(body, node, M_READ);
		break;
	}
}

static void walk_unary(struct body *body, struct node *node, enum mode mode)
{
	struct node *below = node->child ? visit_strip(node->child) : NULL;

	if (!below)
		return;
	switch (node->op) {
	case CXUnaryOperator_Deref:
		walk_lvalue(body, node, mode, NULL);
		break;
	case CXUnaryOperator_AddrOf:
		if (mode == M_DEREF || mode == M_TRACK || mode == M_NONE)
			mode = M_NONE;
		else
			mode = M_ADDRESS;
		if (is_lvalue(below))
			walk_lvalue(body, below, mode, NULL);
		else
			walk(body, below, M_READ);
		break;
	case CXUnaryOperator_PreInc:
	case CXUnaryOperator_PreDec:
	case CXUnaryOperator_PostInc:
	case CXUnaryOperator_PostDec:
		walk(body, below, M_UPDATE);
		break;
	case CXUnaryOperator_Extension:
		walk(body, below, mode);
		break;
	default:
		walk(body, below, M_READ);
		break;
	}
}

/* @argument points to what is read or set: atomic_read(&x). */
static void walk_pointed(struct body *body, struct node *argument, enum mode mode,
			 const struct value *written)
{
	struct node *node = visit_strip(argument);
	struct value pointer = visit_value(body, argument);
	struct lvalue lvalue;

	if (node->kind == CXCursor_UnaryOperator && node->op == CXUnaryOperator_AddrOf &&
	    is_lvalue(visit_strip(node->child))) {
		walk_lvalue(body, visit_strip(node->child), mode, written);
		return;
	}
	lvalue = visit_lvalue(body, node);
	if (lvalue.root == LVALUE_GLOBAL && visit_lvalue_is_array(&lvalue) && !lvalue.is_const)
		emit_access(body, node, mode == M_WRITE ? ACCESS_WRITE : ACCESS_READ, &pointer,
			    pointer.field, written);
	walk(body, argument, M_DEREF);
}

static void walk_argument(struct body *body, const struct decl *callee, struct node *call,
			  struct node *argument, unsigned int index)
{
	const struct builtin_role *role = callee ? callee->role : NULL;
	struct value value = { 0 };

	if (!role || role->role == ROLE_KEEP) {
		walk(body, argument, M_HAND);
		return;
	}
	switch (role->role) {
	case ROLE_SAME:
		/* dev_err_probe() takes more than what it gives back. */
		walk(body, argument, index == role->argument ? M_READ : M_HAND);
		break;
	case ROLE_CONTENT:
	case ROLE_EMPTY:
		if (index == role->argument)
			walk_pointed(body, argument, M_READ, NULL);
		else
			walk(body, argument, M_READ);
		break;
	case ROLE_SET:
		if (index == role->argument) {
			if (visit_argument(call, 1))
				value = visit_value(body, visit_argument(call, 1));
			walk_pointed(body, argument, M_WRITE, &value);
			break;
		}
		walk(body, argument, M_HAND);
		break;
	case ROLE_SKIP:
		break;
	default:
		walk(body, argument, M_READ);
		break;
	}
}

static void walk_call(struct body *body, struct node *call)
{
	const struct decl *callee = visit_callee(call);
	struct node *argument = call->child ? call->child->next : NULL;
	struct value value = { 0 };
	unsigned int index, seq;

	if (callee)
		value = (struct value){
			.kind = VALUE_FUNCTION,
			.name = callee->name,
			.file = callee->file,
		};
	else if (call->child)
		walk(body, call->child, M_DEREF);
	for (index = 0; argument; argument = argument->next)
		walk_argument(body, callee, call, argument, index++);
	if (callee && g_str_has_prefix(callee->name, "__builtin_"))
		return;
	if (!callee && call->child)
		value = visit_value(body, call->child);
	if (value.kind == VALUE_SELF)
		value = (struct value){ 0 };
	seq = body->n_calls++;
	emit_call(body, call, seq, &value);
	argument = call->child ? call->child->next : NULL;
	for (index = 0; argument; argument = argument->next, index++) {
		value = visit_value(body, argument);
		if (value.kind != VALUE_UNKNOWN && value.kind != VALUE_SELF)
			emit_argument(body, seq, index, &value);
	}
}

static void walk_variable(struct body *body, struct node *node)
{
	const struct value local = { 0 };
	struct node *initialiser = node->child;

	if (!node->decl)
		return;
	if (node->decl->kind == DECL_GLOBAL) {
		visit_static_variable(body, node);
		return;
	}
	if (!initialiser)
		return;
	if (visit_strip(initialiser)->kind == CXCursor_InitListExpr)
		visit_initialiser(body, initialiser, &local);
	walk(body, initialiser, mode_into(body, node->decl));
}

static void return_local(struct body *body, struct node *node, const struct node *use)
{
	struct local_sources found;

	visit_sources(body, use->decl, use, &found);
	for (unsigned int i = 0; i < found.n; i++) {
		struct value value = { 0 };

		if (found.sources[i]->value)
			value = visit_value(body, found.sources[i]->value);
		if (value.kind != VALUE_UNKNOWN && value.kind != VALUE_SELF)
			emit_return(body, node, &value);
	}
}

static void walk_return(struct body *body, struct node *node)
{
	g_autoptr(GArray) atoms = NULL;
	struct value value;
	struct node *below;

	if (!node->child)
		return;
	walk(body, node->child, M_READ);
	value = visit_value(body, node->child);
	below = visit_strip(node->child);
	if (visit_is_error(below) && value.kind != VALUE_NUMBER)
		return;
	if (value.kind != VALUE_UNKNOWN && value.kind != VALUE_SELF) {
		emit_return(body, node, &value);
	} else if (below->kind == CXCursor_DeclRefExpr && below->decl) {
		return_local(body, node, below);
	} else {
		atoms = g_array_new(FALSE, FALSE, sizeof(struct atom));
		visit_atoms(body, node->child, true, atoms);
		for (unsigned int i = 0; i < atoms->len; i++) {
			const struct atom *atom = &g_array_index(atoms, struct atom, i);

			if (atom->value.kind == VALUE_GLOBAL)
				emit_return(body, node, &atom->value);
		}
	}
}

/* The condition is a constant: what it leaves out is not compiled. */
static bool walk_constant_if(struct body *body, struct node *node)
{
	struct node *condition = node->child, *then = condition ? condition->next : NULL;
	int64_t number;

	if (!then || condition->deep || !visit_number(condition, &number))
		return false;
	if (number)
		walk(body, then, M_NONE);
	else if (then->next)
		walk(body, then->next, M_NONE);
	return true;
}

static void walk_if(struct body *body, struct node *node)
{
	if (walk_constant_if(body, node))
		return;
	visit_guard(body, node);
	walk(body, node->child, M_READ);
	for (struct node *child = node->child->next; child; child = child->next)
		walk(body, child, M_NONE);
}

static void walk_block(struct body *body, struct node *node, enum mode mode)
{
	for (struct node *child = node->child; child; child = child->next)
		walk(body, child, child->next ? M_NONE : mode);
}

/* In a list, "= value" of a designated initialiser comes last. */
static void walk_list(struct body *body, struct node *node)
{
	for (struct node *child = node->child; child; child = child->next) {
		struct node *value = child;

		if (child->kind == CXCursor_UnexposedExpr && child->child && child->child->next)
			value = visit_last_child(child);
		walk(body, value, M_READ);
	}
}

static void walk(struct body *body, struct node *node, enum mode mode)
{
	const struct value local = { 0 }, written = { 0 };

	switch (node->kind) {
	case CXCursor_DeclRefExpr:
	case CXCursor_MemberRefExpr:
	case CXCursor_ArraySubscriptExpr:
		walk_lvalue(body, node, mode, mode == M_WRITE ? &written : NULL);
		break;
	case CXCursor_UnaryOperator:
		walk_unary(body, node, mode);
		break;
	case CXCursor_BinaryOperator:
		walk_binary(body, node, mode);
		break;
	case CXCursor_CompoundAssignOperator:
		walk(body, node->child, M_UPDATE);
		walk(body, node->child->next, M_READ);
		break;
	case CXCursor_CallExpr:
		walk_call(body, node);
		break;
	case CXCursor_ParenExpr:
	case CXCursor_CStyleCastExpr:
	case CXCursor_UnexposedExpr:
		walk_children(body, node, mode);
		break;
	case CXCursor_ConditionalOperator:
		visit_guard(body, node);
		walk(body, node->child, M_READ);
		walk(body, node->child->next, mode);
		walk(body, node->child->next->next, mode);
		break;
	case CXCursor_StmtExpr:
		if (node->child)
			walk_block(body, node->child, mode);
		break;
	case CXCursor_VarDecl:
		walk_variable(body, node);
		break;
	case CXCursor_CompoundLiteralExpr:
		if (node->child && body->function)
			visit_initialiser(body, node->child, &local);
		walk_children(body, node, M_READ);
		break;
	case CXCursor_InitListExpr:
		walk_list(body, node);
		break;
	case CXCursor_ReturnStmt:
		walk_return(body, node);
		break;
	case CXCursor_IfStmt:
		walk_if(body, node);
		break;
	case CXCursor_CompoundStmt:
		walk_children(body, node, M_NONE);
		break;
	case CXCursor_UnaryExpr:
	case CXCursor_MemberRef:
		break;
	default:
		walk_children(body, node, M_READ);
		break;
	}
}

void visit_walk(struct body *body)
{
	walk(body, body->root, M_NONE);
}
