// SPDX-License-Identifier: GPL-2.0-only
/*
 * Converts a condition that is known to be true, or known to be false, into a list of clauses. All
 * clauses of the list hold. A clause consists of one or more atoms, of which at least one holds. An
 * atom says that a value is zero or nonzero. If "a && !b" is true, the clauses are "a" and "not b".
 * If "a && !b" is false, there is one clause: "not a, or b".
 *
 * An atom is undecidable if the visitor does not know where the tested value comes from. The atom
 * of a parameter, a variable or a member may also have an exact test, such as "x > 3".
 */
#include "analyzer/source/visit/visit_condition_internal.h"

/*
 * If an "or" needs more than MAX_CLAUSES clauses, the list gets no clause for this "or". A clause
 * with more than MAX_ALTERNATIVES atoms is not added to the list. Long clauses cost much time and
 * tell little.
 */
#define MAX_CLAUSES	 16
#define MAX_ALTERNATIVES 8

static unsigned int new_clause(struct body *body)
{
	return ++body->n_clauses;
}

void visit_add_unknown(struct body *body, GArray *atoms)
{
	struct atom atom = { .clause = new_clause(body) };

	g_array_append_val(atoms, atom);
}

/* Adds a clause that is always false. is_false() recognises the only atom of this clause. */
static void add_false(struct body *body, GArray *atoms)
{
	struct atom atom = { .clause = new_clause(body), .value.kind = VALUE_NUMBER };

	g_array_append_val(atoms, atom);
}

static bool is_false(const struct atom *atom)
{
	return atom->value.kind == VALUE_NUMBER && !atom->local;
}

bool visit_atom_is_known(const struct atom *atom)
{
	return atom->value.kind == VALUE_GLOBAL || atom->value.kind == VALUE_RESULT ||
	       atom->value.kind == VALUE_LOADED || atom->local;
}

static const struct atom *atom_at(const GArray *atoms, guint i)
{
	return &g_array_index(atoms, struct atom, i);
}

guint visit_clause_end(const GArray *atoms, guint first)
{
	guint end = first;

	while (end < atoms->len && atom_at(atoms, end)->clause == atom_at(atoms, first)->clause)
		end++;
	return end;
}

static unsigned int n_clauses(const GArray *atoms)
{
	unsigned int n = 0;

	for (guint i = 0; i < atoms->len; i = visit_clause_end(atoms, i))
		n++;
	return n;
}

static void append_as(const GArray *from, guint first, guint end, unsigned int clause, GArray *to)
{
	for (guint i = first; i < end; i++) {
		struct atom atom = *atom_at(from, i);

		atom.clause = clause;
		if (!is_false(&atom))
			g_array_append_val(to, atom);
	}
}

/*
 * Appends the clauses of "@left or @right". Combines each clause of @left with each clause of
 * @right: the combined clause has the atoms of both clauses. Appends nothing if there would be more
 * than MAX_CLAUSES combined clauses.
 */
static void add_either(struct body *body, const GArray *left, const GArray *right, GArray *atoms)
{
	if (n_clauses(left) * n_clauses(right) > MAX_CLAUSES)
		return;
	for (guint l = 0; l < left->len; l = visit_clause_end(left, l)) {
		for (guint r = 0; r < right->len; r = visit_clause_end(right, r)) {
			guint before = atoms->len;
			unsigned int clause = new_clause(body);

			append_as(left, l, visit_clause_end(left, l), clause, atoms);
			append_as(right, r, visit_clause_end(right, r), clause, atoms);
			if (atoms->len == before)
				add_false(body, atoms);
			else if (atoms->len - before > MAX_ALTERNATIVES)
				g_array_set_size(atoms, before);
		}
	}
}

static bool is_param(const struct value *value)
{
	return value->kind == VALUE_PARAM && !value->field;
}

bool visit_is_comparable(const struct value *value)
{
	return is_param(value) || value->kind == VALUE_LOADED || value->kind == VALUE_GLOBAL;
}

static void add_atom(struct body *body, const struct value *value, struct decl *local, bool when,
		     GArray *atoms)
{
	struct atom atom = {
		.value = *value,
		.local = local,
		.when = when,
		.clause = new_clause(body),
	};

	/*
	 * A parameter that the function changes may no longer hold the caller's argument. So only
	 * an unchanged parameter gets an exact test.
	 */
	if (visit_is_comparable(value) &&
	    (!is_param(value) ||
	     (local && local->kind == DECL_PARAM && !visit_is_assigned(body, local))))
		atom.relation = when ? RELATION_NE : RELATION_EQ;
	if (visit_atom_is_known(&atom))
		g_array_append_val(atoms, atom);
	else
		visit_add_unknown(body, atoms);
}

void visit_set_relation(GArray *atoms, guint first, enum relation relation, int64_t number)
{
	for (guint i = first; i < atoms->len; i++) {
		struct atom *atom = &g_array_index(atoms, struct atom, i);

		if (atom->relation != RELATION_NONE)
			atom->relation = relation, atom->number = number;
	}
}

/*
 * Sets atom->local to @local in the atoms from index @first on. These atoms come from the value of
 * @local, but the condition tests @local itself. Skips undecidable atoms, and atoms whose
 * atom->local is already set. Returns false if all atoms from index @first on are undecidable.
 */
static bool name_local(GArray *atoms, guint first, struct decl *local)
{
	bool any = false;

	for (guint i = first; i < atoms->len; i++) {
		struct atom *atom = &g_array_index(atoms, struct atom, i);

		if (!visit_atom_is_known(atom))
			continue;
		any = true;
		if (!atom->local)
			atom->local = local;
	}
	return any;
}

