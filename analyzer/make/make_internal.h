/* SPDX-License-Identifier: GPL-2.0-only */
/* What the files of the make evaluator share; not for others. */
#ifndef INITLINT_ANALYZER_MAKE_MAKE_INTERNAL_H
#define INITLINT_ANALYZER_MAKE_MAKE_INTERNAL_H

#include "analyzer/make/make.h"
#include "analyzer/make/make_rules.h"
#include "analyzer/make/make_taint_internal.h"

enum { MAKE_MAX_DEPTH = 1000, MAKE_MAX_ARGS = 64 };

/* The arguments of the $(call) being expanded. */
struct make_frame {
	const struct buf *argv;
	unsigned int n;
};

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
	struct arena *scratch; /* of one evaluation */
	struct make_symbol **buckets;
	unsigned int n_buckets, n_symbols;
	GHashTable *files;     /* path -> struct make_file; borrows from perm */
	GHashTable *functions; /* name -> struct make_function */
	unsigned int generation;
	GPtrArray *set; /* struct make_symbol: set in this generation */
	bool config_shown;
	bool export_all;
	const struct make_stmt *stmt;  /* being evaluated; NULL: none */
	struct make_place where;       /* of it, for messages */
	struct make_place shell_place; /* the text being expanded */
	const struct make_include *includes;
	const struct make_frame *frame;
	unsigned int depth;
	unsigned int guard_taint;
	unsigned int include_taint;
	GArray *saved;	 /* struct make_saved */
	GPtrArray *bufs; /* struct buf: idle */
	struct taints *taints;
	struct make_rules *rules;
	GError *error;
};

/* Temporary buffers, empty when given; give back in any order. */
struct buf *make_buf(struct make *make);
void make_buf_done(struct make *make, struct buf *buf);
static inline void make_add_taint(struct make *make, struct buf *out, unsigned int taint)
{
	if (taint && taint != out->taint)
		out->taint = taints_union(make->taints, out->taint, taint);
}
/* Appends @from and its taint. */
void make_append(struct make *make, struct buf *out, const struct buf *from);

/* make_tmpl.c */
struct make_tmpl *make_compile(struct make *make, struct arena *arena, const char *text, size_t len,
			       struct make_place place);
/* The end of the reference that starts with the '$' at @p, at most @end. */
const char *make_skip_ref(const char *p, const char *end);

/* make_parse.c */
struct make_stmt *make_parse(struct make *make, struct arena *arena, const struct make_file *file,
			     const char *text, size_t len, struct make_place place);
/* What is no recipe line: continuations joined, comments and blanks at its start gone. */
struct word make_clean_line(struct arena *arena, struct word raw);
/* Only that: "\<newline>" and the blanks around it become one blank. */
struct word make_join_lines(struct arena *arena, struct word raw);
/* The first of @wanted outside of references; NULL if there is none. */
const char *make_find_outside(struct word text, const char *wanted);

/*
 * make_parse_assign.c: is @line an assignment? Fills @assign then; its value is not
 * compiled for a define, whose lines follow.
 */
bool make_parse_assign(struct make *make, struct arena *arena, struct word line,
		       struct make_place place, struct make_assign *assign);

/* make_assign.c */
void make_assign(struct make *make, const struct make_assign *assign, struct make_symbol *symbol,
		 struct make_place place, struct make_assigned *result);
struct make_var *make_own_var(struct make *make, struct make_symbol *symbol);
void make_var_store(struct make *make, struct make_var *var, const char *text, size_t len);

/* make.c: parsed once; NULL with an error set */
struct make_file *make_load_file(struct make *make, const char *path);

/* make_eval.c */
void make_eval_stmts(struct make *make, const struct make_stmt *stmts);

/* A function gets its arguments expanded (text), or as they are (lazy). */
struct make_function {
	const char *name;
	uint8_t min, max; /* max 0: any number */
	uint8_t stripped; /* so many arguments lose the blanks around them as written */
	void (*text)(struct make *make, struct buf **argv, unsigned int n, struct buf *out);
	void (*lazy)(struct make *make, struct make_tmpl *const *args, unsigned int n,
		     struct buf *out);
};
extern const struct make_function make_text_functions[];
extern const struct make_function make_file_functions[];
extern const struct make_function make_flow_functions[];
const struct make_function *make_find_function(const struct make *make, struct word name);
void make_call_function(struct make *make, const struct make_function *function,
			struct make_tmpl *const *args, unsigned int n, struct buf *out);
/* Expands a variable as $(call) does, with the frame's arguments. */
void make_expand_var(struct make *make, struct make_symbol *symbol, struct make_var *var,
		     bool recursion_allowed, struct buf *out);

/* make_words.c */
/* Does @word match @pattern with one "%"? @stem: what stands for it. */
bool make_match(struct word pattern, struct word word, struct word *stem);
void make_patsubst(struct word text, struct word from, struct word to, struct buf *out);

#endif
