// SPDX-License-Identifier: GPL-2.0-only
/*
 * A function's definition and what its body does. The body is walked once, expression
 * by expression; each frame knows its parent, so that what stands above an expression
 * can be asked for when it matters.
 */
#include "analyzer/visit_private.h"

#include <string.h>

/* Far above what real code nests, and well within the workers' stack. */
#define MAX_DEPTH 20000

struct frame {
	CXCursor cursor;
	const struct frame *parent;
	unsigned int depth;
};

struct body {
	struct visitor *v;
	const char *caller;
	const char *file;
	const struct frame *at; /* whose children are being visited */
};

static void walk(struct body *body, CXCursor cursor);

static enum CXChildVisitResult walk_child(CXCursor cursor, CXCursor parent, CXClientData data)
{
	(void)parent;
	walk(data, cursor);
	return CXChildVisit_Continue;
}

static void walk_children(struct body *body, CXCursor cursor)
{
	clang_visitChildren(cursor, walk_child, body);
}

static enum CXChildVisitResult keep_last(CXCursor cursor, CXCursor parent, CXClientData data)
{
	(void)parent;
	*(CXCursor *)data = cursor;
	return CXChildVisit_Continue;
}

/* Of a cast, what is cast; what the type is made of, typeof operands too, is not evaluated. */
static void walk_last_child(struct body *body, CXCursor cursor)
{
	CXCursor last = clang_getNullCursor();

	clang_visitChildren(cursor, keep_last, &last);
	if (!clang_Cursor_isNull(last))
		walk(body, last);
}

struct skip_first {
	struct body *body;
	bool skipped;
};

static enum CXChildVisitResult walk_after_first(CXCursor cursor, CXCursor parent, CXClientData data)
{
	struct skip_first *skip = data;

	(void)parent;
	if (skip->skipped)
		walk(skip->body, cursor);
	skip->skipped = true;
	return CXChildVisit_Continue;
}

static bool is_constant(CXCursor cursor)
{
	CXEvalResult result = clang_Cursor_Evaluate(cursor);
	bool constant = result && clang_EvalResult_getKind(result) == CXEval_Int;

	if (result)
		clang_EvalResult_dispose(result);
	return constant;
}

/*
 * __builtin_types_compatible_p(typeof(f()), int) shows as a nameless expression with
 * the operands of typeof below it. Unlike an implicit conversion of a call it is a constant.
 */
static bool is_unevaluated(const struct frame *frame, const struct frame *below)
{
	enum CXTypeKind type;

	if (frame->cursor.kind != CXCursor_UnexposedExpr)
		return false;
	type = clang_getCursorType(frame->cursor).kind;
	if (type != CXType_Int && type != CXType_Bool)
		return false;
	switch (below->cursor.kind) {
	case CXCursor_BinaryOperator: /* 0 && f() is constant, too */
	case CXCursor_ConditionalOperator:
	case CXCursor_UnexposedExpr:
		return false;
	default:
		return is_constant(frame->cursor);
	}
}

static const char *static_definition_file(struct visitor *v, CXCursor function)
{
	CXCursor definition;

	if (clang_getCursorLinkage(function) != CXLinkage_Internal)
		return NULL;
	definition = clang_getCursorDefinition(function);
	if (clang_Cursor_isNull(definition))
		definition = function;
	return visit_place(v, clang_getCursorLocation(definition)).file;
}

static const struct callee *callee_of(struct visitor *v, CXCursor function)
{
	CXCursor canonical = clang_getCanonicalCursor(function);
	struct callee *callee = g_hash_table_lookup(v->callees, canonical.data[0]);
	CXString name;

	if (callee)
		return callee;
	callee = g_new0(struct callee, 1);
	name = clang_getCursorSpelling(function);
	if (!g_str_has_prefix(clang_getCString(name), "__builtin_")) {
		callee->name = g_strdup(clang_getCString(name));
		callee->file = static_definition_file(v, function);
	}
	clang_disposeString(name);
	g_hash_table_insert(v->callees, (gpointer)canonical.data[0], callee);
	return callee;
}

