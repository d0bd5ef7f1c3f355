/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The inside of a function, or a variable's initialiser, as the parts of the visitor see
 * it: a tree of its own, made by one pass of libclang over it, from which everything else
 * is read. Nodes live in the visitor's arena until the next tree is made; declarations
 * live as long as the visitor.
 */
#ifndef INITLINT_ANALYZER_SOURCE_VISIT_VISIT_BODY_INTERNAL_H
#define INITLINT_ANALYZER_SOURCE_VISIT_VISIT_BODY_INTERNAL_H

#include "analyzer/source/visit/visit_internal.h"

enum decl_kind {
	DECL_OTHER,
	DECL_FUNCTION,
	DECL_GLOBAL, /* a variable that outlives its block */
	DECL_LOCAL,
	DECL_PARAM,
	DECL_FIELD,
	DECL_ENUM, /* a constant */
};

/* A source of a local variable's value: what is assigned, where. */
struct source {
	struct source *next;	  /* in the order of the text */
	const struct node *at;	  /* the assignment; NULL: the function's start */
	const struct node *value; /* NULL: not known */
	bool busy;		  /* its value is being asked for */
};

struct decl {
	enum decl_kind kind;
	CXCursor cursor;
	const char *name; /* a field's is "record.member"; NULL: a compiler's own, of no interest */
	const char *file; /* of a static one's definition; NULL: external linkage, or no linkage */
	const struct builtin_role *role; /* of a function that the front end knows; or NULL */
	unsigned int arrays;		 /* dimensions */
	bool is_pointer;		 /* it, or what it is an array of */
	bool is_record;
	bool is_const;
	bool is_static;
	int8_t noreturn;  /* -1: not asked yet */
	int n_fixed;	  /* of a function with "...": the parameters before it; else INT_MAX */
	int64_t number;	  /* of a parameter, or an enumeration constant's value */
	unsigned int era; /* of the body that the following belong to */
	struct source *sources, *last_source;
};

/* A part of the text that is run or left out as a whole, as positions of nodes. */
struct branch {
	unsigned int from, to;
};

struct node {
	CXCursor cursor;
	struct node *parent, *child, *last_child, *next;
	const struct branch *branch; /* innermost; NULL: runs whenever the body does */
	struct decl *decl;	     /* what a reference refers to */
	struct value *memo;	     /* of a local variable, once it is known */
	unsigned int index, end;     /* its own position and that of the last node in it */
	unsigned int line;	     /* 0: not asked yet */
	unsigned short kind;	     /* enum CXCursorKind */
	unsigned char op;
	bool deep; /* has a call or a reference to a variable below */
};

struct body {
	struct visitor *v;
	const char *function; /* NULL: of a variable's initialiser */
	const char *file;
	struct node *root;
	GPtrArray *labels; /* struct node */
	unsigned int n_nodes;
	unsigned int n_calls;
	unsigned int n_busy; /* sources */
	unsigned int n_clauses;
	unsigned int n_alternatives; /* clauses of several tests that were reported */
	unsigned int budget; /* of questions for local variables: far more than real code needs */
};

/* What only the inside of the visitor sees: what the variable held before. */
#define VALUE_SELF N_VALUES

/* visit_tree.c: body->root; false if @cursor cannot be read. Forgets all earlier trees. */
bool visit_tree(struct body *body, CXCursor cursor);
void *visit_alloc(struct visitor *v, size_t size);
unsigned int visit_line(struct body *body, struct node *node);
unsigned int visit_end_line(struct body *body, struct node *node);
struct node *visit_last_child(const struct node *node);
unsigned int visit_n_children(const struct node *node);
/* Below parentheses, casts, and whatever else changes nothing. */
struct node *visit_strip(struct node *node);
/* The statement that gives ({ }) its value, or NULL. */
struct node *visit_statement_value(const struct node *node);
bool visit_contains(const struct node *outer, const struct node *inner);

/* visit_decl.c */
struct decl *visit_decl(struct visitor *v, CXCursor cursor);
/* Tag or typedef of the nearest record around it that has one; NULL for none. */
const char *visit_record_name(struct visitor *v, CXCursor record);
const char *visit_intern(struct visitor *v, const char *text);
/* Whether it does not come back. */
bool visit_noreturn(struct decl *function);
/* The declaration with its attributes, the only place where libclang shows them. */
char *visit_declaration_text(CXCursor cursor);

