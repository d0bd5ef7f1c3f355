/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Configures a kernel tree in a build directory and generates the headers that the kernel's
 * built-in sources need. Runs the kernel's own make with clang. Only this part of initlint executes
 * files of the tree.
 */
#ifndef INITLINT_ANALYZER_PREPARE_PREPARE_H
#define INITLINT_ANALYZER_PREPARE_PREPARE_H

#include <stdbool.h>
#include <glib.h>

struct prepare_options {
	const char *tree;
	const char *build;
	const char *arch;      /* make's ARCH; NULL: from the .config */
	const char *defconfig; /* target of make, such as "virt_defconfig"; NULL: none */
	const char *config;    /* path of the .config to start from; NULL: none */
	/*
	 * @enable: names of the symbols to enable. @disable: names of the symbols to disable. The
	 * names are without "CONFIG_". Each array ends with NULL. Each pointer may be NULL.
	 */
	const char *const *enable;
	const char *const *disable;
	unsigned int jobs;
	/*
	 * Shows progress; may be NULL. At the start of a step, @step is the name of the step, such
	 * as "prepare". Later in the step, progress() is called for each command that make prints.
	 * In these calls, @step is the name of the step and make's line, such as
	 * "prepare: HOSTCC  scripts/kconfig/conf.o".
	 */
	void (*progress)(void *data, const char *step);
	void *progress_data; /* argument of progress() */
};

/*
 * Messages for the user. All arrays hold char *. Two .configs are compared: the .config from which
 * the initcall order is computed, and BUILD/.config, which olddefconfig has made.
 */
struct prepare_report {
	GPtrArray *changed;  /* symbols whose values differ between the two .configs */
	GPtrArray *objects;  /* objects that only one of the two .configs builds in */
	GPtrArray *not_kept; /* failed edits, such as "--enable FOO: not kept; depends on BAR=n" */
	GPtrArray *not_made; /* generated files that could not be made, each with the reason */
	GPtrArray *refused;  /* capability symbols (CC_HAS_*) with a value that clang cannot use */
};

/* Frees the contents of @report. */
void prepare_report_clear(struct prepare_report *report);

/*
 * Prepares the build directory and fills @report. Free @report with prepare_report_clear(), also
 * if prepare_tree() fails. If prepare_tree() succeeds, prepare_effective_config() returns the path
 * of the .config from which the initcall order is computed.
 *
 * Returns false with INITLINT_ERROR_INPUT for a bad tree or .config, for an unknown architecture,
 * or if Kconfig does not keep a symbol of options->enable or options->disable. Returns false with
 * INITLINT_ERROR_FAILED if a tool is missing, if a file cannot be written or if make fails. If make
 * fails, the message has the end of make's output.
 */
bool prepare_tree(const struct prepare_options *options, struct prepare_report *report,
		  GError **error);

/*
 * Returns the path of the .config from which the initcall order is computed. Free with g_free().
 *
 * If prepare_tree() started from a .config, the path is BUILD/.initlint/config. This file is a copy
 * of the start .config plus the edits by options->enable and options->disable. But if BUILD/.config
 * or autoconf.h has changed after prepare_tree(), the path is BUILD/.config. The path is also
 * BUILD/.config if prepare_tree() started from a defconfig, or has never run for @build.
 */
char *prepare_effective_config(const char *build);

#endif
