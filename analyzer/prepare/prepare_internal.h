/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Private parts of analyzer/prepare/prepare.h: runs the kernel's make, merges .configs, finds and
 * makes generated sources.
 *
 * Two configurations occur below. @effective is the configuration that the user wants: the .config
 * from which the initcall order is computed. @result is BUILD/.config, which olddefconfig has made
 * from @effective with clang and the tools of this machine. @effective and @result may differ.
 *
 * A capability symbol (CC_HAS_*) says what the compiler can do. A capability symbol is "refused" if
 * clang cannot parse the sources with the symbol's value in @effective.
 */
#ifndef INITLINT_ANALYZER_PREPARE_PREPARE_INTERNAL_H
#define INITLINT_ANALYZER_PREPARE_PREPARE_INTERNAL_H

#include "analyzer/kbuild/kbuild.h"
#include "analyzer/kconfig/kconfig.h"
#include "analyzer/prepare/prepare.h"

/* One run of prepare_tree(). */
struct prepare {
	const struct prepare_options *options;
	char *tree;	  /* absolute path */
	char *build;	  /* absolute path */
	const char *arch; /* make's ARCH; NULL: make's default */
	/* char *: arguments of each make command; they choose the tools and the architecture */
	GPtrArray *make_args;
};

/* --- prepare_tools.c --- */

/*
 * Finds clang, LLVM's linker and LLVM's binutils, version 17 or later. Adds make arguments for
 * these tools to prepare->make_args. Returns false with INITLINT_ERROR_FAILED if a tool is missing;
 * the message names the packages to install.
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
 * @makefile may be NULL. @variables: "NAME=VALUE" arguments, or NULL. Appends the lines of make's
 * output (char *) to @lines. The free function of @lines must be g_free(). If targets fail, make's
 * output names these targets, and prepare_make_file() returns true. Returns false only if make
 * cannot be started.
 */
bool prepare_make_file(const struct prepare *prepare, const char *makefile, const char *target,
		       const GPtrArray *variables, GPtrArray *lines, GError **error);

/* --- prepare_config.c --- */

/*
 * Makes BUILD/.config from a start .config, or from a defconfig. The start .config is the .config
 * in the options. If the options name neither a .config nor a defconfig, the start .config is the
 * effective configuration that BUILD already has, if any. Applies --enable and --disable and runs
 * olddefconfig.
 *
 * If there is a start .config, also writes BUILD/.initlint/config: the start .config plus the
 * consequences of --enable and --disable. Returns the effective configuration; free with
 * kconfig_free(). Returns NULL on error. BUILD/.config and BUILD/.initlint/config then have their
 * old contents.
 */
struct kconfig *prepare_configure(struct prepare *prepare, struct prepare_report *report,
				  GError **error);
/*
 * Stores a hash of BUILD/.config and autoconf.h. If one of these two files changes later, the
 * stored hash no longer fits, and prepare_effective_config() ignores BUILD/.initlint/config.
 *
 * Call prepare_seal_config() after prepare_write_header(), because prepare_write_header() changes
 * autoconf.h. Does nothing if there is no BUILD/.initlint/config. Returns false if the hash cannot
 * be written.
 */
bool prepare_seal_config(const struct prepare *prepare, GError **error);

/* --- prepare_merge.c --- */

/*
 * Returns the text of a .config. @given: the start .config. @base: the result of olddefconfig
 * before the edits by --enable and --disable. @result: the result of olddefconfig after these
 * edits. The text contains
 * - each symbol that @given sets; if the symbol has different values in @base and @result, the text
 *   gives it the value in @result, or has no line for it if @result does not set it; otherwise the
 *   text gives it the value in @given,
 * - each symbol that @given does not set and that has different values in @base and @result, with
 *   the value in @result,
 * - each symbol that @given does not set and whose value in @result is a string or a number, with
 *   this value.
 * @head: comment lines for the beginning of the text, or NULL. Free with g_free().
 */
char *prepare_merge_configs(const char *head, const struct kconfig *given,
			    const struct kconfig *base, const struct kconfig *result);
/*
 * Returns a table: symbol -> value of the symbol as @config spells it, so strings have quotes. Free
 * with g_hash_table_unref().
 */