/* visit_names.c: functions of the kernel that the front end has to know. */
enum role {
	ROLE_SAME,    /* gives back its argument, or the same as an error number */
	ROLE_ERROR,   /* true if the argument is an error */
	ROLE_CONTENT, /* gives the content of what its argument points to */
	ROLE_EMPTY,   /* true if what its argument points to is not set */
	ROLE_SET,     /* sets what its first argument points to, to the second */
	ROLE_KEEP,    /* puts its first argument on the list of the second */
	ROLE_SKIP,    /* its arguments are not evaluated */
};
struct builtin_role {
	const char *name;
	enum role role;
	unsigned int argument;
	bool is_error; /* what it gives stands for an error */
};
const struct builtin_role *visit_role(const char *name);
/* The callee of a direct call, or NULL; argument @n, or NULL. */
struct decl *visit_callee(const struct node *call);
struct node *visit_argument(const struct node *call, unsigned int n);
/* PTR_ERR(x) and its like. */
bool visit_is_error(const struct node *node);

/* visit_local.c: what local variables are assigned from. */
void visit_gather(struct body *body);
struct local_sources {
	struct source *sources[8];
	unsigned int n;
	bool more; /* than fit */
};
bool visit_is_assigned(const struct body *body, const struct decl *decl);
/* What @use of local variable @decl may see. */
void visit_reaching_definitions(struct body *body, const struct decl *decl, const struct node *use,
				struct local_sources *found);
/* Its value wherever it is used; unknown if that depends. */
struct value visit_local_anywhere(struct body *body, struct decl *decl);

/* visit_value.c */
enum lvalue_root {
	LVALUE_NONE,
	LVALUE_GLOBAL,
	LVALUE_POINTER, /* what @pointer points to */
	LVALUE_LOCAL,
};
struct lvalue {
	enum lvalue_root root;
	struct value pointer; /* LVALUE_GLOBAL: its name and file */
	const char *field;
	const struct decl *last; /* the variable or member that was selected last; or NULL */
	unsigned int subscripts; /* of that one */
	bool is_const;
};
struct lvalue visit_lvalue(struct body *body, struct node *node);
bool visit_lvalue_is_array(const struct lvalue *lvalue);
struct value visit_value(struct body *body, const struct node *node);
struct value visit_content(const struct lvalue *lvalue);
struct value visit_address(const struct lvalue *lvalue);
bool visit_value_equal(const struct value *a, const struct value *b);
struct value visit_join(struct value a, struct value b);
bool visit_is_arrow(const struct node *member);
bool visit_number(const struct node *node, int64_t *number);

/* visit_walk.c: reports everything that the body does. */
void visit_walk(struct body *body);

/* visit_init.c: what an initialiser stores. @base: as in a store_fact. True if not only zeros. */
bool visit_initialiser(struct body *body, struct node *node, const struct value *base);

/* visit_function.c: a variable of the function at hand that outlives it. */
void visit_static_variable(struct body *body, struct node *variable);

/* visit_condition.c: a test, one of those in its clause; those of a clause are adjacent. */
struct atom {
	struct value value; /* unknown, without a local: a test that tells nothing */
	struct decl *local; /* that the text names, or NULL */
	bool when;
	enum relation relation; /* of a parameter, to number: what holds exactly */
	int64_t number;
	unsigned int clause; /* its number in the body */
};
/* What is known where @condition was found to be @truth, as struct atom, clause by clause. */
void visit_atoms(struct body *body, struct node *condition, bool truth, GArray *atoms);
bool visit_atom_is_known(const struct atom *atom);
/* Behind the last atom of the clause that @first is in. */
guint visit_clause_end(const GArray *atoms, guint first);

/* visit_guard.c */
/* Lines that are reached under a condition. */
struct region {
	unsigned int line; /* of the test */
	unsigned int from, to;
	unsigned int exit; /* enum guard_exit */
};
void visit_guard(struct body *body, struct node *node);
void visit_branch_lines(struct body *body, struct node *branch, struct region *region);
void visit_report(struct body *body, const struct region *region, const GArray *atoms);

/* visit_switch.c */
void visit_switch(struct body *body, struct node *node);

/* visit_exit.c: how a statement ends. */
#define EXIT_NONE N_GUARDS /* it does not: what follows is reached */
unsigned int visit_exit(struct body *body, struct node *statement, const GArray *tested);

/*
 * visit_emit.c. emit() reports a fact of the body's function, which it enters as the owner;
 * emit_once() does the same unless the function has an equal fact. The others are made of parts,
 * with the line of @node, and report a fact once.
 */
void emit(struct body *body, struct fact *fact);
void emit_once(struct body *body, struct fact *fact);
void emit_access(struct body *body, struct node *node, enum access_mode mode,
		 const struct value *variable, const char *field, const struct value *value);
void emit_store(struct body *body, struct node *node, const struct value *base, const char *field,
		const struct value *value);
/* Of @variable, which the body is the initialiser of. */
void emit_initialiser(struct body *body, struct node *node, const char *variable, const char *field,
		      const struct value *value);
void emit_return(struct body *body, struct node *node, const struct value *value);

#endif
