// SPDX-License-Identifier: GPL-2.0-only
/*
 * Walks a body and reports calls with their arguments, accesses to variables, stores, and return
 * values. The mode of an expression (enum mode) says how the value of the expression is used.
 */
#include "analyzer/source/visit/visit_walk_internal.h"

#include <string.h>

static void walk_children(struct body *body, struct node *node, enum mode mode)
{
	for (struct node *child = node->child; child; child = child->next)
		visit_walk_node(body, child, mode);
}

/* Returns the mode of an expression that is assigned to @decl. */
static enum mode mode_into(struct body *body, struct decl *decl)
{
	if (!decl || (decl->kind != DECL_LOCAL && decl->kind != DECL_PARAM) || decl->arrays ||
	    decl->is_record)
		return M_READ;
	return visit_local_anywhere(body, decl).kind == VALUE_UNKNOWN ? M_READ : M_TRACK;
}

static void walk_assignment(struct body *body, struct node *node)
{
	struct node *left = visit_strip(node->child), *right = node->child->next;
	struct value value;
	struct lvalue lvalue;

	if (left->kind == CXCursor_DeclRefExpr && left->decl && left->decl->kind != DECL_GLOBAL) {
		visit_walk_node(body, right, mode_into(body, left->decl));
		return;
	}
	value = visit_value(body, right);
	if (value.kind == VALUE_SELF)
		value = (struct value){ 0 };
	lvalue = visit_lvalue(body, left);
	visit_walk_node(body, right, M_READ);
	if (visit_is_lvalue(left))
		visit_walk_lvalue(body, left, M_WRITE, &value);
	else
		visit_walk_node(body, left, M_READ);
	visit_store(body, node, &lvalue, &value);
}

/*
 * @operand is one side of a comparison. If @operand is an address, such as &head in "pos == &head",
 * the comparison does not access the object (head).
 */
static void walk_compared(struct body *body, struct node *operand)
{
	struct node *node = visit_strip(operand);
	bool is_address =
		node->kind == CXCursor_UnaryOperator && node->op == CXUnaryOperator_AddrOf;

	visit_walk_node(body, operand, is_address ? M_NONE : M_READ);
}

static void walk_binary(struct body *body, struct node *node, enum mode mode)
{
	switch (node->op) {
	case CXBinaryOperator_Assign:
		walk_assignment(body, node);
		break;
	case CXBinaryOperator_Comma:
		visit_walk_node(body, node->child, M_NONE);
		visit_walk_node(body, node->child->next, mode);
		break;
	case CXBinaryOperator_Add:
	case CXBinaryOperator_Sub:
		visit_walk_node(body, node->child, mode == M_NONE ? M_READ : mode);
		visit_walk_node(body, node->child->next, M_READ);
		break;
	case CXBinaryOperator_EQ:
	case CXBinaryOperator_NE:
		walk_compared(body, node->child);
		walk_compared(body, node->child->next);
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
		visit_walk_lvalue(body, node, mode, NULL);
		break;
	case CXUnaryOperator_AddrOf:
		if (mode == M_DEREF || mode == M_TRACK || mode == M_NONE)
			mode = M_NONE;
		else
			mode = M_ADDRESS;
		if (visit_is_lvalue(below))
			visit_walk_lvalue(body, below, mode, NULL);
		else
			visit_walk_node(body, below, M_READ);
		break;
	case CXUnaryOperator_PreInc:
	case CXUnaryOperator_PreDec:
	case CXUnaryOperator_PostInc:
	case CXUnaryOperator_PostDec:
		visit_walk_node(body, below, M_UPDATE);
		break;
	case CXUnaryOperator_Extension:
		visit_walk_node(body, below, mode);
		break;
	default:
		visit_walk_node(body, below, M_READ);
		break;
	}
}

static void walk_argument(struct body *body, const struct decl *callee, struct node *call,
			  struct node *argument, unsigned int index)
{
	const struct builtin_role *role = callee ? callee->role : NULL;
	struct value value = { 0 };

	if (!role || role->role == ROLE_KEEP) {
		visit_walk_node(body, argument, M_PASS);
		return;
	}
	switch (role->role) {
	case ROLE_SAME:
		/*
		 * @callee returns the argument with the index role->argument, as dev_err_probe()
		 * returns its second argument. So @callee only reads this argument. @callee may
		 * dereference the other arguments.
		 */
		visit_walk_node(body, argument, index == role->argument ? M_READ : M_PASS);
		break;
	case ROLE_CONTENT:
	case ROLE_EMPTY:
		if (index == role->argument)
			visit_walk_pointed(body, argument, M_READ, NULL);
		else
			visit_walk_node(body, argument, M_READ);
		break;
	case ROLE_SET:
		if (index == role->argument) {
			if (visit_argument(call, 1))
				value = visit_value(body, visit_argument(call, 1));
			visit_walk_pointed(body, argument, M_WRITE, &value);
			break;
		}
		visit_walk_node(body, argument, M_PASS);
		break;
	case ROLE_SKIP:
		break;
	default:
		visit_walk_node(body, argument, M_READ);
		break;
	}
}

