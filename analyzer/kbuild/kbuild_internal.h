/* SPDX-License-Identifier: GPL-2.0-only */
/* Declarations for the files in analyzer/kbuild only. */
#ifndef INITLINT_ANALYZER_KBUILD_KBUILD_INTERNAL_H
#define INITLINT_ANALYZER_KBUILD_KBUILD_INTERNAL_H

#include "analyzer/kbuild/kbuild.h"
#include "analyzer/make/make.h"
#include "analyzer/make/make_rules.h"

/* The assignments of one evaluation, and the words that each assignment adds. */
struct events {
	GPtrArray *list;     /* struct event */
	GHashTable *by_word; /* struct word -> GPtrArray of struct event; see events_index() */
};

/* The line that adds a word to a list, and the conditions for adding it. */
struct origin {
	struct make_place place;
	GPtrArray *conditions; /* const char *: "CONFIG_X" or "!CONFIG_X" */
	bool literal;	       /* the line contains the word, not a variable with the word */
	struct word raw;       /* the unexpanded value that the line assigns */
};

/* A directory that has been evaluated. */
struct kdir {
	const char *path; /* "drivers/base"; "." for the top */
	const struct place_fact *place;
	bool builtin;	    /* evaluated with need-builtin */
	bool modorder;	    /* evaluated with need-modorder */
	GPtrArray *members; /* struct member: content of built-in.a */
	GPtrArray *lib;	    /* struct member: content of lib.a */
};

/* A member of an archive: an object, or the built-in.a of a subdirectory. */
struct member {
	const char *directory; /* the subdirectory; NULL: the member is an object */
	struct kbuild_object *object;
};

struct kbuild {
	struct kbuild_options options; /* valid only during kbuild_walk() */
	struct make *make;
	struct arena *arena; /* memory of all results */
	char *tree;	     /* absolute */
	char *build;	     /* absolute; "/dev/null" if there is no build directory */
	bool quoted_config;  /* auto.conf has quotes around strings */
	char *version, *arch, *srcarch;
	struct events *top;	   /* of the top Makefile and its includes */
	struct events *events;	   /* of the current directory */
	GHashTable *dirs;	   /* path -> struct kdir */
	GHashTable *libs;	   /* char *: directories whose lib.a is linked into vmlinux */
	GHashTable *singles;	   /* path -> struct kbuild_object: linked by the top Makefile */
	GHashTable *fact_paths;	   /* path as make uses it -> path as in db/facts.h */
	GHashTable *interned_args; /* argument -> struct interned (kbuild_args.c) */
	GPtrArray *modules;	   /* struct kbuild_object, in walk order */
	GArray *objects;	   /* struct kbuild_object, the result */
	GArray *shells;		   /* struct shell_fact */
	GArray *notes;		   /* struct kbuild_note */
};

/* Adds a note, unless there is a note with the same text. */
void kbuild_note(struct kbuild *kbuild, enum kbuild_note_kind kind, const char *format, ...)
	G_GNUC_PRINTF(3, 4);
