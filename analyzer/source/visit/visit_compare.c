// SPDX-License-Identifier: GPL-2.0-only
/* Converts comparisons, such as "x > 3", "x == &object" and "x & mask", into clauses. */
#include "analyzer/source/visit/visit_condition_internal.h"

/* True if "0 @op @number" is true. */
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

/*
 * Handles a condition that says that a value is &object: "value == &object" is true, or "value !=
 * &object" is false. Adds the clauses and returns true. Returns false if @node has another form.
 * Returns false also if the condition says that the value is not &object: such a value may be 0 or
 * nonzero, so no atom describes it.
 */
static bool identity_atoms(struct body *body, struct node *node, bool truth, GArray *atoms)
{
	struct node *left = node->child, *right = left->next;
	struct value object, compared;
	guint before = atoms->len;

	if (node->op != (truth ? CXBinaryOperator_EQ : CXBinaryOperator_NE))
		return false;
	object = visit_value(body, right);
	compared = visit_value(body, left);
	if (object.kind != VALUE_OBJECT) {
		struct value swapped = object;

		object = compared;
		compared = swapped;
		left = right;
	}
	if (object.kind != VALUE_OBJECT || compared.kind == VALUE_OBJECT ||
	    !visit_is_comparable(&compared))
		return false;
	visit_atoms(body, left, true, atoms);
	for (guint i = before; i < atoms->len; i++) {
		struct atom *atom = &g_array_index(atoms, struct atom, i);

		if (atom->relation == RELATION_NONE)
			continue;
		atom->relation = RELATION_EQ;
		atom->object = object;
	}
	return true;
}

void visit_compare_atoms(struct body *body, struct node *node, bool truth, GArray *atoms)
{
	struct node *left = node->child, *right = left->next;
	struct value value, compared;
	unsigned char op = node->op;
	guint before = atoms->len;
	bool zero;

	if (identity_atoms(body, node, truth, atoms))
		return;
	value = visit_value(body, right);
	if (value.kind != VALUE_NUMBER) {
		value = visit_value(body, left);
		left = right;
		op = mirrored(op);
	}
	/*
	 * If "PTR_ERR(x) == -ENODEV" is false, x may still be another error. So a comparison of an
	 * error number is undecidable.
	 */
	if (value.kind != VALUE_NUMBER || visit_is_error(left)) {
		visit_add_unknown(body, atoms);
		return;
	}
	zero = zero_satisfies(op, value.number);
	/* "x == 0" means "!x". "x == 3" and "x < 0" are true only if x is nonzero. */
	visit_atoms(body, left, zero ? !truth : truth, atoms);
	compared = visit_value(body, left);
	if (visit_is_comparable(&compared))
		visit_set_relation(atoms, before, relation_of(op, truth), value.number);
	else if (value.number != 0 || (op != CXBinaryOperator_EQ && op != CXBinaryOperator_NE))
		visit_set_relation(atoms, before, RELATION_NONE, 0);
}

void visit_mask_atoms(struct body *body, struct node *node, bool truth, GArray *atoms)
{
	struct value masked = visit_value(body, node->child);
	struct value mask = visit_value(body, node->child->next);
	guint before = atoms->len;

	visit_atoms(body, node->child, truth, atoms);
	if (visit_is_comparable(&masked) && mask.kind == VALUE_NUMBER)
		visit_set_relation(atoms, before, truth ? RELATION_BITS : RELATION_NO_BITS,
				   mask.number);
	else
		visit_set_relation(atoms, before, RELATION_NONE, 0);
}
