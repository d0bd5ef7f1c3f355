/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Private parts of analyzer/prepare/prepare.h: running the kernel's make, merging .configs, and
 * finding and making generated sources.
 */
#ifndef INITLINT_ANALYZER_PREPARE_PREPARE_INTERNAL_H
#define INITLINT_ANALYZER_PREPARE_PREPARE_INTERNAL_H

#include "analyzer/kbuild/kbuild.h"
#include "analyzer/kconfig/kconfig.h"
#include "analyzer/prepare/prepare.h"

/* One run of prepare_tree(). */
struct prepare {
	const struct prepare_options *options;
	char *tree;	      /* absolute */
	char *build;	      /* absolute */
	const char *arch;     /* make's ARCH; NULL: make's default */
	GPtrArray *make_args; /* char *: tools and architecture, for every run of make */
};

/* --- prepare_tools.c --- */

/*
 * Finds clang with its linker and binutils, of version 17 or later, and appends what
 * tells make to use them. Fails (INITLINT_ERROR_FAILED) naming the packages to install.
 */
bool prepare_find_tools(struct prepare *prepare, GError **error);

/* --- prepare_make.c --- */

/*
 * Runs the tree's make in the build directory with @targets (NULL-terminated). Fails
 * (INITLINT_ERROR_FAILED) with the end of make's output.
 */
bool prepare_make(const struct prepare *prepare, const char *what, const char *const *targets,
		  GError **error);

/*
 * Runs @target of @makefile, which includes the tree's top Makefile, with -k and
 * @variables ("NAME=VALUE", may be NULL). Which targets could not be made is told by
 * make's output in @lines (char *, owned by the array). Fails only if make could not be
 * started.
 */
bool prepare_make_file(const struct prepare *prepare, const char *makefile, const char *target,
		       const GPtrArray *variables, GPtrArray *lines, GError **error);

/* --- prepare_config.c --- */

/*
 * Brings BUILD/.config into being: from a defconfig, a file or what is there, with the
 * symbols that were asked for, completed by olddefconfig. Where a file was given, it is
 * kept, with the consequences of --enable and --disable, as BUILD/.initlint/config.
 * Returns the effective configuration.
 */
struct kconfig *prepare_configure(struct prepare *prepare, struct prepare_report *report,
				  GError **error);
/* Makes the kept file valid for the BUILD/.config of now. */
bool prepare_seal_config(const struct prepare *prepare, GError **error);

/* --- prepare_merge.c --- */

/*
 * The text of a .config with everything as in @given, but for what changed from @base
 * to @result, and for strings and numbers that @given lacks. @head: the comment lines to
 * begin with.
 */
char *prepare_merge_configs(const char *head, const struct kconfig *given,
			    const struct kconfig *base, const struct kconfig *result);
/* symbol -> value as the file spells it */
GHashTable *prepare_config_table(const struct kconfig *config);
/* Unset and empty are one. */
bool prepare_same_value(const char *a, const char *b);

/* --- prepare_changes.c --- */

/* Fills report->changed and ->objects: what Kconfig made of the file that was given. */
bool prepare_report_changes(const struct prepare *prepare, const struct kconfig *effective,
			    const struct kconfig *result, struct prepare_report *report,
			    GError **error);

/*
 * What to tell make so that its rules see @effective rather than BUILD/.config:
 * "CONFIG_X=y", "CONFIG_Y=" of all on/off symbols that differ and are no finding about
 * the tools. NULL on an error.
 */
GPtrArray *prepare_overrides(const struct prepare *prepare, const struct kconfig *effective,
			     GError **error);

/* --- prepare_answers.c --- */

/*
 * The symbols ("CONFIG_X") that say what the compiler can do, and that clang cannot read the
 * sources with as @effective has them. Owned by the caller: g_hash_table_unref(). @clang: text
 * of a header that puts in place what clang answers, for single sources; free with g_free().
 */
GHashTable *prepare_answers(const struct prepare *prepare, const struct kbuild *kbuild,
			    const struct kconfig *effective, const struct kconfig *result,
			    char **clang);

/* --- prepare_header.c --- */

#define PREPARE_AUTOCONF "include/generated/autoconf.h"
#define PREPARE_ANSWERS	 ".initlint/answers.h" /* pch_text.c has it read in the last fallback */

/*
 * Text of that header: @effective, but what the compiler is, and the symbols in @refused, as in
 * @result. Free with g_free().
 */
char *prepare_header_text(const struct prepare *prepare, const struct kconfig *effective,
			  const struct kconfig *result, GHashTable *refused);
/*
 * Writes it anew where the effective configuration differs from BUILD/.config. What of that
 * clang cannot read is told in @report.
 */
bool prepare_write_header(const struct prepare *prepare, const struct kbuild *kbuild,
			  const struct kconfig *effective, struct prepare_report *report,
			  GError **error);

/* --- prepare_include.c --- */

/* A file that a source includes and that is nowhere yet. */
struct missing_file {
	char *path;	/* where it would be made, relative to the build directory */
	char *includer; /* directory of the object whose source, or whose header, includes it */
	bool is_source; /* not included: the source of a built-in object itself */
};

void missing_file_free(void *file);

/* Adds struct missing_file for all that the built-in C sources among @objects lack. */
void prepare_scan_includes(const char *tree, const char *build, const struct kbuild_object *objects,
			   unsigned int n, GPtrArray *missing);

/* --- prepare_generate.c --- */

/*
 * Makes what prepare_scan_includes() finds, until nothing more comes of it. @overrides
 * is prepare_overrides()'s answer.
 */
bool prepare_generate(const struct prepare *prepare, const struct kbuild *kbuild,
		      const GPtrArray *overrides, struct prepare_report *report, GError **error);

#endif
