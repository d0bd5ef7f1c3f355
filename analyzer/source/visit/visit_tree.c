// SPDX-License-Identifier: GPL-2.0-only
/*
 * Builds the visitor's tree of a body. Leaves out code that is not evaluated: operands of sizeof
 * and typeof, types, and the controlling expression of a _Generic.
 */
#include "analyzer/source/visit/visit_body_internal.h"

#include <string.h>

/*
 * Maximum number of nested nodes. Real code has far fewer. The stack of a worker process has room
 * for more.
 */
#define MAX_DEPTH 20000

#define BLOCK_SIZE (1u << 18)
#define BUDGET	   50000 /* initial value of body.budget */

void *visit_alloc(struct visitor *v, size_t size)
{
	char *block;

	size = (size + 15) & ~(size_t)15;
	if (v->arena->len <= v->arena_block) {
		g_ptr_array_add(v->arena, g_malloc(BLOCK_SIZE));
	} else if (v->arena_used + size > BLOCK_SIZE) {
		v->arena_block++;
		v->arena_used = 0;
		return visit_alloc(v, size);
	}
	block = g_ptr_array_index(v->arena, v->arena_block);
	v->arena_used += size;
	return memset(block + v->arena_used - size, 0, size);
}

struct builder {
	struct body *body;
	struct node *top; /* the innermost node that has been entered but not left */
	unsigned int depth;
	bool too_deep;
};

static struct node *add_node(struct builder *b, CXCursor cursor)
{
	struct node *node = visit_alloc(b->body->v, sizeof(*node));
	struct node *parent = b->top;

	node->cursor = cursor;
	node->kind = (unsigned short)cursor.kind;
	node->index = node->end = b->body->n_nodes++;
	node->parent = parent;
	if (!parent) {
		b->body->root = node;
	} else if (!parent->child) {
		parent->child = node;
		parent->last_child = node;
	} else {
		parent->last_child->next = node;
		parent->last_child = node;
	}
	b->top = node;
	b->depth++;
	return node;
}

static void leave(struct builder *b)
{
	struct node *node = b->top;

	b->top = node->parent;
	b->depth--;
	if (b->top) {
		b->top->end = node->end;
		b->top->deep |= node->deep;
	}
}

static bool is_same_cursor(const CXCursor *a, const CXCursor *b)
{
	return a->kind == b->kind && a->data[1] == b->data[1] && a->data[0] == b->data[0];
}

static void refer(struct builder *b, struct node *node)
{
	CXCursor target = clang_getCursorReferenced(node->cursor);

	if (clang_Cursor_isNull(target))
		return;
	node->decl = visit_decl(b->body->v, target);
	node->deep = node->decl->kind == DECL_GLOBAL;
}

/* Sets the members of @node. Returns true if the tree must have the nodes below @node, too. */
static bool enter(struct builder *b, struct node *node)
{
	switch (node->kind) {
	case CXCursor_DeclRefExpr:
		refer(b, node);
		return false;
	case CXCursor_MemberRefExpr:
		refer(b, node);
		return true;
	case CXCursor_MemberRef:
		refer(b, node);
		return false;
	case CXCursor_VarDecl:
		node->decl = visit_decl(b->body->v, node->cursor);
		return true;
	case CXCursor_CallExpr:
		node->deep = true;
		return true;
	case CXCursor_BinaryOperator:
	case CXCursor_CompoundAssignOperator:
		node->op = (unsigned char)clang_getCursorBinaryOperatorKind(node->cursor);
		return true;
	case CXCursor_UnaryOperator:
		node->op = (unsigned char)clang_getCursorUnaryOperatorKind(node->cursor);
		return true;
	case CXCursor_LabelStmt:
		g_ptr_array_add(b->body->labels, node);
		return true;
	case CXCursor_UnaryExpr:
	case CXCursor_IntegerLiteral:
	case CXCursor_StringLiteral:
	case CXCursor_LabelRef:
		return false;
	default:
		return true;
	}
}

