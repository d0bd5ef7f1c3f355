/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The body of a function, or the initialiser of a variable, as a tree of nodes. visit_tree() builds
 * the tree with libclang. All other parts of the visitor read this tree. Nodes live in the
 * visitor's arena until the next tree is built. Declarations live as long as the visitor.
 */
#ifndef INITLINT_ANALYZER_SOURCE_VISIT_VISIT_BODY_INTERNAL_H
#define INITLINT_ANALYZER_SOURCE_VISIT_VISIT_BODY_INTERNAL_H

#include "analyzer/source/visit/visit_internal.h"

enum decl_kind {
	DECL_OTHER,
	DECL_FUNCTION,
	DECL_GLOBAL, /* a variable with static storage duration */
	DECL_LOCAL,
	DECL_PARAM,
	DECL_FIELD,
	DECL_ENUM, /* an enumeration constant */
};

/* A definition of a local variable or parameter: the variable gets a value. */
struct source {
	struct source *next;	  /* the next source of the same variable, in source order */
	const struct node *at;	  /* the assignment; NULL: the caller passes the value */
	const struct node *value; /* the assigned expression; NULL: the value is not known */
	bool busy;		  /* the value is being computed */
};

struct decl {
	enum decl_kind kind;
	CXCursor cursor;
	const char *name; /* for a member: "record.member"; NULL: the declaration is ignored */
	const char *file; /* file that defines a static symbol; NULL: external or no linkage */
	const struct builtin_role *role; /* role of a function in visit_names.c; NULL: none */
	unsigned int arrays;		 /* number of array dimensions */
	bool is_pointer;		 /* the type, or the element type of an array */
	bool is_record;
	bool is_const;
	bool is_static;
	int8_t noreturn;      /* -1: not determined yet; see visit_noreturn() */
	int n_fixed;	      /* number of parameters before "..."; INT_MAX: not variadic */
	int64_t number;	      /* index of a parameter, or value of an enumeration constant */
	unsigned int tree_id; /* visitor.tree_id of the tree that contains the sources */
	struct source *sources, *last_source;
};

/* Code that is executed or skipped as a whole: the nodes with an index in [from, to]. */
struct branch {
	unsigned int from, to;
};

struct node {
	CXCursor cursor;
	struct node *parent, *child, *last_child, *next;
	const struct branch *branch; /* innermost branch; NULL: executed whenever the body is */
	struct decl *decl;	     /* the declaration that a reference refers to */
	struct value *memo;	     /* the value of a local variable, when it has been computed */
	unsigned int index, end;     /* index of the node, and of the last node below it */
	unsigned int line;	     /* 0: not determined yet; see visit_line() */
	unsigned short kind;	     /* enum CXCursorKind */
	unsigned char op;
	bool deep; /* the node or one below it is a call, or refers to a global variable */
};

struct body {
	struct visitor *v;
	const char *function; /* NULL: the body is the initialiser of a variable */
	const char *file;
	struct node *root;
	GPtrArray *labels; /* struct node */
	unsigned int n_nodes;
	unsigned int n_calls;
	unsigned int n_busy; /* number of busy sources */
	unsigned int n_clauses;
	unsigned int n_alternatives; /* number of reported clauses that have several tests */
	/* How many more values of local variables may be computed. Real code needs far fewer. */
	unsigned int budget;
};

/* A value kind for use inside the visitor: the value that the same variable had before. */
#define VALUE_SELF N_VALUES

/* visit_tree.c: builds the tree of @cursor, body->root. All earlier trees become invalid. */
bool visit_tree(struct body *body, CXCursor cursor);
/* Returns zeroed memory that is valid until the next visit_tree(). */
void *visit_alloc(struct visitor *v, size_t size);
unsigned int visit_line(struct body *body, struct node *node);
unsigned int visit_end_line(struct body *body, struct node *node);
struct node *visit_last_child(const struct node *node);
unsigned int visit_n_children(const struct node *node);
/* Skips parentheses, casts and similar nodes. Returns the first node below them. */
struct node *visit_strip(struct node *node);
/* Returns the statement that gives the statement expression @node its value; NULL: none. */
struct node *visit_statement_value(const struct node *node);
bool visit_contains(const struct node *outer, const struct node *inner);

/* visit_decl.c */
struct decl *visit_decl(struct visitor *v, CXCursor cursor);
/*
 * Returns the tag or typedef of @record. If it has none, returns that of the nearest enclosing
 * record that has one. NULL: there is no such record.
 */
const char *visit_record_name(struct visitor *v, CXCursor record);
const char *visit_intern(struct visitor *v, const char *text);
/* True if @function never returns. */
bool visit_noreturn(struct decl *function);
/*
 * Returns the text of the declaration with its attributes. libclang shows some attributes only in
 * this text. Free with g_free().
 */
char *visit_declaration_text(CXCursor cursor);

/* visit_names.c: functions of the kernel whose meaning the visitor knows. */
enum role {
	ROLE_SAME,    /* returns its argument, or its argument as an error number or pointer */
	ROLE_ERROR,   /* returns true if its argument is an error */
	ROLE_CONTENT, /* returns the content of the object that its argument points to */
	ROLE_EMPTY,   /* returns true if the list that its argument points to is empty */
	ROLE_SET,     /* assigns its second argument to the object that its first points to */
	ROLE_KEEP,    /* adds its first argument to a list, its second argument */
	ROLE_SKIP,    /* does not evaluate its arguments */
};
struct builtin_role {
	const char *name;
	enum role role;
	unsigned int argument; /* index of the argument that the role applies to */
	bool is_error;	       /* the return value represents an error */
};
/* Returns the role of the function @name; NULL: none. */
const struct builtin_role *visit_role(const char *name);
/* Returns the function that a direct call calls; NULL: a call through a pointer. */
struct decl *visit_callee(const struct node *call);
/* Returns argument @n, from 0; NULL: there is no such argument. */
struct node *visit_argument(const struct node *call, unsigned int n);
/* True for calls such as PTR_ERR(x), whose return value represents an error. */
bool visit_is_error(const struct node *node);