static void report_call(struct body *body, struct node *call, unsigned int seq,
			const struct value *target)
{
	struct fact fact = {
		.kind = FACT_CALL,
		.call = {
			.line = visit_line(body, call),
			.seq = seq,
			.target = *target,
			.in_loop = visit_is_in_loop(call),
		},
	};

	emit(body, &fact);
}

static void report_argument(struct body *body, unsigned int seq, unsigned int index,
			    const struct value *value)
{
	struct fact fact = {
		.kind = FACT_ARGUMENT,
		.argument = { .seq = seq, .index = index, .value = *value },
	};

	emit(body, &fact);
}

/* Reports @call as a call to @target, with its arguments. @callee: NULL if it is not known. */
static void report_whole_call(struct body *body, struct node *call, const struct decl *callee,
			      const struct value *target)
{
	struct node *argument = call->child ? call->child->next : NULL;
	unsigned int seq = body->n_calls++;

	report_call(body, call, seq, target);
	/*
	 * Skip variadic arguments, because they are usually only printed. In a header, variadic
	 * arguments also differ from unit to unit, because of pr_fmt().
	 */
	for (int index = 0; argument && (!callee || index < callee->n_fixed);
	     argument = argument->next, index++) {
		struct value value = visit_value(body, argument);

		if (value.kind != VALUE_UNKNOWN && value.kind != VALUE_SELF)
			report_argument(body, seq, (unsigned int)index, &value);
	}
}

/*
 * A local pointer may have several values: "if (!probe) probe = default_probe; probe(device);".
 * Reports @call, a call through a pointer of unknown value, as a call to each function that the
 * pointer may have as its value. Such a call is like a call in a branch.
 */
static void report_alternatives(struct body *body, struct node *call)
{
	struct node *pointer = call->child ? visit_strip(call->child) : NULL;
	struct local_sources found;

	if (!pointer || pointer->kind != CXCursor_DeclRefExpr || !pointer->decl ||
	    (pointer->decl->kind != DECL_LOCAL && pointer->decl->kind != DECL_PARAM))
		return;
	visit_reaching_definitions(body, pointer->decl, pointer, &found);
	for (unsigned int i = 0; i < found.n; i++) {
		struct value value = { 0 };

		if (found.sources[i]->value)
			value = visit_value(body, found.sources[i]->value);
		if (value.kind == VALUE_FUNCTION &&
		    visit_may_reach(body, pointer->decl, found.sources[i], pointer))
			report_whole_call(body, call, NULL, &value);
	}
}

static void walk_call(struct body *body, struct node *call)
{
	const struct decl *callee = visit_callee(call);
	struct node *argument = call->child ? call->child->next : NULL;
	struct value value = { 0 };
	unsigned int index;

	if (callee)
		value = (struct value){
			.kind = VALUE_FUNCTION,
			.name = callee->name,
			.file = callee->file,
		};
	else if (call->child)
		visit_walk_node(body, call->child, M_DEREF);
	for (index = 0; argument; argument = argument->next)
		walk_argument(body, callee, call, argument, index++);
	if (callee && g_str_has_prefix(callee->name, "__builtin_"))
		return;
	if (!callee && call->child)
		value = visit_value(body, call->child);
	if (value.kind == VALUE_SELF)
		value = (struct value){ 0 };
	report_whole_call(body, call, callee, &value);
	if (value.kind == VALUE_UNKNOWN)
		report_alternatives(body, call);
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
	visit_walk_node(body, initialiser, mode_into(body, node->decl));
}

static void return_local(struct body *body, struct node *node, const struct node *use)
{
	struct local_sources found;

	visit_reaching_definitions(body, use->decl, use, &found);
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
	visit_walk_node(body, node->child, M_READ);
	value = visit_value(body, node->child);
	below = visit_strip(node->child);
	if (value.kind != VALUE_UNKNOWN && value.kind != VALUE_SELF) {
		emit_return(body, node, &value);
	} else if (below->kind == CXCursor_DeclRefExpr && below->decl) {
		return_local(body, node, below);
	} else {
		atoms = g_array_new(FALSE, FALSE, sizeof(struct atom));
		visit_atoms(body, node->child, true, atoms);
		for (guint i = 0; i < atoms->len; i = visit_clause_end(atoms, i)) {
			const struct atom *atom = &g_array_index(atoms, struct atom, i);

			if (atom->value.kind == VALUE_GLOBAL && visit_clause_end(atoms, i) == i + 1)
				emit_return(body, node, &atom->value);
		}
	}
}