/* True if @cursor, a child of the node b->top, is not evaluated. */
static bool is_left_out(struct builder *b, CXCursor cursor)
{
	struct node *parent = b->top;

	if (cursor.kind == CXCursor_LabelRef || cursor.kind == CXCursor_MemberRef)
		return false;
	if (clang_isReference(cursor.kind) || clang_isAttribute(cursor.kind))
		return true;
	if (clang_isDeclaration(cursor.kind))
		return cursor.kind != CXCursor_VarDecl;
	if (parent && parent->kind == CXCursor_VarDecl) {
		CXCursor initializer = clang_Cursor_getVarDeclInitializer(parent->cursor);

		return cursor.data[1] != initializer.data[1];
	}
	if (parent && parent->kind == CXCursor_GenericSelectionExpr && !parent->op) {
		parent->op = 1;
		return true;
	}
	return false;
}

static enum CXChildVisitResult build(CXCursor cursor, CXCursor parent, CXClientData data)
{
	struct builder *b = data;
	struct node *node;

	while (b->top->parent && !is_same_cursor(&b->top->cursor, &parent))
		leave(b);
	/*
	 * libclang visits a constant expression twice: the cursor has an equal cursor as child. The
	 * tree has only one node for both cursors.
	 */
	if (is_same_cursor(&b->top->cursor, &cursor))
		return CXChildVisit_Recurse;
	if (is_left_out(b, cursor))
		return CXChildVisit_Continue;
	if (b->depth > MAX_DEPTH) {
		if (!b->too_deep)
			visit_problem(b->body->v, cursor, "nested too deep to be read");
		b->too_deep = true;
		return CXChildVisit_Continue;
	}
	node = add_node(b, cursor);
	return enter(b, node) ? CXChildVisit_Recurse : CXChildVisit_Continue;
}

/*
 * @node is an unexposed expression of libclang: an implicit conversion, or an expression that has
 * no cursor kind in libclang. prune_unexposed() removes the operands that must not be in the tree:
 * - All operands of a constant: __builtin_types_compatible_p() or __builtin_choose_expr().
 * - The second a of "a ?: b", because libclang visits a twice.
 * A designated initialiser, such as ".a.b = v", is an unexposed expression too, but keeps all its
 * operands. The first operand of a designated initialiser is a member, here a.
 */
static void prune_unexposed(struct node *node)
{
	struct node *first = node->child, *last;
	int64_t number;

	if (!first || first->kind == CXCursor_MemberRef)
		return;
	if (!first->next && clang_getCursorLocation(node->cursor).int_data ==
				    clang_getCursorLocation(first->cursor).int_data)
		return;
	if (first->next && first->cursor.data[1] == first->next->cursor.data[1]) {
		last = visit_last_child(node);
		first->next = last;
		return;
	}
	if (clang_getCursorType(node->cursor).kind != CXType_Void && visit_number(node, &number))
		node->child = NULL;
}

static const struct branch *new_branch(struct body *body, const struct node *from,
				       const struct node *to)
{
	struct branch *branch = visit_alloc(body->v, sizeof(*branch));

	branch->from = from->index;
	branch->to = to->end;
	return branch;
}

static bool is_case(const struct node *node)
{
	return node->kind == CXCursor_CaseStmt || node->kind == CXCursor_DefaultStmt;
}

/* True if @child may be skipped while @parent is executed. */
static bool starts_branch(const struct node *parent, const struct node *child)
{
	switch (parent->kind) {
	case CXCursor_IfStmt:
	case CXCursor_ConditionalOperator:
		return child != parent->child;
	case CXCursor_WhileStmt:
		return !child->next;
	case CXCursor_ForStmt: /* true for the last two children: the increment and the body */
		return !child->next || (child != parent->child && !child->next->next);
	case CXCursor_BinaryOperator:
		return (parent->op == CXBinaryOperator_LAnd ||
			parent->op == CXBinaryOperator_LOr) &&
		       child != parent->child;
	default:
		return false;
	}
}

static void prune(struct body *body, struct node *node, const struct branch *branch);

/*
 * Calls prune() for each child of @block, the block of a switch. A case label and the statements up
 * to the next case label form a branch.
 */
static void prune_cases(struct body *body, struct node *block)
{
	const struct branch *branch = new_branch(body, block, block);

	for (struct node *child = block->child; child; child = child->next) {
		struct node *last = child;

		if (is_case(child)) {
			while (last->next && !is_case(last->next))
				last = last->next;
			branch = new_branch(body, child, last);
		}
		prune(body, child, branch);
	}
}

/*
 * Keeps only the expression that the _Generic @node selects, because the other expressions are not
 * evaluated. Finds the selected expression by its type, which is the type of @node. Keeps all
 * expressions unless exactly one expression has this type.
 */