static void local_atoms(struct body *body, struct node *node, bool truth, GArray *atoms)
{
	struct value value;
	struct local_sources found;
	guint before = atoms->len;

	visit_reaching_definitions(body, node->decl, node, &found);
	if (found.n == 1 && !found.more && found.sources[0]->value && !found.sources[0]->busy) {
		found.sources[0]->busy = true;
		visit_atoms(body, (struct node *)found.sources[0]->value, truth, atoms);
		found.sources[0]->busy = false;
		if (name_local(atoms, before, node->decl))
			return;
		g_array_set_size(atoms, before);
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
		visit_set_relation(atoms, before, RELATION_NONE, 0);
		return;
	}
	if (argument && callee->role->role == ROLE_SAME && !callee->role->is_error) {
		visit_atoms(body, argument, truth, atoms);
		return;
	}
	if (argument && callee->role->role == ROLE_EMPTY) {
		value = visit_value(body, argument);
		if (value.kind == VALUE_OBJECT)
			value.kind = VALUE_GLOBAL;
		else
			value = (struct value){ 0 };
		add_atom(body, &value, NULL, !truth, atoms);
		return;
	}
	value = visit_value(body, node);
	add_atom(body, &value, NULL, truth, atoms);
}

/* Handles "left && right" and "left || right". */
static void connected_atoms(struct body *body, struct node *node, bool truth, GArray *atoms)
{
	struct node *first = node->child, *second = first->next;
	g_autoptr(GArray) left = NULL, right = NULL;

	if (truth == (node->op == CXBinaryOperator_LAnd)) {
		visit_atoms(body, first, truth, atoms);
		visit_atoms(body, second, truth, atoms);
		return;
	}
	left = g_array_new(FALSE, FALSE, sizeof(struct atom));
	right = g_array_new(FALSE, FALSE, sizeof(struct atom));
	visit_atoms(body, first, truth, left);
	visit_atoms(body, second, truth, right);
	add_either(body, left, right, atoms);
}

/*
 * Handles one operand of "a ? b : c". The value of "a ? b : c" has the truth value @truth.
 * @condition is a. @branch is b if @when is true, and c if @when is false. If a has the truth value
 * @when, the value of "a ? b : c" is the value of @branch, so @branch has the truth value @truth.
 * Appends the clauses of "a does not have the truth value @when, or @branch has the truth value
 * @truth".
 */
static void implied_atoms(struct body *body, struct node *condition, bool when, struct node *branch,
			  bool truth, GArray *atoms)
{
	g_autoptr(GArray) left = g_array_new(FALSE, FALSE, sizeof(struct atom));
	g_autoptr(GArray) right = g_array_new(FALSE, FALSE, sizeof(struct atom));

	visit_atoms(body, condition, !when, left);
	visit_atoms(body, branch, truth, right);
	add_either(body, left, right, atoms);
}

/*
 * Handles a condition of the form "@local = value". The caller has added the atoms of the value, at
 * index @first and after. The condition tests @local, which now has this value. So sets atom->local
 * of these atoms to @local. An undecidable atom gets @local, too. The atom is then no longer
 * undecidable, because the visitor knows that the condition tests @local. An atom that add_false()
 * has added does not get @local, because is_false() recognises only atoms without atom->local.
 */
static void name_assigned(GArray *atoms, guint first, struct decl *local)
{
	for (guint i = first; i < atoms->len; i++) {
		struct atom *atom = &g_array_index(atoms, struct atom, i);

		if (!is_false(atom))
			atom->local = local;
	}
}

static void binary_atoms(struct body *body, struct node *node, bool truth, GArray *atoms)
{
	switch (node->op) {
	case CXBinaryOperator_LAnd:
	case CXBinaryOperator_LOr:
		connected_atoms(body, node, truth, atoms);
		break;
	case CXBinaryOperator_Comma:
		visit_atoms(body, node->child->next, truth, atoms);
		break;
	case CXBinaryOperator_Assign: {
		struct node *left = visit_strip(node->child);
		guint before = atoms->len;

		visit_atoms(body, node->child->next, truth, atoms);
		if (left->kind == CXCursor_DeclRefExpr)
			name_assigned(atoms, before, left->decl);
		break;
	}
	case CXBinaryOperator_EQ:
	case CXBinaryOperator_NE:
	case CXBinaryOperator_LT:
	case CXBinaryOperator_LE:
	case CXBinaryOperator_GT:
	case CXBinaryOperator_GE:
		visit_compare_atoms(body, node, truth, atoms);
		break;
	case CXBinaryOperator_And:
		visit_mask_atoms(body, node, truth, atoms);
		break;
	default:
		visit_add_unknown(body, atoms);
		break;
	}
}

/*
 * Returns true if @node is a constant expression, else false. If @node is a constant with the truth
 * value @truth, adds no clause. If @node is a constant with the opposite truth value, adds a clause
 * that is always false.
 */
static bool constant_atoms(struct body *body, const struct node *node, bool truth, GArray *atoms)
{
	int64_t number;

	if (node->deep || !visit_number(node, &number))
		return false;
	if (truth != (number != 0))
		add_false(body, atoms);
	return true;
}

void visit_atoms(struct body *body, struct node *condition, bool truth, GArray *atoms)
{
	struct node *node = visit_strip(condition);
	struct value value;

	if (constant_atoms(body, node, truth, atoms))
		return;

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
	case CXCursor_ConditionalOperator:
		implied_atoms(body, node->child, true, node->child->next, truth, atoms);
		implied_atoms(body, node->child, false, node->child->next->next, truth, atoms);
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
