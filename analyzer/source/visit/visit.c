// SPDX-License-Identifier: GPL-2.0-only
#include "analyzer/source/visit/visit_internal.h"

#include <string.h>

#include "analyzer/source/shared/pch.h"

const char *visit_path(struct visitor *v, CXFile file)
{
	const char *path;
	CXString name;

	if (!file)
		return "";
	path = g_hash_table_lookup(v->files, file);
	if (path)
		return path;
	name = clang_getFileName(file);
	path = paths_normal(v->options->paths, clang_getCString(name));
	clang_disposeString(name);
	g_hash_table_insert(v->files, file, (gpointer)path);
	return path;
}

struct visit_place visit_place(struct visitor *v, CXSourceLocation location)
{
	struct visit_place place = { 0 };
	CXFile file;

	clang_getExpansionLocation(location, &file, &place.line, NULL, NULL);
	place.file = visit_path(v, file);
	return place;
}

/*
 * Returns the identifier that begins at @offset in the text of @file. NULL: there is no identifier.
 * Free with g_free().
 */
static char *identifier_at(struct visitor *v, CXFile file, unsigned int offset)
{
	size_t size, n = 0;
	const char *text = file ? clang_getFileContents(v->tu, file, &size) : NULL;

	if (!text || offset >= size)
		return NULL;
	while (offset + n < size && (g_ascii_isalnum(text[offset + n]) || text[offset + n] == '_'))
		n++;
	return n ? g_strndup(text + offset, n) : NULL;
}

struct visit_place visit_macro_place(struct visitor *v, CXCursor cursor, char **macro)
{
	CXSourceLocation location = clang_getCursorLocation(cursor);
	struct visit_place place = visit_place(v, location);
	CXString spelling = clang_getCursorSpelling(cursor);
	unsigned int offset;
	CXFile file;

	/*
	 * If a macro produces @cursor, the name of the macro stands at the expansion location.
	 * Otherwise, the name of @cursor itself stands there.
	 */
	clang_getExpansionLocation(location, &file, NULL, NULL, &offset);
	*macro = identifier_at(v, file, offset);
	if (*macro && strcmp(*macro, clang_getCString(spelling)) == 0)
		g_clear_pointer(macro, g_free);
	clang_disposeString(spelling);
	return place;
}

void visit_problem(struct visitor *v, CXCursor cursor, const char *problem)
{
	struct visit_place place = visit_place(v, clang_getCursorLocation(cursor));

	if (!v->result->problem)
		v->result->problem = g_strdup_printf("%s:%u: %s", place.file, place.line, problem);
}

static enum CXChildVisitResult visit_toplevel(CXCursor cursor, CXCursor parent, CXClientData data)
{
	struct visitor *v = data;

	(void)parent;
	switch (cursor.kind) {
	case CXCursor_InclusionDirective:
	case CXCursor_MacroDefinition:
		visit_preprocessing(v, cursor);
		break;
	case CXCursor_FunctionDecl:
		if (clang_isCursorDefinition(cursor))
			visit_function(v, cursor);
		else
			visit_alias(v, cursor);
		visit_module_init(v, cursor);
		break;
	case CXCursor_VarDecl:
		visit_initcall_variable(v, cursor);
		visit_variable(v, cursor);
		break;
	default:
		break;
	}
	return CXChildVisit_Continue;
}

static void array_free(gpointer data)
{
	g_array_free(data, TRUE);
}

static void init(struct visitor *v)
{
	wire_init(&v->function);
	v->sensitive = g_ptr_array_new_with_free_func(g_free);
	v->files = g_hash_table_new(NULL, NULL);
	v->includes = g_hash_table_new(NULL, NULL);
	v->decls = g_hash_table_new_full(NULL, NULL, NULL, g_free);
	v->records = g_hash_table_new(NULL, NULL);
	v->members = g_hash_table_new_full(NULL, NULL, NULL, array_free);
	v->constants = g_hash_table_new(NULL, NULL);
	v->tentative = g_hash_table_new(NULL, NULL);
	v->names = g_string_chunk_new(1 << 14);
	v->arena = g_ptr_array_new_with_free_func(g_free);
	v->labels = g_ptr_array_new();
	v->rows = g_hash_table_new(g_int64_hash, g_int64_equal);
}

static void clear(struct visitor *v)
{
	g_hash_table_unref(v->rows);
	g_ptr_array_unref(v->labels);
	g_ptr_array_unref(v->arena);
	g_hash_table_unref(v->tentative);
	g_hash_table_unref(v->constants);
	g_hash_table_unref(v->members);
	g_hash_table_unref(v->records);
	g_hash_table_unref(v->decls);
	g_hash_table_unref(v->includes);
	g_hash_table_unref(v->files);
	g_ptr_array_unref(v->sensitive);
	g_string_chunk_free(v->names);
	wire_clear(&v->function);
}

void visit_unit(CXTranslationUnit tu, const struct visit_options *options,
		struct visit_result *result)
{
	struct visitor v = { .tu = tu, .options = options, .result = result };
	CXString name = clang_getTranslationUnitSpelling(tu);

	*result = (struct visit_result){ 0 };
	wire_init(&result->facts);
	result->fresh = g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);
	init(&v);
	v.main_file = paths_normal(options->paths, clang_getCString(name));
	clang_disposeString(name);

	visit_includes(&v);
	clang_visitChildren(clang_getTranslationUnitCursor(tu), visit_toplevel, &v);

	clear(&v);
}

void visit_result_clear(struct visit_result *result)
{
	if (result->facts.bytes)
		wire_clear(&result->facts);
	g_clear_pointer(&result->fresh, g_ptr_array_unref);
	g_clear_pointer(&result->problem, g_free);
}
