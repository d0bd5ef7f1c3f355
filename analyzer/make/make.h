/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * An evaluator for the part of GNU make's language that Kbuild uses. The evaluator reads Makefiles,
 * writes no file and runs no command. $(shell) expands to an empty text, and the evaluator records
 * the unexecuted command. The taint of a value says on which unexecuted commands the value depends.
 * A taint is the number of a set of commands; 0 is the empty set.
 *
 * An evaluation corresponds to one make process. make_begin() starts an evaluation, and ends the
 * previous evaluation. During an evaluation, the evaluator executes the statements of Makefiles.
 * Each Makefile is parsed once, and many evaluations can execute the statements of the Makefile.
 *
 * The evaluator keeps the first error. make_error() returns this error. After the first error,
 * make_read() and make_expand() do nothing. Callers can therefore check for an error once, after
 * several calls.
 */
#ifndef INITLINT_ANALYZER_MAKE_MAKE_H
#define INITLINT_ANALYZER_MAKE_MAKE_H

#include <stdbool.h>
#include <glib.h>

#include "analyzer/make/make_ast.h"

/* An include directive whose file the evaluator is executing. */
struct make_include {
	const struct make_stmt *stmt;
	/* the directive that included the file of @stmt; NULL: none */
	const struct make_include *parent;
};

/*
 * An assignment that the evaluator has executed. At most one of @words and @value is set. Neither
 * is set, for example, if make ignores the assignment.
 */
struct make_assigned {
	struct make_symbol *symbol;
	const struct make_stmt *stmt;
	struct word words; /* expanded value; @words.text is NULL if make expands the value later */
	struct make_tmpl *value; /* unexpanded value; NULL if make has expanded the value */
	/* the directive that included the file of @stmt; NULL: none */
	const struct make_include *includes;
	bool appends; /* the operator is "+=" */
};

/*
 * Callbacks of an evaluator. Each callback gets @data as its first argument. Each callback may be
 * NULL.
 */
struct make_hooks {
	void *data;
	/*
	 * Returns true if the evaluator must call @assigned for the assignments in the Makefile
	 * @path.
	 */
	bool (*records)(void *data, const char *path);
	/*
	 * Called after each assignment in a Makefile for which @records returned true. The argument
	 * @assigned is valid only during the call. The memory to which the members of @assigned
	 * point stays valid until the evaluation ends.
	 */
	void (*assigned)(void *data, const struct make_assigned *assigned);
	/*
	 * Called for each include directive, before the evaluator opens a file. @text is the
	 * unexpanded operand of the directive. In the first call for a directive, @path is NULL. If
	 * the first call returns true, the evaluator skips the directive. Otherwise the evaluator
	 * calls @include once for each file in the expanded operand. Then @path is the absolute
	 * path of the file. If a call with a @path returns true, the evaluator does not read the
	 * file @path.
	 */
	bool (*include)(void *data, struct word text, const char *path);
	/*
	 * Called for each $(warning) and for each directive that the evaluator ignores. @text is
	 * the text of the $(warning), or a message about the ignored directive.
	 */
	void (*message)(void *data, struct make_place place, const char *text);
	/*
	 * Called for an $(error) or $(warning) if the output of an unexecuted command decides
	 * whether make skips the $(error) or $(warning). The evaluator does not record this error,
	 * and does not call @message for this warning. @text is a message that contains the text of
	 * the $(error) or $(warning).
	 */
	void (*undecided)(void *data, struct make_place place, const char *text);
};

/*
 * Creates an evaluator. @cwd is make's working directory. If a mandatory include directive names a
 * file that does not exist below @cwd, the evaluator reads the file from @include_dir. @include_dir
 * may be NULL. Copies @hooks. @hooks may be NULL. Free the evaluator with make_free().
 */
struct make *make_new(const char *cwd, const char *include_dir, const struct make_hooks *hooks);
void make_free(struct make *make);
typedef struct make make_eval;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(make_eval, make_free)

/* Returns the first error; NULL if there is no error. @make owns the error. */
const GError *make_error(const struct make *make);
/* Moves the first error from @make to @error. Returns false if there is no error. */
bool make_take_error(struct make *make, GError **error);
/*
 * Records an error with the place of the current statement. Does nothing if @make already has an
 * error.
 */
void make_fail(struct make *make, const char *format, ...) G_GNUC_PRINTF(2, 3);

/*
 * Returns the symbol with the name @name, of @len bytes. Creates the symbol on the first call. The
 * symbol lives as long as @make.
 */
struct make_symbol *make_symbol(struct make *make, const char *name, size_t len);
/* Returns the symbol with the name @name; NULL if make_symbol() has not created this symbol. */
struct make_symbol *make_symbol_find(const struct make *make, const char *name, size_t len);

/*
 * Starts an evaluation. Removes the rules of the previous evaluation, and the variables that the
 * previous evaluation set. If @keep is true, all memory of the previous evaluation stays valid
 * until make_free(). Otherwise, that memory becomes invalid.
 */
