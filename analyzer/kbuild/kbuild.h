/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A kernel tree's Makefiles, evaluated for one configuration: which objects make up
 * vmlinux, in which order, which are modules, and how each source is compiled. The
 * tree's own top Makefile and scripts/Makefile.build are evaluated, so the rules of
 * each kernel version are its own. Nothing is executed.
 */
#ifndef INITLINT_ANALYZER_KBUILD_KBUILD_H
#define INITLINT_ANALYZER_KBUILD_KBUILD_H

#include <stdbool.h>
#include <glib.h>

#include "analyzer/kconfig/kconfig.h"
#include "db/facts.h"

struct kbuild;

struct kbuild_options {
	const char *tree;  /* kernel source; must have Makefile, Kconfig and arch/ */
	const char *build; /* build directory, or NULL: no generated files are seen */
	const char *arch;  /* make's ARCH, or NULL: the one in the .config */
	const struct kconfig *config;
	bool flags;	   /* work out sources and compile flags of built-in objects too */
	bool module_flags; /* and those of modules */
};

enum source_language { SOURCE_C, SOURCE_ASM, SOURCE_RUST, SOURCE_OTHER };

/* One compilation. An object that is linked from others (kvm_nvhe.o) has several. */
struct kbuild_source {
	const char *target; /* the .o that the compiler writes */
	const char *source; /* path as in db/facts.h; NULL if no source could be found */
	enum source_language language;
	const char *const *args; /* flags that matter to the front end, NULL-terminated; the
				  * working directory is the build directory */
	const char *flags_hash;	 /* of args, tree and build paths left out */
};

struct kbuild_object {
	struct object_fact fact;
	const struct kbuild_source *sources; /* only with options.flags */
	unsigned int n_sources;
};

enum kbuild_note_kind {
	NOTE_DETAIL,	/* for those who want to know more */
	NOTE_UNDECIDED, /* make may stop or warn there: a $(shell) that is not run decides */
	NOTE_ERROR,	/* the result is partial because of it */
};

/* Something that a reader of the result should know: "file:line: text". */
struct kbuild_note {
	enum kbuild_note_kind kind;
	const char *text;
};

/*
 * Walks the whole configuration. Fails (INITLINT_ERROR_INPUT) on a tree that is none,
 * a .config of an architecture the tree has not or of another than options.arch, a
 * Makefile that cannot be read or parsed (unterminated conditional or define,
 * recursive variable, include cycle, $(error)). The result owns all that the functions
 * below return.
 */
struct kbuild *kbuild_walk(const struct kbuild_options *options, GError **error);
void kbuild_free(struct kbuild *kbuild);
typedef struct kbuild kbuild; /* g_autoptr() takes one word */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(kbuild, kbuild_free)

/* Built-in objects in link order, then module objects in walk order. */
const struct kbuild_object *kbuild_objects(const struct kbuild *kbuild, unsigned int *n);
const struct shell_fact *kbuild_shells(const struct kbuild *kbuild, unsigned int *n);
const struct kbuild_note *kbuild_notes(const struct kbuild *kbuild, unsigned int *n);
unsigned int kbuild_n_directories(const struct kbuild *kbuild);
/* Version in the top Makefile: "6.12.117". */
const char *kbuild_version(const struct kbuild *kbuild);
/* make's ARCH and SRCARCH in force: "x86_64" and "x86". */
const char *kbuild_arch(const struct kbuild *kbuild);
const char *kbuild_srcarch(const struct kbuild *kbuild);

#endif
