/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Evaluates the Makefiles of a kernel tree for one configuration. The result lists the objects of
 * vmlinux in link order, the module objects, and how each source is compiled. The tree's own top
 * Makefile and scripts/Makefile.build are evaluated, so the rules of each kernel version apply. No
 * command is executed.
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
	const char *build; /* build directory; NULL: generated files are ignored */
	const char *arch;  /* make's ARCH; NULL: the architecture of the .config */
	const struct kconfig *config;
	bool flags;	   /* also find sources and compiler flags of built-in objects */
	bool module_flags; /* also find sources and compiler flags of module objects */
};

enum source_language { SOURCE_C, SOURCE_ASM, SOURCE_RUST, SOURCE_OTHER };

/* One compilation. An object that is linked from other objects has several compilations. */
struct kbuild_source {
	const char *target; /* the .o that the compiler writes */
	const char *source; /* path as in db/facts.h; NULL: no source was found */
	enum source_language language;
	const char *const *args; /* flags for the front end, NULL-terminated; relative paths start
				  * at the build directory */
	const char *flags_hash;	 /* hash of @args, independent of tree and build paths */
};

struct kbuild_object {
	struct object_fact fact;
	const struct kbuild_source *sources; /* NULL unless kbuild_options ask for flags */
	unsigned int n_sources;
};

enum kbuild_note_kind {
	NOTE_DETAIL,	/* additional information */
	NOTE_UNDECIDED, /* an unexecuted command decides whether make stops or warns */
	NOTE_ERROR,	/* the result is incomplete */
};

/* A message about the evaluation: "file:line: text". */
struct kbuild_note {
	enum kbuild_note_kind kind;
	const char *text;
};

/*
 * Evaluates all Makefiles that make would read for vmlinux and the modules. The result owns
 * everything that the functions below return. Free the result with kbuild_free(). Returns NULL with
 * an INITLINT_ERROR_INPUT error in these cases:
 * - options->tree is not a kernel tree.
 * - The tree does not have the architecture, or the .config is for another architecture.
 * - A Makefile cannot be read or parsed: unterminated conditional or define, recursive variable,
 *   include cycle.
 * - make reaches an $(error).
 */
struct kbuild *kbuild_walk(const struct kbuild_options *options, GError **error);
void kbuild_free(struct kbuild *kbuild);
typedef struct kbuild kbuild; /* g_autoptr() takes one word */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(kbuild, kbuild_free)

/* Returns the built-in objects in link order, then the module objects. Sets @n to their number. */
const struct kbuild_object *kbuild_objects(const struct kbuild *kbuild, unsigned int *n);
/* Returns the shell commands of the Makefiles, unexecuted. Sets @n to their number. */
const struct shell_fact *kbuild_shells(const struct kbuild *kbuild, unsigned int *n);
const struct kbuild_note *kbuild_notes(const struct kbuild *kbuild, unsigned int *n);
unsigned int kbuild_n_directories(const struct kbuild *kbuild);
/* Returns the version in the top Makefile: "6.12.117". */
const char *kbuild_version(const struct kbuild *kbuild);
/* Returns the values of ARCH and SRCARCH, such as "x86_64" and "x86". */
const char *kbuild_arch(const struct kbuild *kbuild);
const char *kbuild_srcarch(const struct kbuild *kbuild);

#endif
