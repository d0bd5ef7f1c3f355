// SPDX-License-Identifier: GPL-2.0-only
/*
 * Reports lines that are reached only if a condition is true. visit_atoms() has converted the
 * condition into clauses. A clause consists of one or more atoms, of which at least one holds. An
 * atom says that a value is zero or nonzero. If the visitor does not know where the value comes
 * from, the atom is undecidable.
 */
#include "analyzer/source/visit/visit_body_internal.h"

static const struct atom *atom_at(const GArray *atoms, guint i)
{
	return &g_array_index(atoms, struct atom, i);
}

static bool is_reported(const struct atom *atom)
{
	return atom->value.kind == VALUE_GLOBAL || atom->value.kind == VALUE_RESULT ||
	       atom->value.kind == VALUE_LOADED || atom->value.kind == VALUE_PARAM;
}

/*
 * Reports @atom as a guard of the lines of @region. @alternatives: the value of
 * guard_fact.alternatives. @is_exact: also report the exact test of @atom, such as "x > 3".
 */
static void report_atom(struct body *body, const struct region *region, const struct atom *atom,
			unsigned int alternatives, bool is_exact)
{
	struct fact fact = {
		.kind = FACT_GUARD,
		.guard = {
			.line = region->line,
			.from = region->from,
			.to = region->to,
			.atom = atom->value,
			.when = atom->when,
			.exit = (enum guard_exit)region->exit,
			.alternatives = alternatives,
		},
	};

	if (is_exact)
		fact.guard.test = (struct test){ atom->relation, atom->number };
	if (is_exact && atom->object.kind == VALUE_OBJECT)
		fact.guard.object = (struct variable){ atom->object.name, atom->object.file,
						       atom->object.field };
	if (is_reported(atom))
		emit_once(body, &fact);
}

/*
 * Reports the clause that consists of the atoms @first to @end - 1. If one of these atoms is
 * undecidable, the clause may hold although all other atoms are false. Then the exact tests of the
 * atoms are not reported.
 */
static void report_clause(struct body *body, const struct region *region, const GArray *atoms,
			  guint first, guint end)
{
	unsigned int alternatives = end - first > 1 ? ++body->n_alternatives : 0;
	bool is_exact = true;

	for (guint i = first; i < end; i++)
		is_exact &= visit_atom_is_known(atom_at(atoms, i));
	for (guint i = first; i < end; i++)
		report_atom(body, region, atom_at(atoms, i), alternatives, is_exact);
}

void visit_report(struct body *body, const struct region *region, const GArray *atoms)
{
	if (region->from > region->to)
		return;
	for (guint i = 0; i < atoms->len;) {
		guint end = visit_clause_end(atoms, i);

		report_clause(body, region, atoms, i, end);
		i = end;
	}
}

/* True if one of the clauses in @atoms consists of a single atom, and this atom is decidable. */
static bool has_single_test(const GArray *atoms)
{
	for (guint i = 0; i < atoms->len;) {
		guint end = visit_clause_end(atoms, i);

		if (end - i == 1 && visit_atom_is_known(atom_at(atoms, i)))
			return true;
		i = end;
	}
	return false;
}

void visit_branch_lines(struct body *body, struct node *branch, struct region *region)
{
	struct node *first = branch;

	if (branch->kind == CXCursor_CompoundStmt && branch->child)
		first = branch->child;
	region->from = visit_line(body, first);
	region->to = visit_end_line(body, branch);
}

/*
 * Sets @region->from to the line after @node. Sets @region->to to the last line of the innermost
 * block around @node. Skips the block of a do { } while (0) and of a statement expression, because
 * these blocks usually come from a macro.
 */
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

/*
 * @region has the lines after an if, and a branch of the if ends with a goto to @label. The lines
 * from @label on run also after the goto, so they do not depend on the condition. Ends @region
 * before @label. If @label is NULL, or not in @region, does nothing.
 */
static void stop_at_label(struct body *body, struct node *label, struct region *region)
{
	unsigned int line = label ? visit_line(body, label) : 0;

	if (line > region->from && line <= region->to)
		region->to = line - 1;
}

