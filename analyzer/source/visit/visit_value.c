// SPDX-License-Identifier: GPL-2.0-only
/* Finds out where the value of an expression comes from. */
#include "analyzer/source/visit/visit_body_internal.h"

#include <string.h>

static const struct value unknown;
static const struct value self = { .kind = VALUE_SELF };

static struct value number_value(int64_t number)
{
	return (struct value){ .kind = VALUE_NUMBER, .number = number };
}

bool visit_number(const struct node *node, int64_t *number)
{
	CXEvalResult result = clang_Cursor_Evaluate(node->cursor);
	bool ok = result && clang_EvalResult_getKind(result) == CXEval_Int;

	if (ok)
		*number = clang_EvalResult_isUnsignedInt(result)
				  ? (int64_t)clang_EvalResult_getAsUnsigned(result)
				  : clang_EvalResult_getAsLongLong(result);
	if (result)
		clang_EvalResult_dispose(result);
	return ok;
}

static struct value evaluate(const struct node *node)
{
	int64_t number;

	return visit_number(node, &number) ? number_value(number) : unknown;
}

bool visit_value_equal(const struct value *a, const struct value *b)
{
	return a->kind == b->kind && a->number == b->number && a->name == b->name &&
	       a->file == b->file && a->field == b->field && a->text == b->text;
}

/* Ignores 0 and null pointers: many variables are 0 until the code gives them a value. */
struct value visit_join(struct value a, struct value b)
{
	if (a.kind == VALUE_SELF || visit_value_equal(&a, &b))
		return b;
	if (b.kind == VALUE_SELF)
		return a;
	if (a.kind == VALUE_NUMBER && a.number == 0)
		return b;
	if (b.kind == VALUE_NUMBER && b.number == 0)
		return a;
	return unknown;
}

bool visit_is_arrow(const struct node *member)
{
	const struct node *base = member->child;

	while (base && base->kind == CXCursor_ParenExpr)
		base = base->child;
	if (!base)
		return true;
	switch (base->kind) {
	case CXCursor_UnexposedExpr:
		return true;
	case CXCursor_DeclRefExpr:
	case CXCursor_MemberRefExpr:
	case CXCursor_ArraySubscriptExpr:
	case CXCursor_CompoundLiteralExpr:
		return false;
	case CXCursor_UnaryOperator:
		if (base->op == CXUnaryOperator_Deref)
			return false;
		break;
	default:
		break;
	}
	return clang_getCanonicalType(clang_getCursorType(base->cursor)).kind == CXType_Pointer;
}

bool visit_lvalue_is_array(const struct lvalue *lvalue)
{
	return lvalue->last && lvalue->last->arrays > lvalue->subscripts;
}

/* Returns the object that @pointer points to. */
static struct lvalue dereference(struct body *body, struct value pointer)
{
	struct lvalue lvalue = { .root = LVALUE_POINTER, .pointer = pointer };

	if (pointer.kind == VALUE_OBJECT) {
		lvalue.root = LVALUE_GLOBAL;
		lvalue.field = pointer.field;
		lvalue.is_const = g_hash_table_contains(body->v->constants, pointer.name);
	} else if (pointer.kind == VALUE_PARAM) {
		lvalue.field = pointer.field;
	}
	return lvalue;
}

static struct lvalue variable_lvalue(struct body *body, struct node *node)
{
	const struct decl *decl = node->decl;
	struct lvalue lvalue = { .last = decl };

	if (!decl)
		return lvalue;
	if (decl->kind == DECL_GLOBAL && decl->name) {
		lvalue.root = LVALUE_GLOBAL;
		lvalue.pointer = (struct value){
			.kind = VALUE_OBJECT,
			.name = decl->name,
			.file = decl->file,
		};
		lvalue.is_const = decl->is_const;
		if (decl->is_const)
			g_hash_table_add(body->v->constants, (gpointer)decl->name);
	} else if (decl->kind == DECL_LOCAL || decl->kind == DECL_PARAM) {
		lvalue.root = LVALUE_LOCAL;
	}
	return lvalue;
}

static bool is_lvalue_of_pointer(const struct node *node)
{
	return node->kind == CXCursor_MemberRefExpr || node->kind == CXCursor_ArraySubscriptExpr ||
	       (node->kind == CXCursor_DeclRefExpr && node->decl &&
		node->decl->kind != DECL_LOCAL && node->decl->kind != DECL_PARAM) ||
	       (node->kind == CXCursor_UnaryOperator && node->op == CXUnaryOperator_Deref);
}

/* Returns the object that the pointer @base points to. If @base is an array, returns the array. */
static struct lvalue pointed(struct body *body, struct node *base)
{
	struct lvalue lvalue = visit_lvalue(body, base);

	if (visit_lvalue_is_array(&lvalue))
		return lvalue;
	return dereference(body, is_lvalue_of_pointer(base) ? visit_content(&lvalue)
							    : visit_value(body, base));
}

static struct lvalue member_lvalue(struct body *body, struct node *node)
{
	struct lvalue lvalue = { 0 };

