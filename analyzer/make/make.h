/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * An evaluator for GNU make's language as Kbuild uses it. It reads Makefiles, never
 * writes, runs nothing: $(shell) expands to nothing and is recorded, and what depends
 * on it carries a taint that names it. Makefiles are parsed once and may be evaluated
 * many times: make_begin() starts an evaluation as a sub-make would start.
 *
 * Errors are sticky: the first one stays in make_error() and everything after it does
 * nothing, so callers check once at the end of a step.
 */
#ifndef INITLINT_ANALYZER_MAKE_MAKE_H
#define INITLINT_ANALYZER_MAKE_MAKE_H

#include <stdbool.h>
#include <glib.h>

#include "analyzer/make/make_ast.h"

/* An include that led to the statement being evaluated. */
struct make_include {
	const struct make_stmt *stmt;
	const struct make_include *parent;
};

/* An assignment that was carried out. */
struct make_assigned {
	struct make_symbol *symbol;
	const struct make_stmt *stmt;
	struct word words;	 /* this statement's value, expanded */
	struct make_tmpl *value; /* not yet expanded: expand when all is read */
	const struct make_include *includes;
	bool appends;
};

struct make_hooks {
	void *data;
	/* Should assignments in this Makefile be reported? */
	bool (*records)(void *data, const char *path);
	/* @assigned and what it points to live as long as the evaluation. */
	void (*assigned)(void *data, const struct make_assigned *assigned);
	/*
	 * Takes over the include of @path; returns false to let it be read. Asked once
	 * with @path NULL before @text, as the Makefile has it, is expanded.
	 */
	bool (*include)(void *data, struct word text, const char *path);
	/* $(warning), and what of a Makefile is not followed. */
	void (*message)(void *data, struct make_place place, const char *text);
	/* $(error) or $(warning) behind a condition that an un-run command decides. */
	void (*undecided)(void *data, struct make_place place, const char *text);
};

/* @cwd: make's working directory; @include_dir: where includes are looked for next. */
struct make *make_new(const char *cwd, const char *include_dir, const struct make_hooks *hooks);
void make_free(struct make *make);
typedef struct make make_eval;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(make_eval, make_free)

/* The first error, or NULL; make_take_error() hands it over. */
const GError *make_error(const struct make *make);
bool make_take_error(struct make *make, GError **error);
void make_fail(struct make *make, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* Interns; names and symbols live as long as @make. */
struct make_symbol *make_symbol(struct make *make, const char *name, size_t len);
struct make_symbol *make_symbol_find(const struct make *make, const char *name, size_t len);

/*
 * Starts an evaluation: forgets variables of files and rules. With @keep, what the last
 * evaluation allocated stays (its strings and variables may be used on).
 */
void make_begin(struct make *make, bool keep);
/* For the evaluations to come, until changed: what stands below all Makefiles. */
void make_set_base(struct make *make, const char *name, const char *value, enum make_origin origin);
/* A variable of auto.conf; @value: what follows the "=" there. */
void make_set_config(struct make *make, const char *name, const char *value);
/* auto.conf "is read": the config layer shows from now on in this evaluation. */
void make_show_config(struct make *make);
bool make_read(struct make *make, const char *path);
/* Parses and evaluates a text, as $(eval) does. */
void make_eval_text(struct make *make, const char *text, size_t len, struct make_place place);

/* NULL if undefined. */
struct make_var *make_lookup(const struct make *make, const struct make_symbol *symbol);
bool make_is_exported(const struct make *make, const struct make_symbol *symbol);
/* Calls @each for every variable that files of this evaluation have set. */
void make_foreach_set(struct make *make, void (*each)(struct make_symbol *symbol, void *data),
		      void *data);

void make_expand(struct make *make, const struct make_tmpl *tmpl, struct buf *out);
void make_expand_symbol(struct make *make, struct make_symbol *symbol, struct buf *out);
/* The variable's value, expanded; "" if undefined. Lives as long as the evaluation. */
struct word make_value(struct make *make, const char *name, unsigned int *taint);
char *make_value_dup(struct make *make, const char *name);
/* Text of an arena that lives as long as this evaluation. */
const char *make_keep(struct make *make, const char *text, size_t len);
struct arena *make_arena(struct make *make);

/* Absolute path of a name that a Makefile uses; free with g_free(). */
char *make_path(const struct make *make, const char *name, size_t len);
bool make_exists(struct make *make, const char *name, size_t len);

/*
 * Gives variables a value for the time until make_pop() (automatic variables,
 * target-specific ones).
 */
unsigned int make_mark(const struct make *make);
void make_push(struct make *make, struct make_symbol *symbol, const char *value, size_t len);
void make_pop(struct make *make, unsigned int mark);

/* Un-run shell commands: taints are sets of them. */
struct make_shell {
	struct make_place place;
	const char *command;
	bool matters;
};
unsigned int make_taint_union(struct make *make, unsigned int a, unsigned int b);
/* All commands in the set matter. */
void make_taint_matters(struct make *make, unsigned int taint);
/* What includes and conditions around includes depended on in this evaluation. */
unsigned int make_include_taint(const struct make *make);
unsigned int make_n_shells(const struct make *make);
const struct make_shell *make_shell(const struct make *make, unsigned int i);

#endif