/* Returns the spelling in db/facts.h of a @path that make uses. The result is in kbuild->arena. */
const char *kbuild_fact_path(struct kbuild *kbuild, const char *path);
/* Returns "b/c" for "a/../b/./c". The result is in kbuild->arena. */
const char *kbuild_plain_path(struct kbuild *kbuild, struct word path);
/* The result is in kbuild->arena. */
const char *kbuild_printf(struct kbuild *kbuild, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* kbuild_top.c: evaluates the top Makefile, then walks all directories. */
bool kbuild_walk_top(struct kbuild *kbuild, GError **error);
/*
 * kbuild_env.c: the exported variables that the current evaluation has changed. Sub-makes inherit
 * these variables.
 */
struct environment;
/* @arena must live as long as the sub-makes are evaluated. Free with environment_free(). */
struct environment *environment_take(struct make *make, struct arena *arena);
/*
 * Exchanges the base values of the variables with the values in @environment. The first call gives
 * the variables to the sub-makes. The second call restores the old base values.
 */
void environment_swap(struct environment *environment);
void environment_free(struct environment *environment);

/*
 * kbuild_dir.c
 *
 * Evaluates the directory @path, then walks its subdirectories. @builtin and @modorder are Kbuild's
 * need-builtin and need-modorder. @place is the line that adds the directory; NULL: unknown.
 * Returns false on an error, which make_error() then returns.
 */
bool kbuild_walk_dir(struct kbuild *kbuild, const char *path, bool builtin, bool modorder,
		     const struct place_fact *place);

/* kbuild_events.c */
struct events *events_new(void);
void events_free(struct events *events);
void events_add(struct events *events, struct make *make, const struct make_assigned *assigned);
/*
 * Finds the line that adds @word to the variable @name, such as "obj-y". Returns false if there is
 * no such line. Needs events_index(). If true, free @origin with origin_clear().
 */
bool events_find(struct kbuild *kbuild, const struct events *events, struct word word,
		 const char *name, struct origin *origin);
/*
 * Returns the names of the lists of files that contain @word, as const char *. Needs
 * events_index(). Free with g_ptr_array_unref().
 */
GPtrArray *events_lists_of(struct kbuild *kbuild, struct events *events, struct word word);
/* Fills events->by_word. Call it once, after the evaluation. */
void events_index(struct kbuild *kbuild, struct events *events);
void origin_clear(struct origin *origin);

/* kbuild_place.c: finds the places of the words in the lists of a directory. */
struct placer;
/* @names are the names of the lists, NULL-terminated. @parent is the place of the directory. */
struct placer *placer_new(struct kbuild *kbuild, const char *dir, const struct place_fact *parent,
			  const char *const *names);
void placer_free(struct placer *placer);
/* @word is the name in the Makefile ("dd.o", "base/"). @item is the name in db/facts.h. */
const struct place_fact *placer_find(struct placer *placer, struct word word, const char *item);
/* Returns the place of @word in a list of the top Makefile; NULL if no line adds it. */
const struct place_fact *kbuild_top_place(struct kbuild *kbuild, const char *word, const char *item,
					  unsigned int rank);

/* kbuild_cond.c: adds the CONFIG_ symbols that a text references. */
void conditions_add_tmpl(struct kbuild *kbuild, const struct make_tmpl *tmpl,
			 GPtrArray *conditions);
/* Adds the CONFIG_ symbols that decide whether a statement takes effect. */
void conditions_add_stmt(struct kbuild *kbuild, const struct make_stmt *stmt,
			 const struct make_include *includes, GPtrArray *conditions);
/* Returns "A && B" in kbuild->arena; NULL if @conditions is empty. */
const char *conditions_join(struct kbuild *kbuild, const GPtrArray *conditions);

/* kbuild_source.c: sets modname, sources and flags of an object of the current directory. */
void kbuild_describe(struct kbuild *kbuild, struct word target, struct kbuild_object *object);
/*
 * kbuild_rust.c: marks C sources that need headers from Rust objects as Rust. @objects are the
 * struct kbuild_object of the current directory.
 */
void kbuild_mark_rust(struct kbuild *kbuild, const GPtrArray *objects);
/* kbuild_args.c: sets args and flags_hash of @source. @flags is the compiler's command line. */
void kbuild_set_args(struct kbuild *kbuild, struct word flags, struct kbuild_source *source);

/*
 * kbuild_link.c: fills kbuild->objects in link order. @objs and @libs are the values of
 * KBUILD_VMLINUX_OBJS and KBUILD_VMLINUX_LIBS.
 */
void kbuild_link(struct kbuild *kbuild, struct word objs, struct word libs);

/* kbuild_answers.c: sets variables that answer Kbuild's questions to the compiler. */
void kbuild_set_answers(struct make *make);

#endif
