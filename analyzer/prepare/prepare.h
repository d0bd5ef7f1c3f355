/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Configures a kernel tree into a build directory and generates the headers that its
 * built-in sources need, with the kernel's own make and clang. The only part of
 * initlint that executes anything from the tree.
 */
#ifndef INITLINT_ANALYZER_PREPARE_PREPARE_H
#define INITLINT_ANALYZER_PREPARE_PREPARE_H

#include <stdbool.h>
#include <glib.h>

struct prepare_options {
	const char *tree;
	const char *build;
	const char *arch;	   /* make's ARCH; NULL: from the .config */
	const char *defconfig;	   /* "defconfig", "virt_defconfig"; NULL with config: neither */
	const char *config;	   /* path of a .config file to take as it stands */
	const char *const *enable; /* symbols without CONFIG_, NULL-terminated, or NULL */
	const char *const *disable;
	unsigned int jobs;
	void (*progress)(void *data, const char *what);
	void *progress_data;
};

struct prepare_report {
	GPtrArray *changed;  /* char *: symbols that Kconfig changed against the file given */
	GPtrArray *objects;  /* char *: built-in objects that come or go with those changes */
	GPtrArray *not_kept; /* char *: "--enable FOO: not kept; depends on BAR=n" */
	GPtrArray *not_made; /* char *: generated files that could not be made, and why */
	GPtrArray *refused;  /* char *: what the kernel's compiler could do and clang cannot read */
};

void prepare_report_clear(struct prepare_report *report);

/*
 * Fails with INITLINT_ERROR_INPUT (bad tree, .config, unknown architecture, a symbol
 * that Kconfig did not keep) or INITLINT_ERROR_FAILED (make failed: the end of its
 * output is in the message). The file that the order is to be computed from is
 * BUILD/.initlint/config, see prepare_effective_config().
 */
bool prepare_tree(const struct prepare_options *options, struct prepare_report *report,
		  GError **error);

/*
 * The .config to compute the order from: the one given to prepare as a file, as it
 * stands, as long as BUILD/.config is still what prepare made of it; otherwise
 * BUILD/.config. Free with g_free().
 */
char *prepare_effective_config(const char *build);

#endif
