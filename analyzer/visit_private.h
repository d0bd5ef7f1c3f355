/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the parts of the visitor share: the state of one visit, and places.
 */
#ifndef INITLINT_ANALYZER_VISIT_PRIVATE_H
#define INITLINT_ANALYZER_VISIT_PRIVATE_H

#include "analyzer/visit.h"

/* A function that is called: names are made once, not per call. */
struct callee {
	char *name;	  /* NULL: a builtin, of no interest */
	const char *file; /* of a static function's definition; NULL: external linkage */
};

struct visitor {
	CXTranslationUnit tu;
	const struct visit_options *options;
	struct visit_result *result;
	const char *main_file;
	GHashTable *files;    /* CXFile -> normal path */
	GHashTable *includes; /* normal paths reported as included */
	GHashTable *callees;  /* canonical declaration -> struct callee */
	GHashTable *calls;    /* struct call_key, of the function at hand */
	struct wire function; /* facts of the function at hand */
	unsigned int n_initcalls;
	GPtrArray *sensitive; /* char *: macros defined so far that the shared header depends on */
};

struct visit_place {
	const char *file; /* normal path; "" if nowhere */
	unsigned int line;
};

/* Normal path of @file; "" for NULL. */
const char *visit_path(struct visitor *v, CXFile file);
/* Of the outermost macro expansion. */
struct visit_place visit_place(struct visitor *v, CXSourceLocation location);
/* As visit_place(), and the name of that macro in @macro (NULL: no macro; free with g_free()). */
struct visit_place visit_macro_place(struct visitor *v, CXCursor cursor, char **macro);

/* Something that was met was not understood; the first one is kept. */
void visit_problem(struct visitor *v, CXCursor cursor, const char *what);

void visit_includes(struct visitor *v);
/* An inclusion directive or macro definition of the preprocessing record. */
void visit_preprocessing(struct visitor *v, CXCursor cursor);
void visit_function(struct visitor *v, CXCursor function);
/* A variable that may be an initcall's, and a declaration that may be module_init()'s. */
void visit_initcall_variable(struct visitor *v, CXCursor variable);
void visit_module_init(struct visitor *v, CXCursor function);

#endif
