/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Declarations for the files in analyzer/kbuild only.
 *
 * A place is a struct place_fact: the Makefile line that adds an object or a directory to a list
 * such as "obj-y". The parent of the place is the line that adds the containing directory or
 * composite object. A composite object is linked from other objects: "foo-y := a.o b.o".
 */
#ifndef INITLINT_ANALYZER_KBUILD_KBUILD_INTERNAL_H
#define INITLINT_ANALYZER_KBUILD_KBUILD_INTERNAL_H

#include "analyzer/kbuild/kbuild.h"
#include "analyzer/make/make.h"
#include "analyzer/make/make_rules.h"

/* The assignments that one evaluation executes, and the words that each assignment adds. */
struct events {
	GPtrArray *list; /* struct list_event: an assignment; see kbuild_events.c */
	/* struct word -> GPtrArray of struct list_event: the assignments that add the word */
	GHashTable *by_word;
};

/* The Makefile line that adds a word to a list, and the conditions around the line. */
struct origin {
	struct make_place place;
	/* const char *: "CONFIG_X" if the .config sets the symbol; otherwise "!CONFIG_X" */
	GPtrArray *conditions;
	bool literal; /* the word is written in the line; false: the word comes from a variable */
	struct word raw; /* the unexpanded value that the line assigns */
};

/* A directory whose Makefile has been evaluated. */
struct kdir {
	const char *path;		/* "drivers/base"; ".": the top directory */
	const struct place_fact *place; /* the line that adds the directory; NULL: unknown */
	bool builtin;			/* evaluated with Kbuild's need-builtin */
	bool modorder;			/* evaluated with Kbuild's need-modorder */
	GPtrArray *members;		/* struct member: content of built-in.a */
	GPtrArray *lib;			/* struct member: content of lib.a */
};

/* A member of an archive: an object, or the built-in.a of a subdirectory. */
struct member {
	const char *directory;	      /* the subdirectory; NULL: the member is an object */
	struct kbuild_object *object; /* the object; NULL: the member is a built-in.a */
};

struct kbuild {
	struct kbuild_options options; /* valid only during kbuild_walk() */
	struct make *make;
	struct arena *arena; /* memory of all results */
	char *tree;	     /* absolute path of the source tree */
	char *build;	     /* absolute path of the build directory; "/dev/null": none */
	bool quoted_config;  /* strings in this tree's auto.conf have quotes */
	char *version, *arch, *srcarch;
	struct events *top;    /* the assignments of the top Makefile and its includes */
	struct events *events; /* the assignments of the current directory */
	GHashTable *dirs;      /* path -> struct kdir */
	GHashTable *libs;      /* char *: directories whose lib.a is linked into vmlinux */
	/*
	 * path -> struct kbuild_object: the objects that the top Makefile links directly. A value
	 * is NULL until read_singles() sets the value.
	 */
	GHashTable *singles;
	GHashTable *fact_paths;	   /* path as make uses it -> path as in db/facts.h */
	GHashTable *interned_args; /* argument -> struct interned (kbuild_args.c) */
	GPtrArray *modules;	   /* struct kbuild_object, in walk order */
	GArray *objects;	   /* struct kbuild_object, the result */
	GArray *shells;		   /* struct shell_fact */
	GArray *notes;		   /* struct kbuild_note */
};

/* Adds a note to kbuild->notes, unless a note with this text is already there. */
void kbuild_note(struct kbuild *kbuild, enum kbuild_note_kind kind, const char *format, ...)
	G_GNUC_PRINTF(3, 4);
/*
 * @path is a path as make uses it. Returns the path as db/facts.h spells it. The result is in
 * kbuild->arena.
 */
const char *kbuild_fact_path(struct kbuild *kbuild, const char *path);
/*
 * Returns "b/c" for "a/../b/./c". Returns an absolute path if @path is outside the build
 * directory. The result is in kbuild->arena.
 */
const char *kbuild_plain_path(struct kbuild *kbuild, struct word path);
/* Returns the formatted text. The text is in kbuild->arena. */
const char *kbuild_printf(struct kbuild *kbuild, const char *format, ...) G_GNUC_PRINTF(2, 3);

/*
 * kbuild_top.c: evaluates the top Makefile, then walks all directories. Returns false, with @error
 * set, in the cases that kbuild_walk() lists.
 */
bool kbuild_walk_top(struct kbuild *kbuild, GError **error);
/*
 * kbuild_env.c: the exported variables that the current evaluation has changed. Sub-makes inherit
 * these variables.
 */
struct environment;
/*
 * Collects the variables that sub-makes inherit. @arena holds the values, and must live until the
 * evaluation of the sub-makes ends. Free the result with environment_free().
 */
