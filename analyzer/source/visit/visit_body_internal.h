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

/*
 * A definition, as in "reaching definition": code that gives a value to a local variable or a
 * parameter.
 */
struct source {
	struct source *next;	  /* the next definition of this variable in the text */
	const struct node *at;	  /* the assignment; NULL: the value is the caller's argument */
	const struct node *value; /* the assigned expression; NULL: the value is not known */
	bool busy;		  /* @value is being evaluated: do not evaluate @value again */
};

struct decl {
	enum decl_kind kind;
	CXCursor cursor;
	const char *name; /* for a member: "record.member"; NULL: the visitor ignores the decl */
	const char *file; /* file that defines a static function or variable; NULL: not static */
	/* for a function that visit_names.c lists: the role of the function; else NULL */
	const struct builtin_role *role;
	unsigned int arrays; /* number of array dimensions */
	/*
	 * @is_pointer, @is_record and @is_const describe the type of the declaration. For an array,
	 * the three members describe the type of the elements.
	 */
	bool is_pointer;
	bool is_record; /* a struct or union */
	bool is_const;
	bool is_static;
	int8_t noreturn;      /* 1: never returns; 0: may return; -1: call visit_noreturn() */
	int n_fixed;	      /* number of parameters before "..."; INT_MAX: not variadic */
	int64_t number;	      /* index of a parameter, from 0; value of an enumeration constant */
	unsigned int tree_id; /* @sources is valid only if @tree_id equals visitor.tree_id */
	struct source *sources, *last_source;
};

/* Code that is executed or skipped as a whole: the nodes whose node.index is @from to @to. */
struct branch {
	unsigned int from, to;
};

struct node {
	CXCursor cursor;
	struct node *parent, *child, *last_child, *next;
	const struct branch *branch; /* innermost branch around the node; NULL: none */
	struct decl *decl; /* what a name refers to, or what a VarDecl declares; else NULL */
	/* if the node names a local variable: its value at the node; NULL: not computed */
	struct value *memo;
	unsigned int index; /* number of the node in the tree; a parent comes before its children */
	unsigned int end;   /* index of the last node inside this node */
	unsigned int line;  /* first line of the node; 0: not determined yet; see visit_line() */
	unsigned short kind; /* enum CXCursorKind */
	unsigned char op;    /* libclang's number of the unary or binary operator */
	bool deep; /* the node, or a node below it, is a call or refers to a global variable */
};

struct body {
	struct visitor *v;
	const char *function; /* name of the function; NULL: the body is an initialiser */
	const char *file;
	struct node *root;
	GPtrArray *labels; /* struct node *: the labels in the body; the visitor owns the array */
	unsigned int n_nodes;
	unsigned int n_calls;
	unsigned int n_busy; /* number of definitions whose source.busy is true */
	/*
	 * Number of clauses so far. A condition is a list of clauses joined by "and". A clause is
	 * one test, or several tests joined by "or".
	 */
	unsigned int n_clauses;
	/*
	 * Number of reported clauses so far that have several tests joined by "or". Such a clause
	 * gets the new value of @n_alternatives as its number in guard_fact.alternatives.
	 */
	unsigned int n_alternatives;
	/*
	 * How many more values of local variables the visitor may compute. If @budget is 0, each
	 * further value is unknown. visit_tree() sets @budget to a limit that is much higher than
	 * real code needs.
	 */
	unsigned int budget;
};

/*
 * A value kind that is never reported. While the visitor computes the value of a local variable,
 * VALUE_SELF stands for an earlier value of this variable, such as the second p in "p = p->next".
 */
#define VALUE_SELF N_VALUES

/*
 * visit_tree.c: builds the tree of @cursor at body->root. All earlier trees become invalid. Always
 * returns true.
 */
bool visit_tree(struct body *body, CXCursor cursor);
/* Returns zeroed memory that is valid until the next visit_tree(). */
void *visit_alloc(struct visitor *v, size_t size);
/*
 * visit_line() returns the first line of @node, visit_end_line() the last line. For a node that
 * comes from a macro, both functions return the line at which the macro is used.
 */
