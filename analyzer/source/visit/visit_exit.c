// SPDX-License-Identifier: GPL-2.0-only
/*
 * Finds the exit of a statement. The exit is EXIT_NONE if control passes from the statement to the
 * code after the statement. Otherwise, the exit is what happens instead, as enum guard_exit.
 */
#include "analyzer/source/visit/visit_body_internal.h"

#include <string.h>

#define MAX_ERRNO    4095
#define EPROBE_DEFER 517
#define MAX_JUMPS    8 /* maximum number of gotos to follow one after the other */

static unsigned int exit_of_number(int64_t number)
{
	if ((int32_t)number == -EPROBE_DEFER)
		return GUARD_DEFER;
	return number < 0 && number >= -MAX_ERRNO ? GUARD_ERROR : GUARD_RETURN;
}

/*
 * True if @tested has a clause whose only atom tests @local (see struct atom). Then a return of
 * @local counts as the return of an error, because "if (local) return local;" usually handles an
 * error.
 */
static bool was_tested(const GArray *tested, const struct decl *local)
{
	for (guint i = 0; local && i < tested->len;) {
		guint end = visit_clause_end(tested, i);

		if (end - i == 1 && g_array_index(tested, struct atom, i).local == local)
			return true;
		i = end;
	}
	return false;
}

static unsigned int exit_of_value(struct body *body, const struct node *use, struct node *node,
				  const GArray *tested);

/*
 * Returns the exit of a statement that returns the variable or parameter @decl. The returned value
 * comes from the definitions of @decl that reach the node @use.
 */
static unsigned int exit_of_local(struct body *body, const struct decl *decl,
				  const struct node *use, const GArray *tested)
{
	struct local_sources found;
	unsigned int exit = EXIT_NONE;

	visit_reaching_definitions(body, decl, use, &found);
	if (!found.n || found.more)
		return was_tested(tested, decl) ? GUARD_ERROR : GUARD_RETURN;
	for (unsigned int i = 0; i < found.n; i++) {
		struct source *source = found.sources[i];
		unsigned int source_exit = GUARD_RETURN;

		if (source->value && !source->busy) {
			source->busy = true;
			source_exit = exit_of_value(body, source->at, (struct node *)source->value,
						    tested);
			source->busy = false;
		}
		exit = exit == EXIT_NONE || exit == source_exit ? source_exit : GUARD_RETURN;
	}
	if (exit == GUARD_RETURN && was_tested(tested, decl))
		return GUARD_ERROR;
	return exit;
}

static unsigned int exit_of_call(struct body *body, const struct node *use, struct node *call,
				 const GArray *tested)
{
	const struct decl *callee = visit_callee(call);
	struct node *argument;
	unsigned int exit;

	if (!callee || !callee->role || callee->role->role > ROLE_ERROR)
		return GUARD_RETURN;
	argument = visit_argument(call, callee->role->argument);
	if (!argument)
		return GUARD_RETURN;
	exit = exit_of_value(body, use, argument, tested);
	return callee->role->is_error && exit == GUARD_RETURN ? GUARD_ERROR : exit;
}

static unsigned int exit_of_value(struct body *body, const struct node *use, struct node *node,
				  const GArray *tested)
{
	struct value value;

	node = visit_strip(node);
	if (node->kind == CXCursor_CallExpr)
		return exit_of_call(body, use, node, tested);
	if (node->kind == CXCursor_DeclRefExpr && node->decl &&
	    (node->decl->kind == DECL_LOCAL || node->decl->kind == DECL_PARAM))
		return exit_of_local(body, node->decl, use, tested);
	if (node->kind == CXCursor_ConditionalOperator ||
	    (node->kind == CXCursor_UnexposedExpr && node->child && node->child->next)) {
		struct node *last = visit_last_child(node);
		unsigned int exit = exit_of_value(body, use, last, tested);

		if (exit != GUARD_RETURN || node->kind == CXCursor_UnexposedExpr)
			return exit;
		return exit_of_value(body, use, node->child->next, tested);
	}
	value = visit_value(body, node);
	return value.kind == VALUE_NUMBER ? exit_of_number(value.number) : GUARD_RETURN;
}

/*
 * Searches @node, and then the statements after @node in the same block. Looks into blocks and
 * labelled statements, but not into if, switch and loops. Returns the first return statement or
 * goto statement; NULL: there is none.
 */
static struct node *next_leave(struct node *node)
{
	for (; node; node = node->next) {
		struct node *inner = node;

		while (inner->kind == CXCursor_LabelStmt && inner->child)
			inner = visit_last_child(inner);
		if (inner->kind == CXCursor_ReturnStmt || inner->kind == CXCursor_GotoStmt)
			return inner;
		if (inner->kind == CXCursor_CompoundStmt) {
			inner = next_leave(inner->child);
			if (inner)
				return inner;
		}
	}
	return NULL;
}

static struct node *label_of(const struct body *body, const struct node *jump)
{
	CXCursor target;

	if (!jump->child)
		return NULL;
	target = clang_getCursorReferenced(jump->child->cursor);
	for (unsigned int i = 0; i < body->labels->len; i++) {
		struct node *label = g_ptr_array_index(body->labels, i);

		if (label->cursor.data[1] == target.data[1])
			return label;
	}
	return NULL;
}