struct environment *environment_take(struct make *make, struct arena *arena);
/*
 * Exchanges the base values of the variables with the values in @environment. A base value is the
 * value that a variable has when an evaluation starts. The first call sets the variables for the
 * sub-makes. The second call restores the old base values.
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

/* Functions of kbuild_events.c. Free the result of events_new() with events_free(). */
struct events *events_new(void);
void events_free(struct events *events);
/* Appends a struct list_event with a copy of @assigned to @events->list. @make is unused. */
void events_add(struct events *events, struct make *make, const struct make_assigned *assigned);
/*
 * @name is the name of a list, such as "obj-y". Finds the line that adds @word to this list, and
 * stores the line in @origin. Returns false if no line adds @word. If the result is true, free
 * @origin with origin_clear(). Call events_index() first.
 */
bool events_find(struct kbuild *kbuild, const struct events *events, struct word word,
		 const char *name, struct origin *origin);
/*
 * Returns the names of the list variables to which an assignment adds @word, as const char *:
 * "obj-y", "foo-objs". Call events_index() first. Free with g_ptr_array_unref().
 */
GPtrArray *events_lists_of(struct kbuild *kbuild, struct events *events, struct word word);
/* Fills events->by_word. Call this function once, after the evaluation has ended. */
void events_index(struct kbuild *kbuild, struct events *events);
/* Frees origin->conditions. */
void origin_clear(struct origin *origin);

/*
 * kbuild_place.c: finds the places of the objects and the subdirectories of one directory. See the
 * top of kbuild_internal.h for the meaning of "place".
 */
struct placer;
/*
 * Creates a placer for some lists of the directory @dir. @names is a NULL-terminated array with the
 * names of the lists, such as "obj-y". @parent is the place of the directory. All arguments must
 * stay valid until placer_free(). Free the result with placer_free().
 */
struct placer *placer_new(struct kbuild *kbuild, const char *dir, const struct place_fact *parent,
			  const char *const *names);
void placer_free(struct placer *placer);
/*
 * Returns the place of @word. @word is spelt as in the directory's Makefile: "dd.o", "base/". The
 * result's place_fact.item is @item: "drivers/base/dd.o". If no line adds @word, the result's
 * place_fact.makefile is NULL, and a note is added to kbuild->notes. Never returns NULL.
 */
const struct place_fact *placer_find(struct placer *placer, struct word word, const char *item);
/*
 * Searches the top Makefile, and all files that the top Makefile includes, for the line that adds
 * @word to a list. Returns the place of the line; NULL if no line adds @word. The result's
 * place_fact.item is @item, and the result's place_fact.rank is @rank.
 */
const struct place_fact *kbuild_top_place(struct kbuild *kbuild, const char *word, const char *item,
					  unsigned int rank);

/*
 * kbuild_cond.c: finds the CONFIG_ symbols that @tmpl references. Adds a const char * to
 * @conditions for each symbol: "CONFIG_X" if the .config sets CONFIG_X to y, m or another value,
 * and "!CONFIG_X" if the .config does not set CONFIG_X.
 */
void conditions_add_tmpl(struct kbuild *kbuild, const struct make_tmpl *tmpl,
			 GPtrArray *conditions);
/*
 * Finds the CONFIG_ symbols that decide whether the statement @stmt takes effect. Adds each symbol
 * to @conditions as "CONFIG_X" or "!CONFIG_X", like conditions_add_tmpl(). @includes is the
 * "include" line that reads the file of @stmt; NULL: none.
 */
void conditions_add_stmt(struct kbuild *kbuild, const struct make_stmt *stmt,
			 const struct make_include *includes, GPtrArray *conditions);
/* Joins @conditions to a text in kbuild->arena: "A && B". Returns NULL if @conditions is empty. */
const char *conditions_join(struct kbuild *kbuild, const GPtrArray *conditions);

/*
 * kbuild_source.c: sets object->fact.modname. Also sets object->sources and object->n_sources,
 * unless kbuild->options says that the sources are not needed. @target is the path of the object as
 * make spells it. The object's directory must be the directory of the current evaluation.
 */
void kbuild_describe(struct kbuild *kbuild, struct word target, struct kbuild_object *object);
/*
 * kbuild_rust.c: finds the C sources that include a header generated from a Rust object, and sets
 * kbuild_source.language of these C sources to SOURCE_RUST. @objects are the struct kbuild_object
 * of the current directory.
 */
void kbuild_mark_rust(struct kbuild *kbuild, const GPtrArray *objects);
/*
 * kbuild_args.c: sets source->args and source->flags_hash. @flags is the compiler's command line.
 */
void kbuild_set_args(struct kbuild *kbuild, struct word flags, struct kbuild_source *source);

/*
 * kbuild_link.c: fills kbuild->objects with the objects of vmlinux in link order, then with the
 * module objects. @objs is the value of KBUILD_VMLINUX_OBJS, and @libs is the value of
 * KBUILD_VMLINUX_LIBS.
 */
void kbuild_link(struct kbuild *kbuild, struct word objs, struct word libs);

/*
 * kbuild_answers.c: sets the variables that Kbuild computes by running the compiler and other
 * tools. initlint does not run the tools.
 */
void kbuild_set_answers(struct make *make);

#endif
