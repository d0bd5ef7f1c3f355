// SPDX-License-Identifier: GPL-2.0-only
/* Conditions, and the lines that are reached only if one holds. */
#include "analyzer/visit_body.h"

/* Whether "0 @op @number" holds. */
static bool zero_satisfies(unsigned char op, int64_t number)
{
	switch (op) {
	case CXBinaryOperator_EQ:
		return number == 0;
	case CXBinaryOperator_NE:
		return number != 0;
	case CXBinaryOperator_LT:
		return 0 < number;
	case CXBinaryOperator_LE:
		return 0 <= number;
	case CXBinaryOperator_GT:
		return 0 > number;
	default:
		return 0 >= number;
	}
}

static unsigned char mirrored(unsigned char op)
{
	switch (op) {
	case CXBinaryOperator_LT:
		return CXBinaryOperator_GT;
	case CXBinaryOperator_LE:
		return CXBinaryOperator_GE;
	case CXBinaryOperator_GT:
		return CXBinaryOperator_LT;
	case CXBinaryOperator_GE:
		return CXBinaryOperator_LE;
	default:
		return op;
	}
}

static bool is_param(const struct value *value)
{
	return value->kind == VALUE_PARAM && !value->field;
}

static void add_atom(struct body *body, const struct value *value, struct decl *local, bool when,
		     GArray *atoms)
{
	struct atom atom = { .value = *value, .local = local, .when = when };

	/* One that the function changes is at times what was handed over, at times not. */
	if (is_param(value) && local && local->kind == DECL_PARAM &&
	    !visit_is_assigned(body, local))
		atom.relation = when ? RELATION_NE : RELATION_EQ;
	if (value->kind == VALUE_GLOBAL || value->kind == VALUE_RESULT ||
	    value->kind == VALUE_LOADED || local)
		g_array_append_val(atoms, atom);
}

/* What the atoms from @first on say exactly is @relation to @number. */
static void set_relation(GArray *atoms, guint first, enum relation relation, int64_t number)
{
	for (guint i = first; i < atoms->len; i++) {
		struct atom *atom = &g_array_index(atoms, struct atom, i);

		if (atom->relation != RELATION_NONE)
			atom->relation = relation, atom->number = number;
	}
}

static enum relation relation_of(unsigned char op, bool truth)
{
	switch (op) {
	case CXBinaryOperator_EQ:
		return truth ? RELATION_EQ : RELATION_NE;
	case CXBinaryOperator_NE:
		return truth ? RELATION_NE : RELATION_EQ;
	case CXBinaryOperator_LT:
		return truth ? RELATION_LT : RELATION_GE;
	case CXBinaryOperator_LE:
		return truth ? RELATION_LE : RELATION_GT;
	case CXBinaryOperator_GT:
		return truth ? RELATION_GT : RELATION_LE;
	default:
		return truth ? RELATION_GE : RELATION_LT;
	}
}

static void compare_atoms(struct body *body, struct node *node, bool truth, GArray *atoms)
{
	struct node *left = node->child, *right = left->next;
	struct value value = visit_value(body, right), compared;
	unsigned char op = node->op;
	guint before = atoms->len;
	bool zero;

	if (value.kind != VALUE_NUMBER) {
		value = visit_value(body, left);
		left = right;
		op = mirrored(op);
	}
	if (value.kind != VALUE_NUMBER)
		return;
	/* Which error it is says nothing of whether it is one. */
	if (visit_is_error(left))
		return;
	zero = zero_satisfies(op, value.number);
	/* "x == 0" is "!x"; "x == 3" and "x < 0" hold only if x is not zero. */
	visit_atoms(body, left, zero ? !truth : truth, atoms);
	compared = visit_value(body, left);
	if (is_param(&compared))
		set_relation(atoms, before, relation_of(op, truth), value.number);
	else if (value.number != 0 || (op != CXBinaryOperator_EQ && op != CXBinaryOperator_NE))
		set_relation(atoms, before, RELATION_NONE, 0);
}

/* A flag of it. */
static void mask_atoms(struct body *body, struct node *node, bool truth, GArray *atoms)
{
	struct value masked = visit_value(body, node->child);
	struct value mask = visit_value(body, node->child->next);
	guint before = atoms->len;

	visit_atoms(body, node->child, truth, atoms);
	if (is_param(&masked) && mask.kind == VALUE_NUMBER)
		set_relation(atoms, before, truth ? RELATION_BITS : RELATION_NO_BITS, mask.number);
	else
		set_relation(atoms, before, RELATION_NONE, 0);
}