unsigned int visit_line(struct body *body, struct node *node);
unsigned int visit_end_line(struct body *body, struct node *node);
struct node *visit_last_child(const struct node *node);
unsigned int visit_n_children(const struct node *node);
/*
 * Skips the nodes that only wrap an expression: parentheses, casts, implicit conversions and
 * __extension__. For a statement expression, "({ ... })", goes on with the last statement. Returns
 * the first node that is not skipped; this may be @node.
 */
struct node *visit_strip(struct node *node);
/*
 * Returns the last statement of the statement expression @node, "({ ... })". The value of this
 * statement is the value of @node. NULL: @node has no statement.
 */
struct node *visit_statement_value(const struct node *node);
/* True if @inner is @outer or a node below @outer. */
bool visit_contains(const struct node *outer, const struct node *inner);

/* visit_decl.c: returns the struct decl of the declaration @cursor. @v owns the struct decl. */
struct decl *visit_decl(struct visitor *v, CXCursor cursor);
/*
 * Returns the name of the struct or union @record: its tag, else its typedef, else the name of the
 * enclosing struct or union. NULL: @record has no name, or is no struct or union.
 */
const char *visit_record_name(struct visitor *v, CXCursor record);
/* Returns a copy of @text that belongs to @v. Equal texts have the same copy. */
const char *visit_intern(struct visitor *v, const char *text);
/* True if @function never returns. */
bool visit_noreturn(struct decl *function);
/*
 * Returns the declaration @cursor as text, with its attributes but without a body or initialiser.
 * libclang shows some attributes only in this text. Free with g_free().
 */
char *visit_declaration_text(CXCursor cursor);

/*
 * visit_names.c: functions of the kernel whose meaning the visitor knows. A role says what the
 * function does. In the list below, A is the argument with the index builtin_role.argument.
 */
enum role {
	ROLE_SAME,    /* returns A, or A converted: PTR_ERR(), ERR_PTR() */
	ROLE_ERROR,   /* returns nonzero if A is an error */
	ROLE_CONTENT, /* returns the content of the object that A points to */
	ROLE_EMPTY,   /* returns true if the list that A points to is empty */
	ROLE_SET,     /* assigns the second argument to the object that A points to */
	ROLE_KEEP,    /* adds the first argument to the list that A points to */
	ROLE_SKIP,    /* does not evaluate the arguments */
};
struct builtin_role {
	const char *name;
	enum role role;
	unsigned int argument; /* index of the argument that the role applies to */
	bool is_error;	       /* the return value is an error number or error pointer */
};
/* Returns the role of the function @name; NULL: the function has no role. */
const struct builtin_role *visit_role(const char *name);
/* Returns the function that @call calls; NULL: @call is a call through a pointer. */
struct decl *visit_callee(const struct node *call);
/* Returns the argument with the index @n, from 0; NULL: @call has fewer arguments. */
struct node *visit_argument(const struct node *call, unsigned int n);
/* True if @node calls a function with builtin_role.is_error, such as PTR_ERR(). */
bool visit_is_error(const struct node *node);

/* visit_local.c: sets decl->sources of each local variable and parameter that the body assigns. */
void visit_gather(struct body *body);
struct local_sources {
	struct source *sources[8];
	unsigned int n;
	bool more; /* there are more definitions than @sources can hold */
};
/* True if the body assigns a value to @decl. */
bool visit_is_assigned(const struct body *body, const struct decl *decl);
/*
 * Sets @found to the definitions of @decl that reach the node @use. If @found is too small for all
 * definitions, sets found->more. @decl is a local variable or a parameter.
 */
void visit_reaching_definitions(struct body *body, const struct decl *decl, const struct node *use,
				struct local_sources *found);
/*
 * @source is one of the definitions that visit_reaching_definitions() finds. Returns false if no path
 * leads from @source to @use without another definition of @decl: the branch of @source returns, or an
 * if statement between @source and @use returns or assigns @decl in both branches.
 */
bool visit_may_reach(struct body *body, const struct decl *decl, const struct source *source,
		     const struct node *use);
