/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A Makefile as it is kept after parsing: statements whose texts are compiled into
 * templates. Parsed once, evaluated many times; nothing in here changes by evaluation
 * but the bindings in struct make_symbol. All of it lives in an arena of struct make.
 */
#ifndef INITLINT_ANALYZER_MAKE_MAKE_AST_H
#define INITLINT_ANALYZER_MAKE_MAKE_AST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "analyzer/base/arena.h"

struct make;
struct make_function;

struct make_place {
	const char *file; /* as given to include, made absolute */
	unsigned int line;
};

enum make_origin {
	ORIGIN_DEFAULT,
	ORIGIN_ENVIRONMENT,
	ORIGIN_FILE,
	ORIGIN_COMMAND_LINE,
	ORIGIN_OVERRIDE,
	ORIGIN_AUTOMATIC,
};

struct make_var {
	const char *value; /* not terminated */
	size_t len;
	size_t cap;		    /* of value; 0: somebody else's text */
	struct make_tmpl *template; /* of a recursive variable, once it was expanded */
	struct make_place place;
	unsigned int taint;
	uint8_t origin;
	bool recursive;
	bool undefined; /* undefined, but un-run shell commands decide about it */
	bool expanding;
};

/* A variable's name, with what it stands for in each layer. */
struct make_symbol {
	struct make_symbol *next; /* in its hash bucket */
	const char *name;
	unsigned int len;
	unsigned int hash;
	int argument;		  /* N for $N, -1 for others */
	bool is_config;		  /* CONFIG_... */
	struct make_var *base;	  /* default, environment or command line */
	struct make_var *config;  /* what auto.conf says */
	struct make_var *current; /* in the evaluation @generation; NULL: undefined there */
	unsigned int generation;
	unsigned int export_generation;
	bool exported; /* in the evaluation @export_generation */
};

enum piece_kind {
	PIECE_TEXT,
	PIECE_VAR,	/* $(name) */
	PIECE_SUBST,	/* $(name:from=to) */
	PIECE_COMPUTED, /* $(...$(x)...), possibly with :from=to */
	PIECE_CALL,	/* $(function args) */
	PIECE_BROKEN,	/* an error that make reports when it is expanded */
};

struct make_piece {
	enum piece_kind kind;
	struct word text;	    /* TEXT; SUBST: from; BROKEN: the message */
	struct word to;		    /* SUBST */
	struct make_symbol *symbol; /* VAR, SUBST */
	struct make_tmpl *inner;    /* COMPUTED */
	const struct make_function *function;
	struct make_tmpl **args;
	unsigned int n_args;
};

/* A text with references, compiled. */
struct make_tmpl {
	struct word raw;
	struct make_place place;
	unsigned int n;
	struct make_piece *pieces;
};

enum make_op { OP_RECURSIVE, OP_SIMPLE, OP_CONDITIONAL, OP_APPEND, OP_SHELL };

struct make_assign {
	struct make_symbol *symbol; /* NULL: the name is computed */
	struct make_tmpl *name;
	struct make_tmpl *value; /* NULL for a define: compiled when used */
	struct word raw;
	enum make_op op;
	bool is_override;
	bool is_export;
	bool is_unexport;
	bool is_private;
	bool is_define; /* the value follows, up to endef */
	bool is_undefine;
};

enum stmt_kind {
	STMT_ASSIGN,
	STMT_EXPORT,
	STMT_UNEXPORT,
	STMT_INCLUDE,
	STMT_COND,
	STMT_VPATH,
	STMT_RULE,   /* targets: prerequisites */
	STMT_TARGET, /* targets: VAR = value */
	STMT_TEXT,   /* no colon before expansion: $(eval ...), or a rule after expansion */
	STMT_RECIPE, /* a line that starts with a tab where a rule may be open */
};

enum cond_kind { COND_IFEQ, COND_IFNEQ, COND_IFDEF, COND_IFNDEF };

struct make_stmt {
	enum stmt_kind kind;
	struct make_place place;
	const struct make_file *file;
	struct make_stmt *guard; /* the innermost conditional around it */
	bool in_else;		 /* in the else branch of guard */
	struct make_stmt *next;
	struct make_tmpl *text; /* EXPORT.. INCLUDE VPATH TEXT; RULE, TARGET: the targets */
	struct make_tmpl *rest; /* RULE: after the colon */
	bool optional;		/* -include */
	bool double_colon;
	bool has_recipe; /* "target: ; recipe" */
	struct make_assign assign;
	enum cond_kind cond;
	struct make_tmpl *left, *right;
	struct make_stmt *then_branch, *else_branch;
};

struct make_file {
	const char *path;
	struct make_stmt *stmts;
	bool recorded; /* its assignments are reported to make_hooks.assigned */
	bool reading;  /* to notice an include cycle */
};

#endif
