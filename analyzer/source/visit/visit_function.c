// SPDX-License-Identifier: GPL-2.0-only
/* Reports functions with the facts of their bodies, and variables with their initialisers. */
#include "analyzer/source/visit/visit_body_internal.h"

#include <string.h>

static enum CXChildVisitResult find_body(CXCursor cursor, CXCursor parent, CXClientData data)
{
	(void)parent;
	if (cursor.kind != CXCursor_CompoundStmt)
		return CXChildVisit_Continue;
	*(CXCursor *)data = cursor;
	return CXChildVisit_Break;
}

/*
 * Adds the facts of the current function or variable to v->result. @file defines the function or
 * variable. Many units include the same headers. So facts from an included file are skipped if
 * options->known has these facts.
 */
static void append_facts(struct visitor *v, const char *file)
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

static void start(struct visitor *v)
{
	wire_reset(&v->function);
	g_hash_table_remove_all(v->rows);
}

static void take_parameters(struct visitor *v, CXCursor function)
{
	int n = clang_Cursor_getNumArguments(function);

	for (int i = 0; i < n; i++)
		visit_decl(v, clang_Cursor_getArgument(function, (unsigned int)i))->number = i;
}

/*
 * Returns the part of @text after @prefix, up to the next '"'. For the prefix 'section("', this is
 * the name of the section. NULL: @text does not contain @prefix. Free with g_free().
 */
static char *operand(const char *text, const char *prefix)
{
	const char *at = strstr(text, prefix);

	if (!at)
		return NULL;
	at += strlen(prefix);
	return g_strndup(at, strcspn(at, "\""));
}

static bool is_weak(const char *text)
{
	return strstr(text, "__attribute__((weak))") || strstr(text, "weak,");
}

static void add_attribute(GString *all, const char *name, const char *value)
{
	g_string_append_printf(all, "%s%s%s%s", all->len ? " " : "", name, value ? "=" : "",
			       value ? value : "");
}

/*
 * Returns the function_fact.attributes of a function definition. @text is the text of the
 * definition. A definition also inherits the attributes of the first declaration of @function. The
 * result lives as long as the visitor. NULL: the function has none of the attributes that are
 * listed at function_fact.attributes.
 */
static const char *attributes_of(struct visitor *v, CXCursor function, const char *text)
{
	static const char *const kept[] = { "malloc", "cold" };
	CXCursor first = clang_getCanonicalCursor(function);
	g_autofree char *inherited =
		clang_Cursor_hasAttrs(first) ? visit_declaration_text(first) : g_strdup("");
	g_autofree char *section = operand(text, "section(\"");
	g_autoptr(GString) all = g_string_new(NULL);

	if (!section)
		section = operand(inherited, "section(\"");
	for (unsigned int i = 0; i < G_N_ELEMENTS(kept); i++) {
		g_autofree char *spelling = g_strdup_printf("__attribute__((%s))", kept[i]);

		if (strstr(text, spelling) || strstr(inherited, spelling))
			add_attribute(all, kept[i], NULL);
	}
	if (section)
		add_attribute(all, "section", section);
	return all->len ? visit_intern(v, all->str) : NULL;
}

static const char *type_of(struct visitor *v, CXCursor function)
{
	CXString spelling = clang_getTypeSpelling(clang_getCursorType(function));
	const char *type = visit_intern(v, clang_getCString(spelling));

	clang_disposeString(spelling);
	return type;
}

void visit_function(struct visitor *v, CXCursor function)
{
	struct visit_place place = visit_place(v, clang_getCursorLocation(function));
	CXSourceLocation end = clang_getRangeEnd(clang_getCursorExtent(function));
	struct decl *decl = visit_decl(v, function);
	struct body body = { .v = v, .function = decl->name, .file = place.file };
	struct fact fact = {
		.kind = FACT_FUNCTION,
		.function = {
			.name = decl->name,
			.file = place.file,
			.line = place.line,
			.end_line = visit_place(v, end).line,
			.is_static = decl->is_static,
			.is_inline = clang_Cursor_isFunctionInlined(function),
		},
	};
	CXCursor block = clang_getNullCursor();

	if (clang_Cursor_hasAttrs(function)) {
		g_autofree char *text = visit_declaration_text(function);

		fact.function.is_weak = is_weak(text);
		fact.function.attributes = attributes_of(v, function, text);
	}
	fact.function.type = type_of(v, function);
	start(v);
	wire_write(&v->function, &fact);
	take_parameters(v, function);
	clang_visitChildren(function, find_body, &block);
	if (!clang_Cursor_isNull(block)) {
		visit_tree(&body, block);
		visit_gather(&body);
		visit_walk(&body);
	}
	append_facts(v, place.file);
}