struct node *visit_goto_label(const struct body *body, struct node *statement)
{
	struct node *last = statement;

	if (statement->kind == CXCursor_CompoundStmt)
		last = visit_last_child(statement);
	return last && last->kind == CXCursor_GotoStmt ? label_of(body, last) : NULL;
}

/*
 * Follows the goto @jump, and any goto after the label of @jump, to a return statement. Returns
 * this return statement; NULL: none was found. If @jump is a return statement, returns @jump.
 */
static struct node *return_of(const struct body *body, struct node *jump)
{
	for (unsigned int i = 0; jump && jump->kind == CXCursor_GotoStmt; i++) {
		struct node *label = label_of(body, jump);

		if (!label || i == MAX_JUMPS)
			return NULL;
		jump = next_leave(label);
	}
	return jump;
}

static unsigned int exit_of_goto(struct body *body, struct node *jump, const GArray *tested)
{
	struct node *label = label_of(body, jump);
	struct node *leave = return_of(body, jump);

	if (label && label->index < jump->index && (!leave || leave->index < jump->index))
		return GUARD_SKIP; /* a jump backwards is a loop */
	if (!leave || !leave->child)
		return GUARD_RETURN;
	return exit_of_value(body, jump, visit_strip(leave->child), tested);
}

static bool comes_from_parameter(struct body *body, const struct node *node)
{
	struct value value = visit_value(body, node);

	return value.kind == VALUE_PARAM || (value.kind == VALUE_LOADED && value.number >= 0);
}

/*
 * True if code in @node assigns a parameter of the function to a global variable, or adds an item
 * to a global list.
 */
static bool saves_argument(struct body *body, struct node *node)
{
	const struct decl *callee;
	struct lvalue lvalue;

	if (!node->deep)
		return false;
	if (node->kind == CXCursor_BinaryOperator && node->op == CXBinaryOperator_Assign) {
		lvalue = visit_lvalue(body, node->child);
		if (lvalue.root == LVALUE_GLOBAL && comes_from_parameter(body, node->child->next))
			return true;
	}
	if (node->kind == CXCursor_CallExpr) {
		callee = visit_callee(node);
		if (callee && callee->role && callee->role->role == ROLE_KEEP) {
			struct node *list = visit_argument(node, callee->role->argument);
			struct value value = { 0 };

			if (list)
				value = visit_value(body, list);
			if (value.kind == VALUE_OBJECT || value.kind == VALUE_GLOBAL)
				return true;
		}
	}
	for (struct node *child = node->child; child; child = child->next)
		if (saves_argument(body, child))
			return true;
	return false;
}

static unsigned int exit_of_last(struct body *body, struct node *node, const GArray *tested);

/*
 * Returns the exit of the block @node: the exit of the first statement that does not pass control
 * to the next statement. If all statements pass control on, returns EXIT_NONE.
 *
 * The exit of a labelled statement counts only if this statement is the last one of the block. If
 * more statements follow, a goto may reach them, so the exit of the block depends on them.
 */
static unsigned int exit_of_block(struct body *body, struct node *node, const GArray *tested)
{
	unsigned int exit = EXIT_NONE;

	for (struct node *child = node->child; child; child = child->next) {
		exit = exit_of_last(body, child, tested);
		if (exit != EXIT_NONE && child->kind != CXCursor_LabelStmt)
			break;
	}
	return exit;
}

static unsigned int exit_of_if(struct body *body, struct node *node, const GArray *tested)
{
	struct node *then = node->child->next;
	unsigned int first = exit_of_last(body, then, tested), second;

	if (first == EXIT_NONE || !then->next)
		return EXIT_NONE;
	second = exit_of_last(body, then->next, tested);
	return second == EXIT_NONE || first == second ? second : MIN(first, second);
}

static unsigned int exit_of_last(struct body *body, struct node *node, const GArray *tested)
{
	struct decl *callee;

	switch (node->kind) {
	case CXCursor_CompoundStmt:
		return exit_of_block(body, node, tested);
	case CXCursor_LabelStmt:
		return exit_of_last(body, visit_last_child(node), tested);
	case CXCursor_IfStmt:
		return exit_of_if(body, node, tested);
	case CXCursor_DoStmt:
	case CXCursor_ParenExpr:
	case CXCursor_CStyleCastExpr:
	case CXCursor_UnexposedExpr:
	case CXCursor_StmtExpr:
		return node->child ? exit_of_last(body, node->child, tested) : EXIT_NONE;
	case CXCursor_ReturnStmt:
		if (!node->child)
			return GUARD_RETURN;
		return exit_of_value(body, node, visit_strip(node->child), tested);
	case CXCursor_GotoStmt:
		return exit_of_goto(body, node, tested);
	case CXCursor_BreakStmt:
	case CXCursor_ContinueStmt:
		return GUARD_SKIP;
	case CXCursor_CallExpr:
		callee = visit_callee(node);
		return callee && visit_noreturn(callee) ? GUARD_FATAL : EXIT_NONE;
	default:
		return EXIT_NONE;
	}
}

unsigned int visit_exit(struct body *body, struct node *statement, const GArray *tested)
{
	unsigned int exit = exit_of_last(body, statement, tested);

	return exit == GUARD_RETURN && saves_argument(body, statement) ? GUARD_RECORD : exit;
}
