// SPDX-License-Identifier: GPL-2.0-only
/*
 * Finds the assignments to local variables and parameters (struct source), and computes reaching
 * definitions from the positions of the assignments. Three groups of assignments reach a use:
 * - the last assignment that always runs before the use
 * - assignments between that last assignment and the use, because they may run
 * - assignments in a loop around the use
 */
#include "analyzer/source/visit/visit_body_internal.h"

static void add_source(struct body *body, struct decl *decl, const struct node *at,
		       const struct node *value)
{
	struct source *source;

	if (!decl || (decl->kind != DECL_LOCAL && decl->kind != DECL_PARAM))
		return;
	if (decl->tree_id != body->v->tree_id) {
		decl->tree_id = body->v->tree_id;
		decl->sources = decl->last_source = NULL;
	}
	source = visit_alloc(body->v, sizeof(*source));
	source->at = at;
	source->value = value;
	if (decl->last_source)
		decl->last_source->next = source;
	else
		decl->sources = source;
	decl->last_source = source;
}

static struct decl *local_of(struct node *node)
{
	node = visit_strip(node);
	return node->kind == CXCursor_DeclRefExpr ? node->decl : NULL;
}

static void gather_unary(struct body *body, struct node *node)
{
	struct decl *decl;

	switch (node->op) {
	case CXUnaryOperator_AddrOf:
	case CXUnaryOperator_PreInc:
	case CXUnaryOperator_PreDec:
	case CXUnaryOperator_PostInc:
	case CXUnaryOperator_PostDec:
		break;
	default:
		return;
	}
	decl = node->child ? local_of(node->child) : NULL;
	/*
	 * ++ and -- are no definition of a pointer: the pointer still points into the object that
	 * it pointed into before.
	 */
	if (decl && (node->op == CXUnaryOperator_AddrOf ? !decl->is_record : !decl->is_pointer))
		add_source(body, decl, node, NULL);
}

static void gather(struct body *body, struct node *node)
{
	struct decl *decl;

	switch (node->kind) {
	case CXCursor_VarDecl:
		if (node->child)
			add_source(body, node->decl, node, node->child);
		break;
	case CXCursor_BinaryOperator:
		if (node->op == CXBinaryOperator_Assign)
			add_source(body, local_of(node->child), node, node->child->next);
		break;
	case CXCursor_CompoundAssignOperator:
		decl = local_of(node->child);
		if (decl && !decl->is_pointer)
			add_source(body, decl, node, NULL);
		break;
	case CXCursor_UnaryOperator:
		gather_unary(body, node);
		break;
	case CXCursor_GCCAsmStmt:
		for (struct node *child = node->child; child; child = child->next)
			if (child->kind == CXCursor_DeclRefExpr)
				add_source(body, child->decl, node, NULL);
		break;
	default:
		break;
	}
	for (struct node *child = node->child; child; child = child->next)
		gather(body, child);
}

void visit_gather(struct body *body)
{
	gather(body, body->root);
}

static void found_add(struct local_sources *found, struct source *source)
{
	if (found->n < G_N_ELEMENTS(found->sources))
		found->sources[found->n++] = source;
	else
		found->more = true;
}

static bool has_label_between(const struct body *body, unsigned int from, unsigned int to)
{
	for (unsigned int i = 0; i < body->labels->len; i++) {
		const struct node *label = g_ptr_array_index(body->labels, i);

		if (label->index > from && label->index <= to)
			return true;
	}
	return false;
}

static bool is_before(const struct source *source, const struct node *use)
{
	return !source->at || source->at->end < use->index;
}

/*
 * True if each path to @use runs the assignment @source first. Three conditions must hold: @source
 * stands before @use. Each branch (struct branch) around @source also contains @use. No label
 * between @source and @use lets a goto skip @source.
 */
static bool must_precede(const struct body *body, const struct source *source,
			 const struct node *use)
{
	const struct branch *branch = source->at ? source->at->branch : NULL;

	return is_before(source, use) &&
	       (!branch || (branch->from <= use->index && use->index <= branch->to)) &&
	       !has_label_between(body, source->at ? source->at->end : 0, use->index);
}

