// SPDX-License-Identifier: GPL-2.0-only
/*
 * Reports initcalls. Each unit is read with a shim: a header of initlint that undefines a Kconfig
 * symbol, so that each initcall macro of the kernel defines a variable. The initialiser of the
 * variable is the function of the initcall. The name of the variable is
 * __initcall__kmod_<module>__<counter>_<line>_<function><level>, or __initcall_<function><level> in
 * older kernels. In a module, module_init() declares init_module() as an alias of the function.
 */
#include "analyzer/source/visit/visit_body_internal.h"

#include <string.h>

#define PREFIX "__initcall_"

static enum CXChildVisitResult find_function(CXCursor cursor, CXCursor parent, CXClientData data)
{
	CXCursor target;

	(void)parent;
	if (cursor.kind != CXCursor_DeclRefExpr)
		return CXChildVisit_Recurse;
	target = clang_getCursorReferenced(cursor);
	if (target.kind != CXCursor_FunctionDecl)
		return CXChildVisit_Recurse;
	*(CXCursor *)data = target;
	return CXChildVisit_Break;
}

static char *initialising_function(CXCursor variable)
{
	CXCursor initializer = clang_Cursor_getVarDeclInitializer(variable);
	CXCursor function = clang_getNullCursor();
	CXString spelling;
	char *name;

	if (find_function(initializer, initializer, &function) == CXChildVisit_Recurse)
		clang_visitChildren(initializer, find_function, &function);
	if (clang_Cursor_isNull(function))
		return NULL;
	spelling = clang_getCursorSpelling(function);
	name = g_strdup(clang_getCString(spelling));
	clang_disposeString(spelling);
	return name;
}

/*
 * Returns the level of the initcall for which a macro defined @variable. @name is the name of
 * @variable. @function is the name of the initcall's function. @name ends with @function and the
 * level. LEVEL_NONE: no level was found.
 */
static enum initcall_level level_of(CXCursor variable, const char *name, const char *function)
{
	enum initcall_level level = LEVEL_NONE;
	const char *at = name + strlen(PREFIX) - 1;

	while (level == LEVEL_NONE && (at = strstr(at, function))) {
		at += strlen(function);
		level = initcall_level_parse(at);
	}
	if (level == LEVEL_NONE && g_str_has_suffix(name, function)) {
		/*
		 * In older kernels, only the name of the section tells that the macro is
		 * console_initcall().
		 */
		g_autofree char *text = visit_declaration_text(variable);

		if (strstr(text, "con_initcall"))
			level = LEVEL_CON;
	}
	return level == LEVEL_MODULE ? LEVEL_NONE : level;
}

static void report(struct visitor *v, CXCursor cursor, enum initcall_level level,
		   const char *function)
{
	g_autofree char *macro = NULL;
	struct visit_place place = visit_macro_place(v, cursor, &macro);
	const struct fact fact = {
		.kind = FACT_INITCALL,
		.initcall = {
			.level = level,
			.function = function,
			.file = place.file,
			.line = place.line,
			.macro = macro,
			.seq = v->n_initcalls++,
		},
	};

	wire_write(&v->result->facts, &fact);
	visit_accepts(v, cursor);
}

void visit_initcall_variable(struct visitor *v, CXCursor variable)
{
	CXString spelling = clang_getCursorSpelling(variable);
	const char *name = clang_getCString(spelling);

	if (g_str_has_prefix(name, PREFIX) &&
	    !clang_Cursor_isNull(clang_Cursor_getVarDeclInitializer(variable))) {
		g_autofree char *function = initialising_function(variable);
		enum initcall_level level = LEVEL_NONE;

		if (function)
			level = level_of(variable, name, function);
		if (level == LEVEL_NONE)
			visit_problem(v, variable,
				      "an initcall whose level or function is unclear");
		else
			report(v, variable, level, function);
	}
	clang_disposeString(spelling);
}

void visit_module_init(struct visitor *v, CXCursor function)
{
	CXString spelling = clang_getCursorSpelling(function);
	bool is_init = strcmp(clang_getCString(spelling), "init_module") == 0;
	g_autofree char *text = NULL;
	const char *alias;

	clang_disposeString(spelling);
	if (!is_init)
		return;
	if (clang_isCursorDefinition(function)) {
		report(v, function, LEVEL_MODULE, "init_module");
		return;
	}
	text = visit_declaration_text(function);
	alias = strstr(text, "alias(\"");
	if (alias) {
		alias += strlen("alias(\"");
		*strchrnul(alias, '"') = 0;
		report(v, function, LEVEL_MODULE, alias);
	}
}
