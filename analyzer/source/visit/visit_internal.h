/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The visitor reads facts from libclang's tree of one translation unit. This header has the state
 * of the visitor, and the functions that all files of the visitor use.
 *
 * Normal path: a path as facts spell it. The path of a file in the kernel's source
 * directory is relative to this directory. The path of a file in the build directory begins with
 * "$O/". Any other path is absolute.
 *
 * Shared header: a precompiled header that many units use (visit_options.pch).
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
	GHashTable *includes;  /* set of normal paths: the files reported so far */
	GHashTable *decls;     /* declaration -> struct decl */
	GHashTable *records;   /* struct or union -> name; "": no name */
	GHashTable *members;   /* struct or union -> GArray of struct member */
	GHashTable *constants; /* set of names of the const variables seen so far */
	GHashTable *tentative; /* set of names of the variables reported without an initialiser */
	GStringChunk *names;
	GPtrArray *arena; /* blocks of memory; see visit_alloc() */
	guint arena_block;
	size_t arena_used;
	unsigned int tree_id; /* number of trees built so far by visit_tree() */
	GPtrArray *labels;    /* struct node *: the labels in the current tree */
	GHashTable *rows;     /* set of hashes of the facts in @function; see emit_once() */
	struct wire function; /* facts of the current function or variable */
	unsigned int n_initcalls;
	GPtrArray *sensitive; /* char *: names of macros; see visit_preprocessing() */
};

struct visit_place {
	const char *file; /* normal path; "": no file */
	unsigned int line;
};

/* Returns the normal path of @file; "" if @file is NULL. options->paths owns the path. */
const char *visit_path(struct visitor *v, CXFile file);
/*
 * Returns the file and line of @location. If @location is in the expansion of a macro, returns the
 * file and line at which the outermost macro is used.
 */
struct visit_place visit_place(struct visitor *v, CXSourceLocation location);
/*
 * Returns visit_place() of the location of @cursor. If @cursor comes from a macro, sets *@macro to
 * the name of the outermost macro. Otherwise, sets *@macro to NULL. Free *@macro with g_free().
 */
struct visit_place visit_macro_place(struct visitor *v, CXCursor cursor, char **macro);

/*
 * Call visit_problem() if the visitor cannot read the code at @cursor. Sets v->result->problem to
 * the file, the line and @problem. Does nothing if v->result->problem is already set.
 */
void visit_problem(struct visitor *v, CXCursor cursor, const char *problem);

/*
 * Reports the source of the unit as an include_fact. Without a shared header, also reports all
 * included files. With a shared header, also reports the files of -include flags;
 * visit_preprocessing() later reports all other included files.
 */
void visit_includes(struct visitor *v);
/*
 * Does nothing if there is no shared header. @cursor is an #include or a macro definition. For an
 * #include, reports the included file and the files that the included file includes. For a macro
 * definition, adds the macro to v->sensitive if the text of the shared header depends on the macro.
 */
void visit_preprocessing(struct visitor *v, CXCursor cursor);
/* Reports a function definition and the facts of its body. */
void visit_function(struct visitor *v, CXCursor function);
/*
 * Reports @function if its declaration in the unit's source makes @function an alias of another
 * function. Ignores declarations in included files.
 */
void visit_alias(struct visitor *v, CXCursor function);
/*
 * Reports @variable and the values in its initialiser. @variable is outside of functions. Does
 * nothing if @variable is only a declaration.
 */
void visit_variable(struct visitor *v, CXCursor variable);
/* Reports an initcall if an initcall macro has defined @variable. */
void visit_initcall_variable(struct visitor *v, CXCursor variable);
/*
 * Does nothing unless @function is named init_module. Otherwise, reports the initcall of a module:
 * module_init() declares init_module() as an alias of the initcall's function.
 */
void visit_module_init(struct visitor *v, CXCursor function);
/* Reports the "initlint: accept" comments on the lines of @initcall or directly above @initcall. */
void visit_accepts(struct visitor *v, CXCursor initcall);

#endif
