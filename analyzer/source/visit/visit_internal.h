/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the parts of the visitor share: the state of one visit, and places.
 */
#ifndef INITLINT_ANALYZER_SOURCE_VISIT_VISIT_INTERNAL_H
#define INITLINT_ANALYZER_SOURCE_VISIT_VISIT_INTERNAL_H

#include "analyzer/source/visit/visit.h"

struct visitor {
	CXTranslationUnit tu;
	const struct visit_options *options;
	struct visit_result *result;
	const char *main_file;
	GHashTable *files;     /* CXFile -> normal path */
	GHashTable *includes;  /* normal paths reported as included */
	GHashTable *decls;     /* declaration -> struct decl */
	GHashTable *records;   /* declaration -> name */
	GHashTable *members;   /* declaration -> GArray of struct member */
	GHashTable *constants; /* names of variables that nothing can set up */
	GHashTable *tentative; /* names of variables that were reported without an initialiser */
	GStringChunk *names;
	GPtrArray *arena; /* blocks; see visit_alloc() */
	guint arena_block;
	size_t arena_used;
	unsigned int era;     /* of the tree at hand */
	GPtrArray *labels;    /* of the tree at hand */
	GHashTable *rows;     /* hashes of rows of the function at hand */
	struct wire function; /* facts of the function or variable at hand */
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
/* A declaration that may make it another function's second name. */
void visit_alias(struct visitor *v, CXCursor function);
/* A declaration outside of all functions. */
void visit_variable(struct visitor *v, CXCursor variable);
/* A variable that may be an initcall's, and a declaration that may be module_init()'s. */
void visit_initcall_variable(struct visitor *v, CXCursor variable);
void visit_module_init(struct visitor *v, CXCursor function);
/* What comments say of an initcall that was reported. */
void visit_accepts(struct visitor *v, CXCursor initcall);

#endif
