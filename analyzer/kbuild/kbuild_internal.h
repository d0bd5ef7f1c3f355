/* SPDX-License-Identifier: GPL-2.0-only */
/* What the files of the Kbuild walk share; not for others. */
#ifndef INITLINT_ANALYZER_KBUILD_KBUILD_INTERNAL_H
#define INITLINT_ANALYZER_KBUILD_KBUILD_INTERNAL_H

#include "analyzer/kbuild/kbuild.h"
#include "analyzer/make/make.h"
#include "analyzer/make/make_rules.h"

/* Assignments of one evaluation, and which words they brought. */
struct events {
	GPtrArray *list;     /* struct event */
	GHashTable *by_word; /* struct word -> GPtrArray of struct event; NULL until asked */
};

/* A word's way into a list: the line, and everything that its being there hangs on. */
struct origin {
	struct make_place place;
	GPtrArray *conditions; /* const char *: "CONFIG_X" or "!CONFIG_X" */
	bool literal;	       /* the line spells the word out */
	struct word raw;       /* what the line adds, as it is written */
};

/* A directory that was evaluated. */
struct kdir {
	const char *path; /* "drivers/base"; "." for the top */
	const struct place_fact *place;
	bool builtin;	    /* evaluated with need-builtin */
	bool modorder;	    /* and with need-modorder */
	GPtrArray *members; /* struct member: its built-in.a */
	GPtrArray *lib;	    /* struct member: its lib.a */
};

/* Member of an archive: an object, or the built-in.a of a directory below. */
struct member {
	const char *directory; /* NULL: it is an object */
	struct kbuild_object *object;
};

struct kbuild {
	struct kbuild_options options; /* of the walk; not valid after it */
	struct make *make;
	struct arena *arena; /* everything that is handed out */
	char *tree;	     /* absolute */
	char *build;	     /* absolute; a directory that holds nothing if there is none */
	bool quoted_config;  /* auto.conf keeps the quotes around strings */
	char *version, *arch, *srcarch;
	struct events *top;    /* of the top Makefile and what it includes */
	struct events *events; /* of the directory being evaluated */
	GHashTable *dirs;      /* path -> struct kdir */
	GHashTable *libs;      /* char *: directories whose lib.a is linked */
	GHashTable *singles;   /* path -> struct kbuild_object: linked by themselves */
	GHashTable *places;    /* Makefile path as read -> as in facts */
	GHashTable *flag_sets; /* interned argument texts */
	GPtrArray *modules;    /* struct kbuild_object, in walk order */
	GArray *objects;       /* struct kbuild_object, the result */
	GArray *shells;	       /* struct shell_fact */
	GArray *notes;	       /* struct kbuild_note */
};

/* Each text once. */
void kbuild_note(struct kbuild *kbuild, enum kbuild_note_kind kind, const char *format, ...)
	G_GNUC_PRINTF(3, 4);
/* A path as in db/facts.h for one that make uses. */
const char *kbuild_fact_path(struct kbuild *kbuild, const char *path);
/* "a/../b/./c" -> "b/c"; in kbuild->arena. */
const char *kbuild_plain_path(struct kbuild *kbuild, struct word path);
const char *kbuild_printf(struct kbuild *kbuild, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* kbuild_top.c: evaluates the top Makefile and walks from there. */
bool kbuild_walk_top(struct kbuild *kbuild, GError **error);
/* Exported variables that this evaluation has changed, for its sub-makes. */
struct environment;
struct environment *environment_take(struct make *make, struct arena *arena);
/* Puts them below the evaluations to come, or takes them away again. */
void environment_swap(struct environment *environment);
void environment_free(struct environment *environment);

/* kbuild_dir.c */
bool kbuild_walk_dir(struct kbuild *kbuild, const char *path, bool builtin, bool modorder,
		     const struct place_fact *place);

/* kbuild_events.c */
struct events *events_new(void);
void events_free(struct events *events);
void events_add(struct events *events, struct make *make, const struct make_assigned *assigned);
/* Where did @word come into variable @name ("obj-y")? False: not found. */
bool events_find(struct kbuild *kbuild, const struct events *events, struct word word,
		 const char *name, struct origin *origin);
/* The names of the lists that @word is in and that end in -y, -m or -objs; free with g_ptr_array_unref(). */
GPtrArray *events_lists_of(struct kbuild *kbuild, struct events *events, struct word word);
void events_index(struct kbuild *kbuild, struct events *events);
void origin_clear(struct origin *origin);

/* kbuild_place.c */
struct placer;
/* Places for what is in the lists @names (NULL-terminated) of the evaluation. */
struct placer *placer_new(struct kbuild *kbuild, const char *dir, const struct place_fact *parent,
			  const char *const *names);
void placer_free(struct placer *placer);
/* @word as the Makefile names it ("dd.o", "base/"), @item as facts do. */
const struct place_fact *placer_find(struct placer *placer, struct word word, const char *item);
/* A place for @word in one of the top Makefile's lists; no parent. */
const struct place_fact *kbuild_top_place(struct kbuild *kbuild, const char *word, const char *item,
					  unsigned int rank);

/* kbuild_cond.c: adds the CONFIG_ symbols of what a statement or a text hangs on. */
void conditions_add_tmpl(struct kbuild *kbuild, const struct make_tmpl *tmpl,
			 GPtrArray *conditions);
void conditions_add_stmt(struct kbuild *kbuild, const struct make_stmt *stmt,
			 const struct make_include *includes, GPtrArray *conditions);
/* "A && B" in kbuild->arena; NULL if there is none. */
const char *conditions_join(struct kbuild *kbuild, const GPtrArray *conditions);

/* kbuild_source.c: modname, sources and flags of an object of the evaluated directory. */
void kbuild_describe(struct kbuild *kbuild, struct word target, struct kbuild_object *object);
/* kbuild_rust.c: of @objects (struct kbuild_object) of the evaluated directory. */
void kbuild_mark_rust(struct kbuild *kbuild, const GPtrArray *objects);
/* kbuild_args.c: what a front end needs of a compiler's command line. */
void kbuild_set_args(struct kbuild *kbuild, struct word flags, struct kbuild_source *source);

/* kbuild_link.c: the order of vmlinux. @objs, @libs: KBUILD_VMLINUX_OBJS, _LIBS. */
void kbuild_link(struct kbuild *kbuild, struct word objs, struct word libs);

/* kbuild_answers.c: what make is told instead of running a compiler. */
void kbuild_set_answers(struct make *make);

#endif