static void local_atoms(struct body *body, struct node *node, bool truth, GArray *atoms)
{
	struct value value;
	struct local_sources found;
	guint before = atoms->len;

	visit_sources(body, node->decl, node, &found);
	if (found.n == 1 && !found.more && found.sources[0]->value && !found.sources[0]->busy) {
		found.sources[0]->busy = true;
		visit_atoms(body, (struct node *)found.sources[0]->value, truth, atoms);
		found.sources[0]->busy = false;
		for (guint i = before; i < atoms->len; i++)
			if (!g_array_index(atoms, struct atom, i).local)
				g_array_index(atoms, struct atom, i).local = node->decl;
		if (atoms->len > before)
			return;
	}
	value = visit_value(body, node);
	add_atom(body, &value, node->decl, truth, atoms);
}

static void call_atoms(struct body *body, struct node *node, bool truth, GArray *atoms)
{
	const struct decl *callee = visit_callee(node);
	struct node *argument = NULL;
	struct value value;

	if (callee && callee->role)
		argument = visit_argument(node, callee->role->argument);
	if (argument && callee->role->role == ROLE_ERROR) {
		guint before = atoms->len;

		visit_atoms(body, argument, !truth, atoms);
		set_relation(atoms, before, RELATION_NONE, 0);
		return;
	}
	if (argument && callee->role->role == ROLE_SAME && !callee->role->is_error) {
		visit_atoms(body, argument, truth, atoms);
		return;
	}
	if (argument && callee->role->role == ROLE_EMPTY) {
		value = visit_value(body, argument);
		if (value.kind != VALUE_OBJECT)
			return;
		value.kind = VALUE_GLOBAL;
		add_atom(body, &value, NULL, !truth, atoms);
		return;
	}
	value = visit_value(body, node);
	add_atom(body, &value, NULL, truth, atoms);
}

static void binary_atoms(struct body *body, struct node *node, bool truth, GArray *atoms)
{
	switch (node->op) {
	case CXBinaryOperator_LAnd:
	case CXBinaryOperator_LOr:
		if (truth != (node->op == CXBinaryOperator_LAnd))
			return;
		visit_atoms(body, node->child, truth, atoms);
		visit_atoms(body, node->child->next, truth, atoms);
		break;
	case CXBinaryOperator_Comma:
		visit_atoms(body, node->child->next, truth, atoms);
		break;
	case CXBinaryOperator_Assign: {
		struct node *left = visit_strip(node->child);
		guint before = atoms->len;

		visit_atoms(body, node->child->next, truth, atoms);
		if (left->kind == CXCursor_DeclRefExpr)
			for (guint i = before; i < atoms->len; i++)
				g_array_index(atoms, struct atom, i).local = left->decl;
		break;
	}
	case CXBinaryOperator_EQ:
	case CXBinaryOperator_NE:
	case CXBinaryOperator_LT:
	case CXBinaryOperator_LE:
	case CXBinaryOperator_GT:
	case CXBinaryOperator_GE:
		compare_atoms(body, node, truth, atoms);
		break;
	case CXBinaryOperator_And:
		mask_atoms(body, node, truth, atoms);
		break;
	default:
		break;
	}
}

void visit_atoms(struct body *body, struct node *condition, bool truth, GArray *atoms)
{
	struct node *node = visit_strip(condition);
	struct value value;

	switch (node->kind) {
	case CXCursor_UnaryOperator:
		if (node->op == CXUnaryOperator_LNot) {
			visit_atoms(body, node->child, !truth, atoms);
			return;
		}
		break;
	case CXCursor_BinaryOperator:
		binary_atoms(body, node, truth, atoms);
		return;
	case CXCursor_CallExpr:
		call_atoms(body, node, truth, atoms);
		return;
	case CXCursor_DeclRefExpr:
		if (node->decl &&
		    (node->decl->kind == DECL_LOCAL || node->decl->kind == DECL_PARAM)) {
			local_atoms(body, node, truth, atoms);
			return;
		}
		break;
	default:
		break;
	}
	value = visit_value(body, node);
	add_atom(body, &value, NULL, truth, atoms);
}

void visit_report(struct body *body, const struct region *region, const GArray *atoms)
{
	if (region->from > region->to)
		return;
	for (unsigned int i = 0; i < atoms->len; i++) {
		const struct atom *atom = &g_array_index(atoms, struct atom, i);
		struct guard_fact fact = {
			.line = region->line,
			.from = region->from,
			.to = region->to,
			.atom = atom->value,
			.when = atom->when,
			.exit = (enum guard_exit)region->exit,
			.relation = atom->relation,
			.number = atom->number,
		};

		if (atom->value.kind == VALUE_GLOBAL || atom->value.kind == VALUE_RESULT ||
		    atom->value.kind == VALUE_LOADED || atom->value.kind == VALUE_PARAM)
			emit_guard(body, &fact);
	}
}