void make_begin(struct make *make, bool keep);
/*
 * Sets the base value of the variable @name. The variable has the base value at the start of each
 * evaluation. @origin says where the value comes from, as $(origin) does in make. If @origin is
 * ORIGIN_COMMAND_LINE, a Makefile can change the variable only with "override". If @origin is
 * ORIGIN_ENVIRONMENT, the variable is exported unless a Makefile says otherwise. Copies @value. If
 * @value is NULL, removes the base value.
 */
void make_set_base(struct make *make, const char *name, const char *value, enum make_origin origin);
/*
 * Sets a second value of the variable @name: the value from auto.conf. @value is the text after "="
 * in auto.conf. In each evaluation, the value is visible only after make_show_config(). Copies
 * @value.
 */
void make_set_config(struct make *make, const char *name, const char *value);
/*
 * Makes the values from make_set_config() visible until this evaluation ends. A value from
 * make_set_config() replaces the base value of the same variable. If a Makefile has already
 * assigned to the variable in this evaluation, the variable keeps the assigned value.
 */
void make_show_config(struct make *make);
/*
 * Executes the statements of the Makefile at @path. Returns false after an error. make_error()
 * returns the error.
 */
bool make_read(struct make *make, const char *path);
/*
 * Parses @text, and executes the statements in @text, as $(eval) does. @text must stay valid until
 * the evaluation ends. If make_eval_text() is called while the evaluator executes a statement, all
 * lines of @text have the place @place. Otherwise, @place is the place of the first line of @text.
 */
void make_eval_text(struct make *make, const char *text, size_t len, struct make_place place);

/* Returns the value of the variable @symbol in this evaluation; NULL if @symbol is undefined. */
struct make_var *make_lookup(const struct make *make, const struct make_symbol *symbol);
/* True if this evaluation exports the variable @symbol to its sub-makes. */
bool make_is_exported(const struct make *make, const struct make_symbol *symbol);
/* Calls @each for every variable that this evaluation has set, or has removed with undefine. */
void make_foreach_set(struct make *make, void (*each)(struct make_symbol *symbol, void *data),
		      void *data);

/*
 * Appends the expansion of @tmpl to @out. Sets @out->taint to the union of @out->taint and the
 * expansion's taint. The union of two taints is the taint for all commands of both.
 */
void make_expand(struct make *make, const struct make_tmpl *tmpl, struct buf *out);
/*
 * Appends the expanded value of the variable @symbol to @out. Sets @out->taint to the union of
 * @out->taint and the value's taint.
 */
void make_expand_symbol(struct make *make, struct make_symbol *symbol, struct buf *out);
/*
 * Returns the expanded value of the variable @name; "" if the variable is undefined. The text stays
 * valid until the evaluation ends. If @taint is not NULL, sets *@taint to the union of *@taint and
 * the value's taint.
 */
struct word make_value(struct make *make, const char *name, unsigned int *taint);
/*
 * Returns the expanded value of the variable @name, without blanks at both ends. Returns "" if the
 * variable is undefined. Free with g_free().
 */
char *make_value_dup(struct make *make, const char *name);
/*
 * Copies the @len bytes at @text. The copy is NUL-terminated and stays valid until the evaluation
 * ends.
 */
const char *make_keep(struct make *make, const char *text, size_t len);
/*
 * Returns the arena whose allocations stay valid until the evaluation ends. @make owns the arena.
 */
struct arena *make_arena(struct make *make);

/*
 * Returns the absolute path of the file @name, which a Makefile mentions. If @name is a relative
 * path, it starts at make's working directory. Free with g_free().
 */
char *make_path(const struct make *make, const char *name, size_t len);
/* True if the file at make_path(@make, @name, @len) exists. */
bool make_exists(struct make *make, const char *name, size_t len);

/*
 * These functions give temporary values to automatic and target-specific variables. make_push()
 * gives the variable @symbol the temporary value @value, without copying @value. make_mark()
 * returns a mark, the number of temporary values that exist now. make_pop() removes all temporary
 * values that were pushed after make_mark() returned @mark, and restores the previous values.
 */
unsigned int make_mark(const struct make *make);
void make_push(struct make *make, struct make_symbol *symbol, const char *value, size_t len);
void make_pop(struct make *make, unsigned int mark);

/* A shell command of a $(shell). The evaluator does not execute the command. */
struct make_shell {
	struct make_place place;
	const char *command;
	/* initlint uses a value that depends on @command; set by make_taint_matters() */
	bool matters;
};
/* Returns the taint for the union of two sets: all commands in @a and all commands in @b. */
unsigned int make_taint_union(struct make *make, unsigned int a, unsigned int b);
/*
 * Sets @matters of struct make_shell to true for all commands in @taint. Call this function with
 * the taint of each value that a result of initlint depends on.
 */
void make_taint_matters(struct make *make, unsigned int taint);
/* Returns the taint for all commands that may change which files this evaluation includes. */
unsigned int make_include_taint(const struct make *make);
/*
 * make_n_shells() returns the number of unexecuted commands of all evaluations. make_shell()
 * returns the command with the number @i. The first command has the number 0. @make owns the
 * command. The pointer to the command is valid until @make expands another $(shell).
 */
unsigned int make_n_shells(const struct make *make);
const struct make_shell *make_shell(const struct make *make, unsigned int i);

#endif