static void report_call(struct body *body, CXCursor call)
{
	CXCursor function = clang_getCursorReferenced(call);
	const struct callee *callee;
	struct call_fact fact;
	guintptr *key;

	if (function.kind != CXCursor_FunctionDecl)
		return;
	callee = callee_of(body->v, function);
	if (!callee->name)
		return;
	fact = (struct call_fact){
		.caller = body->caller,
		.file = body->file,
		.target = { .kind = VALUE_FUNCTION, .name = callee->name, .file = callee->file },
		.seq = g_hash_table_size(body->v->calls),
		.line = visit_place(body->v, clang_getCursorLocation(call)).line,
	};
	key = g_new(guintptr, 2);
	key[0] = (guintptr)callee;
	key[1] = fact.line;
	if (!g_hash_table_add(body->v->calls, key))
		return;
	wire_call(&body->v->function, &fact);
}

static void walk_call(struct body *body, CXCursor call)
{
	const struct frame *below = body->at, *frame;

	for (frame = below->parent; frame; frame = frame->parent) {
		if (is_unevaluated(frame, below))
			return;
		if (frame->cursor.kind != CXCursor_ParenExpr)
			below = frame;
	}
	report_call(body, call);
	walk_children(body, call);
}

static void walk_in_frame(struct body *body, CXCursor cursor)
{
	struct skip_first skip = { body, false };
	CXCursor initializer;

	switch (cursor.kind) {
	case CXCursor_UnaryExpr: /* sizeof, alignof */
		break;
	case CXCursor_VarDecl:
		initializer = clang_Cursor_getVarDeclInitializer(cursor);
		if (!clang_Cursor_isNull(initializer))
			walk(body, initializer);
		break;
	case CXCursor_CStyleCastExpr:
	case CXCursor_CompoundLiteralExpr:
		walk_last_child(body, cursor);
		break;
	case CXCursor_GenericSelectionExpr: /* what selects is not evaluated */
		clang_visitChildren(cursor, walk_after_first, &skip);
		break;
	case CXCursor_CallExpr:
		walk_call(body, cursor);
		break;
	default:
		if (!clang_isDeclaration(cursor.kind) && !clang_isReference(cursor.kind))
			walk_children(body, cursor);
		break;
	}
}

static void walk(struct body *body, CXCursor cursor)
{
	struct frame frame = { cursor, body->at, body->at ? body->at->depth + 1 : 0 };
	const struct frame *above = body->at;

	if (frame.depth > MAX_DEPTH) {
		visit_problem(body->v, cursor, "nested too deep to be read");
		return;
	}
	body->at = &frame;
	walk_in_frame(body, cursor);
	body->at = above;
}

static enum CXChildVisitResult find_body(CXCursor cursor, CXCursor parent, CXClientData data)
{
	(void)parent;
	if (cursor.kind != CXCursor_CompoundStmt)
		return CXChildVisit_Continue;
	*(CXCursor *)data = cursor;
	return CXChildVisit_Break;
}

/* Functions of included files are seen by many units; the first one to see one reports it. */
static void hand_over(struct visitor *v, const char *file)
{
	GBytes *facts;

	if (file != v->main_file && v->options->known) {
		facts = g_bytes_new(v->function.bytes->data, v->function.bytes->len);
		if (g_hash_table_contains(v->options->known, facts)) {
			g_bytes_unref(facts);
			return;
		}
		g_ptr_array_add(v->result->fresh, facts);
	}
	wire_append(&v->result->facts, &v->function);
}

void visit_function(struct visitor *v, CXCursor function)
{
	struct visit_place place = visit_place(v, clang_getCursorLocation(function));
	CXSourceLocation end = clang_getRangeEnd(clang_getCursorExtent(function));
	CXString name = clang_getCursorSpelling(function);
	struct body body = { .v = v, .caller = clang_getCString(name), .file = place.file };
	struct function_fact fact = {
		.name = body.caller,
		.file = place.file,
		.line = place.line,
		.end_line = visit_place(v, end).line,
		.is_static = clang_getCursorLinkage(function) == CXLinkage_Internal,
		.is_inline = clang_Cursor_isFunctionInlined(function),
	};
	CXCursor block = clang_getNullCursor();

	wire_reset(&v->function);
	g_hash_table_remove_all(v->calls);
	wire_function(&v->function, &fact);
	clang_visitChildren(function, find_body, &block);
	if (!clang_Cursor_isNull(block))
		walk(&body, block);
	hand_over(v, place.file);
	clang_disposeString(name);
}
