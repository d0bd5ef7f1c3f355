/* SPDX-License-Identifier: GPL-2.0-only */
/* Declarations for the files in analyzer/make only. */
#ifndef INITLINT_ANALYZER_MAKE_MAKE_INTERNAL_H
#define INITLINT_ANALYZER_MAKE_MAKE_INTERNAL_H

#include "analyzer/make/make.h"
#include "analyzer/make/make_rules.h"
#include "analyzer/make/make_taint_internal.h"

enum { MAKE_MAX_DEPTH = 1000, MAKE_MAX_ARGS = 64 };

/* The arguments of a $(call) that the evaluator is expanding. */
struct make_frame {
	const struct buf *argv;
	unsigned int n;
};

/* The state of @symbol before make_push(). */
struct make_saved {
	struct make_symbol *symbol;
	struct make_var *var;
	unsigned int generation;
};

struct make {
	struct make_hooks hooks;
	char *cwd;
	char *include_dir;
	struct arena *perm;    /* symbols, parsed files, base variables */
	struct arena *scratch; /* memory of the current evaluation */
	struct make_symbol **buckets;
	unsigned int n_buckets, n_symbols;
	GHashTable *files;	 /* path -> struct make_file; paths and files are in @perm */
	GHashTable *functions;	 /* name -> struct make_function */
	unsigned int generation; /* number of this evaluation */
	GPtrArray *set; /* struct make_symbol: symbols whose variables this evaluation has set */
	bool config_shown;
	bool export_all;
	const struct make_stmt *stmt;  /* the current statement; NULL: none */
	struct make_place where;       /* the current statement's place, for messages */
	struct make_place shell_place; /* place of the text that contains the current $(shell) */
	/* the directive that included the current file; NULL: none */
	const struct make_include *includes;
	const struct make_frame *frame; /* the innermost $(call); NULL: none */
	unsigned int depth;
	unsigned int compile_depth; /* number of make_compile() that run now */
	guint64 work;		    /* what this evaluation has cost so far; see make_limit.c */
	guint64 all_work;	    /* what all earlier evaluations have cost */
	unsigned int guard_taint;   /* unexecuted commands that decide whether make reaches @stmt */
	unsigned int include_taint; /* see make_include_taint() */
	GArray *saved;		    /* struct make_saved */
	GPtrArray *bufs;	    /* struct buf: buffers for make_buf() that are not in use */
	struct taints *taints;
	struct make_rules *rules;
	GError *error;
};

/*
 * make_limit.c
 *
 * Adds @units to the work of this evaluation. Records an error if the work is above the limit.
 */
void make_spend(struct make *make, guint64 units);
/* Records an error if an expanded text has too many bytes, or if the evaluation keeps too many. */
void make_check_size(struct make *make, size_t bytes);
/* Begins to count the work of the next evaluation. */
void make_limit_begin(struct make *make);

/* Returns an empty temporary buffer. Release the buffer with make_buf_done(). */
struct buf *make_buf(struct make *make);
/* Releases @buf. Buffers can be released in any order. */
void make_buf_done(struct make *make, struct buf *buf);
static inline void make_add_taint(struct make *make, struct buf *out, unsigned int taint)
{
	if (taint && taint != out->taint)
		out->taint = taints_union(make->taints, out->taint, taint);
}
/*
 * Appends the text of @from to @out. Sets @out->taint to the union of the taints of @out and @from.
 */
void make_append(struct make *make, struct buf *out, const struct buf *from);

/*
 * make_tmpl.c
 *
 * Compiles @text into a template. @arena owns the template. @text must live as long as the
 * template.
 */
struct make_tmpl *make_compile(struct make *make, struct arena *arena, const char *text, size_t len,
			       struct make_place place);
/*
 * Returns a pointer to the first character after the reference that starts with the '$' at @p.
 * Returns @end if the closing bracket is missing.
 */
const char *make_skip_ref(const char *p, const char *end);

/*
 * make_parse.c
 *
 * Parses @text into statements. @arena owns the statements. @text must live as long as @arena.
 * @place is the place of the first line of @text. Returns the first statement; NULL if there is
 * none. Reports a syntax error with make_fail().
 */
struct make_stmt *make_parse(struct make *make, struct arena *arena, const struct make_file *file,
			     const char *text, size_t len, struct make_place place);