static bool is_loop(const struct node *node)
{
	return node->kind == CXCursor_ForStmt || node->kind == CXCursor_WhileStmt ||
	       node->kind == CXCursor_DoStmt;
}

bool visit_is_in_loop(const struct node *node)
{
	while (node && !is_loop(node))
		node = node->parent;
	return node;
}

/* Returns the branch of @statement, an if statement, that contains @node; NULL: no branch does. */
static struct node *branch_with(const struct node *statement, const struct node *node)
{
	struct node *then = statement->child ? statement->child->next : NULL;

	if (then && visit_contains(then, node))
		return then;
	return then && then->next && visit_contains(then->next, node) ? then->next : NULL;
}

/* True if an assignment of @decl other than @source is in @branch. */
static bool is_assigned_in(const struct decl *decl, const struct source *source,
			   const struct node *branch)
{
	for (const struct source *s = decl->sources; s; s = s->next)
		if (s != source && s->at && visit_contains(branch, s->at))
			return true;
	return false;
}

/*
 * True if control does not pass from @branch to the code after it, or if @branch assigns @decl. Then
 * the value that @decl has before the branch does not reach the code after the branch.
 */
static bool ends_or_assigns(struct body *body, const struct decl *decl, const struct source *source,
			    struct node *branch)
{
	g_autoptr(GArray) none = g_array_new(FALSE, FALSE, sizeof(struct atom));

	return is_assigned_in(decl, source, branch) || visit_exit(body, branch, none) != EXIT_NONE;
}

bool visit_may_reach(struct body *body, const struct decl *decl, const struct source *source,
		     const struct node *use)
{
	g_autoptr(GArray) none = g_array_new(FALSE, FALSE, sizeof(struct atom));

	for (const struct node *n = source->at; n; n = n->parent) {
		struct node *branch;

		if (n->kind != CXCursor_IfStmt || visit_contains(n, use))
			continue;
		branch = branch_with(n, source->at);
		if (branch && visit_exit(body, branch, none) != EXIT_NONE)
			return false;
	}
	for (const struct source *s = decl->sources; s; s = s->next) {
		const struct node *n = s->at;

		if (s == source || !n || !source->at || n->index < source->at->index)
			continue;
		for (; n; n = n->parent) {
			struct node *then = n->child ? n->child->next : NULL;

			if (n->kind != CXCursor_IfStmt || visit_contains(n, use) ||
			    visit_contains(n, source->at) || !then || !then->next)
				continue;
			if (ends_or_assigns(body, decl, source, then) &&
			    ends_or_assigns(body, decl, source, then->next))
				return false;
		}
	}
	return true;
}

/*
 * True if @source is in a part of @loop that each iteration can run. The init clause of a for
 * statement does not count, because this clause runs once.
 */
static bool is_in_iteration(const struct node *loop, const struct source *source)
{
	return source && source->at && visit_contains(loop, source->at) &&
	       !(loop->kind == CXCursor_ForStmt && visit_contains(loop->child, source->at));
}

/*
 * @last is the last assignment that always runs before @use. Returns the outermost loop around @use
 * that does not run @last in each iteration. An assignment after @use in this loop reaches @use in
 * the next iteration. NULL: all loops around @use run @last in each iteration, or there is no loop.
 * If @last is NULL, returns the outermost of all loops around @use.
 */
static const struct node *loop_around(const struct node *use, const struct source *last)
{
	const struct node *loop = NULL;

	for (const struct node *node = use->parent; node; node = node->parent)
		if (is_loop(node) && !is_in_iteration(node, last))
			loop = node;
	return loop;
}

/* Stands for the value of a parameter at the start of the function: the caller's argument. */
static struct source from_caller;

bool visit_is_assigned(const struct body *body, const struct decl *decl)
{
	return decl->tree_id == body->v->tree_id && decl->sources;
}

void visit_reaching_definitions(struct body *body, const struct decl *decl, const struct node *use,
				struct local_sources *found)
{
	struct source *last = NULL, *source;
	const struct node *loop;
	bool assigned = visit_is_assigned(body, decl);

