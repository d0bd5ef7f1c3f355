/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Evaluates the Makefiles of a kernel tree for one configuration. The result lists the objects of
 * vmlinux in link order, the module objects, and the compiler flags of each source. initlint
 * evaluates the top Makefile and scripts/Makefile.build of the tree, so the build rules of the
 * tree's own kernel version apply. No command is executed.
 */
#ifndef INITLINT_ANALYZER_KBUILD_KBUILD_H
#define INITLINT_ANALYZER_KBUILD_KBUILD_H

#include <stdbool.h>
#include <glib.h>

#include "analyzer/kconfig/kconfig.h"
#include "db/facts.h"

struct kbuild;

struct kbuild_options {
	const char *tree;  /* top directory of the kernel source tree */
	const char *build; /* build directory; NULL: generated files count as missing */
	const char *arch;  /* make's ARCH; NULL: the architecture of the .config */
	const struct kconfig *config;
	bool flags;	   /* also find sources and compiler flags of built-in objects */
	bool module_flags; /* also find sources and compiler flags of module objects */
};

enum source_language { SOURCE_C, SOURCE_ASM, SOURCE_RUST, SOURCE_OTHER };

/* One compilation. An object that is linked from other objects has several compilations. */
struct kbuild_source {
	const char *target; /* the .o that the compiler writes */
	const char *source; /* path as db/facts.h spells it; NULL: no source was found */
	enum source_language language;
	/*
	 * The flags for clang's front end, NULL-terminated. A relative path in a flag is relative
	 * to the build directory.
	 */
	const char *const *args;
	/*
	 * SHA-256 of @args in hex. The hash does not change if the tree or the build directory is
	 * moved.
	 */
	const char *flags_hash;
};

struct kbuild_object {
	struct object_fact fact;
	/*
	 * The compilations of the object. NULL for a module object if
	 * kbuild_options.module_flags is false. NULL for any other object if
	 * kbuild_options.flags is false.
	 */
	const struct kbuild_source *sources;
	unsigned int n_sources;
};

enum kbuild_note_kind {
	NOTE_DETAIL, /* additional information */
	/* An unexecuted command decides whether make reaches an $(error) or $(warning). */
	NOTE_UNDECIDED,
	NOTE_ERROR, /* the result is incomplete */
};

/* A message about the evaluation. @text is "FILE:LINE: MESSAGE" or "PATH: MESSAGE". */
struct kbuild_note {
	enum kbuild_note_kind kind;
	const char *text;
};

/*
 * Evaluates all Makefiles that make would read for vmlinux and the modules. @options is not used
 * after the call. The result owns everything that the functions below return. Free the result with
 * kbuild_free(). Returns NULL with an INITLINT_ERROR_INPUT error in these cases:
 * - options->tree is not a kernel tree.
 * - The tree does not have the architecture to evaluate (kbuild_options.arch), or the .config is
 *   for another architecture.
 * - A Makefile cannot be read or parsed: unterminated conditional or define, recursive variable,
 *   include cycle.
 * - make reaches an $(error).
 */
struct kbuild *kbuild_walk(const struct kbuild_options *options, GError **error);
void kbuild_free(struct kbuild *kbuild);
typedef struct kbuild kbuild; /* g_autoptr() needs a type name of one word */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(kbuild, kbuild_free)

/*
 * Returns the built-in objects in link order, then the module objects. Sets @n to the number of all
 * these objects.
 */
const struct kbuild_object *kbuild_objects(const struct kbuild *kbuild, unsigned int *n);
/* Returns the $(shell) commands. No command was executed. Sets @n to the number of commands. */
const struct shell_fact *kbuild_shells(const struct kbuild *kbuild, unsigned int *n);
/* Returns the messages about the evaluation. Sets @n to the number of messages. */
const struct kbuild_note *kbuild_notes(const struct kbuild *kbuild, unsigned int *n);
/* Returns the number of directories whose Makefile was evaluated. */
unsigned int kbuild_n_directories(const struct kbuild *kbuild);
/* Returns the kernel version that the top Makefile sets: "6.12.117". */
const char *kbuild_version(const struct kbuild *kbuild);
/* Returns the value of make's ARCH, such as "x86_64". */
const char *kbuild_arch(const struct kbuild *kbuild);
/* Returns the value of make's SRCARCH, such as "x86". */
const char *kbuild_srcarch(const struct kbuild *kbuild);

#endif