/*
 * Returns the line @raw without its comment and without blanks at its start. Joins continuation
 * lines. @raw must not be a recipe line. The result is in @arena or points into @raw.
 */
struct word make_clean_line(struct arena *arena, struct word raw);
/*
 * Joins the continuation lines in @raw: one blank replaces each "\<newline>" and the blanks around
 * the "\<newline>". The result is in @arena or points into @raw.
 */
struct word make_join_lines(struct arena *arena, struct word raw);
/*
 * Returns a pointer to the first character of @text that is in @wanted, is outside of all
 * references and does not follow a backslash. Returns NULL if there is no such character.
 */
const char *make_find_outside(struct word text, const char *wanted);

/*
 * make_parse_assign.c
 *
 * Parses @line into @assign. Returns false if @line is not an assignment. For a define,
 * @assign->value is NULL, because the value is on the next lines.
 */
bool make_parse_assign(struct make *make, struct arena *arena, struct word line,
		       struct make_place place, struct make_assign *assign);

/*
 * make_assign.c
 *
 * Executes the assignment @assign to the variable @symbol. Sets @result->words, @result->value and
 * @result->appends; these members must be empty before the call. @result->stmt must be set.
 */
void make_assign(struct make *make, const struct make_assign *assign, struct make_symbol *symbol,
		 struct make_place place, struct make_assigned *result);
/*
 * make_vars.c
 *
 * Returns the variable @symbol->current. The caller may change the variable. If this evaluation has
 * no variable @symbol->current yet, creates the variable. The new variable is a copy of
 * @symbol->config if make_show_config() was called and @symbol->config is not NULL, otherwise of
 * @symbol->base. If @symbol->base is also NULL, the new variable is undefined.
 */
struct make_var *make_own_var(struct make *make, struct make_symbol *symbol);
/* Sets the value of @var to a copy of @text. */
void make_var_store(struct make *make, struct make_var *var, const char *text, size_t len);

/*
 * make.c
 *
 * Returns the parsed Makefile at @path. Parses the Makefile on the first call with this @path.
 * Returns NULL if the file cannot be read. make_error() then returns an error.
 */
struct make_file *make_load_file(struct make *make, const char *path);

/*
 * make_eval.c
 *
 * Executes a list of statements. @stmts is the first statement, and the member @next links the
 * statements. If @stmts is NULL, the list is empty. Stops after an error.
 */
void make_eval_stmts(struct make *make, const struct make_stmt *stmts);

/* A function of make. Either @text or @lazy is set. */
struct make_function {
	const char *name;
	uint8_t min, max; /* least and largest number of arguments; @max 0: no limit */
	uint8_t stripped; /* make removes the blanks around each of the first @stripped arguments */
	/* Takes expanded arguments. Appends the result to @out. */
	void (*text)(struct make *make, struct buf **argv, unsigned int n, struct buf *out);
	/* Takes unexpanded arguments. Appends the result to @out. */
	void (*lazy)(struct make *make, struct make_tmpl *const *args, unsigned int n,
		     struct buf *out);
};
extern const struct make_function make_text_functions[];
extern const struct make_function make_file_functions[];
extern const struct make_function make_flow_functions[];
/* Returns NULL if make has no function @name. */
const struct make_function *make_find_function(const struct make *make, struct word name);
/* Calls @function with @n arguments and appends the result to @out. */
void make_call_function(struct make *make, const struct make_function *function,
			struct make_tmpl *const *args, unsigned int n, struct buf *out);
/*
 * Appends the expanded value of @var, the variable of @symbol, to @out. If @recursion_allowed is
 * false, a @var that references itself is an error. $(call) sets @recursion_allowed to true.
 */
void make_expand_var(struct make *make, struct make_symbol *symbol, struct make_var *var,
		     bool recursion_allowed, struct buf *out);

/*
 * make_words.c
 *
 * Returns true if @word matches @pattern. Then sets *@stem to the part of @word that "%" matches.
 * If @pattern has no "%", *@stem is empty.
 */
bool make_match(struct word pattern, struct word word, struct word *stem);
/* Appends the result of $(patsubst @from,@to,@text) to @out. */
void make_patsubst(struct word text, struct word from, struct word to, struct buf *out);

#endif