/*
 * True if @branch assigns an error number, as in "else err = -EIO;". The code after @branch can
 * then handle this error.
 */
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
	unsigned int then_exit = visit_exit(body, then, holds);
	unsigned int else_exit = otherwise ? visit_exit(body, otherwise, fails) : EXIT_NONE;

	/*
	 * If a single test decides to return an error, as in "if (!a) return -EBUSY;", the branch
	 * only handles the error and is not reported as guarded. In "if (a && b) return -EBUSY;", a
	 * single test does not decide, and the branch is reported.
	 */
	if (then->deep && (!leaves_with_error(then_exit) || !has_single_test(fails))) {
		visit_branch_lines(body, then, &region);
		if (else_exit != EXIT_NONE)
			region.exit = else_exit;
		else
			region.exit = otherwise && sets_error(otherwise) ? GUARD_ERROR : GUARD_SKIP;
		visit_report(body, &region, holds);
	}
	if (then_exit != EXIT_NONE) {
		rest_lines(body, node, &region);
		if (!leaves_with_error(then_exit))
			stop_at_label(body, visit_goto_label(body, then), &region);
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

/*
 * Reports that @operand is evaluated only if @condition has the value @truth. @exit: what happens
 * if @condition has the other value. Overwrites @atoms.
 */
static void guard_operand(struct body *body, struct node *condition, bool truth,
			  struct node *operand, enum guard_exit exit, GArray *atoms)
{
	struct region region = { .line = visit_line(body, condition), .exit = exit };

	if (!operand->deep && operand->kind != CXCursor_UnexposedExpr)
		return;
	g_array_set_size(atoms, 0);
	visit_atoms(body, condition, truth, atoms);
	if (!atoms->len)
		return;
	visit_branch_lines(body, operand, &region);
	visit_report(body, &region, atoms);
}

/*
 * @init is the first clause of a for statement, such as "i = 0". Returns the variable that the
 * first assignment in @init sets, and sets *@value to the assigned expression. Returns NULL if
 * @init has another form.
 */
static struct decl *loop_variable(struct node *init, struct node **value)
{
	while (init && init->kind == CXCursor_BinaryOperator && init->op == CXBinaryOperator_Comma)
		init = visit_strip(init->child);
	if (init && init->kind == CXCursor_DeclStmt)
		init = init->child;
	if (!init || !init->child)
		return NULL;
	if (init->kind == CXCursor_VarDecl) {
		*value = init->child;
		return init->decl;
	}
	if (init->kind != CXCursor_BinaryOperator || init->op != CXBinaryOperator_Assign)
		return NULL;
	*value = init->child->next;
	init = visit_strip(init->child);
	return init->kind == CXCursor_DeclRefExpr ? init->decl : NULL;
}

static bool mentions(const struct node *node, const struct decl *decl)
{
	if (node->kind == CXCursor_DeclRefExpr && node->decl == decl)
		return true;
	for (const struct node *child = node->child; child; child = child->next)
		if (mentions(child, decl))
			return true;
	return false;
}

/*
 * Reports the guard of a loop over a container: "for (pos = head->next; test of pos; ...)". The
 * body of the loop runs only if the container is not empty. In an empty container, head->next is a
 * null pointer, or the address of the container itself. For both kinds of container, the reported
 * guard says that head->next is not 0. The exit of the guard is GUARD_LOOP.
 */
static void guard_for(struct body *body, struct node *node)
{
	struct node *value = NULL;
	struct decl *decl = loop_variable(visit_strip(node->child), &value);
	struct region region = { .line = visit_line(body, node), .exit = GUARD_LOOP };
	struct atom atom = { .when = true, .relation = RELATION_NE };
	g_autoptr(GArray) atoms = NULL;

	if (!decl || decl->kind != DECL_LOCAL || !decl->is_pointer || decl->arrays ||
	    !mentions(node->child->next, decl))
		return;
	atom.value = visit_value(body, value);
	if (atom.value.kind != VALUE_GLOBAL && atom.value.kind != VALUE_LOADED)
		return;
	atoms = g_array_new(FALSE, FALSE, sizeof(struct atom));
	g_array_append_val(atoms, atom);
	visit_branch_lines(body, visit_last_child(node), &region);
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
		guard_operand(body, condition, true, condition->next, GUARD_SKIP, holds);
		guard_operand(body, condition, false, condition->next->next, GUARD_SKIP, holds);
		break;
	case CXCursor_ForStmt:
		guard_for(body, node);
		break;
	case CXCursor_WhileStmt:
		guard_operand(body, condition, true, condition->next, GUARD_LOOP, holds);
		break;
	default:
		guard_operand(body, condition, node->op == CXBinaryOperator_LAnd, condition->next,
			      GUARD_SKIP, holds);
		break;
	}
}