	if (!node->child || !node->decl)
		return lvalue;
	if (visit_is_arrow(node)) {
		struct node *base = visit_strip(node->child);

		lvalue = pointed(body, base);
	} else {
		lvalue = visit_lvalue(body, visit_strip(node->child));
	}
	if (lvalue.root == LVALUE_NONE)
		lvalue.root = LVALUE_POINTER;
	if (node->decl->name)
		lvalue.field = node->decl->name;
	lvalue.last = node->decl;
	lvalue.subscripts = 0;
	return lvalue;
}

/* Returns the name of an array element: struct value in db/facts.h describes its forms. */
static const char *index_field(struct body *body, const struct node *index)
{
	g_autofree char *text = NULL;
	struct value value;
	int64_t number;

	if (!index)
		return visit_intern(body->v, "[]");
	if (!index->deep && index->kind != CXCursor_DeclRefExpr && visit_number(index, &number)) {
		text = g_strdup_printf("[%" G_GINT64_FORMAT "]", number);
		return visit_intern(body->v, text);
	}
	value = visit_value(body, index);
	if (value.kind == VALUE_PARAM && !value.field)
		text = g_strdup_printf("[#%d]", (int)value.number);
	else if (value.kind == VALUE_LOADED && value.number >= 0 && value.field &&
		 value.field[0] != '[')
		text = g_strdup_printf("[#%d %s]", (int)value.number, value.field);
	return visit_intern(body->v, text ? text : "[]");
}

/* Returns the lvalue of @node, which is "base[index]" or "*base". For "*base", @index is NULL. */
static struct lvalue element_lvalue(struct body *body, struct node *node, const struct node *index)
{
	struct node *base = node->child ? visit_strip(node->child) : NULL;
	struct lvalue lvalue = { 0 };

	if (!base)
		return lvalue;
	lvalue = pointed(body, base);
	if (!visit_lvalue_is_array(&lvalue))
		return lvalue;
	lvalue.subscripts++;
	if (!lvalue.field && !lvalue.last->is_record)
		lvalue.field = index_field(body, index);
	return lvalue;
}

struct lvalue visit_lvalue(struct body *body, struct node *node)
{
	node = visit_strip(node);
	switch (node->kind) {
	case CXCursor_DeclRefExpr:
		return variable_lvalue(body, node);
	case CXCursor_MemberRefExpr:
		return member_lvalue(body, node);
	case CXCursor_ArraySubscriptExpr:
		return element_lvalue(body, node, node->child ? node->child->next : NULL);
	case CXCursor_UnaryOperator:
		if (node->op == CXUnaryOperator_Deref)
			return element_lvalue(body, node, NULL);
		break;
	case CXCursor_CompoundLiteralExpr:
		return (struct lvalue){ .root = LVALUE_LOCAL };
	default:
		break;
	}
	return (struct lvalue){ 0 };
}

struct value visit_address(const struct lvalue *lvalue)
{
	struct value value = lvalue->pointer;

	switch (lvalue->root) {
	case LVALUE_GLOBAL:
		value.field = lvalue->field;
		return value;
	case LVALUE_POINTER:
		if (value.kind == VALUE_PARAM) {
			value.field = lvalue->field;
			return value;
		}
		if (value.kind == VALUE_SELF || !lvalue->field)
			return value;
		return (struct value){ .kind = VALUE_MEMBER, .field = lvalue->field };
	default:
		return unknown;
	}
}

struct value visit_content(const struct lvalue *lvalue)
{
	struct value value = { .kind = VALUE_LOADED, .number = -1, .field = lvalue->field };

	if (visit_lvalue_is_array(lvalue))
		return visit_address(lvalue);
	switch (lvalue->root) {
	case LVALUE_GLOBAL:
		value = lvalue->pointer;
		value.kind = VALUE_GLOBAL;
		value.field = lvalue->field;
		return value;
	case LVALUE_POINTER:
		if (lvalue->pointer.kind == VALUE_SELF)
			return self;
		if (lvalue->pointer.kind == VALUE_PARAM || lvalue->pointer.kind == VALUE_LOADED)
			value.number = lvalue->pointer.number;
		break;
	case LVALUE_LOCAL:
		break;
	default:
		return unknown;
	}
	return value.field || value.number >= 0 ? value : unknown;
}

static struct value reference_value(struct body *body, struct node *node)
{
	struct decl *decl = node->decl;
	struct lvalue lvalue;

	switch (decl ? decl->kind : DECL_OTHER) {
	case DECL_FUNCTION:
		return (struct value){
			.kind = VALUE_FUNCTION,
			.name = decl->name,
			.file = decl->file,
		};
	case DECL_GLOBAL:
		lvalue = variable_lvalue(body, node);
		return visit_content(&lvalue);
	case DECL_LOCAL:
	case DECL_PARAM:
		return visit_local_value(body, node);
	case DECL_ENUM:
		return number_value(decl->number);
	default:
		return unknown;
	}
}

