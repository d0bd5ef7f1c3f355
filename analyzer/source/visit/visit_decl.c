// SPDX-License-Identifier: GPL-2.0-only
/* Describes declarations as struct decl. Each declaration is described once. */
#include "analyzer/source/visit/visit_body_internal.h"

#include <limits.h>
#include <string.h>

const char *visit_intern(struct visitor *v, const char *text)
{
	return g_string_chunk_insert_const(v->names, text);
}

static const char *spelling_of(struct visitor *v, CXCursor cursor)
{
	CXString spelling = clang_getCursorSpelling(cursor);
	const char *name = visit_intern(v, clang_getCString(spelling));

	clang_disposeString(spelling);
	return name;
}

static bool is_record(enum CXCursorKind kind)
{
	return kind == CXCursor_StructDecl || kind == CXCursor_UnionDecl;
}

const char *visit_record_name(struct visitor *v, CXCursor record)
{
	const char *name;

	if (!is_record(record.kind))
		return NULL;
	name = g_hash_table_lookup(v->records, record.data[0]);
	if (name)
		return *name ? name : NULL;
	if (clang_Cursor_isAnonymous(record))
		name = visit_record_name(v, clang_getCursorSemanticParent(record));
	else
		name = spelling_of(v, record);
	g_hash_table_insert(v->records, (gpointer)record.data[0], (gpointer)(name ? name : ""));
	return name;
}

static void describe_type(struct decl *decl)
{
	CXType type = clang_getCanonicalType(clang_getCursorType(decl->cursor));

	while (type.kind == CXType_ConstantArray || type.kind == CXType_IncompleteArray ||
	       type.kind == CXType_VariableArray) {
		type = clang_getCanonicalType(clang_getArrayElementType(type));
		decl->arrays++;
	}
	decl->is_pointer = type.kind == CXType_Pointer;
	decl->is_record = type.kind == CXType_Record;
	decl->is_const = clang_isConstQualifiedType(type);
}

static const char *definition_file(struct visitor *v, CXCursor cursor)
{
	CXCursor definition = clang_getCursorDefinition(cursor);

	if (clang_Cursor_isNull(definition))
		definition = cursor;
	return visit_place(v, clang_getCursorLocation(definition)).file;
}

static void describe_function(struct visitor *v, struct decl *decl)
{
	decl->kind = DECL_FUNCTION;
	decl->noreturn = -1;
	decl->name = spelling_of(v, decl->cursor);
	decl->role = visit_role(decl->name);
	decl->n_fixed = clang_Cursor_isVariadic(decl->cursor)
				? clang_Cursor_getNumArguments(decl->cursor)
				: INT_MAX;
	decl->is_static = clang_getCursorLinkage(decl->cursor) == CXLinkage_Internal;
	if (decl->is_static)
		decl->file = definition_file(v, decl->cursor);
}

/*
 * True if @name is the name of a variable that the compiler or a macro such as EXPORT_SYMBOL()
 * defines. The visitor ignores these variables.
 */
static bool is_artefact(const char *name)
{
	return g_str_has_prefix(name, "__UNIQUE_ID") || g_str_has_prefix(name, "__ksymtab") ||
	       g_str_has_prefix(name, "__func__") || g_str_has_prefix(name, "__FUNCTION__") ||
	       g_str_has_prefix(name, "__initcall_") || g_str_has_prefix(name, "__addressable_");
}

static void describe_variable(struct visitor *v, struct decl *decl)
{
	enum CXLinkageKind linkage = clang_getCursorLinkage(decl->cursor);
	CXCursor parent = clang_getCursorSemanticParent(decl->cursor);

	decl->name = spelling_of(v, decl->cursor);
	if (linkage == CXLinkage_External || linkage == CXLinkage_UniqueExternal) {
		decl->kind = DECL_GLOBAL;
	} else if (linkage == CXLinkage_Internal ||
		   clang_Cursor_getStorageClass(decl->cursor) == CX_SC_Static) {
		decl->kind = DECL_GLOBAL;
		decl->is_static = true;
		decl->file = definition_file(v, decl->cursor);
	} else {
		decl->kind = DECL_LOCAL;
	}
	describe_type(decl);
	if (decl->kind == DECL_GLOBAL && is_artefact(decl->name))
		decl->name = NULL;
	if (decl->name && decl->is_static && parent.kind == CXCursor_FunctionDecl) {
		g_autofree char *name =
			g_strdup_printf("%s.%s", spelling_of(v, parent), decl->name);

		decl->name = visit_intern(v, name);
	}
}

static void describe_field(struct visitor *v, struct decl *decl)
{
	const char *record = visit_record_name(v, clang_getCursorSemanticParent(decl->cursor));
	const char *name = spelling_of(v, decl->cursor);
	g_autofree char *full = NULL;

	decl->kind = DECL_FIELD;
	describe_type(decl);
	if (!*name)
		return;
	full = g_strdup_printf("%s.%s", record ? record : "", name);
	decl->name = visit_intern(v, full);
}

static struct decl *decl_new(struct visitor *v, CXCursor cursor)
{
	struct decl *decl = g_new0(struct decl, 1);

	decl->cursor = cursor;
	switch (cursor.kind) {
	case CXCursor_FunctionDecl:
		describe_function(v, decl);
		break;
	case CXCursor_VarDecl:
		describe_variable(v, decl);
		break;
	case CXCursor_ParmDecl:
		decl->kind = DECL_PARAM;
		decl->number = -1;
		describe_type(decl);
		break;
	case CXCursor_FieldDecl:
		describe_field(v, decl);
		break;
	case CXCursor_EnumConstantDecl:
		decl->kind = DECL_ENUM;
		decl->number = clang_getEnumConstantDeclValue(cursor);
		break;
	default:
		break;
	}
	return decl;
}

struct decl *visit_decl(struct visitor *v, CXCursor cursor)
{
	struct decl *decl = g_hash_table_lookup(v->decls, cursor.data[0]);

	if (!decl) {
		decl = decl_new(v, cursor);
		g_hash_table_insert(v->decls, (gpointer)cursor.data[0], decl);
	}
	return decl;
}

bool visit_noreturn(struct decl *function)
{
	CXString type;

	if (function->noreturn < 0) {
		type = clang_getTypeSpelling(clang_getCursorType(function->cursor));
		function->noreturn = strcmp(function->name, "__builtin_unreachable") == 0 ||
				     strcmp(function->name, "__builtin_trap") == 0 ||
				     strstr(clang_getCString(type), "noreturn") != NULL;
		clang_disposeString(type);
	}
	return function->noreturn;
}

char *visit_declaration_text(CXCursor cursor)
{
	CXPrintingPolicy policy = clang_getCursorPrintingPolicy(cursor);
	CXString text;
	char *copy;

	clang_PrintingPolicy_setProperty(policy, CXPrintingPolicy_TerseOutput, 1);
	clang_PrintingPolicy_setProperty(policy, CXPrintingPolicy_SuppressInitializers, 1);
	text = clang_getCursorPrettyPrinted(cursor, policy);
	copy = g_strdup(clang_getCString(text));
	clang_disposeString(text);
	clang_PrintingPolicy_dispose(policy);
	return copy;
}
