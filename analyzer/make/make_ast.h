/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The syntax tree of a Makefile. The tree consists of statements. The texts of the statements are
 * compiled into templates: a template is a text that is split into plain text and references such
 * as $(name). A Makefile is parsed once and evaluated many times. The evaluator changes variables,
 * symbols and @reading of struct make_file, but no other part of the tree. All memory belongs to
 * the arenas of struct make.
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
	const char *file; /* absolute path */
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
	const char *value; /* not NUL-terminated */
	size_t len;
	size_t cap; /* number of allocated bytes at @value; 0: the variable does not own @value */
	struct make_tmpl *template; /* if @recursive: compiled @value; NULL: not compiled yet */
	struct make_place place;
	unsigned int taint; /* number of a set: the unexecuted commands that @value depends on */
	uint8_t origin;
	bool recursive;
	bool undefined; /* no value; the commands in @taint may decide whether make sets a value */
	bool expanding; /* the value is being expanded; detects a variable that references itself */
};

/*
 * The name of a variable, and up to three values of the variable. Each evaluation has a number. The
 * value in an evaluation is
 * - @current, if @generation is the number of the evaluation,
 * - otherwise @config, if @config is not NULL and make_show_config() was called,
 * - otherwise @base.
 */
struct make_symbol {
	struct make_symbol *next; /* in the same hash bucket */
	const char *name;
	unsigned int len;
	unsigned int hash;
	int argument;		 /* N if @name is the $(call) argument $N; -1: any other name */
	bool is_config;		 /* the name begins with "CONFIG_" */
	struct make_var *base;	 /* from make, environment or command line; NULL: none */
	struct make_var *config; /* from auto.conf; NULL: none */
	/* the value in the evaluation @generation; NULL: the variable is undefined there */
	struct make_var *current;
	unsigned int generation;	/* number of the evaluation to which @current belongs */
	unsigned int export_generation; /* number of the evaluation to which @exported belongs */
	bool exported;
};

enum piece_kind {
	PIECE_TEXT,
	PIECE_VAR,	/* $(name) */
	PIECE_SUBST,	/* $(name:from=to) */
	PIECE_COMPUTED, /* $(...$(x)...), with or without :from=to */
	PIECE_CALL,	/* $(function args) */
	PIECE_BROKEN,	/* a syntax error; make reports the error when make expands the text */
};

/* In the comments below, TEXT means PIECE_TEXT, VAR means PIECE_VAR, and so on. */
struct make_piece {
	enum piece_kind kind;
	struct word text;	    /* TEXT: the text; SUBST: "from"; BROKEN: error message */
	struct word to;		    /* SUBST: "to" */
	struct make_symbol *symbol; /* VAR, SUBST: the variable "name" */
	struct make_tmpl *inner;    /* COMPUTED: the text between the brackets */
	const struct make_function *function;
	struct make_tmpl **args;
	unsigned int n_args;
};

/* A template: a compiled text with references. */
struct make_tmpl {
	struct word raw; /* the text as the Makefile spells it */
	struct make_place place;
	unsigned int n;
	struct make_piece *pieces;
};

enum make_op { OP_RECURSIVE, OP_SIMPLE, OP_CONDITIONAL, OP_APPEND, OP_SHELL };

struct make_assign {
	struct make_symbol *symbol; /* NULL: the name contains references */
	struct make_tmpl *name;
	struct make_tmpl *value; /* NULL for a define: the evaluator compiles @raw */
	struct word raw;	 /* the value as the Makefile spells it */
	enum make_op op;
	bool is_override;
	bool is_export;
	bool is_unexport;
	bool is_private;
	bool is_define; /* the value is on the next lines, up to endef */
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
	STMT_TEXT,   /* any other line, such as $(eval ...); the expanded line may be a rule */
	STMT_RECIPE, /* a line that starts with a tab and may belong to a recipe */
};

enum cond_kind { COND_IFEQ, COND_IFNEQ, COND_IFDEF, COND_IFNDEF };

/* In the comments below, ASSIGN means STMT_ASSIGN, RULE means STMT_RULE, and so on. */
struct make_stmt {
	enum stmt_kind kind;
	struct make_place place;
	const struct make_file *file;
	struct make_stmt *guard; /* the innermost conditional around the statement; NULL: none */
	bool in_else;		 /* the statement is in the else branch of @guard */
	struct make_stmt *next;
	struct make_tmpl *text; /* RULE, TARGET: targets; TEXT: line; other kinds: operands */
	struct make_tmpl *rest; /* RULE: the text after the colon */
	bool optional;		/* the directive is -include or sinclude */
	bool double_colon;
	bool has_recipe; /* the line has the form "target: ; recipe" */
	/* ASSIGN, TARGET: the assignment; RECIPE: @assign.raw is the line */
	struct make_assign assign;
	enum cond_kind cond;
	struct make_tmpl *left, *right; /* COND: operands */
	struct make_stmt *then_branch, *else_branch;
};

struct make_file {
	const char *path;
	struct make_stmt *stmts;
	bool recorded; /* @assigned of struct make_hooks is called for the file's assignments */
	bool reading;  /* this file is being evaluated; detects an include cycle */
};

#endif