/* libclang spells a string literal as in C, with quotes and escapes. */
static struct value string_value(struct body *body, const struct node *node)
{
	CXString spelling = clang_getCursorSpelling(node->cursor);
	const char *text = clang_getCString(spelling);
	size_t len = text ? strlen(text) : 0;
	struct value value = { 0 };

	/* Keep strings that may be names. Messages are not needed. */
	if (len >= 2 && len <= 102 && text[0] == '"' && !strchr(text, '\\') &&
	    !strstr(text, ": ")) {
		g_autofree char *name = g_strndup(text + 1, len - 2);

		value.kind = VALUE_STRING;
		value.text = visit_intern(body->v, name);
	}
	clang_disposeString(spelling);
	return value;
}

static struct value unary_value(struct body *body, struct node *node)
{
	struct node *below = node->child ? visit_strip(node->child) : NULL;
	struct lvalue lvalue;

	if (!below)
		return unknown;
	switch (node->op) {
	case CXUnaryOperator_Deref:
		if (below->kind == CXCursor_DeclRefExpr && below->decl &&
		    below->decl->kind == DECL_FUNCTION)
			return reference_value(body, below);
		lvalue = visit_lvalue(body, node);
		return visit_content(&lvalue);
	case CXUnaryOperator_AddrOf:
		if (below->kind == CXCursor_DeclRefExpr && below->decl &&
		    below->decl->kind == DECL_FUNCTION)
			return reference_value(body, below);
		lvalue = visit_lvalue(body, below);
		return visit_address(&lvalue);
	case CXUnaryOperator_PreInc:
	case CXUnaryOperator_PreDec:
	case CXUnaryOperator_PostInc:
	case CXUnaryOperator_PostDec:
		return visit_value(body, below);
	default:
		return evaluate(node);
	}
}

/*
 * A pointer plus a number points into the same object. A pointer minus a number points to the
 * enclosing object, as in container_of().
 */
static struct value sum_value(struct body *body, const struct node *node)
{
	struct value value;

	if (clang_getCanonicalType(clang_getCursorType(node->cursor)).kind != CXType_Pointer)
		return evaluate(node);
	value = visit_value(body, node->child);
	if (node->op == CXBinaryOperator_Sub &&
	    (value.kind == VALUE_OBJECT || value.kind == VALUE_PARAM))
		value.field = NULL;
	if (value.kind == VALUE_NUMBER || value.kind == VALUE_STRING)
		return unknown;
	return value;
}

static struct value binary_value(struct body *body, const struct node *node)
{
	switch (node->op) {
	case CXBinaryOperator_Assign:
	case CXBinaryOperator_Comma:
		return visit_value(body, node->child->next);
	case CXBinaryOperator_Add:
	case CXBinaryOperator_Sub:
		return sum_value(body, node);
	case CXBinaryOperator_LAnd:
	case CXBinaryOperator_LOr:
		return unknown;
	default:
		return evaluate(node);
	}
}

static struct value call_value(struct body *body, const struct node *call)
{
	const struct decl *callee = visit_callee(call);
	struct node *argument;

	if (!callee)
		return unknown;
	if (callee->role) {
		argument = visit_argument(call, callee->role->argument);
		if (callee->role->role <= ROLE_ERROR && argument) {
			struct value value = visit_value(body, argument);

			/* The value of PTR_ERR(x) is known only if x is a constant error number. */
			return callee->role->is_error && value.kind != VALUE_NUMBER ? unknown
										    : value;
		}
		if (callee->role->role == ROLE_CONTENT && argument) {
			struct lvalue lvalue = dereference(body, visit_value(body, argument));

			return visit_content(&lvalue);
		}
	}
	if (g_str_has_prefix(callee->name, "__builtin_"))
		return unknown;
	return (struct value){ .kind = VALUE_RESULT, .name = callee->name, .file = callee->file };
}

struct value visit_value(struct body *body, const struct node *start)
{
	struct node *node = visit_strip((struct node *)start);
	struct lvalue lvalue;

	switch (node->kind) {
	case CXCursor_DeclRefExpr:
		return reference_value(body, node);
	case CXCursor_MemberRefExpr:
	case CXCursor_ArraySubscriptExpr:
		lvalue = visit_lvalue(body, node);
		return visit_content(&lvalue);
	case CXCursor_UnaryOperator:
		return unary_value(body, node);
	case CXCursor_BinaryOperator:
		return binary_value(body, node);
	case CXCursor_ConditionalOperator:
		return visit_join(visit_value(body, node->child->next),
				  visit_value(body, node->child->next->next));
	case CXCursor_CallExpr:
		return call_value(body, node);
	case CXCursor_StringLiteral:
		return string_value(body, node);
	case CXCursor_IntegerLiteral:
	case CXCursor_CharacterLiteral:
	case CXCursor_UnaryExpr:
		return evaluate(node);
	case CXCursor_UnexposedExpr: /* "a ?: b", or a constant builtin */
		if (node->child && node->child->next && !node->child->next->next)
			return visit_join(visit_value(body, node->child),
					  visit_value(body, node->child->next));
		return node->child ? unknown : evaluate(node);
	default:
		return unknown;
	}
}