/* The lines of a branch; a block's braces are not counted, they may stand beside the test. */
void visit_branch_lines(struct body *body, struct node *branch, struct region *region)
{
	struct node *first = branch;

	if (branch->kind == CXCursor_CompoundStmt && branch->child)
		first = branch->child;
	region->from = visit_line(body, first);
	region->to = visit_end_line(body, branch);
}

/* What is left of the block that @node is in; do { } while (0) is a macro's way to have one. */
static void rest_lines(struct body *body, struct node *node, struct region *region)
{
	struct node *block = node->parent;

	region->from = visit_end_line(body, node) + 1;
	while (block && (block->kind != CXCursor_CompoundStmt ||
			 (block->parent && (block->parent->kind == CXCursor_DoStmt ||
					    block->parent->kind == CXCursor_StmtExpr))))
		block = block->parent;
	if (!block)
		block = body->root;
	region->to = visit_end_line(body, block);
}

/* "else err = -EIO;": what follows knows that it has failed. */
static bool sets_error(struct node *branch)
{
	struct node *statement = branch->kind == CXCursor_CompoundStmt ? branch->child : branch;
	int64_t number;

	for (; statement; statement = statement->next)
		if (statement->kind == CXCursor_BinaryOperator &&
		    statement->op == CXBinaryOperator_Assign && statement->child &&
		    visit_number(visit_strip(statement->child->next), &number) && number < 0 &&
		    number >= -4095)
			return true;
	return false;
}

static bool leaves_with_error(unsigned int exit)
{
	return exit == GUARD_ERROR || exit == GUARD_DEFER || exit == GUARD_FATAL;
}

static void guard_if(struct body *body, struct node *node, GArray *holds, GArray *fails)
{
	struct node *then = node->child->next, *otherwise = then->next;
	struct region region = { .line = visit_line(body, node) };
	unsigned int then_exit = visit_exit(body, then, fails->len ? holds : fails);
	unsigned int else_exit = otherwise ? visit_exit(body, otherwise, fails) : EXIT_NONE;

	/* Of "if (a && b) return -EBUSY;" neither alone makes it fail. */
	if (then->deep && (!leaves_with_error(then_exit) || !fails->len)) {
		visit_branch_lines(body, then, &region);
		if (else_exit != EXIT_NONE)
			region.exit = else_exit;
		else
			region.exit = otherwise && sets_error(otherwise) ? GUARD_ERROR : GUARD_SKIP;
		visit_report(body, &region, holds);
	}
	if (then_exit != EXIT_NONE) {
		rest_lines(body, node, &region);
		if (otherwise)
			region.from = visit_line(body, otherwise);
		region.exit = then_exit;
		visit_report(body, &region, fails);
	} else if (otherwise && otherwise->deep) {
		visit_branch_lines(body, otherwise, &region);
		region.exit = GUARD_SKIP;
		visit_report(body, &region, fails);
	}
	if (else_exit != EXIT_NONE && then_exit == EXIT_NONE) {
		rest_lines(body, node, &region);
		region.exit = else_exit;
		visit_report(body, &region, holds);
	}
}

/* @operand is evaluated only if @condition is @truth. */
static void guard_operand(struct body *body, struct node *condition, bool truth,
			  struct node *operand, GArray *atoms)
{
	struct region region = { .line = visit_line(body, condition), .exit = GUARD_SKIP };

	if (!operand->deep && operand->kind != CXCursor_UnexposedExpr)
		return;
	g_array_set_size(atoms, 0);
	visit_atoms(body, condition, truth, atoms);
	if (!atoms->len)
		return;
	visit_branch_lines(body, operand, &region);
	visit_report(body, &region, atoms);
}

void visit_guard(struct body *body, struct node *node)
{
	g_autoptr(GArray) holds = g_array_new(FALSE, FALSE, sizeof(struct atom));
	g_autoptr(GArray) fails = g_array_new(FALSE, FALSE, sizeof(struct atom));
	struct node *condition = node->child;

	switch (node->kind) {
	case CXCursor_IfStmt:
		visit_atoms(body, condition, true, holds);
		visit_atoms(body, condition, false, fails);
		if (holds->len || fails->len)
			guard_if(body, node, holds, fails);
		break;
	case CXCursor_ConditionalOperator:
		guard_operand(body, condition, true, condition->next, holds);
		guard_operand(body, condition, false, condition->next->next, holds);
		break;
	case CXCursor_WhileStmt:
		guard_operand(body, condition, true, condition->next, holds);
		break;
	default:
		guard_operand(body, condition, node->op == CXBinaryOperator_LAnd, condition->next,
			      holds);
		break;
	}
}