/* True if a for, while or do statement contains @node. */
bool visit_is_in_loop(const struct node *node);
/* Returns the value of the local variable or parameter that @node names, at @node. */
struct value visit_local_value(struct body *body, struct node *node);
/*
 * Joins the values of all definitions of @decl with visit_join(), and returns the result.
 * VALUE_UNKNOWN: two values differ, a value is not known, or the body does not assign @decl.
 */
struct value visit_local_anywhere(struct body *body, struct decl *decl);

/*
 * visit_value.c finds out where the value of an expression comes from. A struct lvalue
 * describes an object or a part of an object. enum lvalue_root says which object.
 */
enum lvalue_root {
	LVALUE_NONE,
	LVALUE_GLOBAL,
	LVALUE_POINTER, /* the object that lvalue.pointer points to */
	LVALUE_LOCAL,
};
/* A variable, a part of a variable, or the object that a pointer points to. */
struct lvalue {
	enum lvalue_root root;
	struct value pointer;	 /* the pointer; with LVALUE_GLOBAL: the variable's address */
	const char *field;	 /* the innermost member or element, as value.field; or NULL */
	const struct decl *last; /* the last variable or member: b in "a.b[1]"; NULL: none */
	unsigned int subscripts; /* number of subscripts after @last: 1 in "a.b[1]" */
	bool is_const;
};
/* Returns what the expression @node designates; LVALUE_NONE: not known. */
struct lvalue visit_lvalue(struct body *body, struct node *node);
/* True if @lvalue is a whole array: lvalue->subscripts is less than the number of dimensions. */
bool visit_lvalue_is_array(const struct lvalue *lvalue);
/* Returns the value of the expression @start. */
struct value visit_value(struct body *body, const struct node *start);
/* visit_content() returns the value in @lvalue, visit_address() the address of @lvalue. */
struct value visit_content(const struct lvalue *lvalue);
struct value visit_address(const struct lvalue *lvalue);
/*
 * True if @a and @b are equal. The strings of @a and @b must come from visit_intern(), because only
 * the addresses of the strings are compared.
 */
bool visit_value_equal(const struct value *a, const struct value *b);
/*
 * Returns the value of an expression that has the value @a on some paths and the value @b on other
 * paths. If @a is the number 0 or VALUE_SELF, returns @b. If @b is the number 0 or VALUE_SELF,
 * returns @a. Otherwise, returns VALUE_UNKNOWN if @a and @b differ.
 */
struct value visit_join(struct value a, struct value b);
/* True for "pointer->member", false for "object.member". */
bool visit_is_arrow(const struct node *member);
/* If @node is an integer constant, sets *@number and returns true. Otherwise, returns false. */
bool visit_number(const struct node *node, int64_t *number);

/* visit_walk.c: reports all facts of the body. */
void visit_walk(struct body *body);

/*
 * visit_init.c: reports the values that the initialiser @node stores. @base is the address of the
 * initialised variable; VALUE_UNKNOWN for a local variable. Returns true if the initialiser stores
 * a value other than 0.
 */
bool visit_initialiser(struct body *body, struct node *node, const struct value *base);

/*
 * visit_access.c: reports that the body may store a value other than 0 in the member @field of the
 * object that @base points to. If @base is neither VALUE_OBJECT nor VALUE_PARAM, the object is not
 * known. One FACT_STORE without a line and value stands for all these stores of the body. Reports
 * nothing if @field is NULL or an element of an array.
 */
void visit_store_unknown(struct body *body, const struct value *base, const char *field);

/* visit_function.c: reports the static variable that @node declares in the current function. */
void visit_static_variable(struct body *body, struct node *node);

/*
 * visit_condition.c: converts a condition into a list of clauses. All clauses of the list hold. A
 * clause consists of one or more atoms, of which at least one holds. The list is an array of atoms,
 * in which the atoms of one clause are adjacent.
 *
 * An atom says that a value is zero or nonzero. An atom is undecidable if the visitor does not know
 * where the value comes from.
 */