	found->n = 0;
	found->more = false;
	for (source = assigned ? decl->sources : NULL; source; source = source->next)
		if (must_precede(body, source, use))
			last = source;
	if (!last && decl->kind == DECL_PARAM)
		found_add(found, &from_caller);
	if (!assigned)
		return;
	loop = decl->sources->next ? loop_around(use, last) : NULL;
	for (source = last ? last : decl->sources; source; source = source->next)
		if (is_before(source, use) || (loop && visit_contains(loop, source->at)))
			found_add(found, source);
}

struct value visit_local_anywhere(struct body *body, struct decl *decl)
{
	struct value value = { .kind = VALUE_SELF };

	if (decl->tree_id != body->v->tree_id)
		return (struct value){ 0 };
	if (decl->kind == DECL_PARAM)
		value = (struct value){ .kind = VALUE_PARAM, .number = decl->number };
	for (const struct source *source = decl->sources; source; source = source->next) {
		struct value next = { 0 };

		if (source->value)
			next = visit_value(body, source->value);
		value = visit_join(value, next);
		if (value.kind == VALUE_UNKNOWN)
			break;
	}
	return value;
}

/*
 * True if @value is the address of a member, such as "&q->next", and @decl is a pointer to a pointer.
 * A loop with "link = &q->next" goes through a list: link begins as the address of the list's head,
 * and then points to the link in each element. Such a value counts as a part of the list.
 */
static bool is_next_link(const struct decl *decl, const struct node *value)
{
	CXType type = clang_getCanonicalType(clang_getCursorType(decl->cursor));
	const struct node *node = value ? visit_strip((struct node *)value) : NULL;
	const struct node *member;

	if (!node || node->kind != CXCursor_UnaryOperator || node->op != CXUnaryOperator_AddrOf)
		return false;
	member = visit_strip(node->child);
	return member->kind == CXCursor_MemberRefExpr && visit_is_arrow(member) &&
	       clang_getCanonicalType(clang_getPointeeType(type)).kind == CXType_Pointer;
}

static struct value source_value(struct body *body, const struct decl *decl, struct source *source)
{
	struct value value;

	if (!source->at)
		return (struct value){ .kind = VALUE_PARAM, .number = decl->number };
	if (!source->value)
		return (struct value){ 0 };
	source->busy = true;
	body->n_busy++;
	value = visit_value(body, source->value);
	body->n_busy--;
	source->busy = false;
	return value;
}

struct value visit_local_value(struct body *body, struct node *node)
{
	struct decl *decl = node->decl;
	struct value value = { .kind = VALUE_SELF };
	struct local_sources found;

	if (decl->arrays || (decl->is_record && decl->kind == DECL_LOCAL))
		return (struct value){ 0 };
	if (node->memo && !body->n_busy)
		return *node->memo;
	if (!body->budget)
		return (struct value){ 0 };
	body->budget--;
	visit_reaching_definitions(body, decl, node, &found);
	if (!found.n || found.more)
		value = (struct value){ 0 };
	/*
	 * A source (a definition of the variable) is busy while source_value() evaluates the
	 * source. If this evaluation needs the value of a busy source, the variable changes in a
	 * loop, as in "p = p->next".
	 */
	for (unsigned int i = 0; i < found.n; i++)
		if (found.sources[i]->busy)
			return (struct value){ .kind = VALUE_SELF };
	if (node->memo)
		return *node->memo;
	for (unsigned int i = 0; i < found.n && value.kind != VALUE_UNKNOWN; i++)
		if (found.n == 1 || !is_next_link(decl, found.sources[i]->value))
			value = visit_join(value, source_value(body, decl, found.sources[i]));
	/*
	 * While any source is busy, @value may be incomplete, and must not be kept in node->memo.
	 */
	if (value.kind != VALUE_SELF && !body->n_busy) {
		node->memo = visit_alloc(body->v, sizeof(*node->memo));
		*node->memo = value;
	}
	return value;
}
