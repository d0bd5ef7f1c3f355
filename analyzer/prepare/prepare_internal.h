/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Private parts of analyzer/prepare/prepare.h: runs the kernel's make, merges .configs, finds and
 * makes generated sources.
 *
 * Two configurations occur below. @effective is the configuration that the user wants: the .config
 * from which the initcall order is computed. @result is BUILD/.config, which olddefconfig has made
 * from @effective with clang and the tools of this machine. The two may differ.
 */
#ifndef INITLINT_ANALYZER_PREPARE_PREPARE_INTERNAL_H
#define INITLINT_ANALYZER_PREPARE_PREPARE_INTERNAL_H

#include "analyzer/kbuild/kbuild.h"
#include "analyzer/kconfig/kconfig.h"
#include "analyzer/prepare/prepare.h"

/* One run of prepare_tree(). */
struct prepare {
	const struct prepare_options *options;
	char *tree;	      /* absolute path */
	char *build;	      /* absolute path */
	const char *arch;     /* make's ARCH; NULL: make's default */
	GPtrArray *make_args; /* char *: arguments of each make: tools and architecture */
};

/* --- prepare_tools.c --- */

/*
 * Finds clang, its linker and its binutils, version 17 or later, and adds arguments for them to
 * prepare->make_args. Returns false with INITLINT_ERROR_FAILED if a tool is missing; the message
 * names the packages to install.
 */
bool prepare_find_tools(struct prepare *prepare, GError **error);

/* --- prepare_make.c --- */

/*
 * Runs the tree's make for the build directory with @targets (NULL-terminated). @step: the name of
 * this step in messages. Returns false with INITLINT_ERROR_FAILED and the end of make's output if
 * make fails.
 */
bool prepare_make(const struct prepare *prepare, const char *step, const char *const *targets,
		  GError **error);

/*
 * Runs the tree's make with -k for @target. make reads @makefile before the tree's top Makefile;
 * @makefile may be NULL. @variables: "NAME=VALUE" arguments, or NULL. Appends make's output to
 * @lines (char *, owned by the array), which tells the targets that failed. Returns false only if
 * make cannot be started.
 */
bool prepare_make_file(const struct prepare *prepare, const char *makefile, const char *target,
		       const GPtrArray *variables, GPtrArray *lines, GError **error);

/* --- prepare_config.c --- */

/*
 * Makes BUILD/.config from a defconfig, from a given .config, or from the present BUILD/.config.
 * Applies --enable and --disable and runs olddefconfig. If there was a .config before, also writes
 * BUILD/.initlint/config: that .config plus the consequences of --enable and --disable. Returns
 * the effective configuration, or NULL on error. Free with kconfig_free().
 */
struct kconfig *prepare_configure(struct prepare *prepare, struct prepare_report *report,
				  GError **error);
/*
 * Declares BUILD/.initlint/config valid for the present BUILD/.config, by storing a hash. Call it
 * last: without the hash, prepare_effective_config() ignores BUILD/.initlint/config.
 */
bool prepare_seal_config(const struct prepare *prepare, GError **error);

/* --- prepare_merge.c --- */

/*
 * Returns the text of a .config: the symbols of @given, plus all changes from @base to @result,
 * plus strings and numbers of @result that @given lacks. @head: comment lines for the beginning.
 * Free with g_free().
 */
char *prepare_merge_configs(const char *head, const struct kconfig *given,
			    const struct kconfig *base, const struct kconfig *result);
/* Returns a table: symbol -> value as spelt in the file. Free with g_hash_table_unref(). */
GHashTable *prepare_config_table(const struct kconfig *config);
/* True if two values are the same. NULL, "n" and empty strings are all the same. */
bool prepare_same_value(const char *a, const char *b);

/* --- prepare_changes.c --- */

/* Fills report->changed and report->objects with the differences of the two configurations. */
bool prepare_report_changes(const struct prepare *prepare, const struct kconfig *effective,
			    const struct kconfig *result, struct prepare_report *report,
			    GError **error);

/*
 * Returns arguments for make, so that its rules use @effective instead of BUILD/.config:
 * "CONFIG_X=y", "CONFIG_Y=" for all on/off symbols that differ. Symbols that Kconfig computes from
 * the tools (kconfig_asks_tools()) are left out. Returns NULL on error. Free with
 * g_ptr_array_unref().
 */
GPtrArray *prepare_overrides(const struct prepare *prepare, const struct kconfig *effective,
			     GError **error);

/* --- prepare_answers.c --- */

/*
 * Returns the set of refused symbols ("CONFIG_X"). These are capability symbols (CC_HAS_*), which
 * say what the compiler can do. With their values in @effective, clang cannot read the sources.
 * Free with g_hash_table_unref(). Sets *@clang to the text of a header that sets all capability
 * symbols to clang's values; free with g_free().
 */
GHashTable *prepare_answers(const struct prepare *prepare, const struct kbuild *kbuild,
			    const struct kconfig *effective, const struct kconfig *result,
			    char **clang);

/* --- prepare_header.c --- */

#define PREPARE_AUTOCONF "include/generated/autoconf.h"
#define PREPARE_ANSWERS	 ".initlint/answers.h" /* used by the minimal shim of pch_text.c */

/*
 * Returns the text of autoconf.h with the values of @effective. The symbols that name the compiler
 * and the symbols in @refused have the values of @result. Free with g_free().
 */
char *prepare_header_text(const struct prepare *prepare, const struct kconfig *effective,
			  const struct kconfig *result, GHashTable *refused);
/*
 * Rewrites autoconf.h if @effective differs from BUILD/.config, and writes refused.h and answers.h.
 * Adds the refused symbols to report->refused.
 */
bool prepare_write_header(const struct prepare *prepare, const struct kbuild *kbuild,
			  const struct kconfig *effective, struct prepare_report *report,
			  GError **error);

/* --- prepare_include.c --- */

/* A file that a source includes and that does not exist yet. */
struct missing_file {
	char *path;	/* where make may make the file, relative to the build directory */
	char *includer; /* directory of the object that includes the file, maybe through headers */
	bool is_source; /* the file is not included, but is the source of a built-in object */
};

/* Frees a struct missing_file. */
void missing_file_free(void *data);

/*
 * Adds a struct missing_file to @missing for each file that the built-in C sources among @objects
 * lack.
 */
void prepare_scan_includes(const char *tree, const char *build, const struct kbuild_object *objects,
			   unsigned int n, GPtrArray *missing);

/* --- prepare_generate.c --- */

/*
 * Makes the files that prepare_scan_includes() finds. Repeats this, since made files may include
 * further files. @overrides: the result of prepare_overrides(). Fills report->not_made.
 */
bool prepare_generate(const struct prepare *prepare, const struct kbuild *kbuild,
		      const GPtrArray *overrides, struct prepare_report *report, GError **error);

#endif