void visit_alias(struct visitor *v, CXCursor function)
{
	struct visit_place place;
	g_autofree char *text = NULL;
	g_autofree char *alias = NULL;
	struct fact fact = { .kind = FACT_FUNCTION };

	if (!clang_Cursor_hasAttrs(function) ||
	    !clang_Location_isFromMainFile(clang_getCursorLocation(function)))
		return;
	text = visit_declaration_text(function);
	alias = operand(text, "alias(\"");
	if (!alias)
		return;
	place = visit_place(v, clang_getCursorLocation(function));
	fact.function = (struct function_fact){
		.name = visit_decl(v, function)->name,
		.file = place.file,
		.line = place.line,
		.end_line = place.line,
		.is_static = clang_getCursorLinkage(function) == CXLinkage_Internal,
		.is_weak = is_weak(text),
		.alias = alias,
	};
	start(v);
	wire_write(&v->function, &fact);
	append_facts(v, place.file);
}

static const char *record_of(struct visitor *v, CXCursor variable)
{
	CXType type = clang_getCanonicalType(clang_getCursorType(variable));

	while (type.kind == CXType_ConstantArray || type.kind == CXType_IncompleteArray)
		type = clang_getCanonicalType(clang_getArrayElementType(type));
	return visit_record_name(v, clang_getTypeDeclaration(type));
}

/* @initialiser: a node in the tree of @body; NULL: the variable has no initialiser. */
static void report_variable(struct body *body, struct decl *decl, struct node *initialiser)
{
	struct visitor *v = body->v;
	struct visit_place place = visit_place(v, clang_getCursorLocation(decl->cursor));
	struct fact fact = {
		.kind = FACT_GLOBAL,
		.global = {
			.name = decl->name,
			.file = place.file,
			.line = place.line,
			.is_static = decl->is_static,
			.is_pointer = decl->is_pointer && !decl->arrays,
		},
	};
	struct value base = {
		.kind = VALUE_OBJECT,
		.name = decl->name,
		.file = decl->file,
	};
	struct wire before;

	if (decl->is_record)
		fact.global.record = record_of(v, decl->cursor);
	if (clang_Cursor_hasAttrs(decl->cursor)) {
		g_autofree char *text = visit_declaration_text(decl->cursor);

		fact.global.is_weak = is_weak(text);
		fact.global.is_percpu = strstr(text, "section(\".data..percpu") != NULL;
	}
	/*
	 * FACT_GLOBAL must come before the facts of the initialiser. But global.has_initialiser is
	 * known only after the initialiser has been read. So the facts of the initialiser first go
	 * to a new wire (facts as bytes). Then FACT_GLOBAL and the new wire are appended to the old
	 * wire.
	 */
	before = v->function;
	wire_init(&v->function);
	if (initialiser)
		fact.global.has_initialiser = visit_initialiser(body, initialiser, &base);
	wire_write(&before, &fact);
	wire_append(&before, &v->function);
	wire_clear(&v->function);
	v->function = before;
}

void visit_static_variable(struct body *body, struct node *node)
{
	struct body variable_body = *body;

	if (!node->decl->name || clang_Cursor_getStorageClass(node->cursor) == CX_SC_Extern)
		return;
	variable_body.function = NULL;
	/*
	 * The variable and the function may be in different files: the body of a function can
	 * #include a file that defines a table.
	 */
	variable_body.file = visit_place(body->v, clang_getCursorLocation(node->cursor)).file;
	report_variable(&variable_body, node->decl, node->child);
}

void visit_variable(struct visitor *v, CXCursor variable)
{
	struct decl *decl = visit_decl(v, variable);
	CXCursor initialiser = clang_Cursor_getVarDeclInitializer(variable);
	struct body body = {
		.v = v,
		.file = visit_place(v, clang_getCursorLocation(variable)).file,
	};
	CXCursor definition;

	if (!decl->name || decl->kind != DECL_GLOBAL)
		return;
	if (clang_Cursor_isNull(initialiser)) {
		if (clang_Cursor_getStorageClass(variable) == CX_SC_Extern)
			return;
		/* A tentative definition, "int x;". A later definition may have an initialiser. */
		definition = clang_getCursorDefinition(variable);
		if (!clang_Cursor_isNull(definition) && !clang_equalCursors(definition, variable))
			return;
		if (!g_hash_table_add(v->tentative, (gpointer)decl->name))
			return;
	}
	start(v);
	if (!clang_Cursor_isNull(initialiser))
		visit_tree(&body, initialiser);
	report_variable(&body, decl, body.root);
	append_facts(v, body.file);
}