static void prune_generic(struct node *node)
{
	CXType type = clang_getCanonicalType(clang_getCursorType(node->cursor));
	struct node *found = NULL;

	for (struct node *child = node->child; child; child = child->next) {
		CXType child_type = clang_getCanonicalType(clang_getCursorType(child->cursor));

		if (!clang_equalTypes(type, child_type))
			continue;
		if (found)
			return;
		found = child;
	}
	if (!found)
		return;
	node->child = found;
	found->next = NULL;
	node->kind = CXCursor_ParenExpr;
}

/* False if an operand of @node is missing, because libclang could not parse the operand. */
static bool is_whole(const struct node *node)
{
	switch (node->kind) {
	case CXCursor_BinaryOperator:
	case CXCursor_CompoundAssignOperator:
		return visit_n_children(node) == 2;
	case CXCursor_ConditionalOperator:
		return visit_n_children(node) == 3;
	case CXCursor_IfStmt:
		return visit_n_children(node) >= 2;
	default:
		return true;
	}
}

static void prune(struct body *body, struct node *node, const struct branch *branch)
{
	node->branch = branch;
	if (!is_whole(node))
		node->kind = CXCursor_UnexposedStmt;
	switch (node->kind) {
	case CXCursor_CStyleCastExpr:
	case CXCursor_CompoundLiteralExpr:
		node->child = visit_last_child(node);
		break;
	case CXCursor_UnexposedExpr:
		prune_unexposed(node);
		break;
	case CXCursor_GenericSelectionExpr:
		prune_generic(node);
		break;
	case CXCursor_CompoundStmt:
		if (node->parent && node->parent->kind == CXCursor_SwitchStmt) {
			prune_cases(body, node);
			return;
		}
		break;
	default:
		break;
	}
	for (struct node *child = node->child; child; child = child->next)
		prune(body, child,
		      starts_branch(node, child) ? new_branch(body, child, child) : branch);
}

bool visit_tree(struct body *body, CXCursor cursor)
{
	struct builder b = { .body = body };

	body->v->arena_block = 0;
	body->v->arena_used = 0;
	body->v->tree_id++;
	body->n_nodes = 0;
	body->budget = BUDGET;
	body->labels = body->v->labels;
	g_ptr_array_set_size(body->labels, 0);
	add_node(&b, cursor);
	if (enter(&b, body->root))
		clang_visitChildren(cursor, build, &b);
	while (b.top)
		leave(&b);
	prune(body, body->root, NULL);
	return true;
}

unsigned int visit_line(struct body *body, struct node *node)
{
	(void)body;
	if (!node->line)
		clang_getExpansionLocation(clang_getCursorLocation(node->cursor), NULL, &node->line,
					   NULL, NULL);
	return node->line;
}

unsigned int visit_end_line(struct body *body, struct node *node)
{
	CXSourceLocation end = clang_getRangeEnd(clang_getCursorExtent(node->cursor));
	unsigned int line;

	(void)body;
	clang_getExpansionLocation(end, NULL, &line, NULL, NULL);
	return line;
}

struct node *visit_last_child(const struct node *node)
{
	struct node *child = node->child;

	while (child && child->next)
		child = child->next;
	return child;
}

unsigned int visit_n_children(const struct node *node)
{
	unsigned int n = 0;

	for (const struct node *child = node->child; child; child = child->next)
		n++;
	return n;
}

struct node *visit_statement_value(const struct node *node)
{
	return node->child ? visit_last_child(node->child) : NULL;
}

struct node *visit_strip(struct node *node)
{
	for (;;) {
		struct node *below = NULL;

		switch (node->kind) {
		case CXCursor_ParenExpr:
		case CXCursor_CStyleCastExpr:
			below = node->child;
			break;
		case CXCursor_UnexposedExpr:
			below = node->child && !node->child->next ? node->child : NULL;
			break;
		case CXCursor_UnaryOperator:
			below = node->op == CXUnaryOperator_Extension ? node->child : NULL;
			break;
		case CXCursor_StmtExpr:
			below = visit_statement_value(node);
			break;
		default:
			break;
		}
		if (!below)
			return node;
		node = below;
	}
}

bool visit_contains(const struct node *outer, const struct node *inner)
{
	return outer->index <= inner->index && inner->index <= outer->end;
}