struct atom {
	/*
	 * The tested value. If @local is NULL, two kinds of values have a special meaning:
	 * VALUE_UNKNOWN: the atom is undecidable; VALUE_NUMBER: the atom is always false.
	 */
	struct value value;
	struct decl *local; /* the local variable or parameter in the test; NULL: none */
	bool when;	    /* true: the value is nonzero; false: the value is zero */
	/*
	 * @relation and @number are the exact test of a parameter, a variable or a member. For the
	 * test "x > 3", @relation is RELATION_GT and @number is 3. RELATION_NONE: the exact test is
	 * not known.
	 */
	enum relation relation;
	int64_t number;
	/*
	 * If @object is a VALUE_OBJECT, the exact test is "@value == &object", and @number has no
	 * meaning. Otherwise, @object is VALUE_UNKNOWN.
	 */
	struct value object;
	unsigned int clause; /* a number: all atoms of a clause have the same number */
};
/* Appends to @atoms (struct atom) the clauses that hold if @condition has the value @truth. */
void visit_atoms(struct body *body, struct node *condition, bool truth, GArray *atoms);
/* False if @atom is undecidable. */
bool visit_atom_is_known(const struct atom *atom);
/*
 * The atom at index @first belongs to a clause. Returns 1 + the index of the last atom of this
 * clause.
 */
guint visit_clause_end(const GArray *atoms, guint first);

/* visit_guard.c: lines that are reached only under a condition. */
struct region {
	unsigned int line;     /* line of the condition */
	unsigned int from, to; /* the first and the last guarded line */
	unsigned int exit;     /* enum guard_exit: what happens if the condition is false */
};
/*
 * Reports the lines that the condition of @node guards. @node is an if, while, for, ?:, && or ||.
 */
void visit_guard(struct body *body, struct node *node);
/*
 * Sets @region->from and @region->to to the first and the last line of @branch. If @branch is a
 * block, @region->from is the line of the first statement, because the opening brace may be on the
 * line of the condition.
 */
void visit_branch_lines(struct body *body, struct node *branch, struct region *region);
/* Reports that the lines of @region are reached only if all clauses in @atoms hold. */
void visit_report(struct body *body, const struct region *region, const GArray *atoms);

/* visit_switch.c: reports the guards of a switch. */
void visit_switch(struct body *body, struct node *node);

/*
 * visit_exit.c: returns EXIT_NONE if control passes from @statement to the code after @statement.
 * Otherwise, returns what happens instead, as enum guard_exit. @tested (struct atom) has the
 * clauses that hold when @statement runs.
 */
#define EXIT_NONE N_GUARDS /* the code after the statement is reached */
unsigned int visit_exit(struct body *body, struct node *statement, const GArray *tested);
/*
 * If @statement is a goto, or a block that ends with a goto, returns the label of this goto.
 * Otherwise, returns NULL.
 */
struct node *visit_goto_label(const struct body *body, struct node *statement);

/*
 * visit_emit.c: reports facts. emit() sets the owner of @fact to body->function, and reports @fact.
 * emit_once() works like emit(), but drops @fact if body->function already has an equal fact.
 * emit_access(), emit_store(), emit_initialiser() and emit_return() make a fact with the line of
 * @node. They drop this fact if its owner already has an equal fact.
 */
void emit(struct body *body, struct fact *fact);
void emit_once(struct body *body, struct fact *fact);
void emit_access(struct body *body, struct node *node, enum access_mode mode,
		 const struct value *variable, const char *field, const struct value *value);
void emit_store(struct body *body, struct node *node, const struct value *base, const char *field,
		const struct value *value);
/* @body is the initialiser of @variable. @variable is the owner of the fact. */
void emit_initialiser(struct body *body, struct node *node, const char *variable, const char *field,
		      const struct value *value);
/*
 * Reports that the initialiser of @variable stores a value other than 0 in @field. Does not report
 * the value.
 */
void emit_initialiser_unknown(struct body *body, const char *variable, const char *field);
void emit_return(struct body *body, struct node *node, const struct value *value);

#endif