/* visit_local.c: finds the sources of local variables and parameters in the body. */
void visit_gather(struct body *body);
struct local_sources {
	struct source *sources[8];
	unsigned int n;
	bool more; /* there are more sources than the array can hold */
};
/* True if the body assigns a value to @decl. */
bool visit_is_assigned(const struct body *body, const struct decl *decl);
/* Finds the definitions of the local variable @decl that reach @use. */
void visit_reaching_definitions(struct body *body, const struct decl *decl, const struct node *use,
				struct local_sources *found);
/* Returns the value that @decl has at all of its uses; VALUE_UNKNOWN: the uses may differ. */
struct value visit_local_anywhere(struct body *body, struct decl *decl);

/* visit_value.c */
enum lvalue_root {
	LVALUE_NONE,
	LVALUE_GLOBAL,
	LVALUE_POINTER, /* the object that @pointer points to */
	LVALUE_LOCAL,
};
struct lvalue {
	enum lvalue_root root;
	struct value pointer; /* LVALUE_GLOBAL: name and file of the variable */
	const char *field;
	const struct decl *last; /* the last selected variable or member; NULL: none */
	unsigned int subscripts; /* number of subscripts of last */
	bool is_const;
};
struct lvalue visit_lvalue(struct body *body, struct node *node);
/* True if @lvalue is an array, not an element of an array. */
bool visit_lvalue_is_array(const struct lvalue *lvalue);
struct value visit_value(struct body *body, const struct node *start);
struct value visit_content(const struct lvalue *lvalue);
struct value visit_address(const struct lvalue *lvalue);
bool visit_value_equal(const struct value *a, const struct value *b);
/* Returns the value of an expression that is either @a or @b. */
struct value visit_join(struct value a, struct value b);
/* True for "pointer->member", false for "object.member". */
bool visit_is_arrow(const struct node *member);
/* Sets @number if @node is an integer constant. Otherwise, returns false. */
bool visit_number(const struct node *node, int64_t *number);

/* visit_walk.c: reports all facts of the body. */
void visit_walk(struct body *body);

/*
 * visit_init.c: reports what an initialiser stores. See struct store_fact for @base. Returns true
 * if the initialiser stores anything other than zeros.
 */
bool visit_initialiser(struct body *body, struct node *node, const struct value *base);

/* visit_function.c: reports a static variable inside the current function. */
void visit_static_variable(struct body *body, struct node *node);

/*
 * visit_condition.c: a test. One or more tests form a clause. The atoms of a clause are adjacent in
 * their array.
 */
struct atom {
	/* If @local is NULL: VALUE_UNKNOWN is an undecidable test, VALUE_NUMBER is always false. */
	struct value value;
	struct decl *local;	/* the local variable that the code tests; NULL: none */
	bool when;		/* true: the value is nonzero; false: the value is zero */
	enum relation relation; /* the exact test of a parameter: its relation to @number */
	int64_t number;
	unsigned int clause; /* number of the clause in the body */
};
/* Appends the clauses that hold where @condition is @truth. @atoms: struct atom. */
void visit_atoms(struct body *body, struct node *condition, bool truth, GArray *atoms);
/* True if the test is decidable. */
bool visit_atom_is_known(const struct atom *atom);
/* Returns the index after the last atom of the clause that contains the atom at @first. */
guint visit_clause_end(const GArray *atoms, guint first);

/* visit_guard.c */
/* Lines that are reached only under a condition. */
struct region {
	unsigned int line;     /* line of the test */
	unsigned int from, to; /* the guarded lines */
	unsigned int exit;     /* enum guard_exit */
};
/* Reports the guards of an if, while, ?:, && or ||. */
void visit_guard(struct body *body, struct node *node);
/* Sets from and to of @region to the lines of @branch. */
void visit_branch_lines(struct body *body, struct node *branch, struct region *region);
/* Reports that @region is reached only if all clauses of @atoms hold. */
void visit_report(struct body *body, const struct region *region, const GArray *atoms);

/* visit_switch.c: reports the guards of a switch. */
void visit_switch(struct body *body, struct node *node);

/*
 * visit_exit.c: tells whether the code after @statement is reached. Returns EXIT_NONE if it is.
 * Otherwise, returns the enum guard_exit that describes what happens instead. @tested: the clauses
 * that hold where @statement runs, as struct atom.
 */
#define EXIT_NONE N_GUARDS /* the code after the statement is reached */
unsigned int visit_exit(struct body *body, struct node *statement, const GArray *tested);

/*
 * visit_emit.c: reports facts. emit() sets the owner of @fact to the body's function and reports
 * it. All other functions drop a fact if the function already has an equal one. The functions with
 * a @node report the line of that node.
 */
void emit(struct body *body, struct fact *fact);
void emit_once(struct body *body, struct fact *fact);
void emit_access(struct body *body, struct node *node, enum access_mode mode,
		 const struct value *variable, const char *field, const struct value *value);
void emit_store(struct body *body, struct node *node, const struct value *base, const char *field,
		const struct value *value);
/* @variable: the variable that the body initialises. */
void emit_initialiser(struct body *body, struct node *node, const char *variable, const char *field,
		      const struct value *value);
void emit_return(struct body *body, struct node *node, const struct value *value);

#endif