GHashTable *prepare_config_table(const struct kconfig *config);
/* True if the values @a and @b are equal. NULL, "n", "" and "\"\"" all count as no value. */
bool prepare_same_value(const char *a, const char *b);

/* --- prepare_changes.c --- */

/*
 * Compares @effective with @result. Adds the symbols whose values differ to report->changed. Adds
 * the built-in objects that only one of the two configurations has to report->objects. Returns
 * false on error.
 */
bool prepare_report_changes(const struct prepare *prepare, const struct kconfig *effective,
			    const struct kconfig *result, struct prepare_report *report,
			    GError **error);

/*
 * Returns arguments for make: one argument for each on/off symbol whose value differs between
 * @effective and BUILD/.config. With these arguments, the rules of the Makefiles see the symbols as
 * in @effective: "CONFIG_X=y" or "CONFIG_X=m" sets a symbol, "CONFIG_X=" unsets a symbol. Symbols
 * that Kconfig computes from the tools (kconfig_asks_tools()) get no argument. Returns NULL on
 * error. Free with g_ptr_array_unref().
 */
GPtrArray *prepare_overrides(const struct prepare *prepare, const struct kconfig *effective,
			     GError **error);

/* --- prepare_answers.c --- */

/*
 * Returns the set of refused symbols ("CONFIG_X"). Free with g_hash_table_unref().
 *
 * Also finds all capability symbols whose values in @effective and in @result differ. Sets *@clang
 * to the text of a header that sets each of these symbols to its value in @result, which is clang's
 * value. Free *@clang with g_free().
 */
GHashTable *prepare_answers(const struct prepare *prepare, const struct kbuild *kbuild,
			    const struct kconfig *effective, const struct kconfig *result,
			    char **clang);

/* --- prepare_header.c --- */

#define PREPARE_AUTOCONF "include/generated/autoconf.h"
/*
 * A header in the build directory. It contains the text that prepare_answers() stores in *@clang.
 * If clang cannot parse a source with PREPARE_AUTOCONF alone, clang also reads this header.
 */
#define PREPARE_ANSWERS ".initlint/answers.h"

/*
 * Returns the text of autoconf.h. Symbols that name the compiler and symbols in @refused get their
 * values from @result. All other symbols get their values from @effective. Free with g_free().
 */
char *prepare_header_text(const struct prepare *prepare, const struct kconfig *effective,
			  const struct kconfig *result, GHashTable *refused);
/*
 * Writes PREPARE_ANSWERS and BUILD/.initlint/refused.h (see analyzer/prepare/refused.h). Also
 * rewrites PREPARE_AUTOCONF if @effective differs from BUILD/.config. Adds a message for each
 * refused symbol to report->refused. Returns false on error.
 */
bool prepare_write_header(const struct prepare *prepare, const struct kbuild *kbuild,
			  const struct kconfig *effective, struct prepare_report *report,
			  GError **error);

/* --- prepare_include.c --- */

/*
 * A file that does not exist yet. A built-in source includes the file, or the file itself is a
 * built-in source.
 */
struct missing_file {
	char *path;	/* where make may generate the file, relative to the build directory */
	char *includer; /* directory of an object that needs the file for its compilation */
	bool is_source; /* the file is not included, but is the source of a built-in object */
};

/* Frees a struct missing_file. */
void missing_file_free(void *data);

/*
 * Scans the built-in C sources of the @n objects @objects, and the files that these sources
 * include. If a source or an included file does not exist, finds each path at which make may
 * generate the file, and adds a struct missing_file with this path to @missing.
 */
void prepare_scan_includes(const char *tree, const char *build, const struct kbuild_object *objects,
			   unsigned int n, GPtrArray *missing);

/* --- prepare_generate.c --- */

/*
 * Makes the files that prepare_scan_includes() reports as missing. Then scans and makes again,
 * since a new file may include further missing files. @overrides: the result of
 * prepare_overrides(). Adds each file whose rule failed, and each source for which no Makefile has
 * a rule, to report->not_made. Returns false only if make cannot be run.
 */
bool prepare_generate(const struct prepare *prepare, const struct kbuild *kbuild,
		      const GPtrArray *overrides, struct prepare_report *report, GError **error);

#endif