/*
 * If the condition of @node is a constant, walks only the branch that can run, and returns true.
 * Otherwise, returns false.
 */
static bool walk_constant_if(struct body *body, struct node *node)
{
	struct node *condition = node->child, *then = condition ? condition->next : NULL;
	int64_t number;

	if (!then || condition->deep || !visit_number(condition, &number))
		return false;
	if (number)
		visit_walk_node(body, then, M_NONE);
	else if (then->next)
		visit_walk_node(body, then->next, M_NONE);
	return true;
}

static void walk_if(struct body *body, struct node *node)
{
	if (walk_constant_if(body, node))
		return;
	visit_guard(body, node);
	visit_walk_node(body, node->child, M_READ);
	for (struct node *child = node->child->next; child; child = child->next)
		visit_walk_node(body, child, M_NONE);
}

static void walk_block(struct body *body, struct node *node, enum mode mode)
{
	for (struct node *child = node->child; child; child = child->next)
		visit_walk_node(body, child, child->next ? M_NONE : mode);
}

/*
 * Walks the values of the initialiser list @node. A child of @node is a value, or a designated
 * initialiser (".member = value") whose last child is the value.
 */
static void walk_list(struct body *body, struct node *node)
{
	for (struct node *child = node->child; child; child = child->next) {
		struct node *value = child;

		if (child->kind == CXCursor_UnexposedExpr && child->child && child->child->next)
			value = visit_last_child(child);
		visit_walk_node(body, value, M_READ);
	}
}

static void walk_statement(struct body *body, struct node *node)
{
	switch (node->kind) {
	case CXCursor_ReturnStmt:
		walk_return(body, node);
		break;
	case CXCursor_IfStmt:
		walk_if(body, node);
		break;
	case CXCursor_CompoundStmt:
		walk_children(body, node, M_NONE);
		break;
	case CXCursor_SwitchStmt:
		visit_switch(body, node);
		walk_children(body, node, M_READ);
		break;
	case CXCursor_WhileStmt:
		if (visit_n_children(node) == 2)
			visit_guard(body, node);
		walk_children(body, node, M_READ);
		break;
	case CXCursor_ForStmt:
		/*
		 * libclang has no node for an empty clause of a for. With fewer than four nodes, it
		 * is not known which clause a node is.
		 */
		if (visit_n_children(node) == 4)
			visit_guard(body, node);
		walk_children(body, node, M_READ);
		break;
	case CXCursor_VarDecl:
		walk_variable(body, node);
		break;
	default:
		walk_children(body, node, M_READ);
		break;
	}
}

static void walk_literal(struct body *body, struct node *node)
{
	const struct value local = { 0 };

	if (node->child)
		visit_initialiser(body, node->child, &local);
	walk_children(body, node, M_READ);
}

static void walk_conditional(struct body *body, struct node *node, enum mode mode)
{
	visit_guard(body, node);
	visit_walk_node(body, node->child, M_READ);
	visit_walk_node(body, node->child->next, mode);
	visit_walk_node(body, node->child->next->next, mode);
}

void visit_walk_node(struct body *body, struct node *node, enum mode mode)
{
	switch (node->kind) {
	case CXCursor_DeclRefExpr:
	case CXCursor_MemberRefExpr:
	case CXCursor_ArraySubscriptExpr:
		visit_walk_lvalue(body, node, mode, NULL);
		break;
	case CXCursor_UnaryOperator:
		walk_unary(body, node, mode);
		break;
	case CXCursor_BinaryOperator:
		walk_binary(body, node, mode);
		break;
	case CXCursor_CompoundAssignOperator:
		visit_walk_node(body, node->child, M_UPDATE);
		visit_walk_node(body, node->child->next, M_READ);
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
		walk_conditional(body, node, mode);
		break;
	case CXCursor_StmtExpr:
		if (node->child)
			walk_block(body, node->child, mode);
		break;
	case CXCursor_CompoundLiteralExpr:
		walk_literal(body, node);
		break;
	case CXCursor_InitListExpr:
		walk_list(body, node);
		break;
	case CXCursor_UnaryExpr:
	case CXCursor_MemberRef:
		break;
	default:
		walk_statement(body, node);
		break;
	}
}

void visit_walk(struct body *body)
{
	visit_walk_node(body, body->root, M_NONE);
}
