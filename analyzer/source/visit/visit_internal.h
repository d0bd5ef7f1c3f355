/* SPDX-License-Identifier: GPL-2.0-only */
/* The state of one visit, and the functions that all parts of the visitor use. */
#ifndef INITLINT_ANALYZER_SOURCE_VISIT_VISIT_INTERNAL_H
#define INITLINT_ANALYZER_SOURCE_VISIT_VISIT_INTERNAL_H

#include "analyzer/source/visit/visit.h"

struct visitor {
	CXTranslationUnit tu;
	const struct visit_options *options;
	struct visit_result *result;
	const char *main_file;
	GHashTable *files;     /* CXFile -> normal path */
	GHashTable *includes;  /* normal paths of reported files */
	GHashTable *decls;     /* declaration -> struct decl */
	GHashTable *records;   /* declaration -> name */
	GHashTable *members;   /* declaration -> GArray of struct member */
	GHashTable *constants; /* names of const variables seen so far */
	GHashTable *tentative; /* names of variables that were reported without an initialiser */
	GStringChunk *names;
	GPtrArray *arena; /* blocks of memory; see visit_alloc() */
	guint arena_block;
	size_t arena_used;
	unsigned int tree_id; /* number of the current tree */
	GPtrArray *labels;    /* struct node: labels in the current tree */
	GHashTable *rows;     /* hashes of the current function's facts */
	struct wire function; /* facts of the current function or variable */
	unsigned int n_initcalls;
	GPtrArray *sensitive; /* char *: macros defined so far that the shared header depends on */
};

struct visit_place {
	const char *file; /* normal path; "": no file */
	unsigned int line;
};

/* Returns the normal path of @file; "" for NULL. */
const char *visit_path(struct visitor *v, CXFile file);
/* Returns the place of @location. In a macro, this is the place of the outermost expansion. */
struct visit_place visit_place(struct visitor *v, CXSourceLocation location);
/*
 * Returns the visit_place() of @cursor. Sets @macro to the name of the outermost macro there; NULL:
 * no macro. Free @macro with g_free().
 */
struct visit_place visit_macro_place(struct visitor *v, CXCursor cursor, char **macro);

/* Records that the visitor cannot read the code at @cursor. Keeps only the first problem. */
void visit_problem(struct visitor *v, CXCursor cursor, const char *problem);

void visit_includes(struct visitor *v);
/* Handles an inclusion directive or macro definition of the preprocessing record. */
void visit_preprocessing(struct visitor *v, CXCursor cursor);
/* Reports a function definition and the facts of its body. */
void visit_function(struct visitor *v, CXCursor function);
/* Handles a function declaration, which may declare an alias of another function. */
void visit_alias(struct visitor *v, CXCursor function);
/* Handles a variable declaration outside of functions. */
void visit_variable(struct visitor *v, CXCursor variable);
/* Handles a variable, which an initcall macro may have defined. */
void visit_initcall_variable(struct visitor *v, CXCursor variable);
/* Handles a function declaration, which module_init() may have made. */
void visit_module_init(struct visitor *v, CXCursor function);
/* Reports the comments that accept findings for @initcall. */
void visit_accepts(struct visitor *v, CXCursor initcall);

#endif
